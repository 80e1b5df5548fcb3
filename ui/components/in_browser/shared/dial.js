// The angle dial: the recording points up, each class lies at its true angle from it, left or right, its range as a band.
// Sides, places and sectors are defined in ser_core/plots/angle_dial.py.

import { fitToScreen, penOf, stateOf } from './canvas.js';
import { mark } from './marker.js';

/** @import { Marked, Place } from './symbols.js' */
/** @typedef {Marked & { side: number, range: number }} DialClass its side is -1 (left) or 1; its range in degrees */
/** @typedef {{ angles?: number[], verdict: string | null }} Judgement degrees to each class, and what was answered */
/** @typedef {Record<'text' | 'paper' | 'font' | 'line', string>} DialTheme colours and font of the page */
/** @typedef {{ at: number, from: number, to: number, inside: boolean }} Sector degrees from the recording */
/** @typedef {{ middle: Place, radius: number, height: number }} Frame */

const TEXT = 15; // units of the canvas, as all lengths here
const NAME = 36; // from one name to the next; its angle stands below it
const TICK = 30; // degrees

/**
 * Where a class lies and its range ends.
 *
 * @param {DialClass} of
 * @param {number} angle degrees to the recording
 * @returns {Sector}
 */
export function sectorOf({ side, range }, angle) {
  const at = side * angle;
  return { at, from: at - range, to: at + range, inside: angle <= range };
}

/** @param {number} degrees */
const radians = degrees => (degrees * Math.PI) / 180;

/**
 * A place at so many degrees from the top, clockwise.
 *
 * @param {number} degrees
 * @param {number} radius
 * @param {Place} middle
 * @returns {Place}
 */
const around = (degrees, radius, [x, y]) => [x + radius * Math.sin(radians(degrees)), y - radius * Math.cos(radians(degrees))];

export class Dial {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    /** @type {DialClass[]} */
    this.classes = [];
    /** @type {DialTheme} */
    this.theme = { text: '', paper: '', font: '', line: '' };
    /** @type {Judgement | null | undefined} */
    this.shown = undefined;
    this.size = '';
  }

  /**
   * @param {DialClass[]} classes
   * @param {DialTheme} theme
   */
  set(classes, theme) {
    this.classes = classes;
    this.theme = theme;
    this.shown = undefined;
  }

  /**
   * Draws a judgement; the empty dial without one.
   *
   * @param {Judgement | null} judged
   */
  show(judged) {
    const { canvas, theme } = this;
    const size = stateOf(canvas);
    if (judged === this.shown && size === this.size) return;
    this.shown = judged;
    this.size = size;
    const pen = penOf(canvas);
    const { width, height } = fitToScreen(canvas, pen);
    pen.clearRect(0, 0, width, height);
    pen.font = `bold ${TEXT}px ${theme.font}`;
    const beside = Math.max(0, ...this.classes.map(({ name }) => pen.measureText(name).width)) + 22;
    const radius = Math.max(30, Math.min(width / 2 - beside, height / 2 - 24));
    /** @type {Frame} */
    const frame = { middle: [width / 2, height / 2 + 10], radius, height };
    this.drawRim(pen, frame);
    canvas.setAttribute('aria-label', this.words(judged));
    if (!judged?.angles) return;
    const { angles } = judged;
    const sectors = this.classes.map((one, i) => sectorOf(one, angles[i]));
    this.drawRanges(pen, frame, sectors);
    this.drawHand(pen, frame);
    this.drawClasses(pen, frame, sectors, judged.verdict);
  }

  /** @param {Judgement | null} judged */
  words(judged) {
    if (!judged?.angles) return 'Angle dial without a judgement';
    const { angles } = judged;
    const told = this.classes.map(({ name, range }, i) => {
      const where = angles[i] <= range ? 'inside' : 'outside';
      return `${name} ${Math.round(angles[i])}°, ${where} its range of ${Math.round(range)}°`;
    });
    return `Angle dial: from the recording to ${told.join('; ')}`;
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {Frame} frame
   */
  drawRim(pen, { middle, radius }) {
    pen.strokeStyle = this.theme.line;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.arc(...middle, radius, 0, 2 * Math.PI);
    for (let at = 0; at < 360; at += TICK) {
      pen.moveTo(...around(at, radius - (at % 90 ? 4 : 9), middle));
      pen.lineTo(...around(at, radius, middle));
    }
    pen.stroke();
  }

  /**
   * A ring for each class, so that ranges never cover each other; where the hand crosses a band, the recording lies in it.
   *
   * @param {CanvasRenderingContext2D} pen
   * @param {Frame} frame
   * @param {Sector[]} sectors
   */
  drawRanges(pen, { middle, radius }, sectors) {
    const wide = (0.72 * radius) / sectors.length;
    sectors.forEach(({ from, to, inside }, i) => {
      pen.strokeStyle = this.classes[i].colour;
      pen.globalAlpha = inside ? 0.85 : 0.22;
      pen.lineWidth = 0.8 * wide;
      pen.beginPath();
      pen.arc(...middle, 0.94 * radius - (i + 0.5) * wide, radians(from - 90), radians(to - 90));
      pen.stroke();
    });
    pen.globalAlpha = 1;
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {Frame} frame
   */
  drawHand(pen, { middle, radius }) {
    const tip = around(0, radius + 2, middle);
    pen.lineCap = 'round';
    for (const { wide, colour } of [{ wide: 8, colour: this.theme.paper }, { wide: 4, colour: this.theme.text }]) {
      pen.strokeStyle = colour;
      pen.lineWidth = wide;
      pen.beginPath();
      pen.moveTo(...middle);
      pen.lineTo(...tip);
      pen.stroke();
    }
    pen.lineCap = 'butt';
    pen.fillStyle = this.theme.text;
    pen.beginPath();
    pen.arc(...middle, 6, 0, 2 * Math.PI);
    pen.fill();
    pen.font = `${TEXT}px ${this.theme.font}`;
    pen.textAlign = 'center';
    pen.textBaseline = 'alphabetic';
    pen.fillText('this voice', tip[0], tip[1] - 8);
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {Frame} frame
   * @param {Sector[]} sectors
   * @param {string | null} verdict
   */
  drawClasses(pen, frame, sectors, verdict) {
    const { middle, radius } = frame;
    const heights = nameHeights(frame, sectors);
    sectors.forEach(({ at }, i) => {
      const { name, colour, symbol } = this.classes[i];
      const isAnswer = name === verdict;
      const place = around(at, radius, middle);
      const way = at >= 0 ? 1 : -1;
      const x = middle[0] + way * (radius + 16);
      line(pen, middle, place, colour, isAnswer ? 3 : 1.25);
      line(pen, [place[0] + way * 9, place[1]], [x - way * 3, heights[i]], this.theme.line, 1);
      mark(pen, symbol, place, isAnswer ? 11 : 8, colour, this.theme.text);
      pen.fillStyle = this.theme.text;
      pen.textAlign = way > 0 ? 'left' : 'right';
      pen.textBaseline = 'middle';
      pen.font = `${isAnswer ? 'bold ' : ''}${TEXT}px ${this.theme.font}`;
      pen.fillText(name, x, heights[i] - TEXT / 2);
      pen.font = `${TEXT}px ${this.theme.font}`;
      pen.fillText(`${Math.round(Math.abs(at))}°`, x, heights[i] + TEXT / 2);
    });
  }
}

/**
 * The height of each name: that of its marker, pushed apart where two would cover each other.
 *
 * @param {Frame} frame
 * @param {Sector[]} sectors
 */
function nameHeights({ middle, radius, height }, sectors) {
  const found = sectors.map(({ at }) => around(at, radius, middle)[1]);
  for (const right of [true, false]) {
    const side = [...found.keys()].filter(i => sectors[i].at >= 0 === right).sort((a, b) => found[a] - found[b]);
    side.forEach((i, n) => {
      if (n) found[i] = Math.max(found[i], found[side[n - 1]] + NAME);
    });
    side.reverse().forEach((i, n) => {
      found[i] = Math.min(found[i], height - (n + 0.5) * NAME);
    });
  }
  return found;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Place} from
 * @param {Place} to
 * @param {string} colour
 * @param {number} wide pixels
 */
function line(pen, from, to, colour, wide) {
  pen.strokeStyle = colour;
  pen.lineWidth = wide;
  pen.beginPath();
  pen.moveTo(...from);
  pen.lineTo(...to);
  pen.stroke();
}
