// What a visitor did with each sound, and how it is to look. It outlives the component: after a look at another page, or
// at another sound, all is as it was.

/** @import { AxisName } from '../../in_browser/shared/frequencies.js' */
/** @import { BandName } from './spectrum.js' */

/** @typedef {[from: number, to: number]} Range seconds from the first sample */

/**
 * @typedef {object} Settings
 * @property {'select' | 'move'} tool what dragging does
 * @property {BandName} band
 * @property {AxisName} axis
 * @property {number} range decibels that the colours span
 * @property {boolean} pitch whether it is drawn
 * @property {boolean} intensity whether it is drawn
 * @property {boolean} loop
 */

/**
 * @typedef {object} Memory of one sound
 * @property {Range | null} span what is seen
 * @property {Range | null} selection
 * @property {number} cursor from where it is played, in seconds from the first sample
 * @property {Range | null} asked the part that Python was asked about
 */

export class Memories {
  constructor() {
    /** @type {Settings} */
    this.settings = { tool: 'select', band: 'narrow', axis: 'mel', range: 70, pitch: true, intensity: true, loop: false };
    /** @type {Map<string, Memory>} */
    this.sounds = new Map();
  }

  /**
   * @param {string} digest of a sound
   * @returns {Memory}
   */
  of(digest) {
    const memory = this.sounds.get(digest) ?? { span: null, selection: null, cursor: 0, asked: null };
    this.sounds.set(digest, memory);
    return memory;
  }
}
