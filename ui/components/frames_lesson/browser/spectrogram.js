// The spectrogram: one row for each number of a frame, as a model gets them, whatever their frequencies.

import { penOf, within } from '../../in_browser/shared/canvas.js';
import { frameCount, frequenciesOf, levelsOf } from './spectra.js';

/** @import { Box } from '../../in_browser/shared/canvas.js' */
/** @import { Shown } from './picture.js' */

const SHOWN = 70; // decibels below the loudest point
const PITCH = [['#0E161C', 7], ['#FFFFFF', 3]]; // white alone is lost on the bright end of the colours
const WHITE = '#FFFFFF';

/** @param {CanvasRenderingContext2D} pen @param {Box} box @param {Shown} shown */
export function drawSpectrogram(pen, box, { frontEnd, sound, ratio }) {
  const { shades, pitch, seconds, begins, excerpt } = sound;
  const { count } = frontEnd;
  const samples = sound.signals[frontEnd.high_pass];
  const all = frameCount(samples.length, frontEnd);
  const columns = Math.min(all, Math.ceil(box.width * ratio)); // of more, one for each pixel is computed
  const frames = Array.from({ length: columns }, (_, i) => (columns === all ? i : Math.floor(((i + 0.5) * all) / columns)));
  const { levels, loudest } = levelsOf(samples, frontEnd, frames);
  const picture = new ImageData(columns, count);
  const pixels = new Uint32Array(picture.data.buffer);
  for (let at = 0; at < columns; at++) {
    for (let k = 0; k < count; k++) {
      const share = Math.max(0, 1 + (levels[at * count + k] - loudest) / SHOWN);
      pixels[(count - 1 - k) * columns + at] = shades[Math.round(255 * share)];
    }
  }
  const canvas = new OffscreenCanvas(columns, count);
  penOf(canvas).putImageData(picture, 0, 0);
  const frequencies = frequenciesOf(frontEnd);
  const x = (/** @type {number} */ time) => box.x + (time / seconds) * box.width;
  const hop = frontEnd.hop / 1000;
  within(pen, box, () => {
    pen.imageSmoothingEnabled = count > box.height * ratio;
    pen.drawImage(canvas, x(-hop / 2), box.y, x((all - 0.5) * hop) - x(-hop / 2), box.height); // a frame lies around its moment
    for (const [colour, width] of PITCH) {
      pen.beginPath();
      let before = false;
      pitch.hertz.forEach((hertz, i) => {
        const voiced = hertz !== null && hertz >= frequencies[0];
        if (voiced) {
          const y = box.y + box.height * (1 - (placeOf(hertz, frequencies) + 0.5) / count);
          if (before) pen.lineTo(x(pitch.times[i]), y);
          else pen.moveTo(x(pitch.times[i]), y);
        }
        before = voiced;
      });
      pen.strokeStyle = String(colour);
      pen.lineWidth = Number(width);
      pen.lineJoin = 'round';
      pen.stroke();
    }
    pen.setLineDash([3, 3]);
    pen.strokeStyle = WHITE;
    pen.lineWidth = 2;
    pen.strokeRect(x(begins), box.y + 1, x(begins + excerpt) - x(begins), box.height - 2);
    pen.setLineDash([]);
  });
}

/**
 * Where a frequency lies among those of a frame's numbers, counted from 0, between two of them.
 *
 * @param {number} hertz
 * @param {ArrayLike<number>} frequencies rising
 */
export function placeOf(hertz, frequencies) {
  const last = frequencies.length - 1;
  let above = 0;
  while (above <= last && frequencies[above] < hertz) above++;
  if (above === 0) return 0;
  if (above > last) return last;
  const [low, high] = [frequencies[above - 1], frequencies[above]];
  return above - 1 + (hertz - low) / (high - low);
}
