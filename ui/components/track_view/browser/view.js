// A track that is seen and heard: a press plays from there, a line runs along, keys seek.

import { finder, listener, setText } from '../../in_browser/shared/elements.js';
import { Answers } from '../../in_browser/shared/mounting.js';
import { fixed } from '../../in_browser/shared/numbers.js';
import { clock, drawTrack } from './picture.js';
import { PartSound } from './sound.js';

/** @import { Send } from '../../in_browser/shared/mounting.js' */
/** @import { Track } from './picture.js' */
/** @import { Part } from './sound.js' */
/** @typedef {{ identity: string, track: Track, part: Part, chosen: number }} Data */

const SECOND = 1; // for an arrow key
const FIVE = 5; // with Shift
const SETTLED = 400; // milliseconds after the last key until the page is told

export class TrackView {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    Object.assign(figure, { trackView: this }); // for tests and debugging
    const find = finder(figure);
    this.picture = find('.picture');
    this.svg = find('svg', SVGSVGElement);
    this.cursor = find('.cursor');
    this.where = find('.where');
    this.button = find('.play', HTMLButtonElement);
    this.refused = find('.refused');
    /** @type {Data | null} */
    this.data = null;
    this.drawn = ''; // what the picture shows
    this.answers = new Answers(null);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.telling = undefined;
    this.frame = 0;
    this.sound = new PartSound(find('audio', HTMLAudioElement), {
      want: moment => this.tell(moment),
      over: () => this.show(),
      refuse: reason => this.refuse(reason),
    });
    this.ended = new AbortController();
    const on = listener(this.ended.signal);
    on(this.button, 'click', () => this.toggle());
    on(this.picture, 'click', event => this.press(event));
    on(figure, 'keydown', event => this.key(event));
  }

  /** @param {Data} data @param {Send} setStateValue */
  update(data, setStateValue) {
    const former = this.data;
    this.setStateValue = setStateValue;
    this.data = data;
    const { duration } = data.track;
    if (former?.identity !== data.identity) {
      this.sound.pause();
      this.sound.moment = 0;
      this.answers = new Answers(null);
      this.picture.setAttribute('aria-valuemin', '0');
      this.picture.setAttribute('aria-valuemax', fixed(duration, 1));
    }
    const wanted = `${data.identity}|${data.chosen}`;
    if (wanted !== this.drawn) {
      drawTrack(this.svg, data.track, data.chosen);
      // The page has chosen another segment than the one that is heard.
      if (!this.sound.playing && this.segmentAt(this.sound.moment) !== data.chosen) {
        this.sound.moment = data.track.segments[data.chosen].start;
      }
    }
    this.drawn = wanted;
    this.sound.learn(data.part, duration);
    this.show();
  }

  get duration() {
    return this.data?.track.duration ?? 0;
  }

  /** @param {number} moment number of the segment there */
  segmentAt(moment) {
    const segments = this.data?.track.segments ?? [];
    const found = segments.findIndex(one => moment < one.end);
    return found < 0 ? segments.length - 1 : found;
  }

  /** @param {MouseEvent} event */
  press(event) {
    const { left, width } = this.picture.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - left) / width));
    this.goTo(share * this.duration, true);
    this.tell(this.sound.position);
  }

  toggle() {
    if (this.sound.playing) this.sound.pause();
    else this.goTo(this.sound.position >= this.duration - 0.05 ? 0 : this.sound.position, true);
    this.show();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === ' ' && event.target === this.button) return; // the button's own press
    const { position, playing } = this.sound, by = event.shiftKey ? FIVE : SECOND;
    /** @type {Record<string, number>} */
    const places = { ArrowLeft: position - by, ArrowRight: position + by, Home: 0, End: this.duration };
    if (event.key === ' ') this.toggle();
    else if (event.key in places) {
      this.goTo(Math.min(this.duration, Math.max(0, places[event.key])), playing);
      clearTimeout(this.telling);
      this.telling = setTimeout(() => this.tell(this.sound.position), SETTLED);
    } else return;
    event.preventDefault();
  }

  /** @param {number} moment @param {boolean} playing */
  goTo(moment, playing) {
    this.refused.hidden = true;
    if (playing) this.sound.play(moment);
    else this.sound.moment = moment;
    this.show();
  }

  /** The page brings the sound of this moment, and chooses its segment. @param {number} moment */
  tell(moment) {
    if (!this.data || !this.setStateValue) return;
    this.answers.send(this.setStateValue, { identity: this.data.identity, at: Math.round(1000 * moment) / 1000 });
  }

  /** @param {string} reason */
  refuse(reason) {
    setText(this.refused, reason);
    this.refused.hidden = false;
    this.show();
  }

  show() {
    cancelAnimationFrame(this.frame);
    if (!this.data) return;
    const moment = this.sound.position, label = this.data.track.segments[this.segmentAt(moment)].label;
    this.cursor.style.left = `${(100 * moment) / this.duration}%`;
    setText(this.where, `${clock(moment)} of ${clock(this.duration)} · ${label}`);
    setText(this.button, this.sound.playing ? 'Pause' : 'Play');
    this.picture.setAttribute('aria-valuenow', fixed(moment, 1));
    this.picture.setAttribute('aria-valuetext', `${clock(moment)}, ${label}`);
    if (this.sound.playing) this.frame = requestAnimationFrame(() => this.show());
  }

  end() {
    clearTimeout(this.telling);
    cancelAnimationFrame(this.frame);
    this.sound.end();
    this.ended.abort();
  }
}
