// Short-time spectrum of the stream: a column of levels every 10 ms, kept for the last minutes in steps of half a decibel.

const RATE = 16000;
const HOP = 160; // samples from one column to the next
const LENGTH = 512; // samples in one column
const BINS = LENGTH / 2 + 1;
const KEPT_SECONDS = 180;
const KEPT = (KEPT_SECONDS * RATE) / HOP; // columns
const LOWEST = -127.5; // dB relative to a sine of full scale
const STEPS = 2; // per decibel

class Spectra {
  constructor() {
    this.levels = new Uint8Array(KEPT * BINS); // ring buffer: column `n` is at `n % KEPT`
    this.columns = 0;
    this.past = new Float32Array(2 * LENGTH);
    this.filled = LENGTH / 2; // the first column is centred on the first sample
    this.samples = 0;
    this.spectrum = new PowerSpectrum(LENGTH, LENGTH);
  }

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

  // Where the levels of a column begin in `levels`.
  placeOf(column) {
    return (column % KEPT) * BINS;
  }
}
