// Elements of an SVG picture.

const SPACE = 'http://www.w3.org/2000/svg';

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} name @param {Record<string, string | number>} attributes @param {Element} [parent]
 * @returns {SVGElementTagNameMap[K]}
 */
export function svg(name, attributes = {}, parent) {
  const made = document.createElementNS(SPACE, name);
  set(made, attributes);
  parent?.append(made);
  return made;
}

/** @param {Element} element @param {Record<string, string | number>} attributes */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    const text = typeof value === 'number' ? String(Math.round(value * 100) / 100) : value;
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

/** Keeps as many elements as are needed, in one group. */
export class Pool {
  /** @param {keyof SVGElementTagNameMap} name @param {Element} group */
  constructor(name, group) {
    this.name = name;
    this.group = group;
    /** @type {SVGElement[]} */
    this.elements = [];
  }

  /** @param {Record<string, string | number>[]} wanted attributes of each */
  show(wanted) {
    while (this.elements.length < wanted.length) this.elements.push(svg(this.name, {}, this.group));
    this.elements.forEach((element, i) => {
      element.toggleAttribute('hidden', i >= wanted.length);
      if (i < wanted.length) set(element, wanted[i]);
    });
  }
}
