// The moving picture: spectrogram, state of the sound, utterances and probabilities over one time axis.

import { fitToScreen, penOf, sizeOf, within } from '../../in_browser/shared/canvas.js';
import { AXES, frequencyTicks } from '../../in_browser/shared/frequencies.js';
import { mark } from '../../in_browser/shared/marker.js';
import { drawKnown } from './known_since.js';
import { Spectrogram } from './spectrogram.js';
import { RATE } from './spectrum.js';
import { clock } from './view.js';

/** @import { Box } from '../../in_browser/shared/canvas.js' */
/** @import { AxisName } from '../../in_browser/shared/frequencies.js' */
/** @import { Place } from '../../in_browser/shared/symbols.js' */
/** @import { Model, Prediction } from './messages.js' */
/** @import { Predictions } from './predictions.js' */
/** @import { Look } from './spectrogram.js' */
/** @import { Spectra } from './spectrum.js' */
/** @import { View } from './view.js' */

/** @typedef {Record<'text' | 'paper' | 'font' | 'line' | 'accent' | 'bad' | 'warn' | 'edge', string>} Theme colours and font of the page */
/** @typedef {(seconds: number) => number} ToX */
/** @typedef {Prediction & { probabilities: number[] }} Judged */

export const LEFT = 50; // units of the canvas for the labels of the axes
export const RIGHT = 8;
const SPACES = [1, 2, 5, 10, 15, 30, 60]; // seconds between marks
const AXIS = 22;
const HOP_SECONDS = 0.2; // between two windows
const STATE_HEIGHTS = { speech: 1, clipped: 1, 'too quiet': 0.5, 'not speech': 0.5, silence: 0.2 }; // of the box
export const APART = 0.7; // seconds between two windows; at a larger distance windows between them were skipped

export class Timeline {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Spectra} spectra
   * @param {Predictions} predictions
   * @param {View} view
   */
  constructor(canvas, spectra, predictions, view) {
    this.canvas = canvas;
    this.spectra = spectra;
    this.predictions = predictions;
    this.view = view;
    /** @type {number | null} */
    this.knownSince = null; // when the voice that speaks was learned, in seconds
    /** @type {{ look: Look, theme: Theme, model: Model, spectrogram: Spectrogram } | undefined} */
    this.dress = undefined;
  }

  /**
   * @param {Look} look
   * @param {Theme} theme
   * @param {Model} model
   */
  set(look, theme, model) {
    this.dress = { look, theme, model, spectrogram: new Spectrogram(this.spectra, look) };
  }

  /**
   * The boxes of the parts, from the top.
   *
   * @param {number} width
   * @param {number} height
   */
  parts(width, height) {
    const x = LEFT;
    const wide = Math.max(1, width - LEFT - RIGHT);
    const rest = height - AXIS - 4 - 8 - 8 - 20 - 10;
    const picture = { x, y: 4, width: wide, height: Math.round(0.6 * rest) };
    const states = { x, y: picture.y + picture.height + 4, width: wide, height: 8 };
    const utterances = { x, y: states.y + 12, width: wide, height: 18 };
    const chances = { x, y: utterances.y + 26, width: wide, height: rest - picture.height };
    return { picture, states, utterances, chances };
  }

  draw() {
    const { canvas, view } = this;
    if (!this.dress) return;
    const { look, theme, model, spectrogram } = this.dress;
    const pen = penOf(canvas);
    const { width, height } = fitToScreen(canvas, pen);
    pen.clearRect(0, 0, width, height);
    pen.font = `12px ${theme.font}`;
    const parts = this.parts(width, height);
    /** @type {ToX} */
    const place = seconds => LEFT + ((seconds - view.start) / view.span) * parts.picture.width;
    pen.fillStyle = look.colours[0];
    pen.fillRect(LEFT, parts.picture.y, parts.picture.width, parts.picture.height);
    spectrogram.draw(pen, view.start, view.edge, parts.picture);
    drawFrequencies(pen, look.axis, theme, parts.picture);
    const shown = this.predictions.between(view.start, view.edge);
    clipped(pen, parts.states, () => drawStates(pen, shown, place, parts.states, theme));
    clipped(pen, parts.utterances, () => this.drawUtterances(pen, place, parts.utterances, theme, model));
    drawShares(pen, parts.chances, theme);
    clipped(pen, parts.chances, () => drawChances(pen, shown, place, parts.chances, theme, model));
    this.drawTimes(pen, place, parts, height, theme);
    if (this.knownSince !== null) drawKnown(pen, place(this.knownSince), parts, theme);
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {ToX} place
   * @param {Box} box
   * @param {Theme} theme
   * @param {Model} model
   */
  drawUtterances(pen, place, { y, height }, theme, model) {
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    const { width } = sizeOf(this.canvas);
    for (const { start, end, state, verdict } of this.predictions.utterances) {
      const [left, right] = [place(start), place(end)];
      if (right < LEFT || left > width) continue;
      const known = model.classes.find(one => one.name === verdict);
      pen.fillStyle = known ? `${known.colour}38` : 'transparent';
      pen.strokeStyle = known?.colour ?? theme.text;
      pen.setLineDash(known ? [] : [3, 3]);
      pen.lineWidth = 1;
      pen.fillRect(left, y, right - left, height);
      pen.strokeRect(left + 0.5, y + 0.5, right - left - 1, height - 1);
      pen.fillStyle = theme.text;
      const text = verdict ?? (state === 'not speech' ? state : 'not judged');
      if (pen.measureText(text).width + 6 < right - left) pen.fillText(text, (left + right) / 2, y + height / 2 + 1);
    }
    pen.setLineDash([]);
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {ToX} place
   * @param {{ picture: Box, chances: Box }} parts
   * @param {number} height
   * @param {Theme} theme
   */
  drawTimes(pen, place, { picture, chances }, height, theme) {
    const { view } = this;
    const space = SPACES.find(one => (one / view.span) * picture.width >= 56) ?? SPACES[SPACES.length - 1];
    pen.textAlign = 'center';
    pen.textBaseline = 'alphabetic';
    for (let at = Math.max(0, Math.ceil(view.start / space) * space); at <= view.edge; at += space) {
      const x = Math.round(place(at)) + 0.5;
      pen.strokeStyle = theme.line;
      pen.beginPath();
      pen.moveTo(x, chances.y);
      pen.lineTo(x, chances.y + chances.height + 4);
      pen.stroke();
      pen.fillStyle = theme.text;
      if (x > LEFT + 8 && x < LEFT + picture.width - 8) pen.fillText(clock(at), x, height - 4);
    }
  }
}

/**
 * Draws inside a box, with a pixel of room above and below it.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {Box} box
 * @param {() => void} act
 */
function clipped(pen, { x, y, width, height }, act) {
  within(pen, { x, y: y - 1, width, height: height + 2 }, act);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {AxisName} axis
 * @param {Theme} theme
 * @param {Box} box
 */
function drawFrequencies(pen, axis, theme, { y, height }) {
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  pen.fillStyle = theme.text;
  for (const hertz of frequencyTicks(axis, RATE / 2, height)) {
    const at = y + height * (1 - AXES[axis].height(hertz, RATE / 2));
    const label = hertz < 1000 ? `${hertz} Hz` : `${hertz / 1000} kHz`;
    pen.fillText(label, LEFT - 6, Math.max(y + 6, Math.min(y + height - 5, at)));
  }
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Box} box
 * @param {Theme} theme
 */
function drawShares(pen, { x, y, width, height }, theme) {
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  pen.lineWidth = 1;
  for (const share of [0, 0.5, 1]) {
    const at = Math.round(y + height * (1 - share)) + 0.5;
    pen.strokeStyle = theme.line;
    pen.beginPath();
    pen.moveTo(x, at);
    pen.lineTo(x + width, at);
    pen.stroke();
    pen.fillStyle = theme.text;
    pen.fillText(`${100 * share} %`, LEFT - 6, at);
  }
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Prediction[]} shown
 * @param {ToX} place
 * @param {Box} box
 * @param {Theme} theme
 * @param {Model} model
 */
function drawChances(pen, shown, place, { y, height }, theme, model) {
  const stretches = withoutGaps(shown);
  model.classes.forEach(({ colour, symbol }, i) => {
    for (const stretch of stretches) {
      const line = stretch.map(one => /** @type {Place} */ ([place(one.end), y + height * (1 - one.probabilities[i])]));
      pen.strokeStyle = colour;
      pen.lineWidth = 2.2;
      pen.lineJoin = 'round';
      pen.beginPath();
      line.forEach(at => pen.lineTo(...at));
      pen.stroke();
      // Markers at both ends show the class without colour.
      for (const at of new Set([line[0], line[line.length - 1]])) mark(pen, symbol, at, 4.5, colour, theme.edge);
    }
  });
}

/**
 * The judged windows, in runs without a gap.
 *
 * @param {Prediction[]} shown
 */
function withoutGaps(shown) {
  /** @type {Judged[][]} */
  const stretches = [];
  shown.forEach((one, n) => {
    if (!isJudged(one)) return;
    const former = shown[n - 1];
    if (former && isJudged(former) && one.end - former.end < APART) stretches[stretches.length - 1].push(one);
    else stretches.push([one]);
  });
  return stretches;
}

/**
 * @param {Prediction} one
 * @returns {one is Judged}
 */
function isJudged(one) {
  return one.probabilities !== undefined;
}

/**
 * The state of the sound: a line for silence, a bar for speech, half a bar for too quiet or not speech, stripes for
 * clipped.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {Prediction[]} shown
 * @param {ToX} place
 * @param {Box} box
 * @param {Theme} theme
 */
function drawStates(pen, shown, place, { y, height }, theme) {
  const { accent, bad, warn, line } = theme;
  const colours = { speech: accent, clipped: bad, 'too quiet': warn, 'not speech': line, silence: line };
  shown.forEach(one => {
    const left = place(one.end - HOP_SECONDS);
    const width = place(one.end) - left + 0.5;
    pen.fillStyle = colours[one.state];
    const share = STATE_HEIGHTS[one.state];
    pen.fillRect(left, y + height * (1 - share), width, height * share);
    if (one.state === 'clipped') {
      pen.fillStyle = theme.paper;
      for (let x = left; x < left + width; x += 4) pen.fillRect(x, y, 1, height);
    }
  });
}
