// The probabilities of the emotions over the number of known clips.

import { fitToScreen, penOf, pointedAt, sizeOf } from '../../in_browser/shared/canvas.js';
import { mark } from '../../in_browser/shared/marker.js';
import { counted } from './steps.js';

/** @import { DialClass } from '../../in_browser/shared/dial.js' */
/** @import { Place } from '../../in_browser/shared/symbols.js' */
/** @import { Clip } from './steps.js' */
/** @typedef {Record<'text' | 'paper' | 'font' | 'line' | 'edge' | 'accent', string>} Theme */

const MOST = 4; // emotions that are drawn, the most probable ones
const LEFT = 48, RIGHT = 92, TOP = 10, BOTTOM = 42; // units of the canvas
const NAME = 17; // from one name to the next

export class Lines {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.pen = penOf(canvas);
  }

  /**
   * Which of so many steps lies nearest to a pointer.
   *
   * @param {MouseEvent} event
   * @param {number} steps
   */
  stepAt(event, steps) {
    const [x] = pointedAt(event), wide = sizeOf(this.canvas).width - LEFT - RIGHT;
    return Math.max(0, Math.min(steps - 1, Math.round(((x - LEFT) / wide) * (steps - 1))));
  }

  /**
   * @param {DialClass[]} classes
   * @param {Clip} clip
   * @param {number} at the step that is shown, or between two
   * @param {Theme} theme
   */
  draw(classes, { steps }, at, theme) {
    const { pen } = this, { width, height } = fitToScreen(this.canvas, this.pen);
    const right = width - RIGHT, floor = height - BOTTOM;
    /** @param {number} step */
    const x = step => LEFT + (step / Math.max(1, steps.length - 1)) * (right - LEFT);
    /** @param {number} chance */
    const y = chance => floor - chance * (floor - TOP);
    pen.clearRect(0, 0, width, height);
    pen.font = `13px ${theme.font}`;
    pen.textBaseline = 'middle';
    for (const share of [0, 0.5, 1]) {
      stroke(pen, [[LEFT, y(share)], [right, y(share)]], theme.line, 1);
      pen.fillStyle = theme.text;
      pen.textAlign = 'right';
      pen.fillText(`${100 * share} %`, LEFT - 8, y(share));
    }
    pen.textAlign = 'center';
    steps.forEach(({ clips }, step) => pen.fillText(String(clips), x(step), floor + 14));
    pen.fillText('known clips of the voice', (LEFT + right) / 2, floor + 32);
    stroke(pen, [[x(at), TOP - 4], [x(at), floor + 4]], theme.accent, 3);
    const drawn = mostProbable(classes, steps);
    for (const i of drawn) {
      const { colour, symbol } = classes[i];
      const line = steps.map((one, step) => /** @type {Place} */ ([x(step), y(one.probabilities[i])]));
      stroke(pen, line, colour, 3);
      for (const place of line) mark(pen, symbol, place, 6, colour, theme.edge);
    }
    this.drawNames(classes, drawn, steps[steps.length - 1].probabilities, { x: right + 12, y, floor }, theme);
    this.canvas.setAttribute('aria-label', described(classes, drawn, steps));
  }

  /**
   * @param {DialClass[]} classes
   * @param {number[]} drawn
   * @param {number[]} last probabilities at the right end
   * @param {{ x: number, y: (chance: number) => number, floor: number }} frame
   * @param {Theme} theme
   */
  drawNames(classes, drawn, last, { x, y, floor }, theme) {
    const order = [...drawn].sort((a, b) => last[b] - last[a]);
    const heights = order.map(i => y(last[i]));
    heights.forEach((height, n) => { if (n) heights[n] = Math.max(height, heights[n - 1] + NAME); });
    for (let n = heights.length - 1, below = floor; n >= 0; n--, below -= NAME) heights[n] = Math.min(heights[n], below);
    this.pen.textAlign = 'left';
    this.pen.fillStyle = theme.text;
    order.forEach((i, n) => this.pen.fillText(classes[i].name, x, heights[n]));
  }
}

/** @param {DialClass[]} classes @param {import('./steps.js').Step[]} steps */
function mostProbable(classes, steps) {
  const highest = classes.map((_, i) => Math.max(...steps.map(one => one.probabilities[i])));
  return [...highest.keys()].sort((a, b) => highest[b] - highest[a]).slice(0, MOST);
}

/** @param {DialClass[]} classes @param {number[]} drawn @param {import('./steps.js').Step[]} steps */
function described(classes, drawn, steps) {
  const told = steps.map(({ clips, probabilities }) => {
    const shares = drawn.map(i => `${classes[i].name} ${Math.round(100 * probabilities[i])} %`);
    return `${counted(clips)}: ${shares.join(', ')}`;
  });
  return `Probabilities over the number of known clips. ${told.join('; ')}.`;
}

/** @param {CanvasRenderingContext2D} pen @param {Place[]} line @param {string} colour @param {number} wide */
function stroke(pen, line, colour, wide) {
  pen.strokeStyle = colour;
  pen.lineWidth = wide;
  pen.lineJoin = 'round';
  pen.beginPath();
  for (const place of line) pen.lineTo(...place);
  pen.stroke();
}
