// The colours of the page around the map, light or dark: what Streamlit's variables say.

import { channels, mixed } from '../../in_browser/shared/colours.js';

/** @import { Channels } from '../../in_browser/shared/colours.js' */

/** @typedef {ReturnType<typeof themeOf>} Theme */

/** @param {HTMLElement} figure */
export function themeOf(figure) {
  const style = getComputedStyle(figure);
  const paper = channels(style.backgroundColor), ink = channels(style.color);
  const dark = paper[0] + paper[1] + paper[2] < 1.5;
  return { paper: dark ? mixed(paper, ink, 0.55) : paper, ink, grey: mixed(paper, ink, 0.35), text: style.color };
}

/** @param {Channels} parts 0 to 1 */
export function colourOf(parts) {
  return `rgb(${parts.map(part => Math.round(255 * part)).join(', ')})`;
}
