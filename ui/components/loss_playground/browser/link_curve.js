// The curve of a loss in a link, so that it brings back what was seen: how many steps, the largest value, and shares of it.
// Points may have been dragged between steps, so the curve cannot be computed again. Of more values some are kept, spread
// evenly; between two of them the curve is as straight as it was drawn.

import { bytesOf, lettersOf } from './letters.js';

const KEPT = 48; // values; the curve is some 190 pixels wide
const SHARES = 65535;
const MOST_STEPS = 99_999;
const LARGEST = 1e6;

/** @param {number[]} values before each step @returns {string[]} steps and values, or nothing before the first step */
export function curveText(values) {
  if (!values.length) return [];
  const most = Math.max(...values), count = Math.min(KEPT, values.length);
  const shares = Uint16Array.from({ length: count }, (_, i) => Math.round((values[placeOf(i, count, values.length)] / (most || 1)) * SHARES));
  const bytes = new Uint8Array(4 + shares.byteLength);
  bytes.set(new Uint8Array(Float32Array.of(most).buffer));
  bytes.set(new Uint8Array(shares.buffer), 4);
  return [String(values.length), lettersOf(bytes)];
}

/**
 * @param {string[]} parts what {@link curveText} returned, or anything else
 * @returns {number[] | null} a value for each step; null for what it cannot have returned
 */
export function curveOf(parts) {
  if (!parts.length) return [];
  const [written, text] = parts;
  const steps = /^[1-9]\d{0,4}$/.test(written) ? Number(written) : 0;
  const bytes = bytesOf(text ?? '');
  const count = Math.min(KEPT, steps);
  if (parts.length > 2 || !steps || steps > MOST_STEPS || bytes?.length !== 4 + 2 * count) return null;
  const [most] = new Float32Array(bytes.buffer.slice(0, 4));
  if (!(most >= 0 && most < LARGEST)) return null;
  const kept = Array.from(new Uint16Array(bytes.buffer.slice(4)), share => (share / SHARES) * most);
  const values = [kept[0]];
  for (let i = 1; i < count; i++) {
    const [from, to] = [placeOf(i - 1, count, steps), placeOf(i, count, steps)];
    for (let at = from + 1; at <= to; at++) values.push(kept[i - 1] + ((at - from) / (to - from)) * (kept[i] - kept[i - 1]));
  }
  return values;
}

/** Which value the kept one of a number is. @param {number} i @param {number} count kept ones @param {number} steps */
function placeOf(i, count, steps) {
  return count < 2 ? 0 : Math.round((i * (steps - 1)) / (count - 1));
}
