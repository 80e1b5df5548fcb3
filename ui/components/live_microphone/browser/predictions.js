// The model's predictions for windows and utterances in order of time, no older than the kept sound.

import { KEPT_SECONDS } from './spectrum.js';

/** @import { Prediction } from './messages.js' */

export class Predictions {
  constructor() {
    /** @type {Prediction[]} */
    this.windows = [];
    /** @type {Prediction[]} */
    this.utterances = [];
    this.seen = 0; // predictions that came so far
  }

  /**
   * Adds predictions; those that came before are ignored.
   *
   * @param {number} first number of the first of them
   * @param {Prediction[]} given
   */
  add(first, given) {
    const fresh = given.slice(Math.max(0, this.seen - first));
    this.seen = Math.max(this.seen, first + given.length);
    for (const prediction of fresh) (prediction.kind === 'window' ? this.windows : this.utterances).push(prediction);
    const oldest = (fresh.at(-1)?.end ?? 0) - KEPT_SECONDS;
    for (const list of [this.windows, this.utterances]) while (list.length && list[0].end < oldest) list.shift();
    return fresh;
  }

  /**
   * The newest window that ends before a time.
   *
   * @param {number} seconds
   */
  at(seconds) {
    for (let i = this.windows.length - 1; i >= 0; i--) if (this.windows[i].end <= seconds + 1e-6) return this.windows[i];
    return null;
  }

  /**
   * The windows that end in a span of time, and one on either side, so that lines reach the edge.
   *
   * @param {number} start
   * @param {number} end
   */
  between(start, end) {
    const first = this.windows.findIndex(prediction => prediction.end >= start);
    if (first < 0) return [];
    const behind = this.windows.findIndex(prediction => prediction.end > end);
    return this.windows.slice(Math.max(0, first - 1), behind < 0 ? undefined : behind + 1);
  }
}
