// Resampling from the sound card's rate to another, such as the 16 kHz of the models.
//
// A polyphase filter, a sinc under a Kaiser window: to 16 kHz flat from 0 to 7.5 kHz within a hundredth of a decibel,
// aliases about 80 dB down. It is the same in every browser; not every browser opens a microphone at 16 kHz.

const CROSSINGS = 40; // zero crossings of the sinc on either side
const KEPT_BAND = 0.97; // of the lower of both half rates
const KAISER = 8;
const RING = 4096; // past samples that are kept; a power of two

/**
 * @param {number} a
 * @param {number} b
 * @returns {number}
 */
function greatestDivisor(a, b) {
  return b ? greatestDivisor(b, a % b) : a;
}

/**
 * The modified Bessel function of order zero.
 *
 * @param {number} x
 */
function bessel(x) {
  let [sum, term] = [1, 1];
  for (let k = 1; term > 1e-12 * sum; k++) sum += term *= (x / (2 * k)) ** 2;
  return sum;
}

export class Resampler {
  /**
   * @param {number} from hertz
   * @param {number} to hertz
   */
  constructor(from, to) {
    const divisor = greatestDivisor(from, to);
    this.up = to / divisor;
    this.down = from / divisor;
    const cutoff = 0.5 * KEPT_BAND * Math.min(1, to / from); // cycles per sample that comes in
    this.half = Math.min(RING / 4, Math.ceil(CROSSINGS / (2 * cutoff)));
    this.filters = Array.from({ length: this.up }, (_, phase) => filterOf(phase / this.up, cutoff, this.half));
    this.past = new Float32Array(RING);
    this.heard = 0;
    this.given = 0;
  }

  /**
   * Adds samples.
   *
   * @param {Float32Array} samples
   * @param {(sample: number) => void} give called with each resampled sample
   */
  take(samples, give) {
    for (const sample of samples) {
      this.past[this.heard++ & (RING - 1)] = sample;
      for (;;) {
        const place = this.given * this.down;
        const centre = Math.floor(place / this.up);
        if (centre + this.half >= this.heard) break;
        const filter = this.filters[place % this.up];
        let sum = 0;
        for (let i = 0; i < filter.length; i++) sum += filter[i] * this.past[(centre - this.half + 1 + i) & (RING - 1)];
        this.given++;
        give(sum);
      }
    }
  }
}

/**
 * The filter for a position between two samples.
 *
 * @param {number} fraction of a sample after the first
 * @param {number} cutoff cycles per sample
 * @param {number} half its length on either side
 */
function filterOf(fraction, cutoff, half) {
  const weights = Float32Array.from({ length: 2 * half }, (_, i) => {
    const x = i - half + 1 - fraction;
    const window = Math.abs(x) < half ? bessel(KAISER * Math.sqrt(1 - (x / half) ** 2)) / bessel(KAISER) : 0;
    return (x === 0 ? 2 * cutoff : Math.sin(2 * Math.PI * cutoff * x) / (Math.PI * x)) * window;
  });
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map(weight => weight / sum); // each phase has unit gain for a constant
}
