// Which stretch of time is seen; seconds from the first sample.


/** @import { Range } from './memory.js' */

const SHORTEST_SPAN = 0.01;

export class Span {
  /**
   * @param {number} duration of the sound
   * @param {Range | null} [state] what is seen at first; without, all
   */
  constructor(duration, state) {
    this.duration = duration;
    this.shortest = Math.min(SHORTEST_SPAN, duration);
    this.from = 0;
    this.to = duration;
    if (state) this.show(...state);
  }

  /** @returns {Range} */
  state() {
    return [this.from, this.to];
  }

  get length() {
    return this.to - this.from;
  }

  /**
   * As much of what is asked for as there is, and never less than the shortest.
   *
   * @param {number} from
   * @param {number} to
   */
  show(from, to) {
    const length = Math.min(this.duration, Math.max(this.shortest, to - from));
    this.from = Math.max(0, Math.min(this.duration - length, from));
    this.to = this.from + length;
  }

  whole() {
    this.show(0, this.duration);
  }

  /**
   * Closer by a factor; what is seen at a moment stays where it is.
   *
   * @param {number} factor
   * @param {number} at
   */
  zoom(factor, at) {
    const length = Math.min(this.duration, Math.max(this.shortest, this.length / factor));
    const from = at - ((at - this.from) / this.length) * length;
    this.show(from, from + length);
  }

  /** @param {number} seconds */
  move(seconds) {
    this.show(this.from + seconds, this.to + seconds);
  }

  /**
   * Turns pages until a moment is seen.
   *
   * @param {number} time
   */
  reveal(time) {
    if (time < this.from || time > this.to) this.show(time - 0.05 * this.length, time + 0.95 * this.length);
  }

  /**
   * @param {number} time
   * @param {number} width pixels
   */
  toX(time, width) {
    return ((time - this.from) / this.length) * width;
  }

  /**
   * @param {number} x
   * @param {number} width pixels
   */
  toTime(x, width) {
    return this.from + (x / width) * this.length;
  }
}

/**
 * Round moments, and how many decimals they need.
 *
 * @param {number} from
 * @param {number} to
 * @param {number} width pixels
 * @param {number} [gap] pixels that lie between them at least
 */
export function timeTicks(from, to, width, gap = 70) {
  const least = ((to - from) * gap) / width;
  const unit = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map(count => count * unit).find(step => step >= least * 0.999) ?? 10 * unit;
  const decimals = Math.max(0, -Math.floor(Math.log10(step * 1.001)));
  const ticks = [];
  for (let count = Math.ceil(from / step - 1e-6); count * step <= to + 1e-9; count++) ticks.push(count * step);
  return { ticks, decimals };
}
