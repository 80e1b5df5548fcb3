// The globe: an arrow from the middle of the sphere for the direction of each class, and great circles between them.

import { penOf } from '../../in_browser/shared/canvas.js';
import { mark } from '../../in_browser/shared/marker.js';
import { allPairs, written, writtenPairs } from './arcs.js';
import { project } from './geometry.js';
import { besideTips } from './names.js';
import { greatCircle, isHidden, rim, scaled } from './sphere.js';
import { colourOf } from './theme.js';

/** @import { Vector } from './camera.js' */
/** @import { PointMap, Place } from './map.js' */
/** @import { Pair } from './arcs.js' */
/** @import { Arrow, Globe } from './payload.js' */
/** @import { Theme } from './theme.js' */

/** @typedef {Arrow & { hidden: boolean, end: Place, tip: Place }} SeenArrow where its head ends and where its marker is */

const PIECES = 48; // of a great circle
const END = 1.1; // how far the head of an arrow goes from the middle, in radii
const TIP = 1.2; // how far its marker lies from there
const HEAD = 11; // pixels
const FAR = 0.4; // how much of what the sphere hides is seen
const FAR_ARROW = 0.55; // of an arrow there: a dark blue one was lost on dark ground
const TEXT = '600 16px sans-serif';
const LINE = 20; // pixels of a line of text

/**
 * The arrows as they are seen now, those in front last.
 *
 * @param {PointMap} map
 * @returns {SeenArrow[]}
 */
export function seenArrows(map) {
  const { globe } = map.map;
  if (!globe) return [];
  const eye = map.camera.eye(), see = sight(map);
  return globe.arrows
    .map(arrow => ({
      ...arrow,
      hidden: isHidden(scaled(arrow.at, TIP), eye),
      end: see(scaled(arrow.at, END)),
      tip: see(scaled(arrow.at, TIP)),
    }))
    .sort((a, b) => Number(b.hidden) - Number(a.hidden));
}

/**
 * The name of the class whose marker lies at a place, the one in front first; empty for none.
 *
 * @param {PointMap} map
 * @param {number} x
 * @param {number} y
 * @param {number} reach pixels
 */
export function arrowAt(map, x, y, reach) {
  return seenArrows(map).findLast(({ tip }) => Math.hypot(tip[0] - x, tip[1] - y) < reach)?.name ?? '';
}

/**
 * @param {PointMap} map
 * @param {Theme} theme
 */
export function drawGlobe(map, theme) {
  const { globe } = map.map;
  if (!globe) return;
  const pen = penOf(map.marks), see = sight(map), eye = map.camera.eye();
  const arrows = seenArrows(map);
  pen.save();
  pen.lineJoin = pen.lineCap = 'round';
  pen.strokeStyle = colourOf(theme.grey);
  pen.lineWidth = 1;
  trace(pen, rim(eye, 2 * PIECES).map(see));
  const chosen = writtenPairs(globe, map.marked.classes, map.memory.from);
  const strong = new Set(chosen.map(String));
  for (const pair of allPairs(globe)) {
    const [one, other] = pair.map(number => globe.arrows[number].at);
    const isStrong = strong.has(String(pair));
    drawArc(pen, greatCircle(one, other, PIECES), eye, see, isStrong ? theme.text : colourOf(theme.grey), isStrong ? 3 : 1.5);
  }
  for (const arrow of arrows) drawArrow(pen, arrow, see([0, 0, 0]), theme);
  for (const pair of chosen) {
    const place = placeOfAngle(globe, pair, map.memory.from);
    pen.globalAlpha = isHidden(place, eye) ? 2 * FAR : 1;
    write(pen, written(globe, pair), see(place), theme);
  }
  writeNames(pen, map, arrows, theme);
  pen.restore();
}

/**
 * In the middle of an arc; where many begin at one class, nearer to the other, where they are further apart.
 *
 * @param {Globe} globe
 * @param {Pair} pair
 * @param {string} from name of the class where many begin; empty for none
 */
function placeOfAngle({ arrows }, pair, from) {
  const [one, other] = pair.map(number => arrows[number]);
  if (one.name === from) return greatCircle(one.at, other.at, 3)[2];
  return other.name === from ? greatCircle(one.at, other.at, 3)[1] : greatCircle(one.at, other.at, 2)[1];
}

/**
 * @param {PointMap} map
 * @returns {(point: Vector) => Place} where a point of space is seen
 */
function sight(map) {
  const { width, height } = map.stage.size();
  const matrix = map.camera.matrix(width, height), screen = new Float32Array(3);
  return point => {
    const [x, y] = project(point, 3, matrix, width, height, screen);
    return [x, y];
  };
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Place[]} line
 */
function trace(pen, line) {
  pen.beginPath();
  for (const place of line) pen.lineTo(...place);
  pen.stroke();
}

/**
 * What the sphere hides of an arc is fainter.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {Vector[]} arc
 * @param {Vector} eye
 * @param {(point: Vector) => Place} see
 * @param {string} colour
 * @param {number} wide pixels
 */
function drawArc(pen, arc, eye, see, colour, wide) {
  pen.strokeStyle = colour;
  pen.lineWidth = wide;
  /** @type {Place[]} */
  let run = [see(arc[0])];
  let hidden = isHidden(arc[0], eye);
  const end = () => {
    pen.globalAlpha = hidden ? FAR : 1;
    trace(pen, run);
  };
  for (const point of arc.slice(1)) {
    run.push(see(point));
    if (isHidden(point, eye) === hidden) continue;
    end();
    hidden = !hidden;
    run = [see(point)];
  }
  end();
  pen.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {SeenArrow} arrow
 * @param {Place} middle
 * @param {Theme} theme
 */
function drawArrow(pen, { hidden, colour, symbol, end, tip }, middle, theme) {
  pen.globalAlpha = hidden ? FAR_ARROW : 1;
  const towards = Math.atan2(end[1] - middle[1], end[0] - middle[0]);
  /** @type {(angle: number) => Place} */
  const corner = angle => [end[0] - HEAD * Math.cos(towards + angle), end[1] - HEAD * Math.sin(towards + angle)];
  for (const { stroke, wide } of [{ stroke: colourOf(theme.paper), wide: 6 }, { stroke: colour, wide: 3 }]) {
    pen.strokeStyle = stroke;
    pen.lineWidth = wide;
    trace(pen, [middle, end]);
    trace(pen, [corner(0.5), end, corner(-0.5)]);
  }
  mark(pen, symbol, tip, 9, colour, theme.text);
  pen.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {PointMap} map
 * @param {SeenArrow[]} arrows
 * @param {Theme} theme
 */
function writeNames(pen, map, arrows, theme) {
  pen.font = TEXT;
  const named = arrows.toReversed(); // those in front choose their place first
  const [middle] = sight(map)([0, 0, 0]);
  const labels = named.map(({ name, tip }) => ({
    at: tip,
    way: tip[0] < middle ? -1 : 1,
    width: pen.measureText(name).width,
    height: LINE,
  }));
  const { width, height } = map.stage.size(), { above, below } = map.camera;
  besideTips(labels, { x: 0, y: above, width, height: height - above - below }).forEach((place, i) => {
    pen.globalAlpha = named[i].hidden ? 1.5 * FAR : 1;
    write(pen, named[i].name, place, theme);
  });
  pen.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {string} text
 * @param {Place} middle
 * @param {Theme} theme
 */
function write(pen, text, [x, y], theme) {
  pen.font = TEXT;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.lineWidth = 4;
  pen.strokeStyle = colourOf(theme.paper);
  pen.strokeText(text, x, y);
  pen.fillStyle = theme.text;
  pen.fillText(text, x, y);
}
