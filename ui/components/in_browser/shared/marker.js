// The marker of a class, on a canvas.

import { traceSymbol } from './symbols.js';

/** @import { Place } from './symbols.js' */

/**
 * Draws a marker, filled with a colour or hollow.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {string} symbol
 * @param {Place} place
 * @param {number} radius pixels
 * @param {string} colour
 * @param {string} edge
 * @param {boolean} [hollow]
 */
export function mark(pen, symbol, place, radius, colour, edge, hollow = false) {
  traceSymbol(pen, symbol, place, radius);
  pen.fillStyle = hollow ? edge : colour;
  pen.fill();
  pen.lineWidth = hollow ? 2 : 1;
  pen.strokeStyle = hollow ? colour : edge;
  pen.stroke();
}
