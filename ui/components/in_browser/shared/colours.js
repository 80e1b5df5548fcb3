// Colours as numbers.

import { penOf } from './canvas.js';

/** @typedef {[number, number, number]} Channels red, green and blue */

/**
 * Red, green and blue, 0 to 255, of #RRGGBB.
 *
 * @param {string} colour
 * @returns {Channels}
 */
export function numbersOf(colour) {
  /** @param {number} at */
  const part = at => parseInt(colour.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

/**
 * A scale of a few colours, finely: `count` of them.
 *
 * @param {Channels[]} steps
 * @param {number} count
 * @returns {Channels[]}
 */
export function between(steps, count) {
  return Array.from({ length: count }, (_, i) => {
    const at = (i / (count - 1)) * (steps.length - 1);
    const step = Math.min(steps.length - 2, Math.floor(at));
    return mixed(steps[step], steps[step + 1], at - step);
  });
}

/**
 * A colour between two others; `share` from 0 to 1 says how much of the second is in it.
 *
 * @param {Channels} first
 * @param {Channels} second
 * @param {number} share
 * @returns {Channels}
 */
export function mixed([r, g, b], second, share) {
  return [r + share * (second[0] - r), g + share * (second[1] - g), b + share * (second[2] - b)];
}

/**
 * Black or white, whichever stands out more on a colour; at least 4.58 to 1, as WCAG 2 counts contrast.
 *
 * @param {Channels} colour
 */
export function writtenOn(colour) {
  const [r, g, b] = colour.map(part => (part <= 10.31 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05 > Math.sqrt(1.05 * 0.05) ? '#000' : '#fff';
}

/**
 * What is written on a colour that covers the page's ground by a share.
 *
 * @param {Channels} ground 0 to 1, as all of these
 * @param {Channels} colour
 * @param {number} share
 */
export function writtenOver(ground, colour, share) {
  const [r, g, b] = mixed(ground, colour, share);
  return writtenOn([255 * r, 255 * g, 255 * b]);
}

/**
 * For each of 256 codes its colour as one number, as a canvas keeps it on every computer of today.
 *
 * @param {string[]} colours
 * @param {(code: number) => number} share where between the first and the last colour a code lies, 0 to 1
 */
export function shadesOf(colours, share) {
  const fine = between(colours.map(numbersOf), 256);
  return Uint32Array.from({ length: 256 }, (_, code) => {
    const [r, g, b] = fine[Math.max(0, Math.min(255, Math.round(share(code) * 255)))].map(Math.round);
    return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  });
}

/**
 * The colour of a marker's edge: it is seen around any colour, on light and on dark ground. `--edge` of controls.css is the same.
 *
 * @param {Channels} paper
 * @param {Channels} ink
 */
export function edgeOf(paper, ink) {
  return mixed(paper, ink, 0.5);
}

/** Variables of a style sheet as colours that a canvas takes, such as `--edge`, whatever they are written as: one for light and dark, a mixture. */
export class Variables {
  /**
   * @param {HTMLElement} element on which they are read
   * @param {string[]} names
   */
  constructor(element, names) {
    this.element = element;
    this.names = names;
    this.written = '';
    /** @type {string[]} */
    this.colours = [];
  }

  /**
   * The colours, in the order of their names. They are found anew only after a change of what is written or of the theme: to
   * find one, the browser styles the element and everything in it, which takes longer than a picture that moves has time.
   */
  read() {
    const style = getComputedStyle(this.element);
    const variables = this.names.map(name => style.getPropertyValue(name));
    const written = [style.color, style.backgroundColor, style.colorScheme, ...variables].join('; ');
    if (written !== this.written) {
      this.written = written;
      this.colours = this.names.map(name => colourOn(this.element, `var(${name})`));
    }
    return this.colours;
  }
}

/**
 * A colour as a canvas takes it, of what a style sheet may write on an element.
 *
 * @param {HTMLElement} element
 * @param {string} colour
 */
function colourOn(element, colour) {
  const before = element.style.caretColor;
  element.style.caretColor = colour;
  const found = getComputedStyle(element).caretColor;
  element.style.caretColor = before;
  return found;
}

/** @type {Map<string, Channels>} */
const READ = new Map(); // reading a colour takes a canvas, and pictures that move ask for the same few each time

/**
 * Red, green and blue, 0 to 1, of whatever CSS calls a colour.
 *
 * @param {string} colour
 * @returns {Channels}
 */
export function channels(colour) {
  const known = READ.get(colour);
  if (known) return known;
  const pen = penOf(new OffscreenCanvas(1, 1));
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [r, g, b] = pen.getImageData(0, 0, 1, 1).data;
  /** @type {Channels} */
  const found = [r / 255, g / 255, b / 255];
  READ.set(colour, found);
  return found;
}
