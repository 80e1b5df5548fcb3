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
function setText(place, text) {
  if (place.textContent !== text) place.textContent = text;
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

// ui/components/in_browser/shared/copied_link.js
var SAID = 2500;
var LABEL = "Copy a link to this";
var LinkButton = class {
  /** @param {LinkPlace} place @param {() => Record<string, string>} parameters of the address: the state of now */
  constructor({ button, field }, parameters) {
    this.button = button;
    this.field = field;
    this.parameters = parameters;
    button.addEventListener("click", () => this.copy());
  }
  async copy() {
    const address = new URL(location.href);
    address.search = new URLSearchParams(this.parameters()).toString();
    this.field.value = String(address);
    this.field.hidden = false;
    this.field.select();
    try {
      await navigator.clipboard.writeText(this.field.value);
      setText(this.button, "Copied");
    } catch {
      setText(this.button, "Copy the link beside this");
    }
    clearTimeout(this.later);
    this.later = setTimeout(() => setText(this.button, LABEL), SAID);
  }
  end() {
    clearTimeout(this.later);
  }
  /** Takes the address away once what it leads to is no longer what is seen. */
  seen() {
    if (this.field.hidden) return;
    const address = new URL(this.field.value);
    address.search = new URLSearchParams(this.parameters()).toString();
    this.field.hidden = this.field.value !== String(address);
  }
};

// ui/components/page_link/browser/page_link.js
var PageLink = class {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    const find = finder(figure);
    this.parameters = {};
    this.link = new LinkButton({ button: find("button"), field: find("input", HTMLInputElement) }, () => this.parameters);
  }
  /** @param {LinkData} data */
  update({ parameters }) {
    this.parameters = parameters;
    this.link.seen();
  }
  end() {
    this.link.end();
  }
};

// ui/components/page_link/browser/main.js
var main_default = mounting(".page-link", (figure) => new PageLink(figure));
export {
  main_default as default
};
