// Where names stand beside their markers, so that none covers another one.

/** @import { Box, Size } from '../../in_browser/shared/canvas.js' */
/** @import { Place } from './map.js' */

/** @typedef {Size & { at: Place, way: number }} Label the size of a text, its marker, and on which side of it: 1 right, -1 left */

const GAP = 14; // pixels from the middle of a marker to its name

/**
 * The middle of each text: on its side of the marker, or on the first of the other sides where it covers neither an
 * earlier text nor a marker and lies on the stage.
 *
 * @param {Label[]} labels the first chooses first
 * @param {Box} stage what of it nothing else covers
 * @returns {Place[]}
 */
export function besideTips(labels, stage) {
  /** @type {{ middle: Place, size: Size }[]} */
  const taken = labels.map(({ at }) => ({ middle: at, size: { width: GAP, height: GAP } }));
  return labels.map(size => {
    const { at: [x, y], way, width, height } = size;
    const [aside, away] = [way * (GAP + width / 2), GAP + height / 2];
    const ways = [[aside, 0], [-aside, 0], [0, -away], [0, away], [aside, away], [-aside, away], [aside, -away], [-aside, -away]];
    const places = ways.map(([dx, dy]) => /** @type {Place} */ ([x + dx, y + dy]));
    const free = places.find(place => lies(place, size, stage) && !taken.some(other => overlap(place, size, other.middle, other.size)));
    const middle = free ?? places.find(place => lies(place, size, stage)) ?? places[0];
    taken.push({ middle, size });
    return middle;
  });
}

/**
 * @param {Place} middle
 * @param {Size} size
 * @param {Box} stage
 */
function lies([x, y], { width, height }, stage) {
  const [left, top] = [x - width / 2 - stage.x, y - height / 2 - stage.y];
  return left >= 0 && left + width <= stage.width && top >= 0 && top + height <= stage.height;
}

/**
 * @param {Place} one
 * @param {Size} size
 * @param {Place} other
 * @param {Size} sizeOfOther
 */
function overlap(one, size, other, sizeOfOther) {
  return (
    Math.abs(one[0] - other[0]) < (size.width + sizeOfOther.width) / 2 &&
    Math.abs(one[1] - other[1]) < (size.height + sizeOfOther.height) / 2
  );
}
