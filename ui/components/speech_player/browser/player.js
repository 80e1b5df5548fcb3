// The player itself: what is drawn follows from the sound, the settings and the memory; what a visitor does changes them.

const WORK = 9; // milliseconds for new tiles in each picture, so that the next one comes in time
const SHORTEST_SELECTION = 0.001; // seconds; selections are counted in milliseconds, which is what the fields show

function readSound(bytes) {
  const { header, array } = readColumns(bytes);
  const samples = fromPcm16(array(header.samples), header.peak);
  const contour = packed => packed && { times: array(packed.times), values: array(packed.values) };
  return { ...header, samples, speech: array(header.speech), intensity: contour(header.intensity), pitch: contour(header.pitch) };
}

class SpeechPlayer {
  constructor(figure) {
    this.figure = figure;
    figure.speechPlayer = this; // for tests and debugging
    this.find = name => figure.querySelector(name);
    this.canvas = this.find('.picture');
    this.marks = this.find('.marks');
    this.pens = [this.canvas, this.marks].map(canvas => canvas.getContext('2d'));
    this.hovered = null;
    this.ended = new AbortController();
    this.gestures = new Gestures(this);
    this.listen();
  }

  // Another call of the component: a new sound, a new theme, or neither.
  update(bytes, setStateValue) {
    this.setStateValue = setStateValue;
    const missing = this.pens.includes(null) || [globalThis.AudioContext, globalThis.OffscreenCanvas].includes(undefined);
    if (missing) {
      this.giveUp();
      return;
    }
    if (readHeader(bytes).header.digest !== this.payload?.digest) this.open(readSound(bytes));
    this.dress();
  }

  // In the colours of the page.
  dress() {
    const theme = themeOf(this.figure);
    if (JSON.stringify(theme) !== JSON.stringify(this.theme)) {
      this.theme = theme;
      this.draw();
    }
  }

  open(payload) {
    this.sound?.end();
    this.payload = payload;
    this.samples = payload.samples;
    this.rate = payload.sample_rate;
    this.begins = payload.begins;
    this.duration = payload.samples.length / payload.sample_rate;
    this.loudest = this.highest = undefined;
    this.memory = memoryOf(payload.digest);
    this.span = new Span(this.duration, this.memory.span);
    this.envelope = new Envelope(this.samples);
    this.tiles = new Tiles(this.samples, this.rate, payload.scale);
    this.sound = new Sound(this.samples, this.rate, () => this.atTheEnd());
    this.figure.setAttribute('aria-label', payload.title);
    this.canvas.setAttribute('aria-label', payload.title);
    this.find('.ask').hidden = !payload.reads;
    for (const name of ['.from', '.to']) {
      this.find(name).min = this.begins.toFixed(3);
      this.find(name).max = (this.begins + this.duration).toFixed(3);
    }
    this.showSettings();
    this.choose(this.memory.selection);
    this.showPlaying();
    this.sent = JSON.stringify(this.answer(null));
    this.send();
    this.draw();
  }

  get selection() {
    return this.memory.selection;
  }

  // ---------------------------------------------------------------------- drawing
  size() {
    return { width: this.canvas.clientWidth || 1, height: this.canvas.clientHeight || 1 };
  }

  layout() {
    const { width, height } = this.size();
    return layoutOf(width, height);
  }

  draw() {
    delete this.figure.dataset.drawn;
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (this.payload && this.theme) this.drawNow();
    });
  }

  drawNow() {
    const ratio = devicePixelRatio;
    const { width, height } = this.size();
    for (const canvas of [this.canvas, this.marks]) {
      const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
    }
    const layout = this.layout();
    const complete = drawPicture(this.pens[0], this, layout, ratio, performance.now() + WORK);
    drawMarks(this.pens[1], this, layout, ratio);
    this.memory.span = this.span.state();
    if (complete) this.figure.dataset.drawn = this.payload.digest;
    else this.draw();
  }

  // Draw only what lies over the picture.
  mark() {
    this.marking ??= requestAnimationFrame(() => {
      this.marking = null;
      if (!this.payload || !this.theme) return;
      drawMarks(this.pens[1], this, this.layout(), devicePixelRatio);
      if (this.sound.playing) this.follow();
    });
  }

  follow() {
    this.find('.level').value = this.sound.level();
    const now = this.position();
    if (this.seenBefore && now > this.span.to) this.see(span => span.reveal(now)); // not for a visitor who looks elsewhere
    this.seenBefore = now >= this.span.from && now <= this.span.to;
    this.mark();
  }

  see(change) {
    change(this.span);
    this.describe();
    this.draw();
  }

  look(how) {
    const middle = (this.span.from + this.span.to) / 2;
    const { cursor } = this.memory;
    const at = cursor >= this.span.from && cursor <= this.span.to ? cursor : middle;
    this.see(span => {
      if (how === 'whole') span.whole();
      else if (how === 'selection') span.show(...this.selection);
      else span.zoom(how === 'in' ? CLOSER : 1 / CLOSER, at);
    });
  }

  hover(time, y) {
    this.hovered = time;
    if (time !== null && this.tiles.looks) {
      const { spectrogram: box } = this.layout();
      const inside = y >= box.y && y <= box.y + box.height;
      this.find('.readout').textContent = readout(this, time, inside ? 1 - (y - box.y) / box.height : null);
    } else this.describe();
    this.mark();
  }

  describe() {
    const words = state(this);
    if (this.hovered === null) this.find('.readout').textContent = words;
    clearTimeout(this.saying);
    this.saying = setTimeout(() => (this.find('.unseen').textContent = words), 400); // when the hand rests
  }

  // ---------------------------------------------------------------------- playing
  position() {
    return this.sound.playing ? this.sound.position() : this.memory.cursor;
  }

  toggle() {
    if (this.sound.playing) {
      this.memory.cursor = this.position();
      this.sound.pause();
      this.showPlaying();
    } else this.play(this.memory.cursor);
  }

  // From a moment in what is to be played, else from its beginning.
  async play(at) {
    const range = this.selection ?? [0, this.duration];
    const inside = at >= range[0] && at < range[1] - 0.01;
    try {
      await this.sound.play(inside ? at : range[0], range, settings.loop);
    } catch (error) {
      this.find('.readout').textContent = `This browser cannot play it: ${error.message}`;
    }
    this.seenBefore = true;
    this.showPlaying();
  }

  atTheEnd() {
    this.memory.cursor = this.selection?.[0] ?? 0;
    this.showPlaying();
  }

  moveTo(time) {
    this.memory.cursor = this.snapped(time);
    if (this.sound.playing) this.play(this.memory.cursor);
    this.see(span => span.reveal(this.memory.cursor));
  }

  showPlaying() {
    const { playing } = this.sound;
    this.find('.play').textContent = playing ? 'Pause' : this.selection ? 'Play selection' : 'Play';
    if (!playing) this.find('.level').value = QUIETEST;
    this.mark();
  }

  // ---------------------------------------------------------------------- selecting
  // To whole milliseconds of the recording, inside the sound.
  snapped(time) {
    const rounded = Math.round((time + this.begins) * 1000) / 1000 - this.begins;
    return Math.max(0, Math.min(this.duration, rounded));
  }

  choose(selection) {
    const [from, to] = (selection ?? [0, 0]).map(time => this.snapped(time)).sort((a, b) => a - b);
    this.memory.selection = to - from >= SHORTEST_SELECTION / 2 ? [from, to] : null;
    for (const [name, time] of [['.from', from], ['.to', to]]) {
      const field = this.find(name);
      field.value = this.selection ? (time + this.begins).toFixed(3) : '';
      field.removeAttribute('aria-invalid');
    }
    this.find('.refused').hidden = true;
    for (const button of this.figure.querySelectorAll('.needs-selection')) button.disabled = !this.selection;
    this.find('.clear').disabled = !this.selection && !this.memory.asked;
    this.describe();
    this.showPlaying();
  }

  // A new selection is complete: what plays now plays in it.
  settle() {
    if (this.sound.playing) this.play(this.position());
  }

  // What stands in the two fields; an empty one means the beginning or the end.
  type() {
    const fields = [this.find('.from'), this.find('.to')];
    const ends = [this.begins, this.begins + this.duration];
    if (fields.every(field => field.value === '' && !field.validity.badInput)) {
      this.choose(null);
      return;
    }
    const [from, to] = fields.map((field, i) => (field.validity.badInput ? NaN : field.value === '' ? ends[i] : Number(field.value)));
    const fits = time => time >= ends[0] - SHORTEST_SELECTION && time <= ends[1] + SHORTEST_SELECTION;
    if (fits(from) && fits(to) && to - from >= SHORTEST_SELECTION) {
      this.choose([from - this.begins, to - this.begins]);
      this.memory.cursor = this.selection[0];
      this.settle();
      this.see(span => span.reveal(this.selection[0]));
      return;
    }
    for (const field of fields) field.setAttribute('aria-invalid', 'true');
    const refused = this.find('.refused');
    const shown = value => (Number.isNaN(value) ? 'no number' : `${Number(value.toFixed(3))} s`);
    refused.textContent = `Expected a start and a later end between ${inSeconds(ends[0])} and ${inSeconds(ends[1])}; got ${shown(from)} and ${shown(to)}. Correct these fields.`;
    refused.hidden = false;
  }

  clear() {
    this.memory.asked = null;
    this.choose(null);
    this.send();
  }

  ask() {
    this.memory.asked = this.selection;
    this.find('.clear').disabled = false;
    this.send();
  }

  answer(part) {
    const [start, end] = part ? part.map(time => Math.round((time + this.begins) * 1000) / 1000) : [null, null];
    return { digest: this.payload.digest, start, end, missing: false };
  }

  send() {
    sendAnswer(this, this.answer(this.memory.asked));
  }

  // ---------------------------------------------------------------------- what a visitor does
  listen() {
    const { signal } = this.ended;
    const on = (target, name, act) => target.addEventListener(name, act, { signal });
    on(this.find('.play'), 'click', () => this.toggle());
    on(this.find('.ask'), 'click', () => this.ask());
    on(this.find('.clear'), 'click', () => this.clear());
    on(this.find('.from'), 'change', () => this.type());
    on(this.find('.to'), 'change', () => this.type());
    on(this.figure, 'keydown', event => event.key === 'Escape' && this.clear());
    for (const button of this.figure.querySelectorAll('[data-view]')) on(button, 'click', () => this.look(button.dataset.view));
    for (const button of this.figure.querySelectorAll('[data-tool]')) {
      on(button, 'click', () => this.take(button.dataset.tool));
      on(button, 'keydown', event => this.takeByKey(event));
    }
    for (const name of ['band', 'axis', 'range']) {
      on(this.find(`.${name}`), 'change', ({ target }) => this.set(name, name === 'range' ? Number(target.value) : target.value));
    }
    for (const name of ['pitch', 'intensity', 'loop']) {
      on(this.find(`input.${name}`), 'change', ({ target }) => this.set(name, target.checked));
    }
    on(this.figure, 'transitionend', event => event.target === this.figure && this.payload && this.dress());
    const resized = new ResizeObserver(() => this.draw());
    resized.observe(this.canvas);
    signal.addEventListener('abort', () => resized.disconnect());
  }

  set(name, value) {
    settings[name] = value;
    this.showSettings();
    if (name === 'loop') this.settle();
    else this.draw();
  }

  take(tool) {
    settings.tool = tool;
    this.showSettings();
  }

  takeByKey(event) {
    if (!['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp'].includes(event.key)) return;
    event.preventDefault();
    this.take(settings.tool === 'select' ? 'move' : 'select');
    this.find(`[data-tool="${settings.tool}"]`).focus();
  }

  showSettings() {
    for (const button of this.figure.querySelectorAll('[data-tool]')) {
      const taken = button.dataset.tool === settings.tool;
      button.setAttribute('aria-checked', taken);
      button.tabIndex = taken ? 0 : -1;
    }
    for (const name of ['band', 'axis', 'range']) this.find(`.${name}`).value = settings[name];
    for (const name of ['pitch', 'intensity', 'loop']) this.find(`input.${name}`).checked = settings[name];
    this.find('input.pitch').disabled = !this.payload.pitch;
    if (!this.payload.pitch) this.find('input.pitch').checked = false;
    const bar = this.find('.bar');
    bar.querySelector('div').style.background = `linear-gradient(to right, ${this.payload.scale.join(', ')})`;
    bar.querySelector('.faint').textContent = `−${settings.range}`;
    bar.setAttribute('aria-label', `Colours from ${settings.range} dB below the loudest point to the loudest point`);
  }

  // ---------------------------------------------------------------------- when it goes wrong, and the end
  giveUp() {
    const place = this.find('.trouble');
    place.hidden = false;
    place.textContent = 'This browser cannot draw or play here; plainer pictures take the place of this one.';
    if (this.ended.signal.aborted) return;
    this.ended.abort();
    this.setStateValue('answer', { missing: true });
  }

  end() {
    this.ended.abort();
    clearTimeout(this.saying);
    cancelAnimationFrame(this.frame);
    cancelAnimationFrame(this.marking);
    this.sound?.end();
  }
}

export default mounting(SpeechPlayer, 'figure.player');
