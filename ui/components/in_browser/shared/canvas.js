// Canvases: what draws on them, and how many pixels they have.

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
 * Its size in pixels of the page, at least 1.
 *
 * @param {HTMLCanvasElement} canvas
 * @returns {Size}
 */
export function sizeOf(canvas) {
  return { width: canvas.clientWidth || 1, height: canvas.clientHeight || 1 };
}

/**
 * Gives a canvas the screen's pixels, and its pen those of the page.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2D} pen
 */
export function fitToScreen(canvas, pen) {
  const size = sizeOf(canvas);
  const ratio = window.devicePixelRatio || 1;
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
 * Gives a canvas `ratio` pixels for each pixel of the page; one that has them keeps its picture.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Size} size in pixels of the page
 * @param {number} ratio
 */
export function fit(canvas, { width, height }, ratio) {
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
}
