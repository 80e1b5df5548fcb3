// Short-time spectra: a Hann window around a moment, and the level of each frequency in it.

const BANDS = { wide: { name: 'wide band', seconds: 0.005 }, narrow: { name: 'narrow band', seconds: 0.03 } };
const MOST_FRAMES = 4; // whose mean makes one column where columns lie further apart than windows
const LOOKED_AT = 800; // frames in which the loudest point is looked for
const FAINTEST = 1e-20;

class Spectrum {
  // `samples` between -1 and 1; a sine of full scale has 0 dB.
  constructor(samples, rate, seconds) {
    this.samples = samples;
    this.rate = rate;
    this.length = Math.max(4, 2 * Math.round((seconds * rate) / 2));
    this.size = 2 ** Math.ceil(Math.log2(2 * this.length)); // twice as long: frequencies twice as close
    this.count = this.size / 2 + 1;
    this.window = Float64Array.from({ length: this.length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / this.length));
    this.reference = (this.window.reduce((sum, weight) => sum + weight, 0) / 2) ** 2; // power of a sine of full scale
    this.transform = new RealTransform(this.size);
    this.frame = new Float64Array(this.size);
    this.powers = new Float64Array(this.count);
  }

  // Decibels at each frequency, around a sample's number. Columns lie `hop` samples apart: each is the mean of as many
  // frames as fit side by side, four at most. The array is the same each time.
  column(centre, hop = 1) {
    const frames = Math.max(1, Math.min(MOST_FRAMES, Math.floor((2 * hop) / this.length)));
    this.powers.fill(0);
    for (let i = 0; i < frames; i++) this.add(centre + Math.round(((i + 0.5) / frames - 0.5) * hop));
    const { powers } = this;
    const unit = 1 / (frames * this.reference);
    for (let k = 0; k < this.count; k++) powers[k] = 10 * Math.log10(powers[k] * unit + FAINTEST);
    return powers;
  }

  add(centre) {
    const { samples, window, frame, length } = this;
    const first = centre - length / 2;
    for (let i = 0; i < length; i++) {
      const at = first + i;
      frame[i] = at >= 0 && at < samples.length ? samples[at] * window[i] : 0;
    }
    this.transform.addPowers(frame, this.powers);
  }

  // The level of one moment at one frequency.
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
