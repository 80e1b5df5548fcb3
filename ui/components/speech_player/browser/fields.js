// The two fields with the ends of the selection, in seconds of the recording.

import { fixed } from '../../in_browser/shared/numbers.js';
import { inSeconds } from './words.js';

/** @import { Find } from '../../in_browser/shared/elements.js' */
/** @import { Range } from './memory.js' */

export const SHORTEST_SELECTION = 0.001; // seconds; selections are counted in milliseconds, which is what the fields show

export class RangeFields {
  /** @param {Find} find */
  constructor(find) {
    this.fields = [find('.from', HTMLInputElement), find('.to', HTMLInputElement)];
    this.refused = find('.refused');
    /** @type {Range} */
    this.ends = [0, 0]; // of the sound
  }

  /** @param {Range} ends of the sound */
  limit(ends) {
    this.ends = ends;
    for (const field of this.fields) [field.min, field.max] = ends.map(time => fixed(time, 3));
  }

  /** @param {Range | null} range */
  show(range) {
    this.fields.forEach((field, i) => {
      field.value = range ? fixed(range[i], 3) : '';
      field.removeAttribute('aria-invalid');
    });
    this.refused.hidden = true;
  }

  /**
   * What stands in them; an empty one means the beginning or the end of the sound. What cannot be is refused in words.
   *
   * @returns {Range | 'nothing' | 'refused'}
   */
  read() {
    const { fields, ends } = this;
    if (fields.every(field => field.value === '' && !field.validity.badInput)) return 'nothing';
    const [from, to] = fields.map((field, i) => (field.validity.badInput ? NaN : field.value === '' ? ends[i] : Number(field.value)));
    /** @param {number} time */
    const fits = time => time >= ends[0] - SHORTEST_SELECTION && time <= ends[1] + SHORTEST_SELECTION;
    if (fits(from) && fits(to) && to - from >= SHORTEST_SELECTION) return [from, to];
    for (const field of fields) field.setAttribute('aria-invalid', 'true');
    /** @param {number} value */
    const typed = value => (Number.isNaN(value) ? 'no number' : `${Number(fixed(value, 3))} s`);
    this.refused.textContent =
      `Expected a start and a later end between ${inSeconds(ends[0])} and ${inSeconds(ends[1])}; ` +
      `got ${typed(from)} and ${typed(to)}. Correct these fields.`;
    this.refused.hidden = false;
    return 'refused';
  }
}
