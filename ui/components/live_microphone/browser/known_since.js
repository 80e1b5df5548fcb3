// On the moving picture: from when on the answers know the voice that speaks.

/** @import { Box } from '../../in_browser/shared/canvas.js' */
/** @import { Theme } from './timeline.js' */

const WORDS = 'your voice is known';
const HALO = 2; // pixels of the page's ground on both sides of the line: a spectrogram is as dark, or as bright, as the accent

/**
 * A line at that moment with its words, and a band above the probabilities from there on.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {number} at the moment, in units of the canvas
 * @param {{ picture: Box, chances: Box }} parts
 * @param {Theme} theme
 */
export function drawKnown(pen, at, { picture, chances }, theme) {
  const left = picture.x, right = left + picture.width;
  if (at > right) return;
  const from = Math.max(left, at);
  pen.fillStyle = theme.accent;
  pen.fillRect(from, chances.y - 7, right - from, 4);
  if (at < left) return;
  const line = Math.round(at) - 1, height = chances.y + chances.height - picture.y; // whole pixels: half ones are dim
  pen.fillStyle = theme.paper;
  pen.fillRect(line - HALO, picture.y, 3 + 2 * HALO, height);
  pen.fillStyle = theme.accent;
  pen.fillRect(line, picture.y, 3, height);
  const wide = pen.measureText(WORDS).width + 12, x = Math.min(at + 4, right - wide);
  pen.fillStyle = theme.paper;
  pen.fillRect(x, picture.y + 4, wide, 18);
  pen.fillStyle = theme.text;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.fillText(WORDS, x + 6, picture.y + 14);
}
