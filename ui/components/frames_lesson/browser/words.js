// What the settings mean, in words and figures.

import { fixed } from '../../in_browser/shared/numbers.js';

/** @import { FrontEnd } from './front_end.js' */

/** @param {number} value */
const grouped = value => Math.round(value).toLocaleString('en');

/**
 * Numbers a second, and what a window holds of a voice; terms of the glossary in double brackets.
 *
 * @param {FrontEnd} frontEnd
 * @param {number | null} voice its pitch in hertz
 */
export function inNumbers({ count, hop, window, rate }, voice) {
  const numbers = `${count} numbers every ${hop} ms, ${grouped((1000 * count) / hop)} in a second of speech, in place of `
    + `${grouped(rate)} [[samples]].`;
  if (voice === null) return numbers;
  const held = fixed((window / 1000) * voice, 1);
  return `${numbers} The [[pitch]] of this voice lies at about ${Math.round(voice)} Hz: a window holds ${held} of its vibrations.`;
}

/** For those who do not see the picture. @param {FrontEnd} frontEnd @param {string} title of the sound */
export function described({ window, hop }, title) {
  return `Windows of ${window} ms every ${hop} ms over the waveform of ${title}, the filters, and the spectrogram with the pitch as a white line`;
}
