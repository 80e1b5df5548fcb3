// Triplet loss, as ser_core.losses.TripletLoss: `max(0, d(a, p) − d(a, n) + margin)`, averaged over the triplets above
// zero; d is the squared distance of unit vectors. Which triplets are compared is up to the miner, as in
// ser_core.sampling.mining.

import { table } from './loss.js';
import { unitDistance } from './measures.js';

/** @import { Loss } from './loss.js' */
/** @import { Roles } from './state.js' */

/**
 * @typedef {[anchor: number, positive: number, negative: number]} Triplet
 * @typedef {(distances: number[][], labels: number[], margin: number, marked?: Roles) => Triplet[]} Miner
 */

/** Every triplet. @type {Miner} */
export function batchAll(distances, labels) {
  return everyPair(labels).flatMap(([anchor, positive]) =>
    others(labels, anchor).map(negative => /** @type {Triplet} */ ([anchor, positive, negative])));
}

/** The one that is marked in the picture. @type {Miner} */
export function markedAlone(distances, labels, margin, marked) {
  if (!marked) return [];
  const { anchor, positive, negative } = marked;
  return [/** @type {Triplet} */ ([anchor, positive, negative])];
}

/** For each anchor its farthest positive and its nearest negative. @type {Miner} */
export function batchHard(distances, labels) {
  return labels.flatMap((_, anchor) => {
    const same = labels.map((_, i) => i).filter(i => i !== anchor && labels[i] === labels[anchor]);
    const other = others(labels, anchor);
    if (!same.length || !other.length) return [];
    const row = distances[anchor];
    return [/** @type {Triplet} */ ([anchor, first(same, i => -row[i]), first(other, i => row[i])])];
  });
}

/** For each anchor and positive the nearest negative that is farther than the positive, within the margin. @type {Miner} */
export function semiHard(distances, labels, margin) {
  return everyPair(labels).flatMap(([anchor, positive]) => {
    const row = distances[anchor];
    const allowed = others(labels, anchor).filter(i => row[i] > row[positive] && row[i] < row[positive] + margin);
    return allowed.length ? [/** @type {Triplet} */ ([anchor, positive, first(allowed, i => row[i])])] : [];
  });
}

/** @param {Miner} mine @returns {Loss} */
export function triplet(mine) {
  return {
    against: 'points',
    comparison: 'triplet',
    measure: unitDistance,
    triplets: mine,
    judge: (distances, labels, margin, marked) => {
      const triplets = mine(distances, labels, margin, marked);
      const above = triplets
        .map(([a, p, n]) => ({ a, p, n, value: distances[a][p] - distances[a][n] + margin }))
        .filter(one => one.value > 0);
      const slopes = table(labels.length, labels.length);
      for (const { a, p, n } of above) {
        slopes[a][p] += 1 / above.length;
        slopes[a][n] -= 1 / above.length;
      }
      const value = above.reduce((sum, one) => sum + one.value, 0) / Math.max(above.length, 1);
      return { value, slopes, active: above.length, comparisons: triplets.length };
    },
  };
}

/** @param {number[]} labels @param {number} anchor */
function others(labels, anchor) {
  return labels.map((_, i) => i).filter(i => labels[i] !== labels[anchor]);
}

/** @param {number[]} labels @returns {[number, number][]} */
function everyPair(labels) {
  return labels.flatMap((_, anchor) => labels.flatMap((_, positive) =>
    anchor !== positive && labels[anchor] === labels[positive]
      ? [/** @type {[number, number]} */ ([anchor, positive])] : []));
}

/** The first one with the smallest value. @param {number[]} numbers @param {(i: number) => number} value */
function first(numbers, value) {
  return numbers.reduce((best, i) => (value(i) < value(best) ? i : best));
}
