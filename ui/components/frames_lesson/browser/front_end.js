// How frames are made: what a source says, and what is set in its place. As ser_core/features/front_end.py.

/**
 * @typedef {object} Source of settings, as ser_core/plots/frames.py writes it
 * @property {string} name
 * @property {string} title
 * @property {'log-mel' | 'log-stft'} kind
 * @property {'hann' | 'hamming'} taper
 * @property {number} rate hertz
 * @property {number} high_pass hertz, below which nothing is left; 0 for none
 * @property {number} window milliseconds
 * @property {number} hop milliseconds
 * @property {number} bands
 * @property {number} transform samples
 * @property {number} lowest hertz
 * @property {number} highest hertz
 * @property {number} range decibels below the loudest, at which everything fainter is drawn
 */

/** @typedef {{ window: number, hop: number, bands: number }} Setting window and hop in milliseconds */

/** @typedef {Source & { windowLength: number, hopLength: number, count: number }} FrontEnd lengths in samples; numbers of a frame */

export const MOST_VALUES_PER_SECOND = 300_000; // of the spectra that the core computes

/**
 * A source's frames with what is set. Where spectra would be too many for the core to compute, the hop is longer.
 *
 * @param {Source} source
 * @param {Setting} setting
 * @returns {FrontEnd}
 */
export function frontEndOf(source, { window, hop, bands }) {
  const windowLength = Math.round((window / 1000) * source.rate);
  const transform = Math.max(source.transform, 2 ** Math.ceil(Math.log2(windowLength)));
  const shortest = Math.ceil((1000 * (transform / 2 + 1)) / MOST_VALUES_PER_SECOND);
  const taken = Math.max(hop, shortest);
  const count = source.kind === 'log-stft' ? transform / 2 + 1 : bands;
  const hopLength = Math.round((taken / 1000) * source.rate);
  return { ...source, window, hop: taken, bands, transform, windowLength, hopLength, count };
}

/** @param {Source} source @returns {Setting} */
export function settingOf({ window, hop, bands }) {
  return { window, hop, bands };
}
