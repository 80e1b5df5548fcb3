// A loss is a function of what is measured between points, or between points and one vector per class; from its slopes
// follow its gradient and who pulls and pushes whom.

import { plus, scaled, zeros } from './vectors.js';

/** @import { Measure } from './measures.js' */
/** @import { Roles } from './state.js' */
/** @import { Miner } from './triplet.js' */
/** @import { Vector } from './vectors.js' */

/**
 * @typedef {object} Judged
 * @property {number} value of the loss
 * @property {number[][]} slopes derivative of the value by each measured number
 * @property {number} active how many comparisons contribute
 * @property {number} comparisons how many were made
 *
 * @typedef {object} Loss
 * @property {'points' | 'classes'} against what a point is measured against
 * @property {'triplet' | 'pair' | 'point'} comparison what its mean is taken over
 * @property {Measure} measure
 * @property {(measured: number[][], labels: number[], margin: number, marked?: Roles) => Judged} judge
 * @property {Miner} [triplets] which triplets are compared
 * @property {'gradient' | 'mean'} [follows] how class vectors move: down their gradient, or towards the mean of their class
 * @property {(classes: number, size: number, random: () => number) => Vector[]} [begin] the first class vectors
 *
 * @typedef {object} Force how one other point or class vector moves a point
 * @property {number} on number of the point
 * @property {'point' | 'class'} kind of the other
 * @property {number} other its number
 * @property {Vector} force negative gradient of the loss, as far as it is due to the other
 *
 * @typedef {object} Evaluation
 * @property {number} value
 * @property {Vector[]} gradient with respect to the points
 * @property {Vector[] | null} vectorGradient with respect to the class vectors
 * @property {Force[]} forces their sum on a point is its negative gradient
 * @property {number} active
 * @property {number} comparisons
 */

/**
 * @param {Loss} loss
 * @param {Vector[]} points
 * @param {number[]} labels the class of each point
 * @param {number} margin
 * @param {Vector[]} vectors one per class, for a loss against classes
 * @param {Roles} [marked] the triplet that is marked in the picture
 * @returns {Evaluation}
 */
export function evaluate(loss, points, labels, margin, vectors, marked) {
  const among = loss.against === 'points';
  const others = among ? points : vectors;
  const measured = points.map(point => others.map(other => loss.measure(point, other)));
  const { value, slopes, active, comparisons } = loss.judge(
    measured.map(row => row.map(one => one.value)), labels, margin, marked,
  );
  const gradient = points.map(point => zeros(point.length));
  const vectorGradient = among ? null : vectors.map(vector => zeros(vector.length));
  /** @type {Force[]} */
  const forces = [];
  /** @param {number} on @param {number} other @param {Vector} slope */
  const move = (on, other, slope) => {
    gradient[on] = plus(gradient[on], slope);
    forces.push({ on, kind: among ? 'point' : 'class', other, force: scaled(slope, -1) });
  };
  slopes.forEach((row, i) => row.forEach((slope, j) => {
    if (slope === 0) return;
    move(i, j, scaled(measured[i][j].first, slope));
    const back = scaled(measured[i][j].second, slope);
    if (vectorGradient) vectorGradient[j] = plus(vectorGradient[j], back);
    else move(j, i, back);
  }));
  return { value, gradient, vectorGradient, forces, active, comparisons };
}

/** @param {number} rows @param {number} columns @returns {number[][]} */
export function table(rows, columns) {
  return Array.from({ length: rows }, () => zeros(columns));
}

/** @param {number[]} logits @returns {number[]} */
export function softmaxOf(logits) {
  const highest = Math.max(...logits);
  const powers = logits.map(value => Math.exp(value - highest));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map(power => power / sum);
}

/** @param {number[]} logits @returns {number[]} */
export function logSoftmaxOf(logits) {
  const highest = Math.max(...logits);
  const rest = Math.log(logits.reduce((sum, value) => sum + Math.exp(value - highest), 0));
  return logits.map(value => value - highest - rest);
}
