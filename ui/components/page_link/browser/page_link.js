// The button that copies a link to what a page shows.

import { LinkButton } from '../../in_browser/shared/copied_link.js';
import { finder } from '../../in_browser/shared/elements.js';

/** @typedef {{ parameters: Record<string, string> }} LinkData what the page sends */

export class PageLink {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    const find = finder(figure);
    /** @type {Record<string, string>} */
    this.parameters = {};
    this.link = new LinkButton({ button: find('button'), field: find('input', HTMLInputElement) }, () => this.parameters);
  }

  /** @param {LinkData} data */
  update({ parameters }) {
    this.parameters = parameters;
    this.link.seen();
  }

  end() {
    this.link.end();
  }
}
