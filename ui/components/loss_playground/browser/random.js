// Random numbers from a seed, so that a start can be had again.

/**
 * @param {number} seed
 * @returns {() => number} standard normal numbers
 */
export function normals(seed) {
  const next = uniforms(seed);
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/**
 * Mulberry32, a generator of 32 bits.
 * @param {number} seed
 * @returns {() => number} from 0, less than 1
 */
function uniforms(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
