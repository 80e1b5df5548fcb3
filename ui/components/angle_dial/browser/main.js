// The dial of one judgement, as Streamlit calls it.

import { Dial } from '../../in_browser/shared/dial.js';
import { finder } from '../../in_browser/shared/elements.js';
import { mounting } from '../../in_browser/shared/mounting.js';

/** @import { DialClass, Judgement } from '../../in_browser/shared/dial.js' */
/** @typedef {Judgement & { classes: DialClass[] }} Judged */

class JudgedDial {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    this.dial = new Dial(finder(figure)('canvas', HTMLCanvasElement));
    Object.assign(figure, { dial: this.dial }); // for tests and debugging
    /** @type {Judged | undefined} */
    this.judged = undefined;
    this.ended = new AbortController();
    figure.addEventListener('transitionend', () => this.draw(), { signal: this.ended.signal }); // another theme
    this.resized = new ResizeObserver(() => this.draw());
    this.resized.observe(this.dial.canvas);
  }

  /** @param {Judged} judged */
  update(judged) {
    this.judged = judged;
    this.draw();
  }

  draw() {
    if (!this.judged) return;
    const style = getComputedStyle(this.figure);
    const line = style.getPropertyValue('--st-border-color');
    this.dial.set(this.judged.classes, { text: style.color, paper: style.backgroundColor, font: style.fontFamily, line });
    this.dial.show(this.judged);
    this.figure.dataset.drawn = this.judged.verdict ?? '';
  }

  end() {
    this.ended.abort();
    this.resized.disconnect();
  }
}

export default mounting('figure.dial', figure => new JudgedDial(figure));
