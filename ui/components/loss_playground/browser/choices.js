// The losses that a panel can show, with the range of their margin and the length of their steps.

import { arcface } from './arcface.js';
import { centre } from './centre.js';
import { contrastive } from './contrastive.js';
import { pairs } from './pairs.js';
import { softmax } from './softmax.js';
import { batchAll, batchHard, markedAlone, semiHard, triplet } from './triplet.js';

/** @import { Loss } from './loss.js' */

/**
 * @typedef {object} MarginRange
 * @property {number} most from zero to this
 * @property {number} step
 * @property {number} usual what ser_core takes by default
 * @property {string} unit behind the number
 *
 * @typedef {object} Choice
 * @property {string} title
 * @property {string} about what it does, in a sentence
 * @property {Loss} loss
 * @property {MarginRange | null} margin
 * @property {number} rate learning rate of the points and of class vectors that follow a gradient
 */

const OF_TRIPLETS = { most: 2, step: 0.05, usual: 0.2, unit: '' };

/** @type {Record<string, Choice>} */
export const CHOICES = {
  softmax: {
    title: 'Softmax',
    about: 'each emotion has a direction, a ringed marker; the one that fits a point best shall be its own.',
    loss: softmax,
    margin: null,
    rate: 1,
  },
  centre: {
    title: 'Centre',
    about: 'each point is pulled to the centre of its emotion, a ringed marker that follows its points.',
    loss: centre,
    margin: null,
    rate: 2,
  },
  'triplet-batch-all': {
    title: 'Triplet, batch-all',
    about: 'every triplet that can be formed is compared.',
    loss: triplet(batchAll),
    margin: OF_TRIPLETS,
    rate: 0.5,
  },
  'triplet-batch-hard': {
    title: 'Triplet, batch-hard',
    about: 'each anchor is compared with its farthest positive and its nearest negative.',
    loss: triplet(batchHard),
    margin: OF_TRIPLETS,
    rate: 0.5,
  },
  'triplet-semi-hard': {
    title: 'Triplet, semi-hard',
    about: 'each pair is compared with the nearest negative that is farther than its positive, within the margin.',
    loss: triplet(semiHard),
    margin: OF_TRIPLETS,
    rate: 0.5,
  },
  'triplet-marked': {
    title: 'One triplet',
    about: 'only the marked anchor, positive and negative are compared.',
    loss: triplet(markedAlone),
    margin: OF_TRIPLETS,
    rate: 0.1,
  },
  pairs: {
    title: 'Pairs',
    about: 'two points of one emotion are pulled together, two of different ones pushed apart until the [[cosine]] '
      + 'of their angle is below the [[margin]].',
    loss: pairs,
    margin: { most: 1, step: 0.05, usual: 0.1, unit: '' },
    rate: 1,
  },
  contrastive: {
    title: 'Contrastive',
    about: 'for each point those of its emotion shall be nearer than all others; the nearest are pushed most.',
    loss: contrastive,
    margin: null,
    rate: 0.1,
  },
  arcface: {
    title: 'ArcFace',
    about: 'each emotion has a direction, a ringed marker; a point shall be nearer to its own than to any other, by '
      + 'the [[margin]].',
    loss: arcface,
    margin: { most: 90, step: 0.1, usual: 28.6, unit: '°' },
    rate: 0.01,
  },
};

/** @param {string} name @returns {Choice} */
export function choiceOf(name) {
  return CHOICES[name];
}
