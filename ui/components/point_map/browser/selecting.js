// What is selected: by a press, with a lasso, or from one neighbour to the next.

import { enclosed } from './geometry.js';
import { arrowAt } from './globe.js';
import { describe, showWalk } from './surroundings.js';

/** @import { PointMap } from './map.js' */

/**
 * Selects what a line encloses: of a globe, on the half that is turned to the eye, since nobody draws around what lies behind.
 *
 * @param {PointMap} map
 * @param {number[]} line
 * @param {PointerEvent} event
 */
export function enclose(map, line, event) {
  const inside = enclosed(map.stage.places(), map.stage.facing(), line).sort((a, b) => a - b);
  const without = new Set(inside);
  if (event.altKey) map.choose(map.selected.filter(index => !without.has(index)));
  else if (event.shiftKey) map.choose([...new Set([...map.selected, ...inside])].sort((a, b) => a - b));
  else map.choose(inside);
}

/**
 * @param {PointMap} map
 * @param {number} x
 * @param {number} y
 * @param {number} reach pixels
 * @param {boolean} adding whether the selection grows
 */
export function press(map, x, y, reach, adding) {
  const arrow = arrowAt(map, x, y, reach);
  if (arrow) measureFrom(map, arrow === map.memory.from ? '' : arrow);
  const index = arrow ? -1 : map.stage.nearest(x, y, reach);
  if (index >= 0) pick(map, index, adding);
}

/**
 * @param {PointMap} map
 * @param {number} index
 * @param {boolean} adding
 */
export function pick(map, index, adding) {
  map.sound.play(map.map.ids[index]);
  const others = map.selected.filter(other => other !== index);
  if (adding) {
    const removed = others.length < map.selected.length;
    map.choose(removed ? others : [...others, index], removed ? -1 : index);
  } else {
    const inside = others.length < map.selected.length;
    map.choose(inside ? map.selected : [index], index); // a point of the selection opens without ending it
  }
}

/**
 * Goes to the next neighbour of the pressed point, and plays it.
 *
 * @param {PointMap} map
 * @param {number} step forwards or backwards
 */
export function goTo(map, step) {
  if (!map.walk.step(step)) return;
  map.sound.play(map.map.ids[map.walk.index]);
  showWalk(map);
  map.stage.mark();
}

/**
 * Takes the neighbour that is looked at into the selection, or out of it.
 *
 * @param {PointMap} map
 */
export function takeNeighbour(map) {
  const { index } = map.walk;
  const others = map.selected.filter(other => other !== index);
  map.choose(others.length < map.selected.length ? others : [...others, index], map.clicked);
}

/**
 * Writes the angles of one class to each other one on the globe.
 *
 * @param {PointMap} map
 * @param {string} name empty for none
 */
export function measureFrom(map, name) {
  map.memory.from = name;
  map.everywhere(one => {
    one.find('.from', HTMLSelectElement).value = name;
    describe(one);
    one.stage.mark();
  });
}
