// Pull and push of each point, from the gradient: the same numbers that a step moves it by.

import { choiceOf } from './choices.js';
import { ways } from './training.js';
import { dot, lengthOf, plus, tangent, zeros } from './vectors.js';

/** @import { Evaluation, Force } from './loss.js' */
/** @import { Panel } from './training.js' */
/** @import { Vector } from './vectors.js' */

/**
 * @typedef {object} Effect on one point
 * @property {Vector} pull towards others, as far as one step moves the point
 * @property {Vector} push away from others
 *
 * @typedef {object} Thread who pulls or pushes one point
 * @property {'point' | 'class'} kind
 * @property {number} other number of the point or the class
 * @property {boolean} pulls
 * @property {number} share of the strongest, 0 to 1
 */

/**
 * @param {Panel} panel @param {Evaluation} evaluation
 * @returns {Effect[]} one per point; pull and push add up to the negative gradient along the sphere, times the rate
 */
export function effects(panel, evaluation) {
  const none = () => panel.points.map(point => zeros(point.length));
  const [pulls, pushes] = [none(), none()];
  for (const force of evaluation.forces) {
    const into = attracts(panel, force) ? pulls : pushes;
    into[force.on] = plus(into[force.on], force.force);
  }
  const [pulled, pushed] = [ways(panel, pulls), ways(panel, pushes)];
  return panel.points.map((_, i) => ({ pull: pulled[i], push: pushed[i] }));
}

/**
 * @param {Panel} panel @param {Evaluation} evaluation @param {number} number of the point
 * @returns {Thread[]}
 */
export function threads(panel, evaluation, number) {
  const own = evaluation.forces.filter(force => force.on === number);
  /** @type {Map<string, Force>} */
  const joined = new Map();
  for (const force of own) {
    const key = `${force.kind} ${force.other}`;
    const before = joined.get(key);
    joined.set(key, before ? { ...force, force: plus(before.force, force.force) } : force);
  }
  const found = [...joined.values()];
  const strengths = found.map(one => lengthOf(tangent(panel.points[number], one.force)));
  const strongest = Math.max(1e-12, ...strengths);
  return found.map((force, i) => ({
    kind: force.kind, other: force.other, pulls: attracts(panel, force), share: strengths[i] / strongest,
  }));
}

/** @param {Panel} panel @param {Force} force */
function attracts(panel, force) {
  const { loss } = choiceOf(panel.choice);
  const point = panel.points[force.on];
  const other = force.kind === 'point' ? panel.points[force.other] : panel.vectors[force.other].slice(0, point.length);
  // A logit grows with the point along the weights; distances and cosines along the line to the other.
  return dot(force.force, loss.follows === 'gradient' ? other : plus(other, point, -1)) > 0;
}
