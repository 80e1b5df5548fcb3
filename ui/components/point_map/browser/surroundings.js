// What stands around the points: tools, counts in words, the words beside the mouse, and all of it for those who
// cannot see the map.

import { setText } from '../../in_browser/shared/elements.js';
import { enlargement } from '../../in_browser/shared/enlargement.js';
import { fixed } from '../../in_browser/shared/numbers.js';
import { arcsInWords, writtenPairs } from './arcs.js';
import { countsOf, describedBy, shortly } from './columns.js';
import { wordsOf } from './legend.js';
import { SMALL } from './renderer.js';

/** @import { Size } from '../../in_browser/shared/canvas.js' */
/** @import { Description } from './columns.js' */
/** @import { PointMap } from './map.js' */
/** @import { Column } from './payload.js' */

const MOVING = 'Arrow keys move the map';
const TURNING = 'Arrow keys turn the globe, with Shift also after a press';
const HELP =
  ', plus and minus zoom, 0 shows all of it, Enter selects the point nearest to the middle and ' +
  'plays it. Then arrow keys go from one of its neighbours to the next, each is heard, and Enter takes it into the ' +
  'selection. Escape ends the selection.';

/** @param {number} value */
export const counted = value => value.toLocaleString('en');

/** @param {PointMap} shown */
export function fillTools({ find, figure, canvas, map, memory }) {
  figure.setAttribute('aria-label', map.title);
  canvas.setAttribute('aria-label', `${map.title} ${map.globe ? TURNING : MOVING}${HELP}`);
  find('.colour').replaceChildren(
    ...map.columns.map(({ name }) => new Option(wordsOf(name), name, false, name === memory.colour)),
  );
  const from = find('.from', HTMLSelectElement), names = (map.globe?.arrows ?? []).map(({ name }) => name);
  if (!names.includes(memory.from)) memory.from = '';
  from.hidden = names.length < 2;
  from.replaceChildren(new Option('Angles from …', ''), ...names.map(name => new Option(`Angles from ${name}`, name)));
  from.value = memory.from;
  find('.keep').hidden = map.glides; // what is seen of an epoch belongs to the view of both epochs
  find('.told').setAttribute('aria-live', map.silent ? 'off' : 'polite'); // of maps that share a memory, one says it
  find('[data-tool="move"]').textContent = map.dimensions === 3 ? 'Turn' : 'Move';
  const sample = find('.sample');
  sample.hidden = map.count === map.total;
  const known = 'election and search know the drawn ones.';
  sample.textContent =
    `Drawn: ${counted(map.count)} of ${counted(map.total)} points, chosen at random. ` +
    (map.density ? `The grey shading counts all of them; s${known}` : `S${known}`);
}

/** @param {PointMap} shown */
export function showTool({ canvas, memory, buttons }) {
  for (const button of buttons('[data-tool]')) {
    const chosen = button.dataset.tool === memory.tool;
    button.setAttribute('aria-checked', String(chosen));
    button.tabIndex = chosen ? 0 : -1;
  }
  canvas.dataset.tool = memory.tool;
}

/** @param {PointMap} shown */
export function describe(shown) {
  const { find, map, visible, selected, matches, memory } = shown;
  const hidden = map.count - visible.length;
  find('.told').textContent = [
    `${counted(visible.length)} points.`,
    hidden ? `${counted(hidden)} hidden.` : '',
    selected.length ? `${counted(selected.length)} selected.` : '',
    arcNote(shown),
    edgeNote(shown),
  ].join(' ');
  find('.clear', HTMLButtonElement).disabled = !selected.length && shown.clicked < 0;
  const found = find('.found', HTMLButtonElement);
  found.hidden = !memory.query;
  found.disabled = !matches.length;
  found.textContent = `Select ${counted(matches.length)} found`;
  find('.unseen').textContent = unseen(shown);
}

/**
 * Which neighbour is looked at, or that arrow keys go there.
 *
 * @param {PointMap} shown
 */
export function showWalk({ find, map, walk, selected, sound }) {
  const place = find('.walked');
  const count = walk.indices.length;
  place.hidden = !count;
  if (!count) return;
  const { index } = walk;
  if (index < 0) {
    const heard = walk.indices.some(one => sound.addresses.has(map.ids[one]));
    setText(place, `${count} nearest: → and ← walk through them${heard ? ' with sound' : ''}.`);
    return;
  }
  const { name, lines } = describedBy(map, index);
  const emotion = lines.find(([key]) => key === 'emotion')?.[1];
  const taken = selected.includes(index) ? 'in the selection' : 'Enter selects it';
  setText(
    place,
    `Neighbour ${walk.at + 1} of ${count}: ${emotion ? `${emotion}, ` : ''}${name}, ` +
      `${fixed(walk.degrees[walk.at], 0)}°; ${taken}.`,
  );
}

/** @param {PointMap} shown */
function arcNote({ map: { globe }, marked, memory }) {
  const pairs = globe ? writtenPairs(globe, marked.classes, memory.from) : [];
  return globe && pairs.length ? `Angles between directions: ${arcsInWords(globe, pairs)}.` : '';
}

/** @param {PointMap} shown */
function edgeNote(shown) {
  if (!shown.map.columns.some(column => column.name === 'heard')) return '';
  return `${shown.stage.pointSize() < SMALL ? 'Zoomed in, points have markers; a' : 'A'} strong edge: heard wrongly.`;
}

/** @param {PointMap} shown */
function unseen({ map, column, selected }) {
  const heard = selected.slice(0, 20).map(index => describedBy(map, index).name);
  const more = selected.length > heard.length ? ` and ${counted(selected.length - heard.length)} more` : '';
  const chosen = heard.length ? `Selected: ${heard.join(', ')}${more}.` : 'Nothing is selected.';
  const names = (map.globe?.arrows ?? []).map(({ name }) => name);
  const arrows = names.length ? ` Arrows: ${names.join(', ')}.` : '';
  return `${map.title} ${counted(map.count)} points${coloursInWords(column)}.${arrows} ${chosen}`;
}

/** @param {Column | undefined} column */
function coloursInWords(column) {
  if (!column) return '';
  const name = ` coloured by ${wordsOf(column.name)}`;
  if (column.kind === 'number') return `${name}, from ${shortly(column.low)} to ${shortly(column.high)}`;
  const counts = countsOf(column);
  return `${name}; ${column.entries.map((entry, code) => `${entry.name}: ${counted(counts[code])}`).join(', ')}`;
}

/**
 * Words beside a place of the stage, where there is room for them.
 *
 * @param {HTMLElement} tip
 * @param {[x: number, y: number]} place in units of the stage's canvas
 * @param {Size} stage
 */
export function placeTip(tip, [x, y], { width, height }) {
  const unit = enlargement(), wide = tip.offsetWidth / unit, high = tip.offsetHeight / unit;
  tip.style.left = `${unit * Math.max(0, Math.min(x + 14, width - wide - 4))}px`;
  const below = y + 16;
  tip.style.top = `${unit * (below + high < height ? below : Math.max(0, y - high - 10))}px`;
}

/**
 * @param {HTMLElement} tip
 * @param {Description} description
 */
export function fillTip(tip, { name, lines }) {
  const title = document.createElement('b');
  title.textContent = name;
  tip.replaceChildren(title);
  lines.forEach(([key, value]) => {
    const line = document.createElement('div');
    line.textContent = `${wordsOf(key)}: ${value}`;
    tip.append(line);
  });
}
