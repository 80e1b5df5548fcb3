// A space that forms, epoch by epoch: played, stepped through and scrubbed; the newest while it is learned.

import { fitToScreen, penOf } from '../../in_browser/shared/canvas.js';
import { Variables } from '../../in_browser/shared/colours.js';
import { finder, listener, setText } from '../../in_browser/shared/elements.js';
import { showLegend } from '../../in_browser/shared/legend.js';
import { draw } from './drawing.js';
import { between, reachOf, sentence } from './epochs.js';

/** @import { Send } from '../../in_browser/shared/mounting.js' */
/** @import { Look } from './drawing.js' */
/** @import { Forming as Data } from './epochs.js' */

const SECONDS = 0.7; // from one epoch to the next
const LONGEST = 0.1; // seconds between two frames that count: who comes back to a hidden page misses nothing

export class Forming {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    this.ended = new AbortController();
    this.find = finder(figure);
    this.colours = new Variables(figure, ['--edge']);
    this.canvas = this.find('canvas', HTMLCanvasElement);
    this.scrub = this.find('.scrub', HTMLInputElement);
    this.pen = penOf(this.canvas);
    /** @type {Data | null} */
    this.data = null;
    this.place = 0; // between epochs, as `between` takes it
    this.goal = 0;
    this.playing = false;
    this.frame = 0;
    this.before = 0;
    /** @type {Send} */
    this.send = () => {};
    const on = listener(this.ended.signal);
    on(this.find('.play', HTMLButtonElement), 'click', () => this.press());
    on(this.find('.back', HTMLButtonElement), 'click', () => this.stepBy(-1));
    on(this.find('.step', HTMLButtonElement), 'click', () => this.stepBy(1));
    on(this.scrub, 'input', () => this.goTo(Number(this.scrub.value)));
    on(this.scrub, 'change', () => this.tell());
    on(this.canvas, 'keydown', event => this.key(event));
    this.watched = new ResizeObserver(() => this.drawn());
    this.watched.observe(this.canvas);
    this.watched.observe(this.find('.tools')); // it grows with the letters, and so does the picture
  }

  /**
   * @param {Data} data
   * @param {Send} setStateValue
   */
  update(data, setStateValue) {
    this.send = setStateValue;
    const former = this.data;
    this.data = data;
    const last = data.epochs.length - 1;
    const another = former?.run !== data.run;
    setText(this.find('.waiting'), last < 0 ? data.waiting : '');
    this.find('.tools').style.visibility = last < 0 ? 'hidden' : 'visible';
    this.scrub.max = String(Math.max(0, last));
    if (another) this.begin(data, last);
    else if (data.learning && last > (former?.epochs.length ?? 0) - 1) this.glideTo(last);
    this.place = Math.min(this.place, Math.max(0, last));
    this.goal = Math.min(this.goal, Math.max(0, last));
    this.reach = reachOf(data.epochs);
    showLegend(this.find('.legend'), data.classes);
    this.drawn();
    if (data.arrive && data.arrive !== former?.arrive) {
      this.figure.scrollIntoView({ block: 'nearest', behavior: this.calm() ? 'auto' : 'smooth' });
    }
  }

  end() {
    this.ended.abort();
    this.watched.disconnect();
    cancelAnimationFrame(this.frame);
  }

  /**
   * @param {Data} data
   * @param {number} last
   */
  begin(data, last) {
    const asked = data.epochs.findIndex(one => one.epoch === data.shown);
    this.pause();
    this.place = this.goal = asked >= 0 ? asked : data.plays ? 0 : Math.max(0, last);
    if (data.plays && asked < 0 && last > 0) this.play();
  }

  calm() {
    return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  get last() {
    return Math.max(0, (this.data?.epochs.length ?? 0) - 1);
  }

  press() {
    if (this.playing) {
      this.pause();
      this.tell();
    } else this.play();
  }

  play() {
    if (this.place >= this.last) this.place = 0;
    this.playing = true;
    this.goal = this.last;
    setText(this.find('.play'), 'Pause');
    this.move();
  }

  pause() {
    this.playing = false;
    this.goal = this.place = Math.round(this.place);
    setText(this.find('.play'), 'Play');
    this.drawn();
  }

  /** @param {number} by */
  stepBy(by) {
    const from = this.playing ? this.place : this.goal;
    this.pause();
    this.glideTo(Math.max(0, Math.min(this.last, Math.round(from) + by)));
    this.tell();
  }

  /** @param {number} place */
  goTo(place) {
    this.pause();
    this.place = this.goal = place;
    this.drawn();
  }

  /** @param {number} place */
  glideTo(place) {
    this.playing = false;
    setText(this.find('.play'), 'Play');
    this.goal = place;
    this.move();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    /** @type {Record<string, () => void>} */
    const acts = {
      ' ': () => this.press(),
      ArrowLeft: () => this.stepBy(-1),
      ArrowRight: () => this.stepBy(1),
      Home: () => this.stepBy(-this.last),
      End: () => this.stepBy(this.last),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** Lets the page know which epoch a person has stopped at, so that a link can bring it back. */
  tell() {
    const epoch = this.data?.epochs[Math.round(this.goal)]?.epoch;
    if (epoch !== undefined && !this.data?.learning) this.send('shown', epoch);
  }

  move() {
    cancelAnimationFrame(this.frame);
    this.before = performance.now();
    this.frame = requestAnimationFrame(now => this.advance(now));
  }

  /** @param {number} now milliseconds */
  advance(now) {
    const by = Math.max(0, Math.min(LONGEST, (now - this.before) / 1000)) / SECONDS; // a frame may be older than its order
    this.before = now;
    const way = this.goal - this.place;
    // A long way, as after a jump to the end, takes no longer than two epochs do.
    const speed = this.playing ? 1 : Math.max(1, Math.abs(way) / 2);
    this.place = Math.abs(way) <= by * speed ? this.goal : this.place + Math.sign(way) * by * speed;
    if (this.place !== this.goal) this.frame = requestAnimationFrame(next => this.advance(next));
    else if (this.playing) {
      this.pause();
      this.tell();
    }
    this.drawn();
  }

  drawn() {
    const { data } = this;
    if (!data) return;
    const size = fitToScreen(this.canvas, this.pen);
    if (!data.epochs.length) {
      this.pen.clearRect(0, 0, size.width, size.height);
      return;
    }
    const still = this.calm() ? Math.round(this.place) : this.place;
    const epoch = between(data.epochs, still);
    draw(this.pen, size, { data, epoch, place: still, reach: this.reach ?? 1000, look: this.look() });
    const at = Math.round(this.place);
    this.figure.dataset.epoch = String(data.epochs[at].epoch);
    if (this.scrub.valueAsNumber !== at) this.scrub.value = String(at);
    this.scrub.setAttribute('aria-valuetext', data.epochs[at].title);
    setText(this.find('.told'), data.epochs[at].title);
    if (this.place === this.goal) this.canvas.setAttribute('aria-label', sentence(data, data.epochs[at]));
  }

  /** @returns {Look} */
  look() {
    const style = getComputedStyle(this.figure);
    return {
      ink: style.color,
      paper: style.backgroundColor,
      accent: style.getPropertyValue('--st-primary-color').trim() || style.color,
      edge: this.colours.read()[0],
      font: style.fontFamily,
    };
  }
}
