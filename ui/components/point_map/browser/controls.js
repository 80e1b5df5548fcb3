// What a visitor does around the map, and with the mouse over it; on the map itself, gestures.js.

import { listener } from '../../in_browser/shared/elements.js';
import { recolour, search } from './appearance.js';
import { describedBy } from './columns.js';
import { onCell, onMarks } from './marked.js';
import { lookOf } from './memory.js';
import { savePicture } from './picture.js';
import { measureFrom } from './selecting.js';
import { fillTip, placeTip, showTool } from './surroundings.js';

/** @import { Place, PointMap } from './map.js' */
/** @import { Tool } from './memory.js' */

/** @type {Tool[]} */
const TOOLS = ['move', 'lasso', 'box'];

/** @param {PointMap} map */
export function listenToControls(map) {
  const { signal } = map.ended;
  const on = listener(signal);
  const { canvas } = map;
  const colour = map.find('.colour', HTMLSelectElement), field = map.find('.find', HTMLInputElement);
  on(colour, 'change', () => {
    map.memory.colour = colour.value;
    map.everywhere(recolour);
  });
  const from = map.find('.from', HTMLSelectElement);
  on(from, 'change', () => measureFrom(map, from.value));
  on(field, 'input', () => search(map, field.value));
  on(field, 'keydown', event => {
    if (event.key === 'Enter') map.choose([...map.matches]);
  });
  on(map.find('.found'), 'click', () => map.choose([...map.matches]));
  on(map.find('.clear'), 'click', () => map.choose([]));
  on(map.find('.keep'), 'click', () => {
    if (document.fullscreenElement) document.exitFullscreen(); // what opens stands below the map
    if (map.opened) map.setTriggerValue?.('kept', lookOf(map.map, map.memory, map.camera));
  });
  on(map.find('.picture'), 'click', () => {
    if (map.opened && map.theme && !map.trouble.lost) savePicture(map);
  });
  onMarks(signal, marks => map.markedBy(marks));
  onCell(signal, pressed => map.ringClasses(pressed));
  const more = map.find('.more'), tools = map.find('.tools');
  on(more, 'click', () => {
    more.setAttribute('aria-expanded', String(tools.toggleAttribute('data-open')));
    map.stage.draw();
  });
  const full = map.find('.full');
  full.hidden = !document.fullscreenEnabled;
  on(full, 'click', () => (document.fullscreenElement ? document.exitFullscreen() : map.figure.requestFullscreen()));
  on(map.figure, 'fullscreenchange', () => {
    full.setAttribute('aria-pressed', String(map.figure.matches(':fullscreen')));
    map.stage.draw();
  });
  on(map.find('.trouble button'), 'click', () => map.trouble.report());
  for (const button of map.buttons('[data-tool]')) {
    on(button, 'click', () => take(map, /** @type {Tool} */ (button.dataset.tool)));
    on(button, 'keydown', event => takeByKey(map, event));
  }
  for (const button of map.buttons('[data-view]')) {
    on(button, 'click', () => look(map, button.dataset.view));
  }
  on(map.figure, 'keydown', event => {
    if (event.key === 'Escape') escape(map, event);
  });
  on(canvas, 'webglcontextlost', event => map.trouble.lose(event));
  on(canvas, 'webglcontextrestored', () => map.trouble.recover());
  const resized = new ResizeObserver(() => map.stage.draw());
  resized.observe(canvas);
  signal.addEventListener('abort', () => resized.disconnect());
}

/**
 * @param {PointMap} map
 * @param {Tool} tool
 */
function take(map, tool) {
  map.memory.tool = tool;
  map.everywhere(showTool);
}

/**
 * @param {PointMap} map
 * @param {KeyboardEvent} event
 */
function takeByKey(map, event) {
  /** @type {Record<string, number>} */
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  take(map, TOOLS[(TOOLS.indexOf(map.memory.tool) + step + TOOLS.length) % TOOLS.length]);
  map.find(`[data-tool="${map.memory.tool}"]`).focus();
}

/**
 * @param {PointMap} map
 * @param {string | undefined} how
 */
export function look(map, how) {
  const { width, height } = map.stage.size();
  if (how === 'all') map.camera.reset();
  else map.camera.zoomBy(how === 'in' ? 1.4 : 1 / 1.4, ...map.camera.middle(width, height), width, height);
  map.moved();
}

/**
 * @param {PointMap} map
 * @param {KeyboardEvent} event
 */
function escape(map, event) {
  if (map.gestures.line) map.gestures.end();
  else if (!map.panel.place.hidden) map.panel.close();
  else if (map.memory.query && event.target === map.find('.find')) search(map, '');
  else map.choose([]);
  map.stage.mark();
}

/**
 * @param {PointMap} map
 * @param {number} index
 * @param {Place} [at] of the mouse
 */
export function hover(map, index, at) {
  const tip = map.find('.tip');
  if (index !== map.hovered) {
    const id = map.map.ids[index];
    map.everywhere(one => ring(one, id));
    map.canvas.toggleAttribute('data-over', index >= 0);
    if (index >= 0) fillTip(tip, describedBy(map.map, index));
  }
  tip.hidden = index < 0;
  if (index >= 0 && at) placeTip(tip, at, map.stage.size());
}

/**
 * Rings the point under the mouse, by its id; none where there is no such point.
 *
 * @param {PointMap} map
 * @param {number} id
 */
function ring(map, id) {
  map.hovered = map.shown.indexOf.get(id) ?? -1;
  map.stage.mark();
}
