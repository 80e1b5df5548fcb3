// The legend below a map: categories that can be hidden, or a bar of colours.

import { symbolPicture } from '../../in_browser/shared/symbols.js';
import { countsOf, shortly } from './columns.js';

/** @import { Memory } from './memory.js' */
/** @import { Column, MapData, NumberColumn } from './payload.js' */

/**
 * @param {HTMLElement} place
 * @param {MapData} map
 * @param {Column | undefined} column that gives the colours
 * @param {Memory} memory
 * @param {() => void} changed
 */
export function fillLegend(place, map, column, memory, changed) {
  place.replaceChildren();
  if (!column) return;
  if (column.kind === 'number') {
    place.append(colourBar(column, map));
    return;
  }
  const hidden = memory.hidden.get(column.name) ?? new Set();
  memory.hidden.set(column.name, hidden);
  const counts = countsOf(column);
  column.entries.forEach((entry, code) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-pressed', String(!hidden.has(code)));
    const count = document.createElement('small');
    count.textContent = counts[code].toLocaleString('en');
    button.append(symbolPicture(entry.symbol, entry.colour), entry.name, count);
    button.title = 'Press to hide or show; twice to see it alone';
    button.addEventListener('click', event => {
      if (event.detail > 1) return; // the second of a double click
      if (!hidden.delete(code)) hidden.add(code);
      changed();
    });
    button.addEventListener('dblclick', () => {
      hidden.clear();
      column.entries.forEach((_, other) => {
        if (other !== code) hidden.add(other);
      });
      changed();
    });
    place.append(button);
  });
}

/**
 * Shows in the legend what is hidden, without making it again: the button that was pressed keeps the focus.
 *
 * @param {HTMLElement} place
 * @param {Column | undefined} column
 * @param {Memory} memory
 */
export function markLegend(place, column, memory) {
  if (column?.kind !== 'category') return;
  const hidden = memory.hidden.get(column.name);
  [...place.children].forEach((button, code) => button.setAttribute('aria-pressed', String(!hidden?.has(code))));
}

/**
 * @param {NumberColumn} column
 * @param {MapData} map
 */
function colourBar(column, map) {
  const bar = document.createElement('div');
  bar.className = 'bar';
  const band = document.createElement('div');
  band.style.background = `linear-gradient(to right, ${map.scale.join(', ')})`;
  const words = document.createElement('p');
  const missing = column.values.filter(Number.isNaN).length;
  for (const text of [shortly(column.low), wordsOf(column.name), shortly(column.high)]) {
    const part = document.createElement('span');
    part.textContent = text;
    words.append(part);
  }
  bar.append(band, words);
  if (missing) bar.append(`not given: ${missing.toLocaleString('en')}, drawn as crosses`);
  return bar;
}

/**
 * Filters by other columns than the one that gives the colours; pressing one ends it.
 *
 * @param {HTMLElement} place
 * @param {MapData} map
 * @param {Column | undefined} column that gives the colours
 * @param {Memory} memory
 * @param {() => void} changed
 */
export function fillFilters(place, map, column, memory, changed) {
  place.replaceChildren();
  for (const other of map.columns) {
    const hidden = memory.hidden.get(other.name);
    if (other.kind !== 'category' || other === column || !hidden?.size) continue;
    const names = [...hidden].map(code => other.entries[code]?.name).filter(Boolean);
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = `Hidden ${wordsOf(other.name)}: ${names.length > 3 ? names.length : names.join(', ')} ×`;
    button.setAttribute('aria-label', `Show ${names.join(', ')} again`);
    button.addEventListener('click', () => {
      hidden.clear();
      changed();
    });
    place.append(button);
  }
  for (const [name, ends] of memory.limits) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = `${wordsOf(name)}: ${ends.map(shortly).join(' to ')} ×`;
    button.setAttribute('aria-label', `Show all values of ${wordsOf(name)} again`);
    button.addEventListener('click', () => {
      memory.limits.delete(name);
      changed();
    });
    place.append(button);
  }
}

/** @param {string} name of a column */
export function wordsOf(name) {
  return name === 'predicted' ? 'heard as' : name.replaceAll('_', ' ');
}
