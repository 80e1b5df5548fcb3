// ArcFace, as ser_core.losses.ArcFaceLoss: cross entropy of `scale · cos θ`, with the own angle enlarged by a margin.

import { cosine } from './measures.js';
import { crossEntropy } from './softmax.js';

/** @import { Loss } from './loss.js' */

const SCALE = 64; // as Deng et al. (2019) use
const SMALLEST_SQUARE = 1e-12;

/** @type {Loss} */
export const arcface = {
  against: 'classes',
  comparison: 'point',
  measure: cosine,
  follows: 'gradient',
  begin: (classes, size, random) =>
    Array.from({ length: classes }, () => Array.from({ length: size }, () => random() / Math.sqrt(size))),
  judge: (cosines, labels, degrees) => {
    const margin = (degrees * Math.PI) / 180;
    const own = labels.map((label, i) => enlarged(cosines[i][label], margin));
    const logits = cosines.map((row, i) =>
      row.map((value, k) => SCALE * (k === labels[i] ? own[i].value : value)));
    const judged = crossEntropy(logits, labels);
    const slopes = judged.slopes.map((row, i) =>
      row.map((slope, k) => SCALE * slope * (k === labels[i] ? own[i].slope : 1)));
    return { ...judged, slopes };
  },
};

/** The cosine of the enlarged angle and its derivative; beyond 180° less the margin it goes on downwards. */
function enlarged(/** @type {number} */ own, /** @type {number} */ margin) {
  const [cos, sin] = [Math.cos(margin), Math.sin(margin)];
  if (own < -cos) return { value: own - margin * sin, slope: 1 };
  const square = 1 - own * own;
  const sine = Math.sqrt(Math.max(square, SMALLEST_SQUARE));
  return { value: own * cos - sine * sin, slope: square < SMALLEST_SQUARE ? cos : cos + (own / sine) * sin };
}
