// How the points look, and which are seen: what follows from the data and the memory.

import { looksOf, searchable, visibleOf } from './columns.js';
import { linesOf } from './geometry.js';
import { fillFilters, fillLegend, markLegend } from './legend.js';
import { describe } from './surroundings.js';

/** @import { Channels } from '../../in_browser/shared/colours.js' */
/** @import { PointMap } from './map.js' */

const LIGHTLY = 0.4; // how far all others fade around one point that was pressed: the next can still be found

/** @param {PointMap} map */
export function recolour(map) {
  const { map: data, memory, theme } = map;
  if (!theme) return;
  map.find('.colour', HTMLSelectElement).value = memory.colour ?? '';
  const heard = data.columns.find(column => column.name === 'heard');
  const wrong = heard?.kind === 'category' ? heard.entries.findIndex(entry => entry.name === 'wrongly') : -1;
  /** @param {number} index */
  const edged = index => wrong >= 0 && heard?.values[index] === wrong;
  const [r, g, b] = theme.grey.map(part => Math.round(part * 255));
  /** @type {Channels} */
  const grey = [r, g, b];
  map.renderer?.setLooks(looksOf(map.column, data.scale, grey, edged, data.smaller, data.count));
  fillLegend(map.find('.legend'), data, map.column, memory, () => map.everywhere(applyFilters));
  applyFilters(map);
}

/** @param {PointMap} map */
export function applyFilters(map) {
  const { map: data, memory } = map;
  map.visible = visibleOf(data.columns, memory.hidden, memory.limits, map.shown.order);
  map.shows = new Uint8Array(data.count);
  for (const index of map.visible) map.shows[index] = 1;
  markLegend(map.find('.legend'), map.column, memory);
  fillFilters(map.find('.filters'), data, map.column, memory, () => map.everywhere(applyFilters));
  arrange(map);
}

/**
 * @param {PointMap} map
 * @param {string} query
 */
export function search(map, query) {
  map.memory.query = query;
  map.everywhere(one => {
    match(one);
    arrange(one);
  });
}

/** @param {PointMap} map */
export function match(map) {
  const field = map.find('.find', HTMLInputElement);
  if (field.value !== map.memory.query) field.value = map.memory.query;
  const query = map.memory.query.trim().toLowerCase();
  const texts = query ? (map.shown.texts ??= searchable(map.map)) : null;
  map.found = texts && Uint8Array.from(texts, text => Number(text.includes(query)));
}

/**
 * Which points lie behind, which in front.
 *
 * @param {PointMap} map
 */
export function arrange(map) {
  const { found } = map;
  const front = found ? found.slice() : new Uint8Array(map.map.count);
  for (const index of map.selected) front[index] = 1;
  map.ringed = ofClasses(map);
  for (const index of map.ringed) front[index] = 1;
  const behind = map.visible.filter(index => !front[index]);
  const before = map.visible.filter(index => front[index]);
  map.matches = found ? map.visible.filter(index => found[index]).sort() : new Uint32Array(0);
  const pressed = map.selected.length === 1 && map.selected[0] === map.clicked;
  map.fade = found || map.ringed.length || (map.selected.length && !pressed) ? 1 : pressed ? LIGHTLY : 0;
  map.renderer?.setOrder(behind, before);
  layLines(map);
  describe(map);
  map.panel.mark();
  map.stage.draw();
}

/**
 * Lines from where points lie on another map to where they lie on this one: of those that the page names, or of the
 * chosen ones.
 *
 * @param {PointMap} map
 */
function layLines(map) {
  const { map: data, marked } = map;
  if (!data.origins) return;
  const lined = marked.lined ?? [...new Set([...map.selected, ...marked.ringed])];
  const seen = lined.filter(index => map.shows[index]);
  map.renderer?.setLines(linesOf(data.origins, data.points, data.dimensions, seen));
}

/**
 * The indices of the utterances of ringed classes, of those that no filter hides.
 *
 * @param {PointMap} map
 */
function ofClasses(map) {
  const { classes } = map.marked;
  const column = map.map.columns.find(({ name }) => name === classes?.column);
  if (!classes || column?.kind !== 'category') return [];
  const codes = new Set(column.entries.flatMap(({ name }, code) => (classes.names.includes(name) ? [code] : [])));
  return [...map.visible].filter(index => codes.has(column.values[index]));
}
