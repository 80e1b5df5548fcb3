// Which great circles of a globe are drawn with their angles, and what is said of them.

import { fixed } from '../../in_browser/shared/numbers.js';
import { degreesBetween } from './sphere.js';

/** @import { Classes } from './marked.js' */
/** @import { Globe } from './payload.js' */

/** @typedef {[one: number, other: number]} Pair numbers of two classes */

/**
 * All pairs of classes.
 *
 * @param {Globe} globe
 * @returns {Pair[]}
 */
export function allPairs({ arrows }) {
  return arrows.flatMap((_, one) => arrows.slice(one + 1).map((_, more) => /** @type {Pair} */ ([one, one + 1 + more])));
}

/**
 * The pairs whose angle is written: that of the pressed cell, and those of one class with each other one.
 *
 * @param {Globe} globe
 * @param {Classes | null} classes of the pressed cell of a matrix
 * @param {string} from name of a class; empty for none
 * @returns {Pair[]}
 */
export function writtenPairs(globe, classes, from) {
  const names = classes?.column === globe.column ? classes.names : [];
  return allPairs(globe).filter(pair => {
    const [one, other] = pair.map(number => globe.arrows[number].name);
    return one === from || other === from || (names.includes(one) && names.includes(other));
  });
}

/**
 * @param {Globe} globe
 * @param {Pair} pair
 * @returns {string} its angle in the space
 */
export function written({ degrees }, [one, other]) {
  return `${fixed(degrees[one][other], 0)}°`;
}

/**
 * @param {Globe} globe
 * @param {Pair[]} pairs
 */
export function arcsInWords(globe, pairs) {
  const { arrows } = globe;
  return pairs
    .map(pair => {
      const [one, other] = pair.map(number => arrows[number]);
      const drawn = degreesBetween(one.at, other.at);
      return `${one.name} and ${other.name}: ${written(globe, pair)}, drawn as ${fixed(drawn, 0)}°`;
    })
    .join('; ');
}
