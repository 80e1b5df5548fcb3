// Sound to levels per frequency: a column every 10 ms, kept for the last minutes in steps of half a decibel.

const RATE = 16000;
const HOP = 160; // samples from one column to the next
const LENGTH = 512; // samples in one column
const BINS = LENGTH / 2 + 1;
const KEPT_SECONDS = 180;
const KEPT = (KEPT_SECONDS * RATE) / HOP; // columns
const LOWEST = -127.5; // dB below a sine of full scale
const STEPS = 2; // per decibel

class Spectra {
  constructor() {
    this.levels = new Uint8Array(KEPT * BINS); // the ring: column `n` lies at `n % KEPT`
    this.columns = 0;
    this.past = new Float32Array(2 * LENGTH);
    this.filled = LENGTH / 2; // the first column is centred on the first sample
    this.samples = 0;
    this.window = Float32Array.from({ length: LENGTH }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / LENGTH));
    this.real = new Float64Array(LENGTH);
    this.imaginary = new Float64Array(LENGTH);
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

  // Sound that never came: columns without a level, so that what follows stays at its time.
  skip(samples) {
    this.hear(new Float32Array(Math.min(samples, KEPT_SECONDS * RATE)));
  }

  add() {
    const { real, imaginary } = this;
    for (let i = 0; i < LENGTH; i++) real[i] = this.window[i] * this.past[i];
    imaginary.fill(0);
    transform(real, imaginary);
    const at = (this.columns % KEPT) * BINS;
    for (let bin = 0; bin < BINS; bin++) {
      // A Hann window passes a quarter of the length's squared amplitude: a full sine is 0 dB.
      const power = (real[bin] ** 2 + imaginary[bin] ** 2) / (LENGTH / 4) ** 2;
      const decibels = 10 * Math.log10(power + 1e-13);
      this.levels[at + bin] = Math.max(0, Math.min(255, Math.round(STEPS * (decibels - LOWEST))));
    }
    this.columns++;
  }

  get first() {
    return Math.max(0, this.columns - KEPT);
  }

  get seconds() {
    return this.samples / RATE;
  }

  column(number) {
    const at = (number % KEPT) * BINS;
    return this.levels.subarray(at, at + BINS);
  }
}

// The Fourier transform in place, radix 2.
const TURNS = Array.from({ length: LENGTH / 2 }, (_, i) => [
  Math.cos((2 * Math.PI * i) / LENGTH),
  -Math.sin((2 * Math.PI * i) / LENGTH),
]);
const REVERSED = Uint16Array.from({ length: LENGTH }, (_, i) => {
  let reversed = 0;
  for (let bit = 1, left = LENGTH >> 1; left; bit <<= 1, left >>= 1) if (i & bit) reversed |= left;
  return reversed;
});

function transform(real, imaginary) {
  for (let i = 0; i < LENGTH; i++) {
    const j = REVERSED[i];
    if (i < j) {
      [real[i], real[j]] = [real[j], real[i]];
      [imaginary[i], imaginary[j]] = [imaginary[j], imaginary[i]];
    }
  }
  for (let size = 2; size <= LENGTH; size *= 2) {
    const half = size / 2;
    const stride = LENGTH / size;
    for (let start = 0; start < LENGTH; start += size) {
      for (let k = 0; k < half; k++) {
        const [c, s] = TURNS[k * stride];
        const [a, b] = [start + k, start + k + half];
        const x = c * real[b] - s * imaginary[b];
        const y = c * imaginary[b] + s * real[b];
        real[b] = real[a] - x;
        imaginary[b] = imaginary[a] - y;
        real[a] += x;
        imaginary[a] += y;
      }
    }
  }
}

// ---------------------------------------------------------------------- frequencies by rows of a picture
const toMel = hertz => 2595 * Math.log10(1 + hertz / 700);
const fromMel = mel => 700 * (10 ** (mel / 2595) - 1);
const HIGHEST = RATE / 2;

// From hertz to a share of the height and back.
const SCALES = {
  mel: { share: hertz => toMel(hertz) / toMel(HIGHEST), hertz: share => fromMel(share * toMel(HIGHEST)) },
  linear: { share: hertz => hertz / HIGHEST, hertz: share => share * HIGHEST },
};

// For each row, highest first, the bins that it shows and the weight of each: a triangle down to the neighbouring rows,
// but never narrower than a bin.
function bandsOf(scale, rows) {
  const bin = row => (SCALES[scale].hertz((row + 0.5) / rows) / RATE) * LENGTH;
  return Array.from({ length: rows }, (_, i) => {
    const row = rows - 1 - i;
    const middle = bin(row);
    const reach = Math.max(1, (bin(row + 1) - bin(row - 1)) / 2);
    const first = Math.max(0, Math.ceil(middle - reach));
    const last = Math.min(BINS - 1, Math.floor(middle + reach));
    const weights = [];
    for (let one = first; one <= last; one++) weights.push(Math.max(0, 1 - Math.abs(one - middle) / reach));
    const sum = weights.reduce((a, b) => a + b, 0) || 1;
    return { first, weights: weights.map(weight => weight / sum) };
  });
}
