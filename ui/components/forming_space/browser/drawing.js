// Draws one moment of a space that forms: the voices that are heard in training and others side by side, beside them
// the angles between the emotions and the scatter over the epochs.

import { within } from '../../in_browser/shared/canvas.js';
import { channels, writtenOver } from '../../in_browser/shared/colours.js';
import { mark } from '../../in_browser/shared/marker.js';
import { fixed } from '../../in_browser/shared/numbers.js';
import { percent } from './epochs.js';

/** @import { Box, Size } from '../../in_browser/shared/canvas.js' */
/** @import { Epoch, Forming } from './epochs.js' */

/** @typedef {{ ink: string, paper: string, accent: string, edge: string, font: string }} Look */
/** @typedef {{ data: Forming, epoch: Epoch, place: number, reach: number, look: Look }} Moment */

// In units of the canvas, as all lengths here.
const NARROW = 640; // below this the pictures stand in rows
const SMALLEST = 100;
const GAP = 12;
const TITLE = 44; // height of two lines
const SMALL = 13; // of the letters inside the pictures
const CELL = { width: 22, height: SMALL }; // of a cell with an angle written in it, at least
const AROUND = { width: 20, height: 44 }; // of the cells: title and markers
const FLAT = 70; // the height below which curves of the scatter tell nothing
const FAR = 90; // degrees from which a cell is empty

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Size} size
 * @param {Moment} moment
 */
export function draw(pen, size, moment) {
  pen.clearRect(0, 0, size.width, size.height);
  if (size.width < SMALLEST || size.height < SMALLEST) return; // it is not seen yet
  const boxes = laidOut(size, moment.epoch.parts[1] !== null, moment.data.classes.length);
  moment.epoch.parts.forEach((part, which) => {
    if (!part) return;
    drawMap(pen, boxes.maps[which], moment, which);
    drawAngles(pen, boxes.angles[which], moment, which);
  });
  drawScatter(pen, boxes.scatter, moment);
}

/**
 * Where everything stands. The angles get what their numbers need, as long as the maps and the curves are still seen.
 *
 * @param {Size} size
 * @param {boolean} two whether there are voices of both kinds
 * @param {number} classes
 * @returns {{ maps: Box[], angles: Box[], scatter: Box }}
 */
export function laidOut({ width, height }, two, classes) {
  const count = two ? 2 : 1;
  const high = AROUND.height + CELL.height * (classes - 1);
  const wide = count * (AROUND.width + CELL.width * (classes - 1)) + (count - 1) * GAP;
  /** @param {number} left @param {number} top @param {number} wide @param {number} high */
  const row = (left, top, wide, high) =>
    Array.from({ length: count }, (_, i) => {
      const each = (wide - (count - 1) * GAP) / count;
      return { x: left + i * (each + GAP), y: top, width: each, height: high };
    });
  if (width < NARROW) {
    const second = Math.max(0.3 * height - GAP, Math.min(high, 0.45 * height)) + GAP;
    const first = Math.min(0.46 * height, height - second - FLAT - GAP);
    return {
      maps: row(0, 0, width, first),
      angles: row(0, first + GAP, width, second - GAP),
      scatter: { x: 0, y: first + second + GAP, width, height: height - first - second - GAP },
    };
  }
  const side = Math.max(0.3 * width, 300, Math.min(wide, 0.6 * width));
  const left = width - side;
  const upper = Math.max(0.56 * height, Math.min(high, height - FLAT - GAP));
  return {
    maps: row(0, 0, left - GAP, height),
    angles: row(left, 0, side, upper),
    scatter: { x: left, y: upper + GAP, width: side, height: height - upper - GAP },
  };
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Box} box
 * @param {Moment} moment
 * @param {number} which
 */
function drawMap(pen, box, { data, epoch, reach, look }, which) {
  const part = epoch.parts[which];
  if (!part) return;
  write(pen, look, data.titles[which], box.x, box.y + 15, { bold: true, size: 15, most: box.width });
  const guessing = which || !epoch.parts[1] ? ` (guessing: ${percent(data.chance)})` : '';
  write(pen, look, `${percent(part.accuracy)} right${guessing}`, box.x, box.y + 35, { size: 15, most: box.width });
  const area = { ...box, y: box.y + TITLE, height: box.height - TITLE };
  const [x, y] = [area.x + area.width / 2, area.y + area.height / 2];
  const scale = Math.max(1, Math.min(area.width, area.height) / 2 - 8) / reach;
  /** @param {number[]} places @param {number} i @returns {[number, number]} */
  const placed = (places, i) => [x + scale * places[2 * i], y - scale * places[2 * i + 1]];
  within(pen, area, () => {
    pen.globalAlpha = 0.25;
    pen.strokeStyle = look.ink;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.arc(x, y, 1000 * scale, 0, 2 * Math.PI);
    pen.stroke();
    const radius = Math.max(3.5, Math.min(6, area.width / 75));
    pen.globalAlpha = 0.8;
    data.codes.forEach((code, i) => {
      if (data.heard[i] === which) return; // the first picture is of those heard
      const { symbol, colour } = data.classes[code];
      mark(pen, symbol, placed(epoch.points, i), radius, colour, look.edge);
    });
    pen.globalAlpha = 1;
    data.classes.forEach((one, code) => drawDirection(pen, [x, y], placed(epoch.directions, code), one.colour));
  });
}

/**
 * An arrow to where an emotion points.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {[number, number]} from
 * @param {[number, number]} to
 * @param {string} colour
 */
function drawDirection(pen, from, to, colour) {
  const towards = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const tip = 9;
  pen.strokeStyle = colour;
  pen.lineWidth = 3;
  pen.beginPath();
  pen.moveTo(...from);
  pen.lineTo(...to);
  for (const turn of [2.6, -2.6]) {
    pen.moveTo(...to);
    pen.lineTo(to[0] + tip * Math.cos(towards + turn), to[1] + tip * Math.sin(towards + turn));
  }
  pen.stroke();
}

/**
 * The angles between the emotions' directions in these voices: the more alike two are, the darker their cell.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {Box} box
 * @param {Moment} moment
 * @param {number} which
 */
function drawAngles(pen, box, moment, which) {
  const { epoch, look } = moment;
  const angles = epoch.parts[which]?.angles;
  if (!angles) return;
  write(pen, look, which ? 'Angles, other voices' : 'Angles between emotions', box.x, box.y + 14, { size: SMALL, bold: true, most: box.width });
  const count = angles.length;
  const wide = Math.max(4, Math.min((box.width - AROUND.width) / (count - 1), 44));
  const high = Math.max(4, Math.min((box.height - AROUND.height) / (count - 1), wide));
  const [left, top] = [box.x + AROUND.width, box.y + AROUND.height / 2];
  const [ground, accent] = [channels(look.paper), channels(look.accent)];
  for (let row = 1; row < count; row++) {
    drawMark(pen, moment, row, [box.x + 9, top + (row - 0.5) * high]);
    for (let column = 0; column < row; column++) {
      const angle = angles[row][column];
      if (angle === null) continue;
      const [x, y] = [left + column * wide, top + (row - 1) * high];
      const share = Math.max(0, 1 - angle / FAR) * 0.85 + 0.06;
      pen.globalAlpha = share;
      pen.fillStyle = look.accent;
      pen.fillRect(x + 1, y + 1, wide - 2, high - 2);
      pen.globalAlpha = 1;
      if (wide > CELL.width - 1 && high > CELL.height - 1) { // rounding may have taken a little
        write(pen, { ...look, ink: writtenOver(ground, accent, share) }, fixed(angle, 0), x + wide / 2, y + high / 2 + 4.5, { size: SMALL, centred: true });
      }
    }
  }
  for (let column = 0; column < count - 1; column++) {
    drawMark(pen, moment, column, [left + (column + 0.5) * wide, top + (count - 1) * high + 10]);
  }
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Moment} moment
 * @param {number} code
 * @param {[number, number]} place
 */
function drawMark(pen, { data, look }, code, place) {
  mark(pen, data.classes[code].symbol, place, 6, data.classes[code].colour, look.edge);
}

/**
 * Scatter within the emotions by that between them, over the epochs; a logarithmic axis.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {Box} box
 * @param {Moment} moment
 */
function drawScatter(pen, box, { data, place, look }) {
  write(pen, look, 'Scatter within / between (less: tighter)', box.x, box.y + 14, { size: SMALL, bold: true, most: box.width });
  const ratios = data.epochs.flatMap(one => one.parts.flatMap(part => (part && part.ratio > 0 ? [part.ratio] : [])));
  if (!ratios.length) return;
  const [low, high] = [Math.log(Math.min(...ratios) * 0.8), Math.log(Math.max(...ratios) * 1.25)];
  const area = { x: box.x + 34, y: box.y + 24, width: box.width - 44, height: box.height - 46 };
  const last = Math.max(1, data.epochs.length - 1);
  /** @param {number} at */
  const across = at => area.x + (area.width * at) / last;
  /** @param {number} ratio */
  const up = ratio => area.y + area.height * (1 - (Math.log(ratio) - low) / (high - low));
  pen.lineWidth = 1;
  let former = Infinity; // where the last number was written: on a low screen there is no room for all
  for (const tick of [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]) {
    if (Math.log(tick) < low || Math.log(tick) > high || former - up(tick) < SMALL) continue;
    former = up(tick);
    line(pen, look.ink, 0.15, [[area.x, up(tick)], [area.x + area.width, up(tick)]]);
    write(pen, look, String(tick), area.x - 6, up(tick) + 4, { size: SMALL, right: true });
  }
  data.epochs.forEach((one, i) => {
    if (i > 1 && one.stage !== data.epochs[i - 1].stage) {
      pen.setLineDash([4, 4]);
      line(pen, look.ink, 0.6, [[across(i - 1), area.y], [across(i - 1), area.y + area.height]]);
      pen.setLineDash([]);
      write(pen, look, one.stage, Math.min(across(i - 1) + 4, area.x + area.width - 60), area.y + 10, { size: SMALL });
    }
  });
  line(pen, look.ink, 0.5, [[across(place), area.y], [across(place), area.y + area.height]]);
  [0, 1].forEach(which => {
    const having = data.epochs.flatMap((one, i) => {
      const ratio = one.parts[which]?.ratio;
      return ratio ? [/** @type {[number, number]} */ ([across(i), up(ratio)])] : [];
    });
    if (!having.length) return;
    pen.lineWidth = 2.5;
    pen.setLineDash(which ? [7, 4] : []);
    line(pen, which ? look.ink : look.accent, 1, having);
    pen.setLineDash([]);
  });
  const names = data.epochs[0].parts[1] ? '— learned from   - - others' : '';
  write(pen, look, names, area.x, box.y + box.height - 4, { size: SMALL, most: area.width });
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {string} colour
 * @param {number} alpha
 * @param {[number, number][]} places
 */
function line(pen, colour, alpha, places) {
  pen.globalAlpha = alpha;
  pen.strokeStyle = colour;
  pen.beginPath();
  for (const place of places) pen.lineTo(...place);
  pen.stroke();
  pen.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Look} look
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {{ size?: number, bold?: boolean, centred?: boolean, right?: boolean, most?: number }} [how]
 */
function write(pen, look, text, x, y, { size = 14, bold = false, centred = false, right = false, most } = {}) {
  pen.font = `${bold ? '600 ' : ''}${size}px ${look.font}`;
  pen.textAlign = centred ? 'center' : right ? 'right' : 'left';
  pen.fillStyle = look.ink;
  pen.fillText(text, x, y, most);
}
