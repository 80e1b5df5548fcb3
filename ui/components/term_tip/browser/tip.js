// The explanation of a term: one box for the whole page, shown beside the term that is pointed at, tapped or focused.

import { hasFocus, listener, setText } from '../../in_browser/shared/elements.js';

const EDGE = 8; // pixels that stay free beside the box

/** @param {Event} event @returns {HTMLElement | null} the term it happened on, inside a component too */
function termOf(event) {
  const found = event.composedPath().find(one => one instanceof HTMLElement && one.classList.contains('term'));
  return found instanceof HTMLElement ? found : null;
}

/** @param {Element | null} element @returns {Element | null} Streamlit's own field with an explanation in which it stands */
const helped = element => element?.closest('[data-testid="stTooltipHoverTarget"]') ?? null;

export class Tip {
  /** @param {HTMLElement} figure the box */
  constructor(figure) {
    this.figure = figure;
    this.ended = new AbortController();
    /** @type {HTMLElement | null} */
    this.term = null; // the one that is explained now
    const on = listener(this.ended.signal);
    on(document, 'pointerover', event => this.pointed(event));
    on(document, 'pointerdown', event => {
      if (!this.holds(event)) this.show(termOf(event));
    });
    on(document, 'click', event => { // browsers that give no focus to a pressed button
      const term = termOf(event);
      if (term) this.show(term);
    });
    on(document, 'focusin', event => this.show(termOf(event)));
    on(document, 'focusout', event => {
      if (termOf(event) === this.term) this.show(null);
    });
    on(document, 'keydown', event => this.keyPressed(event), { capture: true });
    on(window, 'scroll', () => this.place(), { capture: true, passive: true });
    on(window, 'resize', () => this.place());
  }

  update() {} // every page has the same

  /** @param {PointerEvent} event */
  pointed(event) {
    if (event.pointerType === 'touch' || this.holds(event)) return; // a finger taps; the box can be pointed at, too
    const term = termOf(event), help = helped(event.target instanceof Element ? event.target : null);
    // One box at a time: what has the focus gives way to what the pointer asks for.
    const active = document.activeElement, open = helped(active);
    if ((term || help) && open && open !== help && active instanceof HTMLElement) active.blur();
    if (term || help || !this.term || !hasFocus(this.term)) this.show(term);
  }

  /** @param {KeyboardEvent} event */
  keyPressed(event) {
    if (event.key !== 'Escape' || !this.term) return;
    event.stopPropagation(); // or what is open below would close as well
    this.show(null);
  }

  /** @param {Event} event */
  holds(event) {
    return event.composedPath().includes(this.figure);
  }

  /** @param {HTMLElement | null} term */
  show(term) {
    if (term === this.term) return;
    this.term = term;
    this.figure.togglePopover(term !== null);
    if (!term) return;
    setText(this.figure, term.getAttribute('aria-description') ?? '');
    this.place();
  }

  /** Puts the box below its term, or above it where there is no room; always inside the window. */
  place() {
    if (!this.term) return;
    const { left, top, bottom } = this.term.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.figure;
    const farthest = document.documentElement.clientWidth - width - EDGE;
    const below = bottom + height <= window.innerHeight - EDGE;
    this.figure.style.left = `${Math.max(EDGE, Math.min(left, farthest))}px`;
    this.figure.style.top = `${below ? bottom : Math.max(EDGE, top - height)}px`;
  }

  end() {
    this.ended.abort();
    this.show(null);
  }
}
