// A button that copies the page's address with a state in it, and shows it beside.

import { setText } from './elements.js';

const SAID = 2500; // milliseconds for which the button says that it has copied
const LABEL = 'Copy a link to this';

/** @typedef {{ button: HTMLElement, field: HTMLInputElement }} LinkPlace */

export class LinkButton {
  /** @param {LinkPlace} place @param {() => Record<string, string>} parameters of the address: the state of now */
  constructor({ button, field }, parameters) {
    this.button = button;
    this.field = field;
    this.parameters = parameters;
    button.addEventListener('click', () => this.copy());
  }

  async copy() {
    const address = new URL(location.href);
    address.search = new URLSearchParams(this.parameters()).toString();
    this.field.value = String(address);
    this.field.hidden = false;
    this.field.select();
    try {
      await navigator.clipboard.writeText(this.field.value);
      setText(this.button, 'Copied');
    } catch {
      setText(this.button, 'Copy the link beside this'); // a browser that lets no page write there
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
}
