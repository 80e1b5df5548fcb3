// How the answer to a clip changes with the number of clips that are known of its voice: dial, map and lines move together.

import { Variables } from '../../in_browser/shared/colours.js';
import { Dial } from '../../in_browser/shared/dial.js';
import { buttonsIn, finder, listener, setText } from '../../in_browser/shared/elements.js';
import { nonePicture, symbolPicture } from '../../in_browser/shared/symbols.js';
import { Cloud } from './cloud.js';
import { Lines } from './lines.js';
import { between, tell } from './steps.js';

/** @import { DialClass } from '../../in_browser/shared/dial.js' */
/** @import { Ground } from './cloud.js' */
/** @import { Clip } from './steps.js' */
/** @typedef {{ classes: DialClass[], clips: Clip[], chosen: number, ground: Ground | null }} AfterClipsData what the page sends */

const NONE = 'none of these'; // NONE_OF_THESE of ser_core/inference/reader.py
const MOVE = 700; // milliseconds from one step to the next
const REST = 900; // milliseconds at each step while it plays

export class AfterClips {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    Object.assign(figure, { afterClips: this }); // for tests and debugging
    this.find = finder(figure);
    this.dial = new Dial(this.find('.dial', HTMLCanvasElement));
    this.lines = new Lines(this.find('.lines', HTMLCanvasElement));
    this.cloud = new Cloud(this.find('.cloud', HTMLCanvasElement));
    this.audio = this.find('audio', HTMLAudioElement);
    this.colours = new Variables(figure, ['--st-border-color', '--edge', '--st-primary-color']);
    /** @type {AfterClipsData | undefined} */
    this.data = undefined;
    this.sent = '';
    this.chosen = 0; // number of the clip
    this.step = 0; // that was asked for
    this.at = 0; // what is shown: the step, or on the way to it
    this.frame = 0;
    this.resting = 0;
    this.playing = false;
    this.dressed = '';
    this.ended = new AbortController();
    this.listen();
    this.watched = new ResizeObserver(() => this.draw());
    this.watched.observe(figure);
  }

  listen() {
    const on = listener(this.ended.signal), { find, figure } = this;
    on(find('.hear'), 'click', () => this.hear());
    on(find('.play'), 'click', () => (this.playing ? this.stop() : this.play()));
    const select = find('.clip', HTMLSelectElement);
    on(select, 'change', () => this.choose(select.selectedIndex));
    on(find('.lines'), 'click', event => this.go(this.lines.stepAt(event, this.clip.steps.length)));
    on(find('.cloud'), 'click', event => {
      const pressed = this.cloud.clipAt(event);
      if (!pressed || !this.data) return;
      this.choose(this.data.clips.indexOf(pressed));
      this.hear();
    });
    on(find('.steps'), 'click', event => {
      const button = event.target instanceof Element ? event.target.closest('button') : null;
      if (button) this.go([...buttonsIn(find('.steps'), '')].indexOf(button));
    });
    on(find('.steps'), 'keydown', event => this.walk(event));
    on(figure, 'keydown', event => {
      if (event.target instanceof HTMLSelectElement || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'h') this.hear();
      if (event.key === 'r') this.find('.play').click();
    });
    on(figure, 'transitionend', () => this.draw()); // another theme
  }

  /** @param {KeyboardEvent} event */
  walk(event) {
    const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    this.go(Math.max(0, Math.min(this.clip.steps.length - 1, this.step + way)));
    buttonsIn(this.find('.steps'), '')[this.step].focus();
  }

  get clip() {
    if (!this.data) throw new Error('Expected data from the page before anything is pressed; got none.');
    return this.data.clips[this.chosen];
  }

  /** @param {AfterClipsData} data */
  update(data) {
    const sent = JSON.stringify(data);
    if (sent === this.sent) return;
    this.sent = sent;
    this.data = data;
    const select = this.find('.clip', HTMLSelectElement);
    select.replaceChildren(...data.clips.map(({ name }) => new Option(name)));
    this.find('.which').hidden = data.clips.length < 2;
    this.find('.cloud').hidden = !data.ground;
    this.find('.pictures').classList.toggle('mapped', data.ground !== null);
    this.dressed = '';
    this.cloud.renew();
    this.choose(data.chosen);
    this.at = this.step = 0;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) this.go(this.clip.steps.length - 1);
    else this.play();
  }

  /** @param {number} chosen */
  choose(chosen) {
    this.chosen = chosen;
    this.find('.clip', HTMLSelectElement).selectedIndex = chosen;
    const { address, steps } = this.clip;
    this.audio.pause();
    if (address) this.audio.src = address;
    this.find('.hear', HTMLButtonElement).disabled = !address;
    this.find('.steps').replaceChildren(...steps.map(({ clips }) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.setAttribute('role', 'radio');
      button.textContent = String(clips);
      return button;
    }));
    this.find('.said').classList.toggle('explained', steps.some(one => one.apart));
    this.step = Math.min(this.step, steps.length - 1);
    this.at = Math.min(this.at, steps.length - 1);
    this.draw();
  }

  hear() {
    if (!this.audio.src) return;
    this.audio.currentTime = 0;
    void this.audio.play().catch(() => {}); // a press on another clip breaks it off
  }

  /** From no clip to all; the picture rests at each number. */
  play() {
    this.stop();
    this.playing = true;
    if (this.step >= this.clip.steps.length - 1) this.at = this.step = 0;
    this.rest();
    this.draw();
  }

  rest() {
    this.resting = window.setTimeout(() => {
      if (this.step >= this.clip.steps.length - 1) this.stop();
      else this.move(this.step + 1);
    }, REST);
  }

  stop() {
    this.playing = false;
    clearTimeout(this.resting);
    setText(this.find('.play'), 'Play');
  }

  /** @param {number} step */
  go(step) {
    this.stop();
    this.move(step);
  }

  /** @param {number} step */
  move(step) {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.resting);
    const from = this.at, begun = performance.now();
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.step = step;
    const onwards = () => {
      const share = still ? 1 : Math.min(1, (performance.now() - begun) / MOVE);
      this.at = from + (step - from) * share * share * (3 - 2 * share);
      this.draw();
      if (share < 1) this.frame = requestAnimationFrame(onwards);
      else if (this.playing) this.rest();
    };
    onwards();
  }

  draw() {
    if (!this.data) return;
    const { classes, clips, ground } = this.data, { clip, at } = this;
    const style = getComputedStyle(this.figure);
    const [line, edge, accent] = this.colours.read();
    const theme = { text: style.color, paper: style.backgroundColor, font: style.fontFamily, line, edge, accent };
    const dressed = JSON.stringify(theme);
    if (dressed !== this.dressed) this.dial.set(classes, theme);
    this.dressed = dressed;
    this.dial.show(between(clip, at));
    this.lines.draw(classes, clip, at, theme);
    if (ground) this.cloud.draw(classes, ground, clips, clip, at, theme);
    this.write(clip);
  }

  /** @param {Clip} clip */
  write(clip) {
    const step = clip.steps[this.step];
    const found = this.data?.classes.find(one => one.name === step.verdict);
    const sign = found ? symbolPicture(found.symbol, found.colour) : step.verdict === NONE ? nonePicture() : null;
    tell(this.find('.said'), step, clip.spoken, sign);
    buttonsIn(this.find('.steps'), '').forEach((button, i) => {
      button.setAttribute('aria-checked', String(i === this.step));
      button.tabIndex = i === this.step ? 0 : -1;
    });
    setText(this.find('.play'), this.playing ? 'Stop' : 'Play');
    this.figure.dataset.step = String(step.clips);
  }

  end() {
    this.stop();
    cancelAnimationFrame(this.frame);
    this.audio.pause();
    this.ended.abort();
    this.watched.disconnect();
  }
}
