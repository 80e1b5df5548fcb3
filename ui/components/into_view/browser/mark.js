// What a press has opened is scrolled into the window, also where its parts appear one after another.

const GROWING = 1500; // milliseconds in which it may still grow

/** @typedef {{ container: string, press: number }} Opened what the page sends */

export class Mark {
  /**
   * @param {HTMLElement} figure
   * @param {Set<string>} followed presses after which the page was scrolled already
   */
  constructor(figure, followed) {
    this.figure = figure;
    this.followed = followed;
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
    const watched = new ResizeObserver(() => opened.scrollIntoView({ block: 'nearest' }));
    const rest = () => watched.disconnect();
    watched.observe(opened);
    setTimeout(rest, GROWING);
    for (const own of ['wheel', 'touchmove', 'keydown']) {
      document.addEventListener(own, rest, { once: true, passive: true, signal: this.ended.signal });
    }
    this.ended.signal.addEventListener('abort', rest);
  }

  end() {
    this.ended.abort();
  }
}
