// The picture: windows over the waveform, the filters below them, and the spectrogram that follows from both.

import { within } from '../../in_browser/shared/canvas.js';
import { fixed } from '../../in_browser/shared/numbers.js';
import { drawSpectrogram, placeOf } from './spectrogram.js';
import { filtersOf, frequenciesOf } from './spectra.js';
import { taper } from '../../in_browser/shared/fourier.js';

/** @import { Box, Size } from '../../in_browser/shared/canvas.js' */
/** @import { FrontEnd } from './front_end.js' */
/** @import { Sound } from './lesson.js' */

/** @typedef {{ ink: string, muted: string, accent: string, second: string, font: string }} Look */
/** @typedef {{ frontEnd: FrontEnd, sound: Sound, look: Look, ratio: number }} Shown ratio: of the screen's pixels to units */

const SHARES = [0.26, 0.16, 0.58]; // of the height
const MARGINS = { left: 62, right: 14, top: 4 };
const AXIS = 24; // below each part
const TICK_HERTZ = [0, 250, 1000, 2000, 4000, 8000];
const LETTERS = 13; // pixels
const TICK = 85; // pixels that one takes along the axis, about

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Size} size
 * @param {Shown} shown
 */
export function draw(pen, size, shown) {
  const width = Math.max(1, size.width - MARGINS.left - MARGINS.right);
  const free = Math.max(1, size.height - MARGINS.top - SHARES.length * AXIS);
  let y = MARGINS.top;
  const boxes = SHARES.map(share => {
    const box = { x: MARGINS.left, y, width, height: share * free };
    y += box.height + AXIS;
    return box;
  });
  pen.clearRect(0, 0, size.width, size.height);
  pen.font = `${LETTERS}px ${shown.look.font}`;
  drawWindows(pen, boxes[0], shown);
  drawFilters(pen, boxes[1], shown);
  drawSpectrogram(pen, boxes[2], shown);
  drawFrequencies(pen, boxes[2], shown);
  const { begins, excerpt, seconds } = shown.sound;
  drawTicks(pen, boxes[0], shown.look, [begins, begins + excerpt], 's');
  drawTicks(pen, boxes[1], shown.look, [0, shown.frontEnd.rate / 2], 'Hz');
  drawTicks(pen, boxes[2], shown.look, [0, seconds], 's');
}

/** @param {CanvasRenderingContext2D} pen @param {Box} box @param {Shown} shown */
function drawWindows(pen, box, { frontEnd, sound, look }) {
  const { begins, excerpt, signals: { 0: samples }, rate } = sound;
  const first = Math.round(begins * rate), part = samples.subarray(first, first + Math.round(excerpt * rate));
  const most = part.reduce((peak, value) => Math.max(peak, Math.abs(value)), 1e-9);
  const hop = frontEnd.hop / 1000, half = frontEnd.window / 2000;
  const weights = taper(frontEnd.taper, frontEnd.windowLength);
  const x = (/** @type {number} */ seconds) => box.x + ((seconds - begins) / excerpt) * box.width;
  const y = (/** @type {number} */ value) => box.y + (box.height * (1.1 - value)) / 2.15;
  const numbers = windowsInside(begins, excerpt, hop);
  within(pen, box, () => {
    line(pen, look.muted, 1, part.length, i => [x(begins + i / rate), y(part[i] / most)]);
    const marked = numbers[Math.floor(numbers.length / 2)];
    for (const number of numbers.filter(one => one !== marked).concat(numbers.length ? [marked] : [])) {
      const [colour, width] = number === marked ? [look.second, 4] : [look.accent, 1.5];
      const last = weights.length - 1;
      line(pen, colour, width, weights.length, i => [x(number * hop - half + (2 * half * i) / last), y(weights[i])]);
    }
  });
}

/**
 * The numbers of the frames whose middles lie in a part of the sound.
 *
 * @param {number} begins seconds
 * @param {number} excerpt seconds
 * @param {number} hop seconds
 */
export function windowsInside(begins, excerpt, hop) {
  const first = Math.ceil(begins / hop);
  return Array.from({ length: Math.max(0, Math.ceil((begins + excerpt) / hop - first)) }, (_, i) => first + i);
}

/** @param {CanvasRenderingContext2D} pen @param {Box} box @param {Shown} shown */
function drawFilters(pen, box, { frontEnd, look }) {
  const bin = frontEnd.rate / frontEnd.transform;
  const x = (/** @type {number} */ k) => box.x + ((k * bin) / (frontEnd.rate / 2)) * box.width;
  const filters = filtersOf(frontEnd);
  if (!filters) {
    pen.fillStyle = look.accent;
    const step = x(1) - x(0);
    for (let k = 0; k < frontEnd.count; k++) pen.fillRect(x(k) - 0.4 * step, box.y, Math.max(0.5, 0.8 * step), box.height);
    return;
  }
  filters.forEach(({ first, weights }, band) => {
    const most = Math.max(...weights, 1e-12);
    line(pen, band % 2 ? look.second : look.accent, 1.5, weights.length && weights.length + 2, i =>
      [x(first + i - 1), box.y + box.height * (1 - (weights[i - 1] ?? 0) / most)]);
  });
}

/** @param {CanvasRenderingContext2D} pen @param {Box} box @param {Shown} shown */
function drawFrequencies(pen, box, { frontEnd, look }) {
  const frequencies = frequenciesOf(frontEnd);
  pen.fillStyle = look.ink;
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  let below = Infinity;
  for (const hertz of TICK_HERTZ) {
    if (hertz < frequencies[0] || hertz > frequencies[frequencies.length - 1] * 1.02) continue;
    const y = box.y + box.height * (1 - (placeOf(hertz, frequencies) + 0.5) / frequencies.length);
    if (below - y < 1.2 * LETTERS) continue;
    below = y;
    pen.fillText(`${hertz.toLocaleString('en')} Hz`, box.x - 6, Math.max(box.y + LETTERS / 2, y));
  }
}

/**
 * @param {CanvasRenderingContext2D} pen @param {Box} box @param {Look} look
 * @param {[first: number, last: number]} range @param {string} unit
 */
function drawTicks(pen, box, look, [first, last], unit) {
  const wanted = (last - first) / Math.max(2, box.width / TICK);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = power * ([1, 2, 5, 10].find(one => one * power >= wanted) ?? 10);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  pen.fillStyle = look.ink;
  pen.textBaseline = 'top';
  for (let i = Math.ceil(first / step - 1e-9); i * step <= last + 1e-9; i++) {
    const x = box.x + ((i * step - first) / (last - first)) * box.width;
    pen.fillRect(x, box.y + box.height, 1, 4);
    const text = `${Number(fixed(i * step, decimals)).toLocaleString('en')} ${unit}`;
    const half = pen.measureText(text).width / 2;
    pen.textAlign = x + half > box.x + box.width + MARGINS.right ? 'right' : 'center'; // the last one is not cut
    pen.fillText(text, pen.textAlign === 'right' ? box.x + box.width + MARGINS.right : x, box.y + box.height + 6);
  }
}

/**
 * @param {CanvasRenderingContext2D} pen @param {string} colour @param {number} width @param {number} count
 * @param {(i: number) => [x: number, y: number]} at
 */
function line(pen, colour, width, count, at) {
  pen.beginPath();
  for (let i = 0; i < count; i++) pen.lineTo(...at(i));
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.lineJoin = 'round';
  pen.stroke();
}
