// Levels in decibels relative to full scale, as in ser_core/audio/decibels.py.

const SILENCE = -120;

/**
 * @param {number} power 1 for a full scale
 * @param {number} [lowest] decibels
 */
export function toDecibels(power, lowest = SILENCE) {
  return Math.max(lowest, 10 * Math.log10(power));
}
