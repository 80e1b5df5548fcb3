// The axes around the picture, and how far each reaches.

import { AXES, frequencyTicks } from '../../in_browser/shared/frequencies.js';
import { fixed } from '../../in_browser/shared/numbers.js';
import { SIDES } from './layout.js';
import { signed } from './words.js';

/** @import { Box } from '../../in_browser/shared/canvas.js' */
/** @import { Layout } from './layout.js' */
/** @import { SpeechPlayer } from './player.js' */
/** @import { timeTicks } from './span.js' */
/** @import { Theme } from './theme.js' */

const DECIBELS_SHOWN = 60; // of intensity
const LOWEST_PITCH_AXIS = 300;
const SMALLEST_AMPLITUDE_AXIS = 0.05;

/** @param {number} peak */
export function amplitudeLimit(peak) {
  return Math.max(SMALLEST_AMPLITUDE_AXIS, 1.05 * peak);
}

/**
 * @param {SpeechPlayer} player
 * @returns {[low: number, high: number]} decibels
 */
export function intensityLimits(player) {
  const top = Math.min(10, 10 * Math.ceil(player.payload.loudest / 10));
  return [top - DECIBELS_SHOWN, top];
}

/**
 * @param {SpeechPlayer} player
 * @returns {number} hertz
 */
export function pitchLimit(player) {
  return Math.max(LOWEST_PITCH_AXIS, 100 * Math.ceil((1.2 * player.payload.highest) / 100));
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {SpeechPlayer} player
 * @param {Theme} theme
 * @param {Layout} layout
 * @param {ReturnType<typeof timeTicks>} shown
 */
export function drawTimeAxis(pen, player, theme, { wave, spectrogram, bottom }, { ticks, decimals }) {
  const { span } = player;
  pen.textAlign = 'center';
  pen.textBaseline = 'top';
  for (const tick of ticks) {
    const x = wave.x + span.toX(tick - player.begins, wave.width);
    pen.fillStyle = theme.grid;
    pen.fillRect(x, wave.y, 1, wave.height);
    pen.fillStyle = theme.muted;
    pen.fillRect(x, bottom, 1, 4);
    pen.fillText(fixed(tick, decimals), x, bottom + 6);
  }
  pen.fillStyle = theme.ink;
  pen.fillText('Time (s)', spectrogram.x + spectrogram.width / 2, bottom + 22);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {SpeechPlayer} player
 * @param {Theme} theme
 * @param {Layout} layout
 */
export function drawScales(pen, player, theme, { wave, spectrogram }) {
  const { payload, rate, settings } = player;
  pen.textBaseline = 'alphabetic';
  pen.fillStyle = theme.ink;
  /**
   * @param {string} text
   * @param {'left' | 'right'} side
   * @param {Box} box
   */
  const words = (text, side, box) => {
    pen.textAlign = side;
    pen.fillText(text, side === 'left' ? 2 : box.x + box.width + SIDES[1] - 2, box.y - 6);
  };
  words('Amplitude', 'left', wave);
  words('Frequency (Hz)', 'left', spectrogram);
  if (settings.intensity) words('Intensity (dB)', 'right', wave);
  if (settings.pitch && payload.pitch) words('Pitch (Hz)', 'right', spectrogram);
  pen.textBaseline = 'middle';
  /**
   * @param {string} text
   * @param {Box} box
   * @param {number} share how high, 0 to 1
   * @param {'left' | 'right'} side
   */
  const tick = (text, box, share, side) => {
    const y = Math.max(box.y + 5, Math.min(box.y + box.height - 5, box.y + box.height * (1 - share)));
    pen.fillStyle = theme.muted;
    pen.textAlign = side === 'left' ? 'right' : 'left';
    pen.fillText(text, side === 'left' ? box.x - 6 : box.x + box.width + 6, y);
  };
  const limit = amplitudeLimit(payload.peak), amplitude = roundedDown(0.9 * limit);
  for (const value of [-amplitude, 0, amplitude]) tick(signed(value), wave, 0.5 + value / limit / 2, 'left');
  for (const hertz of frequencyTicks(settings.axis, rate / 2, spectrogram.height)) {
    tick(String(hertz), spectrogram, AXES[settings.axis].height(hertz, rate / 2), 'left');
  }
  if (settings.intensity) {
    const [bottom, top] = intensityLimits(player);
    for (let level = bottom; level <= top; level += 20) tick(signed(level), wave, (level - bottom) / (top - bottom), 'right');
  }
  if (settings.pitch && payload.pitch) {
    const most = pitchLimit(player);
    for (let hertz = 0; hertz <= most; hertz += most > 500 ? 200 : 100) tick(String(hertz), spectrogram, hertz / most, 'right');
  }
}

/**
 * The largest of 1, 2 or 5 times a power of ten that is not larger.
 *
 * @param {number} value
 */
function roundedDown(value) {
  const unit = 10 ** Math.floor(Math.log10(value));
  return ([5, 2].find(count => count * unit <= value) ?? 1) * unit;
}
