// Samples as 16-bit integers (PCM), and those as base64 text in messages, as in ser_core/audio/pcm.py. Typed arrays keep
// the least significant byte first on every device that has a browser.

const PCM_FULL_SCALE = 32768;

/**
 * Rounds samples to 16 bits; what lies beyond full scale is clipped.
 *
 * @param {ArrayLike<number>} samples
 */
export function toPcm16(samples) {
  const values = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) {
    values[i] = Math.max(-PCM_FULL_SCALE, Math.min(PCM_FULL_SCALE - 1, Math.round(samples[i] * PCM_FULL_SCALE)));
  }
  return values;
}

/**
 * @param {Int16Array} values
 * @param {number} [peak] what full scale stands for
 */
export function fromPcm16(values, peak = 1) {
  return Float32Array.from(values, value => (value / PCM_FULL_SCALE) * peak);
}

/** @param {Int16Array} values */
export function toBase64(values) {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let text = '';
  for (let first = 0; first < bytes.length; first += 0x8000) { // a call takes only so many arguments
    text += String.fromCharCode(...bytes.subarray(first, first + 0x8000));
  }
  return btoa(text);
}

/** @param {string} text */
export function fromBase64(text) {
  return new Int16Array(Uint8Array.from(atob(text), letter => letter.charCodeAt(0)).buffer);
}
