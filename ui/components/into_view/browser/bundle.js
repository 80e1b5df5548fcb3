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

// ui/components/into_view/browser/mark.js
var GROWING = 1500;
var Mark = class {
  /**
   * @param {HTMLElement} figure
   * @param {Set<string>} followed presses after which the page was scrolled already
   */
  constructor(figure, followed2) {
    this.figure = figure;
    this.followed = followed2;
    this.ended = new AbortController();
  }
  /** @param {Opened} opened */
  update({ container, press }) {
    const name = `${container} ${press}`;
    const root = this.figure.getRootNode();
    const inside = root instanceof ShadowRoot ? root.host : this.figure;
    const opened = inside.closest(`.st-key-${container}`);
    if (!opened || this.followed.has(name)) return;
    this.followed.add(name);
    const watched = new ResizeObserver(() => opened.scrollIntoView({ block: "nearest" }));
    const rest = () => watched.disconnect();
    watched.observe(opened);
    setTimeout(rest, GROWING);
    for (const own of ["wheel", "touchmove", "keydown"]) {
      document.addEventListener(own, rest, { once: true, passive: true, signal: this.ended.signal });
    }
    this.ended.signal.addEventListener("abort", rest);
  }
  end() {
    this.ended.abort();
  }
};

// ui/components/into_view/browser/main.js
var followed = /* @__PURE__ */ new Set();
var main_default = mounting(".mark", (figure) => new Mark(figure, followed));
export {
  main_default as default
};
