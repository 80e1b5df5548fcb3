// The smallest and the largest sample of any stretch, so that minutes draw as fast as a word.


const STRETCH = 64; // samples whose extremes are kept

export class Envelope {
  /** @param {Float32Array} samples */
  constructor(samples) {
    this.samples = samples;
    const count = Math.ceil(samples.length / STRETCH);
    this.lows = new Float32Array(count);
    this.highs = new Float32Array(count);
    for (let i = 0; i < count; i++) {
      const [low, high] = extremes(samples, samples, i * STRETCH, Math.min((i + 1) * STRETCH, samples.length), Infinity, -Infinity);
      this.lows[i] = low;
      this.highs[i] = high;
    }
  }

  /**
   * The extremes of the samples from `first` up to `last`, which is not one of them.
   *
   * @param {number} first
   * @param {number} last
   */
  between(first, last) {
    const { samples } = this;
    const inner = Math.ceil(first / STRETCH), outer = Math.floor(last / STRETCH);
    if (inner >= outer) return extremes(samples, samples, first, last, Infinity, -Infinity);
    const before = extremes(samples, samples, first, inner * STRETCH, Infinity, -Infinity);
    const within = extremes(this.lows, this.highs, inner, outer, ...before);
    return extremes(samples, samples, outer * STRETCH, last, ...within);
  }
}

/**
 * @param {Float32Array} lows
 * @param {Float32Array} highs
 * @param {number} first
 * @param {number} last
 * @param {number} low
 * @param {number} high
 * @returns {[low: number, high: number]}
 */
function extremes(lows, highs, first, last, low, high) {
  for (let i = first; i < last; i++) {
    if (lows[i] < low) low = lows[i];
    if (highs[i] > high) high = highs[i];
  }
  return [low, high];
}
