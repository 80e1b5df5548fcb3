// Levels in decibels relative to full scale, as in ser_core/audio/decibels.py.

const SILENCE = -120;

function toDecibels(power, lowest = SILENCE) {
  return Math.max(lowest, 10 * Math.log10(power));
}
