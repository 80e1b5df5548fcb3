// What a loss measures between two vectors, with its gradient with respect to both.

import { dot, lengthOf, plus, scaled, unit } from './vectors.js';

/** @import { Vector } from './vectors.js' */

/**
 * @typedef {object} Measured
 * @property {number} value
 * @property {Vector} first gradient with respect to the first vector
 * @property {Vector} second gradient with respect to the second one
 *
 * @typedef {(a: Vector, b: Vector) => Measured} Measure
 */

/** The cosine of the angle between two vectors of any length. @type {Measure} */
export function cosine(a, b) {
  const [u, v] = [unit(a), unit(b)];
  const value = dot(u, v);
  return {
    value,
    first: scaled(plus(v, u, -value), 1 / lengthOf(a)),
    second: scaled(plus(u, v, -value), 1 / lengthOf(b)),
  };
}

/** The squared distance between two vectors that are scaled to unit length first. @type {Measure} */
export function unitDistance(a, b) {
  const between = plus(unit(a), unit(b), -1);
  const { first, second } = cosine(a, b);
  return { value: dot(between, between), first: scaled(first, -2), second: scaled(second, -2) };
}

/** The squared distance between two vectors. @type {Measure} */
export function squaredDistance(a, b) {
  const between = plus(a, b, -1);
  return { value: dot(between, between), first: scaled(between, 2), second: scaled(between, -2) };
}

/** The output of a linear layer for one class, whose last weight is its bias. @type {Measure} */
export function logit(a, weights) {
  const bias = weights.length - 1;
  return { value: dot(a, weights) + weights[bias], first: weights.slice(0, bias), second: [...a, 1] };
}
