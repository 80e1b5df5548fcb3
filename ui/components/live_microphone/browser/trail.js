// The position of the voice among the known utterances: the last seconds as a line over their map.

import { fitToScreen, penOf, stateOf } from '../../in_browser/shared/canvas.js';
import { mark, markNone } from '../../in_browser/shared/marker.js';
import { groundOf, Plane } from '../../in_browser/shared/plane.js';
import { APART } from './timeline.js';

/** @import { Place } from '../../in_browser/shared/symbols.js' */
/** @import { Model, Prediction } from './messages.js' */
/** @import { Predictions } from './predictions.js' */
/** @import { Theme } from './timeline.js' */

const TRAIL = 8; // seconds
const NONE_RADIUS = 12;

export class Trail {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Predictions} predictions
   */
  constructor(canvas, predictions) {
    this.canvas = canvas;
    this.predictions = predictions;
    /** @type {{ plane: Plane, picture: HTMLCanvasElement } | undefined} */
    this.ground = undefined; // the map without a voice
    this.size = '';
    /** @type {Prediction | null | undefined} */
    this.shown = undefined;
    /** @type {{ model: Model, theme: Theme } | undefined} */
    this.dress = undefined;
  }

  /**
   * @param {Model} model
   * @param {Theme} theme
   */
  set(model, theme) {
    this.dress = { model, theme };
    this.size = '';
    this.shown = undefined;
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
    if (size !== this.size || !this.ground) {
      const plane = new Plane(model.map.points, { width, height });
      this.ground = { plane, picture: groundOf(this.canvas, plane, model.map, model.classes, theme) };
    }
    this.shown = prediction;
    this.size = size;
    pen.clearRect(0, 0, width, height);
    pen.drawImage(this.ground.picture, 0, 0, width, height);
    if (prediction) this.drawTrail(pen, this.ground.plane, prediction, model, theme);
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {Plane} plane
   * @param {Prediction} prediction
   * @param {Model} model
   * @param {Theme} theme
   */
  drawTrail(pen, plane, prediction, model, theme) {
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
        pen.moveTo(...plane.placeOf(steps[i - 1].place));
        pen.lineTo(...plane.placeOf(steps[i].place));
        pen.stroke();
      }
    }
    pen.globalAlpha = 1;
    const last = steps.at(-1);
    if (!last || last !== prediction) return;
    const known = model.classes.find(one => one.name === last.verdict);
    const place = plane.placeOf(last.place);
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
