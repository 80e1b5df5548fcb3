// What lies over the points: rings, a recording that was placed, a lasso that is being drawn, and the middle for those
// who come with the keyboard.

import { penOf } from '../../in_browser/shared/canvas.js';
import { fixed } from '../../in_browser/shared/numbers.js';
import { project } from './geometry.js';
import { drawGlobe } from './globe.js';
import { colourOf } from './theme.js';

/** @import { PointMap } from './map.js' */
/** @import { Placed } from './marked.js' */
/** @import { Theme } from './theme.js' */

const MOST_RINGS = 1000; // points of pressed classes that get a ring; of more, the others fade alone
const NEAR = 9; // radius of the ring around a neighbour
const HEARD = 14; // radius of the ring around an utterance that is heard elsewhere on the page

/**
 * @param {PointMap} map
 * @param {Theme} theme
 * @param {number} width
 * @param {number} height
 * @param {number} ratio pixels of the canvas for one of the page
 */
export function drawMarks(map, theme, width, height, ratio) {
  const pen = penOf(map.marks);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  drawGlobe(map, theme);
  pen.strokeStyle = pen.fillStyle = theme.text;
  pen.lineWidth = 2;
  for (const [index, radius] of [[map.clicked, 10], [map.hovered, 8]]) {
    if (index < 0) continue;
    pen.beginPath();
    pen.arc(...map.stage.placeOf(index), radius, 0, 2 * Math.PI);
    pen.stroke();
  }
  drawClasses(pen, map, theme);
  drawWalk(pen, map, theme, width);
  for (const index of map.marked.ringed) drawHeard(pen, map.stage.placeOf(index), theme);
  if (map.marked.placed) drawPlaced(pen, map, map.marked.placed, theme, width, height);
  const { line, cross } = map.gestures;
  if (line) drawLine(pen, line);
  if (cross) {
    const [x, y] = map.camera.middle(width, height);
    pen.beginPath();
    for (const [dx, dy] of [[9, 0], [0, 9]]) {
      pen.moveTo(x - dx, y - dy);
      pen.lineTo(x + dx, y + dy);
    }
    pen.stroke();
  }
}

/**
 * Rings around the utterances of the classes of a pressed cell, as many as can be told apart.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {PointMap} map
 * @param {Theme} theme
 */
function drawClasses(pen, map, theme) {
  const indices = map.ringed;
  if (!indices.length || indices.length > MOST_RINGS) return;
  const radius = map.stage.pointSize() / 2 + 3;
  pen.strokeStyle = theme.text;
  pen.lineWidth = 1.25;
  pen.beginPath();
  for (const index of indices) {
    const [x, y] = map.stage.placeOf(index);
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
  }
  pen.stroke();
  pen.lineWidth = 2;
}

/**
 * Lines from the pressed point to its neighbours, a ring around each, and the one that is looked at with its angle.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {PointMap} map
 * @param {Theme} theme
 * @param {number} width
 */
function drawWalk(pen, map, theme, width) {
  const { walk } = map;
  if (map.clicked < 0 || map.map.ids[map.clicked] !== walk.of) return;
  const from = map.stage.placeOf(map.clicked);
  pen.strokeStyle = theme.text;
  walk.indices.forEach((index, place) => {
    if (!map.shows[index]) return;
    const to = map.stage.placeOf(index), looked = place === walk.at;
    pen.globalAlpha = looked ? 1 : 0.55;
    pen.lineWidth = looked ? 3 : 1.5;
    pen.beginPath();
    pen.moveTo(...from);
    pen.lineTo(...to);
    pen.moveTo(to[0] + NEAR, to[1]);
    pen.arc(...to, NEAR, 0, 2 * Math.PI);
    pen.stroke();
  });
  pen.globalAlpha = 1;
  pen.lineWidth = 2;
  if (walk.index >= 0 && map.shows[walk.index]) {
    const [x, y] = map.stage.placeOf(walk.index);
    label(pen, `${fixed(walk.degrees[walk.at], 0)}°`, x, y, width, theme);
  }
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {[x: number, y: number]} place
 * @param {Theme} theme
 */
function drawHeard(pen, place, theme) {
  for (const { colour, line } of [{ colour: colourOf(theme.paper), line: 6 }, { colour: theme.text, line: 3 }]) {
    pen.strokeStyle = colour;
    pen.lineWidth = line;
    pen.beginPath();
    pen.arc(...place, HEARD, 0, 2 * Math.PI);
    pen.stroke();
  }
  pen.lineWidth = 2;
}

/**
 * A target with its name; where it lies out of sight, an arrow at the edge points to it.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {PointMap} map
 * @param {Placed} placed
 * @param {Theme} theme
 * @param {number} width
 * @param {number} height
 */
function drawPlaced(pen, map, { at, name }, theme, width, height) {
  const matrix = map.camera.matrix(width, height);
  const [x, y] = project(Float32Array.from(at), at.length, matrix, width, height, new Float32Array(3));
  const [seenX, seenY] = [Math.max(14, Math.min(width - 14, x)), Math.max(14, Math.min(height - 14, y))];
  for (const { colour, line } of [{ colour: colourOf(theme.paper), line: 7 }, { colour: theme.text, line: 3 }]) {
    pen.strokeStyle = colour;
    pen.lineWidth = line;
    pen.beginPath();
    if (seenX === x && seenY === y) drawTarget(pen, x, y);
    else drawArrow(pen, seenX, seenY, Math.atan2(y - seenY, x - seenX));
    pen.stroke();
  }
  pen.lineWidth = 2;
  pen.strokeStyle = theme.text;
  label(pen, name, seenX, seenY, width, theme);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number} x
 * @param {number} y
 */
function drawTarget(pen, x, y) {
  pen.arc(x, y, 8, 0, 2 * Math.PI);
  for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
    pen.moveTo(x + 4 * dx, y + 4 * dy);
    pen.lineTo(x + 15 * dx, y + 15 * dy);
  }
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number} x
 * @param {number} y
 * @param {number} towards radians
 */
function drawArrow(pen, x, y, towards) {
  /**
   * @param {number} angle
   * @param {number} far
   * @returns {[x: number, y: number]}
   */
  const end = (angle, far) => [x + far * Math.cos(towards + angle), y + far * Math.sin(towards + angle)];
  pen.moveTo(...end(2.6, 12));
  pen.lineTo(...end(0, 10));
  pen.lineTo(...end(-2.6, 12));
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {string} name
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {Theme} theme
 */
function label(pen, name, x, y, width, theme) {
  pen.font = '600 16px sans-serif';
  pen.textBaseline = 'middle';
  const wide = pen.measureText(name).width;
  const left = x + 20 + wide < width ? x + 20 : Math.max(4, x - 20 - wide);
  pen.globalAlpha = 0.85;
  pen.fillStyle = colourOf(theme.paper);
  pen.fillRect(left - 3, y - 10, wide + 6, 20);
  pen.globalAlpha = 1;
  pen.fillStyle = theme.text;
  pen.fillText(name, left, y);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {number[]} line
 */
function drawLine(pen, line) {
  pen.beginPath();
  for (let i = 0; i < line.length; i += 2) pen.lineTo(line[i], line[i + 1]);
  pen.closePath();
  pen.setLineDash([5, 4]);
  pen.stroke();
  pen.setLineDash([]);
  pen.globalAlpha = 0.08;
  pen.fill();
  pen.globalAlpha = 1;
}
