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

const STRIPES = 5; // pixels from one to the next

/**
 * Draws what lies outside the range of every emotion and so has none of their markers: hatched, as *none of these* is
 * wherever it is drawn.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {Place} place
 * @param {number} radius pixels
 * @param {string} ink
 * @param {string} paper
 */
export function markNone(pen, place, radius, ink, paper) {
  mark(pen, 'circle', place, radius + 1.5, paper, paper);
  const [x, y] = place;
  pen.save();
  traceSymbol(pen, 'circle', place, radius);
  pen.clip();
  pen.beginPath();
  for (let at = -2 * radius; at <= 2 * radius; at += STRIPES) {
    pen.moveTo(x + at - radius, y + radius);
    pen.lineTo(x + at + radius, y - radius);
  }
  pen.lineWidth = 2;
  pen.strokeStyle = ink;
  pen.stroke();
  pen.restore();
  traceSymbol(pen, 'circle', place, radius);
  pen.lineWidth = 2;
  pen.strokeStyle = ink;
  pen.stroke();
}
