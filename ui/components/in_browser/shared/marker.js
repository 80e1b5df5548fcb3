// The marker of a class, on a canvas.

import { traceSymbol } from './symbols.js';

/** @import { Place } from './symbols.js' */

/**
 * Draws a marker. None is hollow: hollow is where a class points.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {string} symbol
 * @param {Place} place
 * @param {number} radius pixels
 * @param {string} colour
 * @param {string} edge
 */
export function mark(pen, symbol, place, radius, colour, edge) {
  traceSymbol(pen, symbol, place, radius);
  pen.fillStyle = colour;
  pen.fill();
  pen.lineWidth = 1;
  pen.strokeStyle = edge;
  pen.stroke();
}
