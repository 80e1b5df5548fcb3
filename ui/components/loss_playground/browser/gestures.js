// Pointer and keys: dragging and pushing of points, turning of the sphere, S, R and U.

/**
 * @typedef {object} Deeds
 * @property {(panel: number, x: number, y: number) => number | null} nearest the point at a place of the picture
 * @property {(panel: number, point: number, x: number, y: number, behind: boolean) => void} drag
 * @property {(panel: number, point: number) => boolean} isBehind
 * @property {(point: number, right: number, up: number) => void} push by degrees
 * @property {(panel: number, point: number) => void} mark as the anchor
 * @property {(degrees: number) => void} turn the sphere
 * @property {() => void} released
 * @property {Record<string, () => void>} keys
 */

const STILL = 4; // pixels within which a press is no drag
const PUSH = 3; // degrees of an arrow key
const FINE = 0.5; // with Shift
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const TYPED_INTO = 'input:not([type=range]), textarea, select, [contenteditable=true]';

export class Gestures {
  /** @param {HTMLElement} figure @param {SVGSVGElement} picture @param {Deeds} deeds */
  constructor(figure, picture, deeds) {
    this.figure = figure;
    this.picture = picture;
    this.deeds = deeds;
    this.ended = new AbortController();
    const { signal } = this.ended;
    picture.addEventListener('pointerdown', event => this.press(event), { signal });
    picture.addEventListener('pointermove', event => this.move(event), { signal });
    picture.addEventListener('pointerup', event => this.release(event), { signal });
    picture.addEventListener('pointercancel', () => { this.held = null; }, { signal });
    // In front of the page's own keys: Streamlit runs a page again at R.
    document.addEventListener('keydown', event => this.key(event), { signal, capture: true });
  }

  end() {
    this.ended.abort();
  }

  /** @param {PointerEvent} event */
  at(event) {
    const box = this.picture.getBoundingClientRect();
    const scale = box.width / (this.picture.viewBox.baseVal?.width || box.width);
    return { x: (event.clientX - box.left) / scale, y: (event.clientY - box.top) / scale };
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    const panel = panelOf(event.target);
    const { x, y } = this.at(event);
    const point = panel < 0 ? null : this.deeds.nearest(panel, x, y);
    if (point === null && !event.target.closest('.turnable')) return;
    this.held = { panel, point, x, y, still: true, behind: point !== null && this.deeds.isBehind(panel, point) };
    this.picture.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { held } = this;
    if (!held) return;
    const { x, y } = this.at(event);
    if (held.still && Math.hypot(x - held.x, y - held.y) < STILL) return;
    held.still = false;
    if (held.point !== null) this.deeds.drag(held.panel, held.point, x, y, held.behind);
    else {
      this.deeds.turn((held.x - x) / 2);
      held.x = x;
    }
  }

  /** @param {PointerEvent} event */
  release(event) {
    const { held } = this;
    this.held = null;
    if (held?.still && held.point !== null) this.deeds.mark(held.panel, held.point);
    if (held) this.deeds.released();
    if (this.picture.hasPointerCapture(event.pointerId)) this.picture.releasePointerCapture(event.pointerId);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const target = event.composedPath()[0];
    if (!(target instanceof Element) || event.ctrlKey || event.metaKey || event.altKey) return;
    const inside = this.figure.contains(target);
    if (!inside && target !== document.body) return;
    const point = target.closest('[data-point]');
    const arrow = ARROWS[event.key];
    const act = this.deeds.keys[event.key.toLowerCase()];
    if (point && arrow) {
      const degrees = event.shiftKey ? FINE : PUSH;
      this.deeds.push(Number(point.getAttribute('data-point')), arrow[0] * degrees, arrow[1] * degrees);
    } else if (point && (event.key === 'Enter' || event.key === ' ')) {
      this.deeds.mark(panelOf(point), Number(point.getAttribute('data-point')));
    } else if (act && !target.matches(TYPED_INTO)) act();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

/** @param {Element} element @returns {number} -1 outside of every panel */
function panelOf(element) {
  const panel = element.closest('.panel');
  return panel?.parentElement ? [...panel.parentElement.children].indexOf(panel) : -1;
}
