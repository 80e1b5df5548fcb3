// Frames of a signal, as ser_core/features/front_end.py computes them: power spectra under a window, mel bands, decibels.

import { RealTransform, taper } from '../../in_browser/shared/fourier.js';
import { bandCentres, melFilters } from '../../in_browser/shared/mel_filters.js';

/** @import { MelFilter } from '../../in_browser/shared/mel_filters.js' */
/** @import { FrontEnd } from './front_end.js' */

const LEAST_POWER = 1e-10;

/**
 * How many frames a signal has: frame `t` looks at the samples around `t` hops.
 *
 * @param {number} samples
 * @param {FrontEnd} frontEnd
 */
export function frameCount(samples, { hopLength }) {
  return 1 + Math.floor(samples / hopLength);
}

/**
 * Decibels of the frames with these numbers, one after another, `frontEnd.count` values each; nothing lies further below
 * the loudest of them than `frontEnd.range`.
 *
 * @param {ArrayLike<number>} samples
 * @param {FrontEnd} frontEnd
 * @param {number[]} frames
 */
export function levelsOf(samples, frontEnd, frames) {
  const { count, transform, windowLength, hopLength } = frontEnd;
  const weights = taper(frontEnd.taper, windowLength);
  const fourier = new RealTransform(transform);
  const filters = filtersOf(frontEnd);
  const frame = new Float64Array(transform), powers = new Float64Array(transform / 2 + 1);
  const before = transform / 2 - Math.floor((transform - windowLength) / 2); // samples under the window before its middle
  const levels = new Float32Array(frames.length * count);
  let loudest = -Infinity;
  frames.forEach((number, at) => {
    const first = number * hopLength - before;
    for (let i = 0; i < windowLength; i++) {
      const sample = first + i;
      frame[i] = sample >= 0 && sample < samples.length ? samples[sample] * weights[i] : 0;
    }
    powers.fill(0);
    fourier.addPowers(frame, powers);
    for (let k = 0; k < count; k++) {
      const level = 10 * Math.log10(Math.max(LEAST_POWER, filters ? weighed(filters[k], powers) : powers[k]));
      levels[at * count + k] = level;
      if (level > loudest) loudest = level;
    }
  });
  for (let i = 0; i < levels.length; i++) levels[i] = Math.max(levels[i], loudest - frontEnd.range);
  return { levels, loudest };
}

/** @param {MelFilter} filter @param {Float64Array} powers */
function weighed({ first, weights }, powers) {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i] * powers[first + i];
  return sum;
}

/** Mel filters; null where frames are the bins themselves. @param {FrontEnd} frontEnd */
export function filtersOf({ kind, rate, transform, bands, lowest, highest }) {
  return kind === 'log-stft' ? null : melFilters({ rate, transform, bands, lowest, highest });
}

/** The frequency in the middle of each number of a frame, in hertz. @param {FrontEnd} frontEnd */
export function frequenciesOf({ kind, rate, count, bands, lowest, highest }) {
  if (kind === 'log-mel') return bandCentres(bands, lowest, highest);
  return Array.from({ length: count }, (_, k) => (k * rate) / 2 / (count - 1));
}
