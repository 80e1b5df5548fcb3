// What the page sends of a space that forms, and the space between two of its epochs.

import { fixed } from '../../in_browser/shared/numbers.js';

/** @typedef {{ angles: (number | null)[][], ratio: number, accuracy: number, own: number }} Part figures of some voices */
/** @typedef {{ epoch: number, stage: string, title: string, points: number[], directions: number[], parts: [Part, Part | null] }} Epoch places are x, y, x, y… in thousandths */
/** @typedef {{ name: string, colour: string, symbol: string }} Class */
/**
 * @typedef {object} Forming
 * @property {string} run which one; another one starts from the beginning
 * @property {boolean} learning whether further epochs come: the newest is shown
 * @property {boolean} plays whether it plays as soon as it is seen
 * @property {number | null} shown epoch that is shown first
 * @property {string} arrive whenever this changes to another text, the picture is brought into view
 * @property {string} waiting what is said while there is no epoch
 * @property {Class[]} classes
 * @property {number[]} codes class of each utterance
 * @property {number[]} heard 1 for each utterance that is trained on
 * @property {[string, string]} titles of both groups of voices
 * @property {number} chance accuracy of guessing
 * @property {Epoch[]} epochs
 */

/** @param {number} from @param {number} to @param {number} share */
export const mixed = (from, to, share) => from + share * (to - from);

/**
 * The space at a place between epochs: 1.5 is half way from the second to the third.
 *
 * @param {Epoch[]} epochs
 * @param {number} place
 * @returns {Epoch}
 */
export function between(epochs, place) {
  const last = epochs.length - 1;
  const first = epochs[Math.max(0, Math.min(last, Math.floor(place)))];
  const second = epochs[Math.max(0, Math.min(last, Math.floor(place) + 1))];
  const share = place - Math.floor(place);
  if (first === second || share === 0) return first;
  const nearest = share < 0.5 ? first : second;
  /** @param {'points' | 'directions'} name */
  const places = name => first[name].map((from, i) => mixed(from, second[name][i], share));
  /** @param {0 | 1} which */
  const part = which => mixedPart(first.parts[which], second.parts[which], share);
  const heard = part(0) ?? nearest.parts[0];
  return { ...nearest, points: places('points'), directions: places('directions'), parts: [heard, part(1)] };
}

/**
 * @param {Part | null} first
 * @param {Part | null} second
 * @param {number} share
 * @returns {Part | null}
 */
function mixedPart(first, second, share) {
  if (!first || !second) return first ?? second;
  const angles = first.angles.map((row, r) => row.map((from, c) => {
    const to = second.angles[r][c];
    return from === null || to === null ? null : mixed(from, to, share);
  }));
  return {
    angles,
    ratio: mixed(first.ratio, second.ratio, share),
    accuracy: mixed(first.accuracy, second.accuracy, share),
    own: mixed(first.own, second.own, share),
  };
}

/**
 * The farthest place of all epochs from the middle, at most the circle of unit vectors.
 *
 * @param {Epoch[]} epochs
 */
export function reachOf(epochs) {
  let reach = 100;
  for (const { points, directions } of epochs) {
    for (const places of [points, directions]) {
      for (let i = 0; i < places.length; i += 2) reach = Math.max(reach, Math.hypot(places[i], places[i + 1]));
    }
  }
  return Math.min(1000, reach);
}

/** @param {number} share */
export const percent = share => `${Math.round(100 * share)} %`;

/**
 * A sentence for those who do not see the picture.
 *
 * @param {Forming} data
 * @param {Epoch} epoch
 */
export function sentence(data, epoch) {
  const parts = epoch.parts.map((part, which) =>
    part ? ` ${data.titles[which]}: ${percent(part.accuracy)} right, scatter within / between ${fixed(part.ratio, 2)}.` : '');
  return `${epoch.title}.${parts.join('')} Guessing: ${percent(data.chance)}.`;
}
