// What stands still while it plays: waveform and intensity, spectrogram and pitch, and their axes.

import { within } from '../../in_browser/shared/canvas.js';
import { loudestWithin, trace } from './contours.js';
import { amplitudeLimit, drawScales, drawTimeAxis, intensityLimits, pitchLimit } from './scales.js';
import { timeTicks } from './span.js';

/** @import { Box } from '../../in_browser/shared/canvas.js' */
/** @import { Layout } from './layout.js' */
/** @import { SpeechPlayer } from './player.js' */
/** @import { Theme } from './theme.js' */

const CONTOUR_STEP = 0.01; // seconds between the values of pitch and intensity

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {SpeechPlayer} player
 * @param {Theme} theme
 * @param {Layout} layout
 * @param {number} ratio pixels of the canvas for a unit
 * @param {number} until moment on the clock after which nothing is computed
 * @returns {boolean} whether the spectrogram is complete
 */
export function drawPicture(pen, player, theme, layout, ratio, until) {
  const { span, settings } = player;
  const { wave, spectrogram } = layout;
  const { width, height } = player.size();
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = theme.paper;
  pen.fillRect(0, 0, width, height);
  pen.font = `13px ${theme.font}`;
  const complete = drawSpectrogram(pen, player, spectrogram, ratio, until);
  const shown = timeTicks(span.from + player.begins, span.to + player.begins, wave.width);
  drawTimeAxis(pen, player, theme, layout, shown);
  drawWave(pen, player, theme, wave, ratio);
  if (settings.intensity) within(pen, wave, () => drawIntensity(pen, player, theme, wave));
  if (settings.pitch) within(pen, spectrogram, () => drawPitch(pen, player, spectrogram));
  drawScales(pen, player, theme, layout);
  return complete;
}

// ---------------------------------------------------------------------- the two panels

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {SpeechPlayer} player
 * @param {Box} box
 * @param {number} ratio
 * @param {number} until
 */
function drawSpectrogram(pen, player, box, ratio, until) {
  const { x, y, width, height } = box;
  const pixels = { x: Math.round(x * ratio), y: Math.round(y * ratio), width: Math.round(width * ratio), height: Math.round(height * ratio) };
  player.tiles.look(player.looks(pixels.height));
  pen.save();
  pen.setTransform(1, 0, 0, 1, 0, 0);
  const complete = player.tiles.draw(pen, pixels, player.span, until);
  pen.restore();
  return complete;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {SpeechPlayer} player
 * @param {Theme} theme
 * @param {Box} box
 * @param {number} ratio
 */
function drawWave(pen, player, theme, box, ratio) {
  const { span, rate, envelope, payload } = player;
  const middle = box.y + box.height / 2, unit = box.height / 2 / amplitudeLimit(payload.peak);
  pen.fillStyle = theme.speech;
  for (let i = 0; i < payload.speech.length; i += 2) {
    const [from, to] = [0, 1].map(end => box.x + span.toX(payload.speech[i + end] - player.begins, box.width));
    const left = Math.max(box.x, from), right = Math.min(box.x + box.width, to);
    if (right > left) pen.fillRect(left, box.y, right - left, box.height);
  }
  pen.fillStyle = theme.grid;
  pen.fillRect(box.x, middle, box.width, 1);
  pen.fillStyle = pen.strokeStyle = theme.wave;
  if ((span.length * rate) / (box.width * ratio) < 2) {
    within(pen, box, () => drawSamples(pen, player, box, middle, unit));
    return;
  }
  const columns = Math.round(box.width * ratio);
  /** @param {number} column */
  const at = column => Math.round((span.from + (column / columns) * span.length) * rate);
  for (let column = 0; column < columns; column++) {
    const [low, high] = envelope.between(at(column), at(column + 1));
    const top = middle - high * unit;
    if (high >= low) pen.fillRect(box.x + column / ratio, top, 1 / ratio, Math.max(1, (high - low) * unit));
  }
}

/**
 * So close that single samples are seen.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {SpeechPlayer} player
 * @param {Box} box
 * @param {number} middle pixels
 * @param {number} unit pixels of an amplitude of 1
 */
function drawSamples(pen, player, box, middle, unit) {
  const { span, rate, samples } = player;
  const first = Math.max(0, Math.floor(span.from * rate) - 1), last = Math.min(samples.length - 1, Math.ceil(span.to * rate) + 1);
  /**
   * @param {number} i
   * @returns {[x: number, y: number]}
   */
  const place = i => [box.x + span.toX(i / rate, box.width), middle - samples[i] * unit];
  pen.beginPath();
  for (let i = first; i <= last; i++) pen.lineTo(...place(i));
  pen.lineWidth = 1.5;
  pen.stroke();
  if (box.width / (span.length * rate) < 6) return;
  for (let i = first; i <= last; i++) {
    const [x, y] = place(i);
    pen.fillRect(x - 2, y - 2, 4, 4);
  }
}

// ---------------------------------------------------------------------- the two lines over them
/**
 * @param {CanvasRenderingContext2D} pen
 * @param {SpeechPlayer} player
 * @param {Theme} theme
 * @param {Box} box
 */
function drawIntensity(pen, player, theme, box) {
  const [bottom, top] = intensityLimits(player);
  /** @param {number} level */
  const y = level => box.y + box.height * (1 - (level - bottom) / (top - bottom));
  const apart = (2 * player.span.length) / box.width;
  const line = apart > CONTOUR_STEP ? loudestWithin(player.payload.intensity, apart, player) : player.payload.intensity;
  trace(pen, player, box, line, y, [[theme.paper, 4], [theme.intensity, 1.75]], Math.max(CONTOUR_STEP, apart));
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {SpeechPlayer} player
 * @param {Box} box
 */
function drawPitch(pen, player, box) {
  if (!player.payload.pitch) return;
  const limit = pitchLimit(player);
  // A dark line under a light one is seen on both ends of the colour scale.
  /** @type {[string, number][]} */
  const strokes = [['#000000', 5], ['#FFFFFF', 2.5]];
  trace(pen, player, box, player.payload.pitch, hertz => box.y + box.height * (1 - hertz / limit), strokes, CONTOUR_STEP);
}
