// Vectors as plain arrays of numbers: two on the circle, three on the sphere.

/** @typedef {number[]} Vector */

/** @param {Vector} a @param {Vector} b */
export function dot(a, b) {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d] * b[d];
  return sum;
}

/** @param {Vector} a @param {Vector} b @param {number} [factor] @returns {Vector} `a + factor · b` */
export function plus(a, b, factor = 1) {
  return a.map((value, d) => value + factor * b[d]);
}

/** @param {Vector} a @param {number} factor @returns {Vector} */
export function scaled(a, factor) {
  return a.map(value => value * factor);
}

/** @param {Vector} a */
export function lengthOf(a) {
  return Math.sqrt(dot(a, a));
}

/** @param {Vector} a @returns {Vector} */
export function unit(a) {
  return scaled(a, 1 / lengthOf(a));
}

/**
 * The part of a direction that stays on the sphere at a point of unit length.
 * @param {Vector} at @param {Vector} direction @returns {Vector}
 */
export function tangent(at, direction) {
  return plus(direction, at, -dot(at, direction));
}

/** @param {number} count @returns {Vector} */
export function zeros(count) {
  return new Array(count).fill(0);
}
