// What the live view says in words beside its pictures.

import { finder, setText } from '../../in_browser/shared/elements.js';
import { nonePicture, symbolPicture } from '../../in_browser/shared/symbols.js';
import { verdictOf } from './class_panel.js';
import { clock } from './view.js';
import { lastUtterance, stateOf, technicalWords } from './words.js';

/** @import { Live } from './live.js' */
/** @import { Model, Prediction } from './messages.js' */
/** @import { View } from './view.js' */

const NONE = 'none of these'; // NONE_OF_THESE of ser_core/inference/reader.py
const READ = 200; // milliseconds between updates of the slider: each of them makes the browser lay out the page

export class Readings {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    const find = finder(figure);
    this.verdict = find('.verdict');
    this.sentence = find('.sentence');
    this.state = find('.state');
    this.technical = find('.technical');
    this.scroll = find('.scroll', HTMLInputElement);
    this.when = find('.when');
    this.follow = find('.follow', HTMLButtonElement);
    this.pause = find('.pause', HTMLButtonElement);
    this.scrolledAt = -Infinity; // when the slider was written, in milliseconds
  }

  /**
   * @param {Live} live
   * @param {Model} model
   * @param {Prediction | null} prediction
   * @param {number} now milliseconds
   */
  write(live, model, prediction, now) {
    const { view } = live;
    const [severity, words] = stateOf(live, prediction, now);
    setText(this.state, words);
    this.state.className = `state ${severity}`;
    const { verdict, sentence } = verdictOf(prediction, model);
    this.writeVerdict(model, verdict || (view.newest ? '–' : ''));
    setText(this.sentence, sentence || lastUtterance(live.predictions, model, view.edge));
    setText(this.technical, technicalWords(live.latency, live.counted, live.lostInBrowser));
    if (view.following && live.phase === 'listening' && now - this.scrolledAt < READ) return;
    this.scrolledAt = now;
    this.writeScrolling(view);
  }

  /**
   * @param {Model} model
   * @param {string} shown
   */
  writeVerdict(model, shown) {
    if (this.verdict.dataset.is === shown) return;
    this.verdict.dataset.is = shown;
    const found = model.classes.find(one => one.name === shown);
    const sign = found ? [symbolPicture(found.symbol, found.colour)] : shown === NONE ? [nonePicture()] : [];
    this.verdict.replaceChildren(...sign, shown);
  }

  /** @param {View} view */
  writeScrolling(view) {
    const { scroll } = this;
    const oldest = Math.min(view.newest, view.first + view.span);
    scroll.min = String(oldest);
    scroll.max = String(view.newest);
    scroll.disabled = view.newest <= oldest;
    scroll.value = String(view.following ? view.newest : view.edge);
    scroll.setAttribute('aria-valuetext', `up to ${clock(view.edge)} of ${clock(view.newest)}`);
    const from = clock(Math.max(view.first, view.start));
    setText(this.when, view.newest ? `${from} to ${clock(view.edge)} of ${clock(view.newest)}` : '');
    this.follow.disabled = view.following;
    this.pause.disabled = !view.newest;
    this.pause.setAttribute('aria-pressed', String(!view.following));
  }
}
