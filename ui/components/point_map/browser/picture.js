// The map as a picture to take away: what is seen now, with its title and legend, sharp enough to print.

import { penOf, pixelsOfUnit } from '../../in_browser/shared/canvas.js';
import { traceSymbol } from '../../in_browser/shared/symbols.js';
import { countsOf, shortly } from './columns.js';
import { wordsOf } from './legend.js';
import { counted } from './surroundings.js';
import { colourOf, printed } from './theme.js';

/** @import { Pen } from '../../in_browser/shared/canvas.js' */
/** @import { Marked } from '../../in_browser/shared/symbols.js' */
/** @import { PointMap } from './map.js' */
/** @import { NumberColumn } from './payload.js' */
/** @import { Theme } from './theme.js' */
/** @typedef {{ x: number, draw: (ink: CanvasRenderingContext2D, x: number, y: number) => void }} Part of a row */

const PICTURE_SIDE = 2400; // pixels of its width, at least
const EDGE = 16; // pixels of the page around everything
const ROW = 22;

/** @param {PointMap} map */
export function savePicture(map) {
  drawnPicture(map, printed()).toBlob(content => {
    if (!content) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(content);
    link.download = `${map.map.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').slice(0, 80)}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }, 'image/png');
}

/**
 * @param {PointMap} map
 * @param {Theme} theme
 */
function drawnPicture(map, theme) {
  const { width, height } = map.stage.size();
  const wide = width + 2 * EDGE;
  const ratio = Math.max(pixelsOfUnit(), PICTURE_SIDE / wide);
  const pen = penOf(new OffscreenCanvas(1, 1));
  pen.font = fontOf(14);
  const title = brokenText(pen, titleOf(map), width);
  const legend = legendRows(pen, map, width);
  const told = brokenText(pen, (map.find('.told').textContent ?? '').trim(), width);
  const top = EDGE + title.length * ROW;
  const below = top + height + EDGE;

  const canvas = document.createElement('canvas');
  canvas.width = Math.round(wide * ratio);
  canvas.height = Math.round((below + (legend.length + told.length) * ROW + EDGE) * ratio);
  const ink = penOf(canvas);
  ink.scale(ratio, ratio);
  ink.fillStyle = colourOf(theme.paper);
  ink.fillRect(0, 0, canvas.width, canvas.height);
  map.stage.paint(theme, width, height, ratio, Infinity);
  for (const layer of [map.canvas, map.marks]) ink.drawImage(layer, EDGE, top, width, height);
  map.stage.draw();
  ink.strokeStyle = colourOf(theme.grey);
  ink.strokeRect(EDGE, top, width, height);
  ink.fillStyle = theme.text;
  ink.textBaseline = 'middle';
  title.forEach((line, i) => write(ink, line, EDGE, EDGE + i * ROW, 600));
  legend.forEach((row, i) => row.forEach(part => part.draw(ink, EDGE + part.x, below + i * ROW)));
  told.forEach((line, i) => write(ink, line, EDGE, below + (legend.length + i) * ROW));
  return canvas;
}

/** @param {PointMap} map */
function titleOf({ map, column, memory }) {
  const colour = column ? ` Coloured by ${wordsOf(column.name)}.` : '';
  return `${map.title}${colour}${memory.query ? ` Found: “${memory.query}”.` : ''}`;
}

/**
 * Rows of what is to be drawn, each part with its place in the row; what is hidden on the map has no entry.
 *
 * @param {Pen} pen
 * @param {PointMap} map
 * @param {number} width
 * @returns {Part[][]}
 */
function legendRows(pen, map, width) {
  const { column } = map;
  if (!column) return [];
  if (column.kind === 'number') return [[{ x: 0, draw: (ink, x, y) => drawBar(ink, column, map, x, y) }]];
  const hidden = map.memory.hidden.get(column.name) ?? new Set();
  const counts = countsOf(column);
  /** @type {Part[]} */
  let row = [];
  const rows = [row];
  let x = 0;
  column.entries.forEach((entry, code) => {
    if (hidden.has(code) || !counts[code]) return;
    const text = `${entry.name} ${counted(counts[code])}`;
    const wide = 44 + pen.measureText(text).width;
    if (x && x + wide > width) {
      rows.push((row = []));
      x = 0;
    }
    row.push({ x, draw: (ink, left, top) => drawEntry(ink, entry, text, left, top) });
    x += wide;
  });
  return rows;
}

/**
 * @param {CanvasRenderingContext2D} ink
 * @param {Marked} entry
 * @param {string} text
 * @param {number} x
 * @param {number} y
 */
function drawEntry(ink, entry, text, x, y) {
  traceSymbol(ink, entry.symbol, [x + 8, y + ROW / 2], 6);
  const letters = ink.fillStyle;
  ink.fillStyle = entry.colour;
  ink.fill();
  ink.fillStyle = letters;
  write(ink, text, x + 20, y);
}

/**
 * @param {CanvasRenderingContext2D} ink
 * @param {NumberColumn} column
 * @param {PointMap} map
 * @param {number} x
 * @param {number} y
 */
function drawBar(ink, column, map, x, y) {
  write(ink, shortly(column.low), x, y);
  const left = x + 12 + ink.measureText(shortly(column.low)).width;
  const shades = ink.createLinearGradient(left, 0, left + 200, 0);
  map.map.scale.forEach((colour, i) => shades.addColorStop(i / (map.map.scale.length - 1), colour));
  const letters = ink.fillStyle;
  ink.fillStyle = shades;
  ink.fillRect(left, y + 4, 200, ROW - 8);
  ink.fillStyle = letters;
  write(ink, shortly(column.high), left + 212, y);
}

/**
 * @param {CanvasRenderingContext2D} ink
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {number} [weight]
 */
function write(ink, text, x, y, weight = 400) {
  ink.font = fontOf(14, weight);
  ink.fillText(text, x, y + ROW / 2);
}

/**
 * @param {number} size pixels
 * @param {number} [weight]
 */
function fontOf(size, weight = 400) {
  return `${weight} ${size}px sans-serif`;
}

/**
 * A text in lines that are no wider than `width`.
 *
 * @param {Pen} pen
 * @param {string} text
 * @param {number} width
 */
function brokenText(pen, text, width) {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1], longer = `${last} ${word}`.trim();
    if (last && pen.measureText(longer).width > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.filter(Boolean);
}
