// Mel filters: Slaney's scale, triangles of unit area, as in ser_core/features/mel.py.

import { hertzToMel, melToHertz } from './frequencies.js';

/** @typedef {{ first: number, weights: Float64Array }} MelFilter its weights, from the bin `first` on; elsewhere it is zero */

/**
 * @param {{ rate: number, transform: number, bands: number, lowest: number, highest: number }} of frequencies in hertz,
 *   the length of the transform in samples
 * @returns {MelFilter[]}
 */
export function melFilters({ rate, transform, bands, lowest, highest }) {
  const edges = edgesOf(bands, lowest, highest);
  const bin = rate / transform; // hertz
  return Array.from({ length: bands }, (_, band) => {
    const [low, centre, high] = edges.slice(band, band + 3);
    const first = Math.max(0, Math.floor(low / bin) + 1);
    const last = Math.min(transform / 2, Math.ceil(high / bin) - 1);
    const weights = Float64Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
      const hertz = (first + i) * bin;
      return (Math.min((hertz - low) / (centre - low), (high - hertz) / (high - centre)) * 2) / (high - low);
    });
    return { first, weights };
  });
}

/**
 * The frequency in the middle of each band, in hertz.
 *
 * @param {number} bands
 * @param {number} lowest
 * @param {number} highest
 */
export function bandCentres(bands, lowest, highest) {
  return edgesOf(bands, lowest, highest).slice(1, -1);
}

/** @param {number} bands @param {number} lowest @param {number} highest */
function edgesOf(bands, lowest, highest) {
  const [low, high] = [hertzToMel(lowest), hertzToMel(highest)];
  return Array.from({ length: bands + 2 }, (_, i) => melToHertz(low + ((high - low) * i) / (bands + 1)));
}
