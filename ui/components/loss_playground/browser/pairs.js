// Loss of pairs, as ser_core.losses.CosineEmbeddingLoss on every pair of points: `1 − cos` for one class,
// `max(0, cos − margin)` for two, averaged over all pairs.

import { table } from './loss.js';
import { cosine } from './measures.js';

/** @import { Loss } from './loss.js' */

/** @type {Loss} */
export const pairs = {
  against: 'points',
  comparison: 'pair',
  measure: cosine,
  judge: (cosines, labels, margin) => {
    const count = labels.length;
    const comparisons = (count * (count - 1)) / 2;
    const slopes = table(count, count);
    let [sum, active] = [0, 0];
    for (let i = 0; i < count; i++) {
      for (let j = i + 1; j < count; j++) {
        const same = labels[i] === labels[j];
        const value = same ? 1 - cosines[i][j] : Math.max(0, cosines[i][j] - margin);
        sum += value;
        active += Number(value > 0);
        slopes[i][j] = same ? -1 / comparisons : Number(value > 0) / comparisons;
      }
    }
    return { value: sum / comparisons, slopes, active, comparisons };
  },
};
