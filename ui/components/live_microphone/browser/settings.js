// What a visitor has set on the live view. It outlives the view: after a look at another page all is as it was.

/** @import { AxisName } from '../../in_browser/shared/frequencies.js' */

/**
 * @typedef {object} Settings
 * @property {AxisName} axis
 * @property {number} span seconds that are shown
 * @property {number} darkest decibels
 * @property {number} brightest decibels
 * @property {string} device id of the microphone; empty for the browser's own choice
 */

/** @returns {Settings} */
export function firstSettings() {
  return { axis: 'mel', span: 10, darkest: -95, brightest: -25, device: '' };
}
