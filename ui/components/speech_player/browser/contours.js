// Values over time, such as pitch and intensity, and the lines that they make.

/** @import { Box } from '../../in_browser/shared/canvas.js' */
/** @import { Contour } from './payload.js' */
/** @import { SpeechPlayer } from './player.js' */

/**
 * The largest value within each stretch of time: from afar, syllables would fill the panel.
 *
 * @param {Contour} contour
 * @param {number} seconds of a stretch
 * @param {SpeechPlayer} player
 * @returns {Contour}
 */
export function loudestWithin({ times, values }, seconds, { span, begins }) {
  /** @type {number[]} */
  const foundTimes = [];
  /** @type {number[]} */
  const foundValues = [];
  let stretch = NaN;
  for (let i = indexAt(times, span.from + begins - seconds); i < times.length && times[i] < span.to + begins + seconds; i++) {
    const number = Math.floor(times[i] / seconds);
    if (number !== stretch) {
      foundTimes.push((number + 0.5) * seconds);
      foundValues.push(values[i]);
      stretch = number;
    } else if (values[i] > foundValues[foundValues.length - 1]) foundValues[foundValues.length - 1] = values[i];
  }
  return { times: foundTimes, values: foundValues };
}

/**
 * A line through a contour, broken where a value is missing.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {SpeechPlayer} player
 * @param {Box} box
 * @param {Contour} contour
 * @param {(value: number) => number} y pixels
 * @param {[colour: string, width: number][]} strokes one over another
 * @param {number} step seconds between values
 */
export function trace(pen, player, box, { times, values }, y, strokes, step) {
  const { span, begins } = player;
  pen.beginPath();
  let before = -Infinity;
  for (let i = Math.max(0, indexAt(times, span.from + begins) - 1); i < times.length; i++) {
    const time = times[i] - begins;
    if (!Number.isNaN(values[i])) {
      const x = box.x + span.toX(time, box.width);
      if (time - before > 1.5 * step) pen.moveTo(x - 0.5, y(values[i])); // a single value is seen as a dot
      pen.lineTo(x, y(values[i]));
      before = time;
    }
    if (time > span.to) break;
  }
  pen.lineJoin = pen.lineCap = 'round';
  for (const [colour, width] of strokes) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke();
  }
}

/**
 * The first of rising times that is not before a moment.
 *
 * @param {ArrayLike<number>} times
 * @param {number} moment
 */
export function indexAt(times, moment) {
  let low = 0, high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
