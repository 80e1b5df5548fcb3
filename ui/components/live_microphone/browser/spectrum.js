// Short-time spectrum of the stream: a column of levels every 10 ms, kept for the last minutes in steps of half a decibel.

import { PowerSpectrum } from '../../in_browser/shared/fourier.js';
import { toDecibels } from '../../in_browser/shared/levels.js';

export const RATE = 16000;
export const HOP = 160; // samples from one column to the next
const LENGTH = 512; // samples in one column
export const BINS = LENGTH / 2 + 1;
export const KEPT_SECONDS = 180;
const KEPT = (KEPT_SECONDS * RATE) / HOP; // columns
export const LOWEST = -127.5; // dB relative to a sine of full scale
export const STEPS = 2; // per decibel

export class Spectra {
  constructor() {
    this.levels = new Uint8Array(KEPT * BINS); // ring buffer: column `n` is at `n % KEPT`
    this.columns = 0;
    this.past = new Float32Array(2 * LENGTH);
    this.filled = LENGTH / 2; // the first column is centred on the first sample
    this.samples = 0;
    this.spectrum = new PowerSpectrum(LENGTH, LENGTH);
  }

  /** @param {Float32Array} samples */
  hear(samples) {
    for (const sample of samples) {
      this.past[this.filled++] = sample;
      if (this.filled === LENGTH) {
        this.add();
        this.past.copyWithin(0, HOP, LENGTH);
        this.filled -= HOP;
      }
    }
    this.samples += samples.length;
  }

  add() {
    const { powers } = this.spectrum;
    powers.fill(0);
    this.spectrum.add(this.past, 0);
    const at = this.placeOf(this.columns);
    for (let bin = 0; bin < BINS; bin++) {
      this.levels[at + bin] = Math.min(255, Math.round(STEPS * (toDecibels(powers[bin], LOWEST) - LOWEST)));
    }
    this.columns++;
  }

  get first() {
    return Math.max(0, this.columns - KEPT);
  }

  get seconds() {
    return this.samples / RATE;
  }

  /**
   * Where the levels of a column begin in `levels`.
   *
   * @param {number} column
   */
  placeOf(column) {
    return (column % KEPT) * BINS;
  }
}
