// Softmax cross entropy of a linear layer, as ser_core.losses.SoftmaxLoss: averaged over points.

import { logSoftmaxOf, softmaxOf } from './loss.js';
import { logit } from './measures.js';

/** @import { Judged, Loss } from './loss.js' */

const SPREAD = 0.6; // of the first weights

/** @type {Loss} */
export const softmax = {
  against: 'classes',
  comparison: 'point',
  measure: logit,
  follows: 'gradient',
  begin: (classes, size, random) =>
    Array.from({ length: classes }, () => [...Array.from({ length: size }, () => SPREAD * random()), 0]),
  judge: (logits, labels) => crossEntropy(logits, labels),
};

/**
 * @param {number[][]} logits @param {number[]} labels
 * @returns {Judged}
 */
export function crossEntropy(logits, labels) {
  const count = labels.length;
  const value = -logits.reduce((sum, row, i) => sum + logSoftmaxOf(row)[labels[i]], 0) / count;
  const slopes = logits.map((row, i) =>
    softmaxOf(row).map((share, k) => (share - Number(k === labels[i])) / count));
  return { value, slopes, active: count, comparisons: count };
}
