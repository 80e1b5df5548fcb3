// The function that Streamlit calls when a component appears and when its data or the theme change.

import { finder } from './elements.js';

/**
 * What Streamlit calls a component with.
 *
 * @template Data
 * @typedef {object} Call
 * @property {HTMLElement | ShadowRoot} parentElement where its markup is
 * @property {Data} data
 * @property {Send} setStateValue
 * @property {Send} setTriggerValue
 */

/** @typedef {(name: string, value: unknown) => void} Send a value to the app, under one of the component's names */

/**
 * One object of this kind exists per figure.
 *
 * @template Data
 * @typedef {object} Drawing
 * @property {HTMLElement} figure
 * @property {(data: Data, setStateValue: Send, setTriggerValue: Send) => void} update called with every call
 * @property {() => void} end called when the component has gone
 */

/**
 * @template Data
 * @param {string} selector of the figure in the component's markup
 * @param {(figure: HTMLElement) => Drawing<Data>} make
 * @returns {(call: Call<Data>) => () => void} the component's default export
 */
export function mounting(selector, make) {
  /** @type {WeakMap<Node, { drawing: Drawing<Data>, calls: number }>} */
  const mounted = new WeakMap();
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
      if (remembered.calls !== call || mounted.get(parentElement) !== remembered) return; // a later call goes on
      mounted.delete(parentElement);
      remembered.drawing.end();
    };
  };
}

/** Sends an answer to the page, unless it equals the last one: every answer runs the page again. */
export class Answers {
  /** @param {unknown} [first] what the page takes for granted */
  constructor(first) {
    this.sent = JSON.stringify(first);
  }

  /**
   * @param {Send} setStateValue
   * @param {unknown} answer
   */
  send(setStateValue, answer) {
    const written = JSON.stringify(answer);
    if (written === this.sent) return;
    this.sent = written;
    setStateValue('answer', answer);
  }
}
