// Centre loss, as ser_core.losses.CentreLoss: half the squared distance to the centre of the own class, averaged.

import { table } from './loss.js';
import { squaredDistance } from './measures.js';
import { plus, scaled, zeros } from './vectors.js';

/** @import { Loss } from './loss.js' */
/** @import { Vector } from './vectors.js' */

const RATE = 0.5; // at which centres follow, as Dai et al. (2019) use

/** @type {Loss} */
export const centre = {
  against: 'classes',
  comparison: 'point',
  measure: squaredDistance,
  follows: 'mean',
  begin: (classes, size) => table(classes, size),
  judge: (distances, labels) => {
    const count = labels.length;
    const slopes = table(count, distances[0].length);
    labels.forEach((label, i) => { slopes[i][label] = 0.5 / count; });
    const value = labels.reduce((sum, label, i) => sum + distances[i][label], 0) / 2 / count;
    return { value, slopes, active: count, comparisons: count };
  },
};

/**
 * Each centre moves towards the mean of its class: `c ← (1 − rate) · c + rate · mean`.
 * @param {Vector[]} centres @param {Vector[]} points @param {number[]} labels
 * @returns {Vector[]}
 */
export function followed(centres, points, labels) {
  return centres.map((place, k) => {
    const own = points.filter((_, i) => labels[i] === k);
    if (!own.length) return place;
    const mean = scaled(own.reduce((sum, point) => plus(sum, point), zeros(place.length)), 1 / own.length);
    return plus(scaled(place, 1 - RATE), mean, RATE);
  });
}
