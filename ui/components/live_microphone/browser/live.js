// The live view: sound of a microphone is drawn here at once; the model's predictions follow.

const ASK = 200; // milliseconds between requests to a server that records the microphone
const READ = 200; // milliseconds between updates of the slider: each of them makes the browser lay out the page
const AWAY = 10_000; // milliseconds for which a view that was removed from its page waits to be inserted again
const settings = { axis: 'mel', span: '10', darkest: '-95', brightest: '-25', device: '' }; // kept after the component has ended

class Live {
  constructor(figure) {
    this.figure = figure;
    figure.live = this; // for tests and debugging
    this.find = name => figure.querySelector(name);
    this.phase = 'idle'; // opening, listening
    this.sender = new MessageSender(message => this.post(message));
    this.latency = new Latency();
    this.meter = new Meter(this.find('.meter'));
    this.classes = new ClassPanel(this.find('.classes'));
    this.ended = new AbortController();
    this.path = window.location.pathname;
    this.clear();
    for (const [name, value] of Object.entries(settings)) if (name !== 'device') this.find(`.${name}`).value = value;
    this.listen();
    this.timer = setInterval(() => this.tick(), ASK);
  }

  // Without sound.
  clear() {
    this.spectra = new Spectra();
    this.predictions = new Predictions();
    this.view = new View(this.spectra);
    this.view.span = Number(settings.span);
    this.timeline = new Timeline(this.find('.timeline'), this.spectra, this.predictions, this.view);
    this.trail = new Trail(this.find('.trail'), this.predictions);
    this.counted = null;
    this.fresh = null; // the newest window that is not yet on the screen
    this.muted = false;
  }

  // Another call of the component: an answer, another model, another theme.
  update(data, setTriggerValue) {
    this.setTriggerValue = setTriggerValue;
    if (data.source !== this.source) this.hearFrom(data.source);
    if (data.model) this.take(data.model);
    this.recolour();
    if (data.answer?.act === 'listen' && !this.sender.session) this.endFormer(data.answer);
    const overtaken = data.answer?.number !== this.sender.number; // an answer lets the next message go at once
    if (data.answer) this.answer(data.answer);
    if (overtaken) this.sender.overtaken();
    this.draw();
  }

  // Another microphone was chosen; `nobody`: the chosen one is missing.
  hearFrom(source) {
    const ended = this.source !== undefined && this.phase !== 'idle';
    if (ended) this.stop();
    this.source = source;
    this.find('.listen').disabled = source === 'nobody';
    if (source !== 'browser') this.find('.which').hidden = true; // of the browser's microphones
    const insecure = source === 'browser' && !window.isSecureContext;
    this.trouble(insecure ? whyInsecure(window.location) : ended ? endedBy(source) : null);
  }

  // The session of an earlier view has ended when its page was left: tell the app, which then shows the recording.
  endFormer({ session, first, predictions }) {
    this.sender.begin(session);
    this.predictions.seen = first + predictions.length;
    this.sender.request('stop');
  }

  take(model) {
    if (model.key === this.model?.key) return;
    const changed = this.model !== undefined;
    this.model = model;
    this.classes.set(model);
    this.find('.trail').setAttribute('aria-label', model.map.title);
    if (!changed) return;
    this.predictions = new Predictions(); // those of the former model
    this.timeline.predictions = this.trail.predictions = this.predictions;
    this.fresh = null;
    const since = this.phase === 'idle' ? 'Now chosen:' : `Since ${clock(this.spectra.seconds)} judged by`;
    if (this.spectra.seconds) this.showModel(`${since} ${model.name}. Earlier judgements are not shown.`);
  }

  showModel(words) {
    setText(this.find('.judge'), words);
    this.find('.judge').hidden = !words;
  }

  recolour() {
    if (!this.model) return;
    const style = getComputedStyle(this.figure);
    const [line, accent, bad, warn] = ['--st-border-color', '--good', '--bad', '--warn'].map(name => style.getPropertyValue(name));
    const theme = { text: style.color, paper: style.backgroundColor, font: style.fontFamily, line, accent, bad, warn };
    const { axis, darkest, brightest } = settings;
    const look = { axis, darkest: Number(darkest), brightest: Number(brightest), colours: this.model.colours };
    const coloured = JSON.stringify([look, theme, this.model.key]);
    if (coloured === this.timeline.coloured) return; // this is called with every answer, and redrawing everything takes long
    this.theme = theme;
    this.timeline.coloured = coloured;
    this.timeline.set(look, this.theme, this.model);
    this.trail.set(this.model, this.theme);
    for (const name of ['darkest', 'brightest']) {
      this.find(`.${name}`).nextElementSibling.textContent = `${settings[name].replace('-', '−')} dB`;
    }
  }

  // ---------------------------------------------------------------------- to the server and back
  post(message) {
    this.setTriggerValue('message', { ...message, source: this.heard, model: this.model?.key ?? '', seen: this.predictions.seen });
  }

  answer(answer) {
    if (answer.session !== this.sender.session) return;
    this.counted = answer.counted;
    for (const text of answer.sound.blocks.slice(Math.max(0, this.sender.arrived - answer.sound.first))) {
      this.hear(fromPcm16(fromBase64(text)));
    }
    this.sender.arrived = Math.max(this.sender.arrived, answer.sound.first + answer.sound.blocks.length);
    if (answer.model === this.model?.key) {
      const windows = this.predictions.add(answer.first, answer.predictions).filter(prediction => prediction.kind === 'window');
      this.fresh = windows.at(-1) ?? this.fresh;
    }
    this.sender.answered(answer);
    if (answer.trouble && this.phase === 'listening') this.fail(answer.trouble);
  }

  tick() {
    if (!this.figure.isConnected && this.isElsewhere()) {
      this.end(); // the address changed after the view was removed
      return;
    }
    if (!this.sender.session) return;
    if (!this.figure.isConnected) this.sender.overtaken(); // no answer arrives here: only the next run inserts the view again
    this.sender.tick(this.phase === 'listening' && this.source === 'computer');
    if (document.hidden) return;
    this.draw();
  }

  // ---------------------------------------------------------------------- listening
  async start(resumed) {
    this.trouble(null);
    this.heard = this.source;
    this.lostBefore = resumed ? this.lostInBrowser : 0;
    this.microphone = null;
    if (!resumed) {
      this.clear();
      this.recolour();
      this.showModel('');
      this.sender.begin(crypto.randomUUID?.() ?? String(Math.random()));
    }
    this.enter('opening');
    if (this.source === 'computer') {
      this.sender.request('listen');
    } else {
      this.microphone = new Microphone(
        (samples, at) => this.take20(samples, at),
        refusal => this.fail(refusal),
        muted => { this.muted = muted; },
      );
      try {
        await this.microphone.open(settings.device);
      } catch (refusal) {
        if (this.phase === 'opening') this.fail(refusal);
        this.offerMicrophones(); // the one that was chosen on an earlier visit may be missing now
        return;
      }
      if (this.phase !== 'opening') {
        this.microphone.close();
        return;
      }
      if (resumed) this.sender.request('listen');
      this.offerMicrophones();
    }
    this.heardAt = performance.now();
    this.enter('listening');
    this.view.follow();
    this.draw();
  }

  // Milliseconds of sound that the audio thread did not deliver.
  get lostInBrowser() {
    return (this.lostBefore ?? 0) + (this.microphone?.clock.lost ?? 0);
  }

  take20(samples, at) {
    if (this.phase === 'idle') return;
    this.sender.hear(samples, at);
    this.hear(samples);
  }

  hear(samples) {
    this.heardAt = performance.now();
    this.muted = false;
    this.spectra.hear(samples);
    if (this.phase === 'listening') this.meter.hear(samples);
    this.draw();
  }

  stop() {
    this.microphone?.close();
    const began = this.phase === 'listening' || this.sender.next > 0;
    this.enter('idle');
    this.meter.rest();
    if (began) this.sender.finish();
    this.draw();
  }

  // Recording cannot continue; the sound is kept, and trying again continues from there.
  fail(trouble) {
    this.stop();
    this.trouble(trouble);
  }

  enter(phase) {
    this.phase = phase;
    this.figure.dataset.phase = phase;
    const button = this.find('.listen');
    button.dataset.does = phase === 'idle' ? 'start' : 'stop';
    button.textContent = phase === 'idle' ? 'Start listening' : 'Stop';
  }

  trouble(trouble) {
    this.failed = Boolean(trouble);
    const place = this.find('.trouble');
    place.hidden = !trouble;
    if (!trouble) return;
    place.querySelector('.what').textContent = trouble.what;
    place.querySelector('.advice').textContent = trouble.advice;
    place.querySelector('button').hidden = trouble.final || (this.source === 'browser' && !window.isSecureContext);
  }

  async offerMicrophones() {
    const found = await microphones();
    const select = this.find('.device');
    select.replaceChildren(...found.map(one => new Option(one.label, one.deviceId)));
    select.value = this.microphone?.device ?? '';
    // If the chosen one is missing, another one can be chosen, even if it is the only one.
    const fewest = found.some(one => one.deviceId === settings.device) || !settings.device ? 2 : 1;
    this.find('.which').hidden = this.source !== 'browser' || found.length < fewest;
  }

  // ---------------------------------------------------------------------- drawing
  draw() {
    this.frame ??= requestAnimationFrame(now => {
      this.frame = null;
      if (this.theme) this.drawNow(now);
      if (this.phase === 'listening' && this.view.following) this.draw();
    });
  }

  drawNow(now) {
    const { view } = this;
    view.advance(now, this.phase === 'listening');
    const prediction = this.predictions.at(view.following ? Infinity : view.edge);
    this.timeline.draw();
    this.classes.show(prediction);
    this.trail.show(prediction);
    this.meter.draw();
    this.write(prediction, now);
    this.figure.dataset.predictions = this.predictions.seen;
    if (this.fresh) this.measure();
  }

  measure() {
    const block = Math.round((this.fresh.end * RATE) / BLOCK) - 1;
    const heard = this.sender.ends.get(block);
    this.fresh = null;
    if (heard === undefined) return;
    this.latency.add(performance.now() - heard);
  }

  write(prediction, now) {
    const { view } = this;
    const [kind, words] = stateOf(this, prediction, now);
    setText(this.find('.state'), words);
    this.find('.state').className = `state ${kind}`;
    const heard = verdictOf(prediction, this.model);
    const verdict = this.find('.verdict');
    const shown = heard.verdict || (view.newest ? '–' : '');
    if (verdict.dataset.is !== shown) {
      verdict.dataset.is = shown;
      const found = this.model.classes.find(one => one.name === heard.verdict);
      verdict.replaceChildren(...(found ? [symbolPicture(found.symbol, found.colour)] : []), shown);
    }
    setText(this.find('.sentence'), heard.sentence || lastUtterance(this.predictions, this.model, view.edge));
    setText(this.find('.technical'), technicalWords(this.latency, this.counted, this.lostInBrowser));
    if (view.following && this.phase === 'listening' && now - this.scrolledAt < READ) return;
    this.scrolledAt = now;
    this.writeScrolling();
  }

  writeScrolling() {
    const { view } = this;
    const scroll = this.find('.scroll');
    const oldest = Math.min(view.newest, view.first + view.span);
    Object.assign(scroll, { min: oldest, max: view.newest, disabled: view.newest <= oldest });
    scroll.value = view.following ? view.newest : view.edge;
    scroll.setAttribute('aria-valuetext', `up to ${clock(view.edge)} of ${clock(view.newest)}`);
    const from = clock(Math.max(view.first, view.start));
    setText(this.find('.when'), view.newest ? `${from} to ${clock(view.edge)} of ${clock(view.newest)}` : '');
    this.find('.follow').disabled = view.following;
    const pause = this.find('.pause');
    pause.disabled = !view.newest;
    pause.setAttribute('aria-pressed', String(!view.following));
  }

  // ---------------------------------------------------------------------- what a visitor does
  listen() {
    const { signal } = this.ended;
    const on = (target, name, act, options) => target.addEventListener(name, act, { signal, ...options });
    on(this.find('.listen'), 'click', () => (this.phase === 'idle' ? this.start(false) : this.stop()));
    on(this.find('.trouble button'), 'click', () => this.start(this.sender.next > 0 || this.sender.arrived > 0));
    on(this.find('.pause'), 'click', () => this.hold(this.view.following));
    on(this.find('.follow'), 'click', () => this.hold(false));
    on(this.find('.scroll'), 'input', event => this.look(Number(event.target.value)));
    for (const name of ['axis', 'darkest', 'brightest']) {
      on(this.find(`.${name}`), 'input', event => {
        settings[name] = event.target.value;
        this.recolour();
        this.draw();
      });
    }
    on(this.find('.span'), 'input', event => {
      settings.span = event.target.value;
      this.view.span = Number(event.target.value);
      this.draw();
    });
    on(this.find('.device'), 'change', event => this.change(event.target.value));
    if (navigator.mediaDevices) on(navigator.mediaDevices, 'devicechange', () => this.offerMicrophones());
    on(document, 'visibilitychange', () => this.draw());
    this.listenToTimeline(on);
    const resized = new ResizeObserver(() => this.draw());
    resized.observe(this.figure);
    signal.addEventListener('abort', () => resized.disconnect());
  }

  listenToTimeline(on) {
    const canvas = this.find('.timeline');
    const perPixel = () => this.view.span / Math.max(1, canvas.clientWidth - LEFT - RIGHT);
    on(canvas, 'keydown', event => this.scrollByKey(event));
    on(canvas, 'pointerdown', event => {
      canvas.setPointerCapture(event.pointerId);
      this.dragged = event.clientX;
    });
    on(canvas, 'pointermove', event => {
      if (!canvas.hasPointerCapture(event.pointerId)) return;
      this.look(this.view.edge - (event.clientX - this.dragged) * perPixel());
      this.dragged = event.clientX;
    });
    on(canvas, 'wheel', event => {
      const across = event.shiftKey ? event.deltaY : event.deltaX; // up and down scrolls the page
      if (!across) return;
      event.preventDefault();
      this.look(this.view.edge + across * perPixel());
    }, { passive: false });
  }

  scrollByKey(event) {
    const { view } = this;
    const acts = {
      ArrowLeft: () => this.look(view.edge - view.span / 10),
      ArrowRight: () => this.look(view.edge + view.span / 10),
      PageUp: () => this.look(view.edge - view.span),
      PageDown: () => this.look(view.edge + view.span),
      Home: () => this.look(view.first),
      End: () => this.hold(false),
      ' ': () => this.hold(view.following),
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  }

  hold(paused) {
    if (paused) this.view.pause();
    else this.view.follow();
    this.draw();
  }

  look(edge) {
    if (!this.view.newest) return;
    this.view.look(edge);
    this.draw();
  }

  async change(device) {
    settings.device = device;
    if (this.phase !== 'listening') return;
    this.microphone.close();
    await this.start(true);
  }

  // If a message starts a run before all that the former run drew was sent, Streamlit (1.67) removes this view from the
  // page and inserts another one in its place. The visitor must not notice this: see `isAwaited`.
  leave() {
    if (this.isElsewhere()) this.end();
    else setTimeout(() => this.figure.isConnected || this.end(), AWAY);
  }

  // Whether it was removed from its page but has not ended: it will replace the next view.
  isAwaited() {
    return !this.figure.isConnected && !this.ended.signal.aborted && !this.isElsewhere();
  }

  isElsewhere() {
    return window.location.pathname !== this.path;
  }

  end() {
    if (this.ended.signal.aborted) return;
    this.ended.abort();
    this.stop();
    clearInterval(this.timer);
    cancelAnimationFrame(this.frame);
  }
}

function setText(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

// ---------------------------------------------------------------------- what Streamlit calls
const models = new Map(); // by key; the app sends a model's description until a view has received it
let live = null; // a page has one view

export default function ({ parentElement, data, setTriggerValue }) {
  const figure = parentElement.querySelector('figure.live');
  if (data.model.classes) models.set(data.model.key, data.model);
  if (live?.figure !== figure) {
    if (live?.isAwaited()) figure.replaceWith(live.figure);
    else live = new Live(figure);
  }
  live.update({ ...data, model: models.get(data.model.key) }, setTriggerValue);
  const drawn = live;
  // Streamlit also cleans up after a call that was overtaken by newer data: then the figure is still there.
  return () => setTimeout(() => drawn.figure.isConnected || drawn.leave());
}
