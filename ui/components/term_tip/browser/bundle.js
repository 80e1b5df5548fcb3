// ui/components/in_browser/shared/elements.js
function finder(place) {
  function find(selector, kind) {
    const found = place.querySelector(selector);
    if (!(found instanceof (kind ?? HTMLElement))) {
      throw new Error(`Expected ${(kind ?? HTMLElement).name} at “${selector}”; got ${found?.nodeName ?? "nothing"}.`);
    }
    return (
      /** @type {T} */
      found
    );
  }
  return find;
}
function listener(signal) {
  function on(target, name, act, options) {
    target.addEventListener(
      name,
      /** @type {EventListener} */
      act,
      { signal, ...options }
    );
  }
  return on;
}
function setText(place, text) {
  if (place.textContent !== text) place.textContent = text;
}
function hasFocus(element) {
  const root = element.getRootNode();
  return (root instanceof Document || root instanceof ShadowRoot) && root.activeElement === element;
}

// ui/components/in_browser/shared/mounting.js
function mounting(selector, make) {
  const mounted = /* @__PURE__ */ new WeakMap();
  return ({ parentElement, data, setStateValue, setTriggerValue }) => {
    const figure = finder(parentElement)(selector);
    let entry = mounted.get(parentElement);
    if (entry?.drawing.figure !== figure) {
      entry?.drawing.end();
      entry = { drawing: make(figure), calls: 0 };
      mounted.set(parentElement, entry);
    }
    const call = ++entry.calls;
    entry.drawing.update(data, setStateValue, setTriggerValue);
    const remembered = entry;
    return () => {
      if (remembered.calls !== call || mounted.get(parentElement) !== remembered) return;
      mounted.delete(parentElement);
      remembered.drawing.end();
    };
  };
}

// ui/components/term_tip/browser/tip.js
var EDGE = 8;
function termOf(event) {
  const found = event.composedPath().find((one) => one instanceof HTMLElement && one.classList.contains("term"));
  return found instanceof HTMLElement ? found : null;
}
var helped = (element) => element?.closest('[data-testid="stTooltipHoverTarget"]') ?? null;
var Tip = class {
  /** @param {HTMLElement} figure the box */
  constructor(figure) {
    this.figure = figure;
    this.ended = new AbortController();
    this.term = null;
    const on = listener(this.ended.signal);
    on(document, "pointerover", (event) => this.pointed(event));
    on(document, "pointerdown", (event) => {
      if (!this.holds(event)) this.show(termOf(event));
    });
    on(document, "click", (event) => {
      const term = termOf(event);
      if (term) this.show(term);
    });
    on(document, "focusin", (event) => this.show(termOf(event)));
    on(document, "focusout", (event) => {
      if (termOf(event) === this.term) this.show(null);
    });
    on(document, "keydown", (event) => this.keyPressed(event), { capture: true });
    on(window, "scroll", () => this.place(), { capture: true, passive: true });
    on(window, "resize", () => this.place());
  }
  update() {
  }
  // every page has the same
  /** @param {PointerEvent} event */
  pointed(event) {
    if (event.pointerType === "touch" || this.holds(event)) return;
    const term = termOf(event), help = helped(event.target instanceof Element ? event.target : null);
    const active = document.activeElement, open = helped(active);
    if ((term || help) && open && open !== help && active instanceof HTMLElement) active.blur();
    if (term || help || !this.term || !hasFocus(this.term)) this.show(term);
  }
  /** @param {KeyboardEvent} event */
  keyPressed(event) {
    if (event.key !== "Escape" || !this.term) return;
    event.stopPropagation();
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
    setText(this.figure, term.getAttribute("aria-description") ?? "");
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
};

// ui/components/term_tip/browser/main.js
var main_default = mounting(".tip", (tip) => new Tip(tip));
export {
  main_default as default
};
