// The colours around the picture, light or dark: what Streamlit's variables say, and those of ser_core/plots/style.py.

import { channels, mixed } from '../../in_browser/shared/colours.js';

/** @typedef {ReturnType<typeof themeOf>} Theme */

/** @param {HTMLElement} figure */
export function themeOf(figure) {
  const style = getComputedStyle(figure);
  const paper = channels(style.backgroundColor), text = channels(style.color);
  const dark = paper[0] + paper[1] + paper[2] < 1.5;
  /** @param {number} share of the text's colour in the paper's */
  const ink = share => `rgb(${mixed(paper, text, share).map(part => Math.round(255 * part)).join(' ')})`;
  return {
    paper: style.backgroundColor,
    ink: style.color,
    muted: ink(0.75),
    grid: ink(0.13),
    font: style.fontFamily,
    wave: dark ? '#7FB9D6' : '#1B5E7D',
    speech: dark ? '#7FB9D626' : '#1B5E7D1A',
    intensity: dark ? '#FFB07A' : '#B3541E',
    selection: dark ? '#FFFFFF33' : '#0E161C26',
  };
}
