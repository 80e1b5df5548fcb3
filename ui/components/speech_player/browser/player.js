// The player itself: what is drawn follows from the sound, the settings and the memory; what a visitor does changes them.

import { fit, pixelsOfUnit, sizeOf } from '../../in_browser/shared/canvas.js';
import { buttonsIn, finder, listener } from '../../in_browser/shared/elements.js';
import { Answers } from '../../in_browser/shared/mounting.js';
import { readHeader } from '../../in_browser/shared/packed.js';
import { Controls } from './controls.js';
import { RangeFields, SHORTEST_SELECTION } from './fields.js';
import { CLOSER, Gestures } from './gestures.js';
import { layoutOf } from './layout.js';
import { drawMarks } from './marks.js';
import { OpenedSound } from './opened.js';
import { readSound } from './payload.js';
import { drawPicture } from './picture.js';
import { QUIETEST, Sound } from './sound.js';
import { themeOf } from './theme.js';
import { readout, state } from './words.js';

/** @import { Send } from '../../in_browser/shared/mounting.js' */
/** @import { Memories, Range } from './memory.js' */
/** @import { Payload } from './payload.js' */
/** @import { Span } from './span.js' */
/** @import { Theme } from './theme.js' */
/** @import { Looks } from './tiles.js' */

const WORK = 9; // milliseconds for new tiles in each picture, so that the next one comes in time

export class SpeechPlayer {
  /**
   * @param {HTMLElement} figure
   * @param {Memories} memories
   */
  constructor(figure, memories) {
    this.figure = figure;
    Object.assign(figure, { speechPlayer: this }); // for tests and debugging
    this.memories = memories;
    this.settings = memories.settings;
    this.find = finder(figure);
    this.canvas = this.find('.picture', HTMLCanvasElement);
    this.marks = this.find('.marks', HTMLCanvasElement);
    this.pens = { picture: this.canvas.getContext('2d'), marks: this.marks.getContext('2d') };
    this.answers = new Answers();
    /** @type {number | null} */
    this.hovered = null; // the moment under the mouse
    /** @type {Theme | undefined} */
    this.theme = undefined;
    /** @type {number | null} */
    this.frame = null; // the next picture, if it was asked for
    /** @type {number | null} */
    this.marking = null; // the next marks
    this.seenBefore = false; // whether what plays was in sight
    /** @type {OpenedSound | null} */
    this.opened = null;
    this.ended = new AbortController();
    this.gestures = new Gestures(this);
    this.fields = new RangeFields(this.find);
    this.controls = new Controls(this);
    listener(this.ended.signal)(figure, 'transitionend', event => {
      if (event.target === figure && this.opened) this.dress(); // the page has got other colours
    });
    const resized = new ResizeObserver(() => this.draw());
    resized.observe(this.canvas);
    this.ended.signal.addEventListener('abort', () => resized.disconnect());
  }

  /**
   * Another call of the component: a new sound, a new theme, or neither.
   *
   * @param {Uint8Array} bytes
   * @param {Send} setStateValue
   */
  update(bytes, setStateValue) {
    this.setStateValue = setStateValue;
    const missing = Object.values(this.pens).includes(null) || !('AudioContext' in globalThis && 'OffscreenCanvas' in globalThis);
    if (missing) {
      this.giveUp();
      return;
    }
    if (readHeader(bytes).header.digest !== this.opened?.payload.digest) this.open(readSound(bytes));
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

  /** @param {Payload} payload */
  open(payload) {
    this.opened?.sound.end();
    const sound = new Sound(payload.samples, payload.sample_rate, () => this.atTheEnd());
    const looks = this.looks(Math.round(this.layout().spectrogram.height * pixelsOfUnit()));
    this.opened = new OpenedSound(payload, this.memories.of(payload.digest), sound, looks);
    this.figure.setAttribute('aria-label', payload.title);
    this.canvas.setAttribute('aria-label', payload.title);
    this.find('.ask').hidden = !payload.reads;
    this.fields.limit([this.begins, this.begins + this.duration]);
    this.controls.show();
    this.choose(this.memory.selection);
    this.showPlaying();
    this.answers = new Answers(this.answer(null));
    this.send();
    this.draw();
  }

  /** What is open; nothing here is pressed or drawn before a sound is. */
  get shown() {
    if (!this.opened) throw new Error('Expected an open sound; there is none yet.');
    return this.opened;
  }

  get payload() {
    return this.shown.payload;
  }

  get samples() {
    return this.shown.samples;
  }

  get rate() {
    return this.shown.rate;
  }

  get begins() {
    return this.shown.begins;
  }

  get duration() {
    return this.shown.duration;
  }

  get memory() {
    return this.shown.memory;
  }

  get span() {
    return this.shown.span;
  }

  get envelope() {
    return this.shown.envelope;
  }

  get tiles() {
    return this.shown.tiles;
  }

  get sound() {
    return this.shown.sound;
  }

  get selection() {
    return this.memory.selection;
  }

  // ---------------------------------------------------------------------- drawing
  size() {
    return sizeOf(this.canvas);
  }

  layout() {
    const { width, height } = this.size();
    return layoutOf(width, height);
  }

  /**
   * How the spectrogram is to look.
   *
   * @param {number} rows pixels
   * @returns {Looks}
   */
  looks(rows) {
    const { band, axis, range } = this.settings;
    return { band, axis, range, rows };
  }

  draw() {
    delete this.figure.dataset.drawn;
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (this.opened && this.theme) this.drawNow(this.theme);
    });
  }

  /** @param {Theme} theme */
  drawNow(theme) {
    const { picture, marks } = this.pens;
    if (!picture || !marks) return;
    const ratio = pixelsOfUnit();
    for (const canvas of [this.canvas, this.marks]) fit(canvas, this.size(), ratio);
    const layout = this.layout();
    const complete = drawPicture(picture, this, theme, layout, ratio, performance.now() + WORK);
    drawMarks(marks, this, theme, layout, ratio);
    this.memory.span = this.span.state();
    if (complete) this.figure.dataset.drawn = this.payload.digest;
    else this.draw();
  }

  // Draw only what lies over the picture.
  mark() {
    this.marking ??= requestAnimationFrame(() => {
      this.marking = null;
      const { pens: { marks }, theme } = this;
      if (!this.opened || !theme || !marks) return;
      drawMarks(marks, this, theme, this.layout(), pixelsOfUnit());
      if (this.sound.playing) this.follow();
    });
  }

  follow() {
    this.find('.level', HTMLMeterElement).value = this.sound.level();
    const now = this.position();
    if (this.seenBefore && now > this.span.to) this.see(span => span.reveal(now)); // not for a visitor who looks elsewhere
    this.seenBefore = now >= this.span.from && now <= this.span.to;
    this.mark();
  }

  /** @param {(span: Span) => void} change */
  see(change) {
    change(this.span);
    this.describe();
    this.draw();
  }

  /** @param {string | undefined} how */
  look(how) {
    const middle = (this.span.from + this.span.to) / 2;
    const { cursor } = this.memory;
    const at = cursor >= this.span.from && cursor <= this.span.to ? cursor : middle;
    this.see(span => {
      if (how === 'whole') span.whole();
      else if (how === 'selection') span.show(...(this.selection ?? span.state()));
      else span.zoom(how === 'in' ? CLOSER : 1 / CLOSER, at);
    });
  }

  /**
   * @param {number | null} time
   * @param {number} [y] units of the canvas
   */
  hover(time, y = 0) {
    this.hovered = time;
    if (time !== null) {
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
    this.saying = setTimeout(() => {
      this.find('.unseen').textContent = words;
    }, 400); // when the hand rests
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

  /**
   * From a moment in what is to be played, else from its beginning.
   *
   * @param {number} at
   */
  async play(at) {
    /** @type {Range} */
    const range = this.selection ?? [0, this.duration];
    const inside = at >= range[0] && at < range[1] - 0.01;
    try {
      await this.sound.play(inside ? at : range[0], range, this.settings.loop);
    } catch (error) {
      this.find('.readout').textContent = `This browser cannot play it: ${error instanceof Error ? error.message : error}`;
    }
    this.seenBefore = true;
    this.showPlaying();
  }

  atTheEnd() {
    this.memory.cursor = this.selection?.[0] ?? 0;
    this.showPlaying();
  }

  /** @param {number} time */
  moveTo(time) {
    this.memory.cursor = this.snapped(time);
    if (this.sound.playing) this.play(this.memory.cursor);
    this.see(span => span.reveal(this.memory.cursor));
  }

  showPlaying() {
    const { playing } = this.sound;
    this.find('.play').textContent = playing ? 'Pause' : this.selection ? 'Play selection' : 'Play';
    if (!playing) this.find('.level', HTMLMeterElement).value = QUIETEST;
    this.mark();
  }

  // ---------------------------------------------------------------------- selecting
  /**
   * To whole milliseconds of the recording, inside the sound.
   *
   * @param {number} time
   */
  snapped(time) {
    const rounded = Math.round((time + this.begins) * 1000) / 1000 - this.begins;
    return Math.max(0, Math.min(this.duration, rounded));
  }

  /** @param {Range | null} selection */
  choose(selection) {
    const [from, to] = (selection ?? [0, 0]).map(time => this.snapped(time)).sort((a, b) => a - b);
    this.memory.selection = to - from >= SHORTEST_SELECTION / 2 ? [from, to] : null;
    this.fields.show(this.selection && [from + this.begins, to + this.begins]);
    for (const button of buttonsIn(this.figure, '.needs-selection')) button.disabled = !this.selection;
    this.find('.clear', HTMLButtonElement).disabled = !this.selection && !this.memory.asked;
    this.describe();
    this.showPlaying();
  }

  // A new selection is complete: what plays now plays in it.
  settle() {
    if (this.sound.playing) this.play(this.position());
  }

  // What stands in the two fields is taken.
  type() {
    const typed = this.fields.read();
    if (typed === 'refused') return;
    if (typed === 'nothing') {
      this.choose(null);
      return;
    }
    this.choose([typed[0] - this.begins, typed[1] - this.begins]);
    this.memory.cursor = this.snapped(typed[0] - this.begins);
    this.settle();
    this.see(span => span.reveal(this.memory.cursor));
  }

  clear() {
    this.memory.asked = null;
    this.choose(null);
    this.send();
  }

  ask() {
    this.memory.asked = this.selection;
    this.find('.clear', HTMLButtonElement).disabled = false;
    this.send();
  }

  /** @param {Range | null} part */
  answer(part) {
    const [start, end] = part ? part.map(time => Math.round((time + this.begins) * 1000) / 1000) : [null, null];
    return { digest: this.payload.digest, start, end, missing: false };
  }

  send() {
    if (this.setStateValue) this.answers.send(this.setStateValue, this.answer(this.memory.asked));
  }

  // ---------------------------------------------------------------------- when it goes wrong, and the end
  giveUp() {
    const place = this.find('.trouble');
    place.hidden = false;
    place.textContent = 'This browser cannot draw or play here; plainer pictures take the place of this one.';
    if (this.ended.signal.aborted) return;
    this.ended.abort();
    this.setStateValue?.('answer', { missing: true });
  }

  end() {
    this.ended.abort();
    clearTimeout(this.saying);
    for (const asked of [this.frame, this.marking]) if (asked !== null) cancelAnimationFrame(asked);
    this.opened?.sound.end();
  }
}
