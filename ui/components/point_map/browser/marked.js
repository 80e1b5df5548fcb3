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
 * @property {Classes | null} classes whose utterances are ringed, while all others fade
 */

/** @typedef {{ column: string, names: string[] }} Classes some values of a column */
/** @typedef {{ of: number, ids: number[], degrees: number[] }} Neighbours of a pressed point: ids, nearest first, and the angle to each */
/** @typedef {{ space: string, neighbours: Neighbours | null, sounds: Record<string, string> }} PagePress what belongs to a pressed point */
/** @typedef {Pick<PageMarks, 'ringed' | 'placed' | 'lined' | 'classes'>} MapMarks the same for one map, with indices in place of ids */

const MARKS = 'utterance-map-marks', ASK = 'utterance-map-asks', CELL = 'utterance-map-cell';

/** @type {MapMarks} */
export const NOTHING_MARKED = { ringed: [], placed: null, lined: [], classes: null };

export function askForMarks() {
  document.dispatchEvent(new Event(ASK));
}

/** @param {PageMarks | PagePress} marks */
export function publishMarks(marks) {
  document.dispatchEvent(new CustomEvent(MARKS, { detail: marks }));
}

/**
 * @param {AbortSignal} signal
 * @param {(marks: PageMarks | PagePress) => void} take
 */
export function onMarks(signal, take) {
  document.addEventListener(MARKS, event => take(/** @type {CustomEvent<PageMarks | PagePress>} */ (event).detail), { signal });
}

/**
 * @param {AbortSignal} signal
 * @param {() => void} answer
 */
export function onAsk(signal, answer) {
  document.addEventListener(ASK, answer, { signal });
}

/**
 * A cell of a matrix on the page was pressed: the maps of its space ring both classes before the page has answered.
 *
 * @param {{ space: string, classes: Classes | null }} pressed
 */
export function publishCell(pressed) {
  document.dispatchEvent(new CustomEvent(CELL, { detail: pressed }));
}

/**
 * @param {AbortSignal} signal
 * @param {(pressed: { space: string, classes: Classes | null }) => void} take
 */
export function onCell(signal, take) {
  document.addEventListener(
    CELL,
    event => take(/** @type {CustomEvent<{ space: string, classes: Classes | null }>} */ (event).detail),
    { signal },
  );
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
