// The position of the voice among the known utterances: the last seconds as a line over their map.

import { fitToScreen, penOf, stateOf } from '../../in_browser/shared/canvas.js';
import { mark, markNone } from '../../in_browser/shared/marker.js';
import { APART } from './timeline.js';

/** @import { Place } from '../../in_browser/shared/symbols.js' */
/** @import { Model, Prediction } from './messages.js' */
/** @import { Predictions } from './predictions.js' */
/** @import { Theme } from './timeline.js' */
/** @typedef {[low: number, high: number]} Reach */

const TRAIL = 8; // seconds
const MARGIN = 14; // pixels
const NONE_RADIUS = 12;

export class Trail {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Predictions} predictions
   */
  constructor(canvas, predictions) {
    this.canvas = canvas;
    this.predictions = predictions;
    this.ground = document.createElement('canvas');
    this.size = '';
    /** @type {Prediction | null | undefined} */
    this.shown = undefined;
    /** @type {{ model: Model, theme: Theme } | undefined} */
    this.dress = undefined;
    /** @type {[Reach, Reach]} */
    this.reach = [[-1, 1], [-1, 1]]; // of the map along each axis
  }

  /**
   * @param {Model} model
   * @param {Theme} theme
   */
  set(model, theme) {
    this.dress = { model, theme };
    this.size = '';
    this.shown = undefined;
    const { points } = model.map;
    this.reach = points.length ? [reachOf(points.map(([x]) => x)), reachOf(points.map(([, y]) => y))] : [[-1, 1], [-1, 1]];
  }

  /**
   * The map and the trail that ends with a prediction.
   *
   * @param {Prediction | null} prediction
   */
  show(prediction) {
    if (!this.dress) return;
    const { model, theme } = this.dress;
    const size = stateOf(this.canvas);
    if (prediction === this.shown && size === this.size) return;
    const pen = penOf(this.canvas);
    const { width, height } = fitToScreen(this.canvas, pen);
    if (size !== this.size) this.drawGround(width, height, model, theme);
    this.shown = prediction;
    this.size = size;
    pen.clearRect(0, 0, width, height);
    pen.drawImage(this.ground, 0, 0, width, height);
    if (prediction) this.drawTrail(pen, width, height, prediction, model, theme);
  }

  /**
   * One scale for both axes: a stretched map would show wrong distances.
   *
   * @param {Place} point
   * @param {number} width
   * @param {number} height
   * @returns {Place}
   */
  placeOf([x, y], width, height) {
    const [[left, right], [low, high]] = this.reach;
    const scale = Math.min((width - 2 * MARGIN) / (right - left || 1), (height - 2 * MARGIN) / (high - low || 1));
    /**
     * @param {number} value
     * @param {number} limit
     */
    const within = (value, limit) => Math.max(6, Math.min(limit - 6, value)); // points outside are shown at the edge
    return [
      within(width / 2 + (x - (left + right) / 2) * scale, width),
      within(height / 2 - (y - (low + high) / 2) * scale, height),
    ];
  }

  /**
   * @param {number} width
   * @param {number} height
   * @param {Model} model
   * @param {Theme} theme
   */
  drawGround(width, height, model, theme) {
    const { ground, canvas } = this;
    [ground.width, ground.height] = [canvas.width, canvas.height];
    const pen = penOf(ground);
    pen.setTransform(canvas.width / width, 0, 0, canvas.height / height, 0, 0);
    pen.globalAlpha = 0.4;
    model.map.points.forEach((point, i) => {
      const known = model.classes[model.map.classes[i]];
      const place = this.placeOf(point, width, height);
      mark(pen, known?.symbol ?? 'circle', place, 3, known?.colour ?? theme.text, theme.edge);
    });
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {number} width
   * @param {number} height
   * @param {Prediction} prediction
   * @param {Model} model
   * @param {Theme} theme
   */
  drawTrail(pen, width, height, prediction, model, theme) {
    const near = this.predictions.between(prediction.end - TRAIL, prediction.end);
    const steps = near.filter(isPlaced).filter(one => one.end <= prediction.end);
    /** @param {Prediction} one */
    const age = one => Math.min(1, (prediction.end - one.end) / TRAIL);
    for (let i = 1; i < steps.length; i++) {
      if (steps[i].end - steps[i - 1].end > APART) continue; // a pause lies between them
      pen.globalAlpha = 1 - 0.85 * age(steps[i]);
      for (const { line, colour } of [{ line: 5, colour: theme.paper }, { line: 2.5, colour: theme.text }]) {
        pen.lineWidth = line;
        pen.strokeStyle = colour;
        pen.lineCap = 'round';
        pen.beginPath();
        pen.moveTo(...this.placeOf(steps[i - 1].place, width, height));
        pen.lineTo(...this.placeOf(steps[i].place, width, height));
        pen.stroke();
      }
    }
    pen.globalAlpha = 1;
    const last = steps.at(-1);
    if (!last || last !== prediction) return;
    const known = model.classes.find(one => one.name === last.verdict);
    const place = this.placeOf(last.place, width, height);
    if (known) mark(pen, known.symbol, place, 9, known.colour, theme.text);
    else markNone(pen, place, NONE_RADIUS, theme.text, theme.paper);
  }
}

/**
 * @param {Prediction} one
 * @returns {one is Prediction & { place: Place }}
 */
function isPlaced(one) {
  return one.place !== undefined;
}

/**
 * @param {number[]} values
 * @returns {Reach}
 */
function reachOf(values) {
  return [Math.min(...values), Math.max(...values)];
}
