// The colours of the page around the map, light or dark: what Streamlit's variables say; and those of a saved picture.

import { channels, edgeOf, mixed } from '../../in_browser/shared/colours.js';

/** @import { Channels } from '../../in_browser/shared/colours.js' */

/** @typedef {ReturnType<typeof themeOf>} Theme */

/** @param {HTMLElement} figure */
export function themeOf(figure) {
  const style = getComputedStyle(figure);
  return themed(style.backgroundColor, style.color);
}

/** Of a saved picture: pages and slides are light, whatever the app is. */
export const printed = () => themed('#FFFFFF', '#0E161C');

/** @param {string} ground @param {string} text */
function themed(ground, text) {
  const paper = channels(ground), ink = channels(text);
  return { paper, ink, edge: edgeOf(paper, ink), grey: mixed(paper, ink, 0.35), text };
}

/** @param {Channels} parts 0 to 1 */
export function colourOf(parts) {
  return `rgb(${parts.map(part => Math.round(255 * part)).join(', ')})`;
}
