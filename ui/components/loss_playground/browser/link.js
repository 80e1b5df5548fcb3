// A state of the lesson as a short text for a link, and back. Whoever wrote the text may have written anything: what
// does not fit is refused as a whole.

import { CHOICES } from './choices.js';
import { CLASSES, LABELS, MOST_PANELS, sizeOf } from './state.js';
import { QUESTIONS } from './questions.js';
import { curveText, curveOf } from './link_curve.js';
import { begun } from './training.js';
import { bytesOf, lettersOf } from './letters.js';
import { lengthOf, scaled, unit } from './vectors.js';

/** @import { LessonState } from './state.js' */
/** @import { Vector } from './vectors.js' */

const VERSION = '1';
const POINT_UNITS = 32767; // per 1
const VECTOR_UNITS = 1024; // per 1: class vectors go up to 32
const MARGIN_UNITS = 1000;
const LONGEST = 4000; // letters

/** @param {LessonState} state @returns {string} of letters that an address keeps as they are */
export function encoded(state) {
  const { anchor, positive, negative } = state.roles;
  const head = [VERSION, state.space, `${anchor}-${positive}-${negative}`, state.question, packed(state.start, POINT_UNITS)];
  const panels = state.panels.map(panel => [
    panel.choice, Math.round(panel.margin * MARGIN_UNITS),
    packed(panel.points, POINT_UNITS), packed(panel.vectors, VECTOR_UNITS), ...curveText(panel.values),
  ].join('.'));
  return [head.join('.'), ...panels].join('~');
}

/**
 * @param {string} text what {@link encoded} wrote
 * @returns {LessonState}
 * @throws {RangeError} which says what was expected
 */
export function decoded(text) {
  expect(text.length <= LONGEST, `at most ${LONGEST} letters`);
  const [head, ...rest] = text.split('~').map(part => part.split('.'));
  const [version, space, marked, asked, start] = head;
  expect(version === VERSION, `version ${VERSION}`);
  if (space !== 'circle' && space !== 'sphere') throw refusal('“circle” or “sphere”');
  const [anchor, positive, negative] = (marked ?? '').split('-').map(wholeNumber);
  expect(new Set([anchor, positive, negative]).size === 3 && LABELS[anchor] === LABELS[positive]
    && negative < LABELS.length && LABELS[negative] !== LABELS[anchor], 'an anchor, a positive and a negative');
  const question = wholeNumber(asked ?? '');
  expect(question < QUESTIONS.length, 'the number of a question');
  expect(rest.length >= 1 && rest.length <= MOST_PANELS, `1 to ${MOST_PANELS} losses`);
  const points = (/** @type {string | undefined} */ written) =>
    unpacked(written ?? '', LABELS.length, sizeOf(space), POINT_UNITS).map(point => {
      expect(lengthOf(point) > 0.5, 'points on the circle or the sphere');
      return unit(point);
    });
  const panels = rest.map(([choice, margin, places, vectors, ...curve]) => {
    expect(Object.hasOwn(CHOICES, choice), `a loss among ${Object.keys(CHOICES).join(', ')}`);
    const share = wholeNumber(margin ?? '') / MARGIN_UNITS;
    expect(share <= (CHOICES[choice].margin?.most ?? 0), 'a margin in the range of its loss');
    const fresh = begun(choice, points(places), CLASSES, share);
    const width = fresh.vectors[0]?.length ?? 0;
    const values = curveOf(curve);
    if (!values) throw refusal('the loss over the steps');
    return { ...fresh, vectors: unpacked(vectors ?? '', fresh.vectors.length, width, VECTOR_UNITS), values };
  });
  return { space, start: points(start), panels, roles: { anchor, positive, negative }, question };
}

/** @param {Vector[]} rows @param {number} units */
function packed(rows, units) {
  const numbers = Int16Array.from(rows.flat(), value => Math.max(-32767, Math.min(32767, Math.round(value * units))));
  return lettersOf(new Uint8Array(numbers.buffer));
}

/** @param {string} text @param {number} rows @param {number} columns @param {number} units @returns {Vector[]} */
function unpacked(text, rows, columns, units) {
  const bytes = bytesOf(text);
  expect(bytes?.length === rows * columns * 2, 'all points');
  const numbers = Array.from(new Int16Array(/** @type {Uint8Array<ArrayBuffer>} */ (bytes).buffer));
  return Array.from({ length: rows }, (_, i) => scaled(numbers.slice(i * columns, (i + 1) * columns), 1 / units));
}

/** @param {string} text */
function wholeNumber(text) {
  expect(/^\d{1,6}$/.test(text), 'whole numbers');
  return Number(text);
}

/** @param {boolean} holds @param {string} expected */
function expect(holds, expected) {
  if (!holds) throw refusal(expected);
}

/** @param {string} expected */
function refusal(expected) {
  return new RangeError(`Expected ${expected} in the link; got something else. Copy the whole link again.`);
}
