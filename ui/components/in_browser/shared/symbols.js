// The markers, by Plotly's names, each as a closed line in [-1, 1] with y downwards.

import { penOf } from './canvas.js';
import { svg } from './svg.js';

/** @import { Pen } from './canvas.js' */
/** @typedef {[number, number]} Place */
/** @typedef {{ name: string, colour: string, symbol: string }} Marked a class with its colour and its marker's name */

/**
 * @param {number} corners
 * @param {number} [radius]
 * @param {number} [from] degrees
 * @returns {Place[]}
 */
const around = (corners, radius = 1, from = -90) =>
  Array.from({ length: corners }, (_, i) => {
    const angle = ((from + (360 * i) / corners) * Math.PI) / 180;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
/**
 * @param {number} arm
 * @param {number} reach
 * @returns {Place[]}
 */
const crossed = (arm, reach) => [
  [-arm, -reach], [arm, -reach], [arm, -arm], [reach, -arm], [reach, arm], [arm, arm],
  [arm, reach], [-arm, reach], [-arm, arm], [-reach, arm], [-reach, -arm], [-arm, -arm],
];
/**
 * @param {Place[]} line
 * @param {number} degrees
 * @returns {Place[]}
 */
const turned = (line, degrees) => {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return line.map(([x, y]) => [c * x - s * y, s * x + c * y]);
};
/** @type {Place[]} */
const triangle = [[0, -0.95], [0.95, 0.75], [-0.95, 0.75]];

/** @type {Record<string, Place[]>} */
const SYMBOLS = {
  circle: around(40, 0.86),
  square: [[-0.78, -0.78], [0.78, -0.78], [0.78, 0.78], [-0.78, 0.78]],
  diamond: around(4, 1),
  'triangle-up': triangle,
  'triangle-down': turned(triangle, 180),
  cross: crossed(0.32, 0.95),
  x: turned(crossed(0.32, 1.05), 45),
  star: around(5, 1).flatMap((tip, i) => [tip, around(5, 0.45, -54)[i]]),
  hexagon: around(6, 0.95),
  pentagon: around(5, 0.95),
  bowtie: [[-0.95, -0.75], [0.95, 0.75], [0.95, -0.75], [-0.95, 0.75]],
  'triangle-right': turned(triangle, 90),
  'triangle-left': turned(triangle, -90),
};
export const SYMBOL_NAMES = Object.keys(SYMBOLS);
const SYMBOLS_PER_SIDE = 4;
export const SYMBOL_CELL = 64; // pixels
export const SYMBOL_RADIUS = 25;

// All markers on one picture, their inside in the red channel and their edge in the green one.
export function symbolSheet() {
  const side = SYMBOLS_PER_SIDE * SYMBOL_CELL;
  const canvas = new OffscreenCanvas(side, side);
  const pen = penOf(canvas);
  pen.fillStyle = '#000';
  pen.fillRect(0, 0, side, side);
  pen.lineJoin = 'round';
  pen.lineWidth = 9;
  SYMBOL_NAMES.forEach((name, i) => {
    const x = ((i % SYMBOLS_PER_SIDE) + 0.5) * SYMBOL_CELL;
    const y = (Math.floor(i / SYMBOLS_PER_SIDE) + 0.5) * SYMBOL_CELL;
    traceSymbol(pen, name, [x, y], SYMBOL_RADIUS);
    pen.strokeStyle = '#0f0';
    pen.stroke();
    pen.fillStyle = '#f00';
    pen.fill();
  });
  return canvas;
}

/**
 * The line of a marker, by its name; a circle for an unknown one.
 *
 * @param {string} name
 */
export function symbolLine(name) {
  return SYMBOLS[name] ?? SYMBOLS.circle;
}

/**
 * Begins a path along a marker.
 *
 * @param {Pen} pen
 * @param {string} name
 * @param {Place} middle
 * @param {number} radius pixels
 */
export function traceSymbol(pen, name, [x, y], radius) {
  pen.beginPath();
  for (const [dx, dy] of symbolLine(name)) pen.lineTo(x + radius * dx, y + radius * dy);
  pen.closePath();
}

/**
 * A marker as it stands in the legend.
 *
 * @param {string} name
 * @param {string} colour
 */
export function symbolPicture(name, colour) {
  const picture = svg('svg', { viewBox: '-1.2 -1.2 2.4 2.4', 'aria-hidden': 'true' });
  const points = symbolLine(name).map(place => place.join(',')).join(' ');
  svg('polygon', { points, fill: colour, style: 'stroke: var(--edge); stroke-width: 0.16' }, picture);
  return picture;
}

/** The sign of *none of these* beside words: a hatched disc, as `markNone` draws it on a canvas. */
export function nonePicture() {
  const picture = svg('svg', { viewBox: '-1.2 -1.2 2.4 2.4', 'aria-hidden': 'true', class: 'none' });
  const style = 'fill: none; stroke: currentColor; stroke-width: 0.16';
  svg('circle', { r: 1, style }, picture);
  const stripes = [-1.2, -0.6, 0, 0.6, 1.2].map(at => { // from edge to edge, at 45 degrees
    const half = Math.sqrt(1 - (at * at) / 2) / Math.SQRT2;
    return `M${at / 2 - half} ${at / 2 + half}L${at / 2 + half} ${at / 2 - half}`;
  });
  svg('path', { d: stripes.join(''), style }, picture);
  return picture;
}
