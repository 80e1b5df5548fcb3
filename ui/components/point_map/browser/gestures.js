// What mouse, fingers and keys do on the map.

import { pointedAt } from '../../in_browser/shared/canvas.js';
import { hasFocus, listener } from '../../in_browser/shared/elements.js';
import { hover, look } from './controls.js';
import { boxLine, thinned } from './geometry.js';
import { enclose, goTo, press, takeNeighbour } from './selecting.js';

/** @import { PointMap } from './map.js' */
/** @typedef {[x: number, y: number]} At units of the canvas */

const PRESS = 5; // pixels that a pointer may move and still press
/** @type {Record<string, number>} */
const REACH = { mouse: 9, pen: 12, touch: 20 }; // pixels around a point that count as the point
const STEP = 40; // pixels for an arrow key
/** @type {Record<string, [right: number, down: number]>} */
const ARROWS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
/** @type {Record<string, 'in' | 'out' | 'all'>} */
const LOOKS = { '+': 'in', '=': 'in', '-': 'out', 0: 'all' };

export class Gestures {
  /** @param {PointMap} map */
  constructor(map) {
    this.map = map;
    /** @type {Map<number, At>} */
    this.pointers = new Map();
    /** @type {{ at: At, other: boolean, path: number[], moved: boolean } | null} */
    this.began = null;
    /** @type {number[] | null} */
    this.line = null; // of a lasso or box that is being drawn
    this.cross = false; // whether the middle is marked, for those who come with the keyboard
    const { canvas, ended } = map;
    const on = listener(ended.signal);
    on(canvas, 'keydown', event => this.key(event));
    on(canvas, 'focus', () => this.showCross(canvas.matches(':focus-visible')));
    on(canvas, 'blur', () => this.showCross(false));
    on(canvas, 'pointerdown', event => this.down(event));
    on(canvas, 'pointermove', event => this.move(event));
    on(canvas, 'pointerup', event => this.up(event));
    on(canvas, 'pointercancel', event => this.up(event, true));
    on(canvas, 'pointerleave', () => hover(map, -1));
    on(canvas, 'contextmenu', event => event.preventDefault());
    on(canvas, 'wheel', event => this.wheel(event), { passive: false });
  }

  end() {
    this.line = this.began = null;
  }

  /** @param {boolean} shown */
  showCross(shown) {
    this.cross = shown;
    this.map.stage.mark();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { map } = this;
    const { width, height } = map.stage.size();
    const way = ARROWS[event.key], how = LOOKS[event.key];
    if (map.walk.indices.length && (way || (event.key === 'Enter' && map.walk.index >= 0)) && !event.shiftKey) {
      event.preventDefault();
      if (way) goTo(map, way[0] + way[1] < 0 ? 1 : -1); // right and down go on, left and up back
      else takeNeighbour(map);
      return;
    }
    if (way && (map.map.globe || (event.shiftKey && map.map.dimensions === 3))) map.camera.orbit(-STEP * way[0], -STEP * way[1]);
    else if (way) map.camera.pan(STEP * way[0], STEP * way[1], width, height);
    else if (how) look(map, how);
    else if (event.key === 'Enter') press(map, ...map.camera.middle(width, height), Math.max(width, height), event.shiftKey);
    else return;
    event.preventDefault();
    this.showCross(true);
    map.moved();
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    // A wheel over the map scrolls the page, until the map has been pressed.
    const { map } = this;
    if (!event.ctrlKey && !hasFocus(map.canvas)) return;
    event.preventDefault();
    const { width, height } = map.stage.size();
    const lines = event.deltaMode === 1 ? 20 : 1;
    map.camera.zoomBy(Math.exp(-event.deltaY * lines * 0.0015), ...pointedAt(event), width, height);
    map.moved(true);
  }

  /** @param {PointerEvent} event */
  down(event) {
    const { map } = this;
    map.canvas.setPointerCapture(event.pointerId);
    const at = pointedAt(event);
    this.pointers.set(event.pointerId, at);
    this.end();
    this.showCross(false);
    hover(map, -1);
    if (this.pointers.size > 1) return; // a second finger: this is no lasso
    this.began = { at, other: event.button > 0 || event.shiftKey, path: [...at], moved: false };
  }

  /** @param {PointerEvent} event */
  move(event) {
    const at = pointedAt(event);
    const former = this.pointers.get(event.pointerId);
    if (!former) {
      if (event.pointerType !== 'touch') hover(this.map, this.map.stage.nearest(...at, REACH.mouse), at);
      return;
    }
    if (this.pointers.size > 1) this.pinch(event.pointerId, at);
    else if (this.began) this.drag(former, at);
    this.pointers.set(event.pointerId, at);
  }

  /**
   * @param {At} former
   * @param {At} at
   */
  drag(former, at) {
    const { began, map } = this;
    if (!began) return;
    const { width, height } = map.stage.size();
    const [dx, dy] = [at[0] - former[0], at[1] - former[1]];
    began.moved ||= Math.hypot(at[0] - began.at[0], at[1] - began.at[1]) > PRESS;
    if (!began.moved) return;
    if (map.memory.tool === 'move') {
      if (map.map.dimensions === 3 && !began.other) map.camera.orbit(dx, dy);
      else map.camera.pan(dx, dy, width, height);
      map.moved(true);
      return;
    }
    began.path.push(...at);
    this.line = map.memory.tool === 'box' ? boxLine(...began.at, ...at) : began.path;
    map.stage.mark();
  }

  /**
   * @param {number} id of the finger that moves
   * @param {At} at
   */
  pinch(id, at) {
    const { map } = this;
    const before = this.pointers.get(id) ?? at;
    const [other] = [...this.pointers].filter(([number]) => number !== id).map(([, place]) => place);
    const { width, height } = map.stage.size();
    /** @param {At} place */
    const apart = place => Math.max(10, Math.hypot(place[0] - other[0], place[1] - other[1]));
    map.camera.pan((at[0] - before[0]) / 2, (at[1] - before[1]) / 2, width, height);
    map.camera.zoomBy(apart(at) / apart(before), (at[0] + other[0]) / 2, (at[1] + other[1]) / 2, width, height);
    map.moved(true);
  }

  /**
   * @param {PointerEvent} event
   * @param {boolean} [broken] whether the browser took it away
   */
  up(event, broken = false) {
    const { began, line, map } = this;
    if (!this.pointers.delete(event.pointerId) || !began) return;
    this.end();
    if (!broken && !began.moved) {
      const adding = event.shiftKey || event.ctrlKey || event.metaKey;
      press(map, ...pointedAt(event), REACH[event.pointerType] ?? REACH.mouse, adding);
    } else if (!broken && line) enclose(map, thinned(line, 2), event);
    map.stage.mark();
  }
}
