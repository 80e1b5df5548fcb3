// Gradient descent on points that stay on the circle or the sphere, and on the class vectors that a loss learns.

import { choiceOf } from './choices.js';
import { followed } from './centre.js';
import { evaluate } from './loss.js';
import { normals } from './random.js';
import { lengthOf, plus, scaled, tangent, unit } from './vectors.js';

/** @import { Roles } from './state.js' */
/** @import { Vector } from './vectors.js' */

/**
 * @typedef {object} Panel what one loss has made of the points
 * @property {string} choice a name in CHOICES
 * @property {number} margin
 * @property {Vector[]} points of unit length
 * @property {Vector[]} vectors one per class, for a loss against classes; else none
 * @property {number[]} values of the loss before each step so far
 */

const LONGEST_STEP = (10 * Math.PI) / 180; // of a point, so that none leaps over another class
const SEED = 7; // of the first class vectors: every panel begins with the same ones

/**
 * @param {string} choice @param {Vector[]} points @param {number} classes @param {number} [margin]
 * @returns {Panel}
 */
export function begun(choice, points, classes, margin) {
  const { loss, margin: range } = choiceOf(choice);
  const vectors = loss.begin ? loss.begin(classes, points[0].length, normals(SEED)) : [];
  return { choice, margin: margin ?? range?.usual ?? 0, points, vectors, values: [] };
}

/** @param {Panel} panel @param {number[]} labels @param {Roles} [marked] */
export function evaluated(panel, labels, marked) {
  return evaluate(choiceOf(panel.choice).loss, panel.points, labels, panel.margin, panel.vectors, marked);
}

/**
 * How far forces move each point along the sphere in one step: the part that stays on it, times the learning rate.
 * @param {Panel} panel @param {Vector[]} forces one per point
 * @returns {Vector[]} tangents, in radians
 */
export function ways(panel, forces) {
  const { rate } = choiceOf(panel.choice);
  return forces.map((force, i) => scaled(tangent(panel.points[i], force), rate));
}

/**
 * One step of gradient descent.
 * @param {Panel} panel @param {number[]} labels @param {Roles} [marked]
 * @returns {Panel}
 */
export function stepped(panel, labels, marked) {
  const { loss, rate } = choiceOf(panel.choice);
  const { value, gradient, vectorGradient } = evaluated(panel, labels, marked);
  const steps = ways(panel, gradient.map(slope => scaled(slope, -1)))
    .map(way => scaled(way, Math.min(1, LONGEST_STEP / Math.max(lengthOf(way), 1e-12))));
  const vectors = loss.follows === 'mean'
    ? followed(panel.vectors, panel.points, labels)
    : panel.vectors.map((vector, k) => (vectorGradient ? plus(vector, vectorGradient[k], -rate) : vector));
  return {
    ...panel,
    points: panel.points.map((point, i) => unit(plus(point, steps[i]))),
    vectors,
    values: [...panel.values, value],
  };
}
