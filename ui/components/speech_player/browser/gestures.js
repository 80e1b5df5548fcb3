// What mouse, fingers and keys do on the picture.

import { pointedAt } from '../../in_browser/shared/canvas.js';
import { hasFocus, listener } from '../../in_browser/shared/elements.js';

/** @import { SpeechPlayer } from './player.js' */
/** @typedef {'move' | 'edge' | 'select'} Drag */

const PRESS = 4; // pixels that a pointer may move and still press
/** @type {Record<string, number>} */
const EDGE = { mouse: 6, pen: 9, touch: 16 }; // pixels around an edge of the selection that count as the edge
const STEP = 10; // pixels for an arrow key
/** @type {Record<string, number>} */
const PAGE_KEYS = { PageUp: -1, PageDown: 1 };
/** @type {Record<string, 'in' | 'out' | 'whole'>} */
const VIEW_KEYS = { '+': 'in', '=': 'in', '-': 'out', 0: 'whole' };
export const CLOSER = 1.5; // for a key or a button

export class Gestures {
  /** @param {SpeechPlayer} player */
  constructor(player) {
    this.player = player;
    /** @type {Map<number, number>} */
    this.pointers = new Map(); // id → where it is, in units of the canvas
    /** @type {{ x: number, what: Drag, anchor: number, moved: boolean } | null} */
    this.began = null;
    this.anchor = 0; // where a selection by keyboard began
    const { canvas, ended } = player;
    const on = listener(ended.signal);
    on(canvas, 'keydown', event => this.key(event));
    on(canvas, 'pointerdown', event => this.down(event));
    on(canvas, 'pointermove', event => this.move(event));
    on(canvas, 'pointerup', event => this.up(event));
    on(canvas, 'pointercancel', event => this.up(event, true));
    on(canvas, 'pointerleave', () => player.hover(null));
    on(canvas, 'contextmenu', event => event.preventDefault());
    on(canvas, 'wheel', event => this.wheel(event), { passive: false });
  }

  /** @param {number} x */
  timeAt(x) {
    const { wave } = this.player.layout();
    return this.player.span.toTime(Math.max(0, Math.min(wave.width, x - wave.x)), wave.width);
  }

  /**
   * Seconds for pixels.
   *
   * @param {number} pixels
   */
  seconds(pixels) {
    return (pixels / this.player.layout().wave.width) * this.player.span.length;
  }

  // ---------------------------------------------------------------------- keys
  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { player } = this, { span } = player;
    /** @type {Record<string, number>} */
    const steps = { ArrowLeft: -this.seconds(STEP), ArrowRight: this.seconds(STEP), Home: -Infinity, End: Infinity };
    const step = steps[event.key], view = VIEW_KEYS[event.key], page = PAGE_KEYS[event.key];
    if (step) this.step(step, event.shiftKey);
    else if (view) player.look(view);
    else if (page) player.see(() => span.move(page * span.length));
    else if (event.key === ' ') player.toggle();
    else return;
    event.preventDefault();
  }

  /**
   * The place from where it plays moves.
   *
   * @param {number} by seconds
   * @param {boolean} selecting whether it pulls a selection along
   */
  step(by, selecting) {
    const { player } = this;
    const { selection, memory } = player;
    if (selecting) {
      if (!selection?.includes(memory.cursor)) this.anchor = memory.cursor;
      else this.anchor = memory.cursor === selection[0] ? selection[1] : selection[0];
    }
    player.moveTo(memory.cursor + by);
    if (selecting) {
      player.choose([this.anchor, memory.cursor]);
      player.settle();
    }
  }

  // ---------------------------------------------------------------------- the wheel
  /** @param {WheelEvent} event */
  wheel(event) {
    // A wheel over the picture scrolls the page, until the picture has been pressed.
    const { player } = this;
    if (!event.ctrlKey && !hasFocus(player.canvas)) return;
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 20 : 1;
    const along = event.shiftKey && !event.deltaX ? event.deltaY : event.deltaX;
    if (Math.abs(along) > Math.abs(event.deltaY) || event.shiftKey) player.see(span => span.move(this.seconds(along * unit)));
    else player.see(span => span.zoom(Math.exp(-event.deltaY * unit * 0.002), this.timeAt(pointedAt(event)[0])));
  }

  // ---------------------------------------------------------------------- mouse and fingers
  /** @param {PointerEvent} event */
  down(event) {
    const { player } = this;
    player.canvas.setPointerCapture(event.pointerId);
    const [x] = pointedAt(event);
    this.pointers.set(event.pointerId, x);
    player.hover(null);
    this.began = null;
    if (this.pointers.size > 1) return; // a second finger: nothing is selected
    const what = this.over(event);
    const time = this.timeAt(x);
    const edge = what === 'edge' ? this.edgeAt(event) : null;
    const anchor = edge === null || !player.selection ? time : player.selection[1 - edge];
    this.began = { x, what, anchor, moved: false };
  }

  /**
   * What dragging would do here.
   *
   * @param {PointerEvent} event
   * @returns {Drag}
   */
  over(event) {
    const { player } = this;
    if (pointedAt(event)[1] > player.layout().bottom || player.settings.tool === 'move' || event.button === 1) return 'move';
    return this.edgeAt(event) === null ? 'select' : 'edge';
  }

  /**
   * Which edge of the selection lies here: 0, 1 or null.
   *
   * @param {PointerEvent} event
   */
  edgeAt(event) {
    const { player } = this;
    const { wave } = player.layout();
    if (!player.selection) return null;
    const [x] = pointedAt(event);
    const away = player.selection.map(time => Math.abs(wave.x + player.span.toX(time, wave.width) - x));
    const nearer = away[0] < away[1] ? 0 : 1;
    return away[nearer] <= (EDGE[event.pointerType] ?? EDGE.mouse) ? nearer : null;
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { player, began } = this;
    const [x, y] = pointedAt(event), former = this.pointers.get(event.pointerId);
    if (former === undefined) {
      player.canvas.dataset.over = this.over(event);
      player.hover(this.timeAt(x), y);
      return;
    }
    this.pointers.set(event.pointerId, x);
    if (this.pointers.size > 1) this.pinch(event.pointerId, former, x);
    if (!began) return;
    began.moved ||= Math.abs(x - began.x) > PRESS;
    if (!began.moved) return;
    if (began.what === 'move') player.see(span => span.move(this.seconds(former - x)));
    else player.choose([began.anchor, this.timeAt(x)]);
  }

  /**
   * @param {number} id of the finger that moves
   * @param {number} former where it was
   * @param {number} x where it is
   */
  pinch(id, former, x) {
    const [other] = [...this.pointers].filter(([number]) => number !== id).map(([, place]) => place);
    /** @param {number} place */
    const apart = place => Math.max(10, Math.abs(place - other));
    this.player.see(span => {
      span.move(this.seconds((former - x) / 2));
      span.zoom(apart(x) / apart(former), this.timeAt((x + other) / 2));
    });
  }

  /**
   * @param {PointerEvent} event
   * @param {boolean} [broken] whether the browser took it away
   */
  up(event, broken = false) {
    const { player, began } = this;
    if (!this.pointers.delete(event.pointerId) || !began) return;
    this.began = null;
    if (broken) return;
    const [x, y] = pointedAt(event);
    if (began.moved && began.what !== 'move') {
      player.memory.cursor = player.selection?.[0] ?? player.memory.cursor;
      player.settle();
    } else if (!began.moved && y <= player.layout().bottom) {
      player.choose(null);
      player.moveTo(this.timeAt(x));
    }
  }
}
