// Points of a map on a canvas, with one scale for both axes: a stretched map would show wrong distances.

import { penOf } from './canvas.js';
import { mark } from './marker.js';

/** @import { Size } from './canvas.js' */
/** @import { Marked, Place } from './symbols.js' */

const MARGIN = 14; // units of the canvas
const EDGE = 6; // points outside are shown so near to the edge
const RADIUS = 3, FAINT = 0.4; // of a known utterance

export class Plane {
  /**
   * @param {Place[]} points what is to be seen
   * @param {Size} size of the canvas
   */
  constructor(points, { width, height }) {
    const [left, right] = reachOf(points.map(([x]) => x)), [low, high] = reachOf(points.map(([, y]) => y));
    this.size = { width, height };
    this.scale = Math.min((width - 2 * MARGIN) / (right - left || 1), (height - 2 * MARGIN) / (high - low || 1));
    this.middle = [(left + right) / 2, (low + high) / 2];
  }

  /**
   * @param {Place} point
   * @returns {Place}
   */
  placeOf([x, y]) {
    const { width, height } = this.size, [across, up] = this.middle;
    /** @param {number} value @param {number} limit */
    const within = (value, limit) => Math.max(EDGE, Math.min(limit - EDGE, value));
    return [within(width / 2 + (x - across) * this.scale, width), within(height / 2 - (y - up) * this.scale, height)];
  }
}

/** @param {number[]} values */
function reachOf(values) {
  return values.length ? [Math.min(...values), Math.max(...values)] : [-1, 1];
}

/**
 * The known utterances, faint, as a picture as large as a canvas that is already fit to the screen.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Plane} plane
 * @param {{ points: Place[], classes: number[] }} map places, and the number of each one's class; -1 for none
 * @param {Marked[]} classes
 * @param {{ text: string, edge: string }} theme
 */
export function groundOf(canvas, plane, { points, classes: numbers }, classes, theme) {
  const ground = document.createElement('canvas');
  [ground.width, ground.height] = [canvas.width, canvas.height];
  const pen = penOf(ground), { width, height } = plane.size;
  pen.setTransform(canvas.width / width, 0, 0, canvas.height / height, 0, 0);
  pen.globalAlpha = FAINT;
  points.forEach((point, i) => {
    const known = classes[numbers[i]];
    mark(pen, known?.symbol ?? 'circle', plane.placeOf(point), RADIUS, known?.colour ?? theme.text, theme.edge);
  });
  return ground;
}
