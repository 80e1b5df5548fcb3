// Supervised contrastive loss, as ser_core.losses.SupervisedContrastiveLoss: among all others, a point shall find those
// of its class; averaged over the points that are not alone in their class.

import { logSoftmaxOf, softmaxOf, table } from './loss.js';
import { cosine } from './measures.js';

/** @import { Loss } from './loss.js' */

const TEMPERATURE = 0.1; // as Khosla et al. (2020) use

/** @type {Loss} */
export const contrastive = {
  against: 'points',
  comparison: 'point',
  measure: cosine,
  judge: (cosines, labels) => {
    const count = labels.length;
    const rest = labels.map((_, i) => labels.map((_, j) => j).filter(j => j !== i));
    const anchors = labels.map((_, i) => i).filter(i => rest[i].some(j => labels[j] === labels[i]));
    const slopes = table(count, count);
    let sum = 0;
    for (const i of anchors) {
      const logits = rest[i].map(j => cosines[i][j] / TEMPERATURE);
      const [logShares, shares] = [logSoftmaxOf(logits), softmaxOf(logits)];
      const positives = rest[i].filter(j => labels[j] === labels[i]).length;
      rest[i].forEach((j, at) => {
        const wanted = labels[j] === labels[i] ? 1 / positives : 0;
        if (wanted) sum -= wanted * logShares[at];
        slopes[i][j] = (shares[at] - wanted) / TEMPERATURE / anchors.length;
      });
    }
    const made = anchors.length;
    return { value: sum / Math.max(made, 1), slopes, active: made, comparisons: made };
  },
};
