// What the rest of the page marks on the map. It comes by an event rather than with the points, which would then cross
// once more.

/** @import { Reach } from './payload.js' */

/** @typedef {{ at: number[], name: string }} Placed a recording that was placed on the map */

/**
 * What comes by the event.
 *
 * @typedef {object} PageMarks
 * @property {string} space
 * @property {string} view of the map on which `placed` was placed
 * @property {number[]} ringed ids of utterances that are heard elsewhere on the page
 * @property {Placed | null} placed
 * @property {number[] | null} lined ids of utterances that have a line from another map; null for the chosen ones
 */

/** @typedef {Pick<PageMarks, 'ringed' | 'placed' | 'lined'>} MapMarks the same for one map, with indices in place of ids */

const MARKS = 'utterance-map-marks', ASK = 'utterance-map-asks';

/** @type {MapMarks} */
export const NOTHING_MARKED = { ringed: [], placed: null, lined: [] };

export function askForMarks() {
  document.dispatchEvent(new Event(ASK));
}

/** @param {PageMarks} marks */
export function publishMarks(marks) {
  document.dispatchEvent(new CustomEvent(MARKS, { detail: marks }));
}

/**
 * @param {AbortSignal} signal
 * @param {(marks: PageMarks) => void} take
 */
export function onMarks(signal, take) {
  document.addEventListener(MARKS, event => take(/** @type {CustomEvent<PageMarks>} */ (event).detail), { signal });
}

/**
 * @param {AbortSignal} signal
 * @param {() => void} answer
 */
export function onAsk(signal, answer) {
  document.addEventListener(ASK, answer, { signal });
}

/**
 * How far the whole map goes, with a place that may lie beside it; no further than is still readable.
 *
 * @param {Reach} reach
 * @param {Placed | null} placed
 * @returns {Reach}
 */
export function withPlace([x, y, z], placed) {
  /** @param {number} axis */
  const far = axis => Math.min(4, Math.abs(placed?.at[axis] ?? 0)) * 1.05;
  return [Math.max(x, far(0)), Math.max(y, far(1)), Math.max(z, far(2))];
}
