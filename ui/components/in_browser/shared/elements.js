// The elements of a component's own markup.

/**
 * A function that finds the first element of a selector below a place; the element must be there.
 *
 * @param {ParentNode} place
 */
export function finder(place) {
  /**
   * @template {Element} [T=HTMLElement]
   * @param {string} selector
   * @param {{ new (): T, prototype: T }} [kind] what it must be
   * @returns {T}
   */
  function find(selector, kind) {
    const found = place.querySelector(selector);
    if (!(found instanceof (kind ?? HTMLElement))) {
      throw new Error(`Expected ${(kind ?? HTMLElement).name} at “${selector}”; got ${found?.nodeName ?? 'nothing'}.`);
    }
    return /** @type {T} */ (found);
  }
  return find;
}

/** @typedef {ReturnType<typeof finder>} Find */

/**
 * A function that listens until a signal ends it.
 *
 * @param {AbortSignal} signal
 */
export function listener(signal) {
  /**
   * @template {keyof HTMLElementEventMap} Name
   * @overload
   * @param {HTMLElement | Document} target
   * @param {Name} name
   * @param {(event: HTMLElementEventMap[Name]) => void} act
   * @param {AddEventListenerOptions} [options]
   * @returns {void}
   */
  /**
   * @overload
   * @param {EventTarget} target
   * @param {string} name
   * @param {(event: Event) => void} act
   * @param {AddEventListenerOptions} [options]
   * @returns {void}
   */
  /**
   * @param {EventTarget} target
   * @param {string} name
   * @param {(event: never) => void} act
   * @param {AddEventListenerOptions} [options]
   */
  function on(target, name, act, options) {
    target.addEventListener(name, /** @type {EventListener} */ (act), { signal, ...options });
  }
  return on;
}

/**
 * @param {HTMLElement} place
 * @param {string} text
 */
export function setText(place, text) {
  if (place.textContent !== text) place.textContent = text; // or a screen reader would say it again
}

/** @param {Element} element possibly inside the root of a component */
export function hasFocus(element) {
  const root = element.getRootNode();
  return (root instanceof Document || root instanceof ShadowRoot) && root.activeElement === element;
}

/**
 * @param {ParentNode} place
 * @param {string} selector
 */
export function buttonsIn(place, selector) {
  return /** @type {NodeListOf<HTMLButtonElement>} */ (place.querySelectorAll(`button${selector}`));
}
