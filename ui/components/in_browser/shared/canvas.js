// Canvases: what draws on them, and how large they are. A unit is a pixel of the page with usual letters, and grows with them.

import { enlargement } from './enlargement.js';

/** @typedef {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} Pen */
/** @typedef {{ x: number, y: number, width: number, height: number }} Box */
/** @typedef {{ width: number, height: number }} Size */

/**
 * @template {HTMLCanvasElement | OffscreenCanvas} Canvas
 * @param {Canvas} canvas
 * @returns {Canvas extends HTMLCanvasElement ? CanvasRenderingContext2D : OffscreenCanvasRenderingContext2D}
 */
export function penOf(canvas) {
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser draws nothing.');
  return /** @type {ReturnType<typeof penOf<Canvas>>} */ (pen);
}

/**
 * Its size in units, never 0.
 *
 * @param {HTMLCanvasElement} canvas
 * @returns {Size}
 */
export function sizeOf(canvas) {
  const unit = enlargement();
  return { width: (canvas.clientWidth || 1) / unit, height: (canvas.clientHeight || 1) / unit };
}

/** How many pixels of the screen a unit has. */
export function pixelsOfUnit() {
  return (window.devicePixelRatio || 1) * enlargement();
}

/**
 * Where a pointer is on a canvas, in units.
 *
 * @param {MouseEvent} event
 * @returns {[x: number, y: number]}
 */
export function pointedAt({ offsetX, offsetY }) {
  const unit = enlargement();
  return [offsetX / unit, offsetY / unit];
}

/**
 * What a canvas looks like depends on: it is drawn again if this has changed.
 *
 * @param {HTMLCanvasElement} canvas
 */
export function stateOf(canvas) {
  return `${canvas.clientWidth} ${canvas.clientHeight} ${pixelsOfUnit()}`;
}

/**
 * Gives a canvas the screen's pixels, and its pen units.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2D} pen
 */
export function fitToScreen(canvas, pen) {
  const size = sizeOf(canvas);
  const ratio = pixelsOfUnit();
  fit(canvas, size, ratio);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  return size;
}

/**
 * Draws inside a box only.
 *
 * @param {Pen} pen
 * @param {Box} box
 * @param {() => void} act
 */
export function within(pen, { x, y, width, height }, act) {
  pen.save();
  pen.beginPath();
  pen.rect(x, y, width, height);
  pen.clip();
  act();
  pen.restore();
}

/**
 * Gives a canvas `ratio` pixels for each unit; one that has them keeps its picture.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Size} size in units
 * @param {number} ratio
 */
export function fit(canvas, { width, height }, ratio) {
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
}
