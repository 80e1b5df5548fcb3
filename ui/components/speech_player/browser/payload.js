// A sound as it was sent; see ser_core/plots/speech_player.py.

import { readColumns } from '../../in_browser/shared/packed.js';
import { fromPcm16 } from '../../in_browser/shared/pcm.js';

/** @import { Packed } from '../../in_browser/shared/packed.js' */

/**
 * @typedef {object} Described what stays as it is in the header
 * @property {string} digest
 * @property {string} title
 * @property {number} sample_rate hertz
 * @property {number} begins where in the recording the first sample lies, in seconds
 * @property {number} peak
 * @property {boolean} reads whether something can judge a selection
 * @property {string[]} scale colours of the spectrogram, from faint to loud
 */

/** @typedef {{ times: Packed, values: Packed }} PackedContour */
/** @typedef {Described & { samples: Packed, speech: Packed, intensity: PackedContour, pitch: PackedContour | null }} Header */

/** @typedef {{ times: ArrayLike<number>, values: ArrayLike<number> }} Contour */

/**
 * @typedef {object} Columns
 * @property {Float32Array<ArrayBuffer>} samples
 * @property {Float32Array} speech where each stretch of speech starts and ends, in seconds of the recording
 * @property {Contour} intensity decibels
 * @property {number} loudest of them, at least -120
 * @property {Contour | null} pitch hertz, NaN where there is none
 * @property {number} highest of them, at least 0
 */

/** @typedef {Described & Columns} Payload */

/**
 * @param {Uint8Array} bytes
 * @returns {Payload}
 */
export function readSound(bytes) {
  const { header, array } = /** @type {ReturnType<typeof readColumns<Header>>} */ (readColumns(bytes));
  /** @param {PackedContour} packed */
  const contour = ({ times, values }) => ({ times: array(times, Float32Array), values: array(values, Float32Array) });
  const intensity = contour(header.intensity), pitch = header.pitch && contour(header.pitch);
  return {
    ...header,
    samples: fromPcm16(array(header.samples, Int16Array), header.peak),
    speech: array(header.speech, Float32Array),
    intensity,
    loudest: intensity.values.reduce((most, level) => Math.max(most, level), -120),
    pitch,
    highest: pitch?.values.reduce((most, hertz) => (hertz > most ? hertz : most), 0) ?? 0,
  };
}
