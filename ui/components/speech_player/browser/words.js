// What the player says in words: numbers with their units, in the line below it and to those who cannot see it.

import { AXES } from '../../in_browser/shared/frequencies.js';
import { fixed } from '../../in_browser/shared/numbers.js';
import { indexAt } from './contours.js';

/** @import { Contour } from './payload.js' */
/** @import { SpeechPlayer } from './player.js' */

/** @param {number} time */
export function inSeconds(time) {
  return `${fixed(time, 3)} s`;
}

/**
 * With a minus sign in place of a hyphen.
 *
 * @param {number} value
 */
export function signed(value) {
  return String(Number(value.toPrecision(2))).replace('-', '−');
}

/**
 * @param {Contour} contour
 * @param {number} moment in seconds of the recording
 */
function valueAt({ times, values }, moment) {
  const next = indexAt(times, moment);
  const nearest = [next - 1, next].filter(i => i >= 0 && i < times.length && Math.abs(times[i] - moment) < 0.006);
  return nearest.length ? values[nearest[nearest.length - 1]] : NaN;
}

/**
 * What lies under the mouse.
 *
 * @param {SpeechPlayer} player
 * @param {number} time
 * @param {number | null} height in the spectrogram from 0 to 1, null over the waveform
 */
export function readout(player, time, height) {
  const { payload, begins, rate, samples, tiles, settings } = player;
  const parts = [inSeconds(time + begins)];
  if (height === null) {
    const at = Math.min(samples.length - 1, Math.round(time * rate));
    parts.push(`amplitude ${signed(samples[at])}`);
  } else {
    const hertz = AXES[settings.axis].hertz(height, rate / 2);
    const { spectrum, loudest } = tiles.band();
    const level = spectrum.levelAt(time, hertz);
    parts.push(`${Math.round(hertz)} Hz`, `${Math.round(level - loudest)} dB`.replace('-', '−'));
  }
  const level = valueAt(payload.intensity, time + begins), pitch = payload.pitch ? valueAt(payload.pitch, time + begins) : NaN;
  if (!Number.isNaN(level)) parts.push(`intensity ${fixed(level, 1).replace('-', '−')} dB`);
  if (!Number.isNaN(pitch)) parts.push(`pitch ${Math.round(pitch)} Hz`);
  return parts.join(' · ');
}

/**
 * What is seen and chosen.
 *
 * @param {SpeechPlayer} player
 */
export function state(player) {
  const { span, begins, selection, duration } = player;
  const shown = span.length >= duration - 1e-9 ? 'all' : `${inSeconds(span.from + begins)} to ${inSeconds(span.to + begins)}`;
  const chosen = selection
    ? `Selected: ${inSeconds(selection[0] + begins)} to ${inSeconds(selection[1] + begins)}, ${inSeconds(selection[1] - selection[0])} long.`
    : `Plays from ${inSeconds(player.memory.cursor + begins)}.`;
  return `Shown: ${shown} of ${inSeconds(duration)}. ${chosen}`;
}
