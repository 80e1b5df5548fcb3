// Colours of points by a column, which points a filter leaves, and which ones a search finds.

import { between, numbersOf } from '../../in_browser/shared/colours.js';
import { SYMBOL_NAMES } from '../../in_browser/shared/symbols.js';

/** @import { Channels } from '../../in_browser/shared/colours.js' */
/** @import { CategoryColumn, Column, MapData } from './payload.js' */

const MARKER_OF_NUMBERS = 0; // a circle
const MISSING_MARKER = SYMBOL_NAMES.indexOf('x');
const STRONG_EDGE = 128, SMALLER = 64;

/**
 * Four bytes for each point: red, green, blue, marker.
 *
 * @param {Column | undefined} column that gives the colours
 * @param {string[]} scale colours of numbers
 * @param {Channels} missing colour, 0 to 255, where there is no number
 * @param {(index: number) => boolean} edged which points get a strong edge
 * @param {Uint8Array | null} smaller 1 for each point that is drawn smaller
 * @param {number} count
 */
export function looksOf(column, scale, missing, edged, smaller, count) {
  const looks = new Uint8Array(4 * count);
  if (!column) looks.fill(110);
  /**
   * @param {number} i
   * @param {Channels} colour
   * @param {number} marker
   */
  const put = (i, colour, marker) => {
    [looks[4 * i], looks[4 * i + 1], looks[4 * i + 2]] = colour;
    looks[4 * i + 3] = marker + (edged(i) ? STRONG_EDGE : 0) + (smaller?.[i] ? SMALLER : 0);
  };
  if (column?.kind === 'category') {
    const colours = column.entries.map(entry => numbersOf(entry.colour));
    const markers = column.entries.map(entry => Math.max(0, SYMBOL_NAMES.indexOf(entry.symbol)));
    for (let i = 0; i < count; i++) put(i, colours[column.values[i]], markers[column.values[i]]);
  } else if (column) {
    const colours = between(scale.map(numbersOf), 256);
    const factor = 255 / (column.high - column.low || 1);
    for (let i = 0; i < count; i++) {
      const value = column.values[i];
      if (Number.isNaN(value)) put(i, missing, MISSING_MARKER);
      else put(i, colours[Math.max(0, Math.min(255, Math.round((value - column.low) * factor)))], MARKER_OF_NUMBERS);
    }
  }
  return looks;
}

/**
 * All indices in one random order, the same each time: drawn as the table lists them, the last speaker would cover the
 * others.
 *
 * @param {number} count
 */
export function shuffled(count) {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  let state = 1;
  for (let i = count - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = Math.floor((state / 2 ** 32) * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/**
 * Those indices, in their order, of which no column's category is hidden and no number lies outside its limits.
 *
 * @param {Column[]} columns
 * @param {Map<string, Set<number>>} hidden column → numbers of its hidden categories
 * @param {Map<string, [low: number, high: number]>} limits column of numbers → what is shown of it
 * @param {Uint32Array} order
 */
export function visibleOf(columns, hidden, limits, order) {
  /** @type {((index: number) => boolean)[]} */
  const shown = [];
  for (const { name, kind, values } of columns) {
    const codes = hidden.get(name), ends = limits.get(name);
    if (kind === 'category' && codes?.size) shown.push(i => !codes.has(values[i]));
    if (kind === 'number' && ends) shown.push(i => values[i] >= ends[0] && values[i] <= ends[1]);
  }
  if (!shown.length) return order.slice();
  return order.filter(i => shown.every(keeps => keeps(i)));
}

/** @param {CategoryColumn} column */
export function countsOf(column) {
  const counts = new Uint32Array(column.entries.length);
  for (const code of column.values) counts[code]++;
  return counts;
}

/**
 * What the searched columns say of each point, in small letters.
 *
 * @param {MapData} map
 */
export function searchable(map) {
  const places = map.searched.map(name => {
    const text = map.texts.find(text => text.name === name);
    if (text) return text.of;
    const column = map.columns.find(column => column.name === name);
    return (/** @type {number} */ i) => (column?.kind === 'category' ? column.entries[column.values[i]].name : '');
  });
  return Array.from({ length: map.count }, (_, i) => places.map(of => of(i)).join('\n').toLowerCase());
}

/** @typedef {{ name: string, lines: [name: string, value: string][] }} Description */

/**
 * What is said of a point: its name, then its values.
 *
 * @param {MapData} map
 * @param {number} index
 * @returns {Description}
 */
export function describedBy(map, index) {
  /** @type {[string, string][]} */
  const lines = [];
  for (const name of map.told) {
    const text = map.texts.find(text => text.name === name);
    const column = map.columns.find(column => column.name === name);
    const value = text ? text.of(index) : column ? valueOf(column, index) : '';
    if (value && name !== 'heard') lines.push([name, value]);
  }
  const file = map.texts.find(text => text.name === 'file');
  return { name: file?.of(index) || `point ${map.ids[index]}`, lines };
}

/**
 * @param {Column} column
 * @param {number} index
 */
function valueOf(column, index) {
  const value = column.values[index];
  return column.kind === 'category' ? column.entries[value].name : Number.isNaN(value) ? 'not given' : shortly(value);
}

/** @param {number} number */
export function shortly(number) {
  return String(Number(number.toPrecision(3)));
}
