// Short-time spectra: a Hann window around a moment, and the level of each frequency in it.

import { PowerSpectrum } from '../../in_browser/shared/fourier.js';
import { toDecibels } from '../../in_browser/shared/levels.js';

/** @typedef {'wide' | 'narrow'} BandName */

/** @type {Record<BandName, { seconds: number }>} how long the window is */
export const BANDS = { wide: { seconds: 0.005 }, narrow: { seconds: 0.03 } };
const MOST_FRAMES = 4; // whose mean makes one column where columns lie further apart than windows
const LOOKED_AT = 800; // frames in which the loudest point is looked for
const FAINTEST = -200; // decibels

export class Spectrum {
  /**
   * @param {ArrayLike<number>} samples between -1 and 1; a sine of full scale has 0 dB
   * @param {number} rate hertz
   * @param {number} seconds how long the window is
   */
  constructor(samples, rate, seconds) {
    this.samples = samples;
    this.rate = rate;
    this.length = Math.max(4, 2 * Math.round((seconds * rate) / 2));
    this.size = 2 ** Math.ceil(Math.log2(2 * this.length)); // twice as long: frequencies twice as close
    this.spectrum = new PowerSpectrum(this.length, this.size);
    this.count = this.spectrum.count;
  }

  /**
   * Decibels at each frequency, around a sample's number. Each column is the mean of as many frames as fit side by side,
   * four at most. The array is the same each time.
   *
   * @param {number} centre
   * @param {number} [hop] samples between columns
   */
  column(centre, hop = 1) {
    const frames = Math.max(1, Math.min(MOST_FRAMES, Math.floor((2 * hop) / this.length)));
    const { powers } = this.spectrum;
    powers.fill(0);
    for (let i = 0; i < frames; i++) {
      this.spectrum.add(this.samples, centre - this.length / 2 + Math.round(((i + 0.5) / frames - 0.5) * hop));
    }
    for (let k = 0; k < this.count; k++) powers[k] = toDecibels(powers[k] / frames, FAINTEST);
    return powers;
  }

  /**
   * The level of one moment at one frequency.
   *
   * @param {number} seconds
   * @param {number} hertz
   */
  levelAt(seconds, hertz) {
    const levels = this.column(Math.round(seconds * this.rate));
    return levels[Math.max(0, Math.min(this.count - 1, Math.round((hertz / this.rate) * this.size)))];
  }

  // The level of the loudest point, looked for in frames that are spread evenly; in digital silence 0 dB.
  loudest() {
    const frames = Math.min(LOOKED_AT, Math.ceil((2 * this.samples.length) / this.length));
    let most = -Infinity;
    for (let i = 0; i < frames; i++) {
      const levels = this.column(Math.floor(((i + 0.5) / frames) * this.samples.length));
      for (const level of levels) if (level > most) most = level;
    }
    return most > -190 ? most : 0;
  }
}
