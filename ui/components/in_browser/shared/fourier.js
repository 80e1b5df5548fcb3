// The fast Fourier transform (Cooley and Tukey 1965) of real numbers, as many as a power of two. They are transformed in
// pairs, as half as many complex numbers; then the spectra of the first and of the second of each pair are separated.

export class RealTransform {
  /** @param {number} size how many numbers */
  constructor(size) {
    this.size = size;
    this.half = size / 2;
    this.real = new Float64Array(this.half);
    this.imaginary = new Float64Array(this.half);
    this.cosines = Float64Array.from({ length: size }, (_, i) => Math.cos((2 * Math.PI * i) / size));
    this.sines = Float64Array.from({ length: size }, (_, i) => Math.sin((2 * Math.PI * i) / size));
    this.places = new Uint32Array(this.half); // in the order of reversed bits
    for (let i = 1; i < this.half; i++) this.places[i] = (this.places[i >> 1] >> 1) | (i & 1 ? this.half >> 1 : 0);
  }

  /**
   * Adds the squared magnitude at each of the `size / 2 + 1` frequencies to `powers`.
   *
   * @param {ArrayLike<number>} values
   * @param {Float64Array} powers
   */
  addPowers(values, powers) {
    const { half, real, imaginary, cosines, sines, places } = this;
    for (let i = 0; i < half; i++) {
      real[places[i]] = values[2 * i];
      imaginary[places[i]] = values[2 * i + 1];
    }
    this.butterflies();
    for (let k = 0; k <= half; k++) {
      const i = k % half, j = (half - k) % half;
      const evenReal = (real[i] + real[j]) / 2, evenImaginary = (imaginary[i] - imaginary[j]) / 2;
      const oddReal = (imaginary[i] + imaginary[j]) / 2, oddImaginary = (real[j] - real[i]) / 2;
      const c = cosines[k], s = sines[k];
      const x = evenReal + c * oddReal + s * oddImaginary, y = evenImaginary + c * oddImaginary - s * oddReal;
      powers[k] += x * x + y * y;
    }
  }

  butterflies() {
    const { half, real, imaginary, cosines, sines, size } = this;
    for (let length = 2; length <= half; length *= 2) {
      const step = size / length, middle = length / 2;
      for (let start = 0; start < half; start += length) {
        for (let k = 0; k < middle; k++) {
          const c = cosines[k * step], s = sines[k * step], a = start + k, b = a + middle;
          const x = c * real[b] + s * imaginary[b], y = c * imaginary[b] - s * real[b];
          real[b] = real[a] - x;
          imaginary[b] = imaginary[a] - y;
          real[a] += x;
          imaginary[a] += y;
        }
      }
    }
  }
}

/**
 * The weights of a periodic window, as torch makes them.
 *
 * @param {'hann' | 'hamming'} kind
 * @param {number} length
 */
export function taper(kind, length) {
  const raised = { hann: 0.5, hamming: 0.54 }[kind];
  return Float64Array.from({ length }, (_, i) => raised - (1 - raised) * Math.cos((2 * Math.PI * i) / length));
}

// The power spectrum of frames under a Hann window; a sine of full scale has power 1 at its frequency.
export class PowerSpectrum {
  /**
   * @param {number} length how many samples are under the window
   * @param {number} size how many are transformed: a power of two, and at least as many
   */
  constructor(length, size) {
    this.length = length;
    this.count = size / 2 + 1;
    const window = taper('hann', length);
    const sum = window.reduce((total, weight) => total + weight, 0);
    this.window = window.map(weight => (2 * weight) / sum);
    this.transform = new RealTransform(size);
    this.frame = new Float64Array(size);
    this.powers = new Float64Array(this.count);
  }

  /**
   * Adds to `powers` those of the frame that begins at sample `first`; outside the samples it is silent.
   *
   * @param {ArrayLike<number>} samples
   * @param {number} first
   */
  add(samples, first) {
    const { window, frame, length } = this;
    for (let i = 0; i < length; i++) {
      const at = first + i;
      frame[i] = at >= 0 && at < samples.length ? samples[at] * window[i] : 0;
    }
    this.transform.addPowers(frame, this.powers);
  }
}
