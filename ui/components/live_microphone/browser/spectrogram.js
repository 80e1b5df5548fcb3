// The picture of the spectrogram: tiles are drawn once, and only moved afterwards.

import { penOf } from '../../in_browser/shared/canvas.js';
import { shadesOf } from '../../in_browser/shared/colours.js';
import { FrequencyRows } from '../../in_browser/shared/frequencies.js';
import { BINS, HOP, LOWEST, RATE, STEPS } from './spectrum.js';

/** @import { Box } from '../../in_browser/shared/canvas.js' */
/** @import { AxisName } from '../../in_browser/shared/frequencies.js' */
/** @import { Spectra } from './spectrum.js' */

/** @typedef {{ axis: AxisName, darkest: number, brightest: number, colours: string[] }} Look levels in decibels */
/** @typedef {{ canvas: OffscreenCanvas, pen: OffscreenCanvasRenderingContext2D, drawn: number }} Tile */

const TILE = 500; // columns: five seconds
const ROWS = 160;

export class Spectrogram {
  /**
   * @param {Spectra} spectra
   * @param {Look} look
   */
  constructor(spectra, look) {
    this.spectra = spectra;
    /** @type {Map<number, Tile>} */
    this.tiles = new Map(); // number of a tile → its canvas, and number of columns drawn
    const { axis, darkest, brightest, colours } = look;
    this.rows = new FrequencyRows(axis, ROWS, BINS, RATE / 2);
    this.shades = shadesOf(colours, level => (LOWEST + level / STEPS - darkest) / (brightest - darkest));
  }

  /**
   * Draws the time from `start` to `end` seconds.
   *
   * @param {CanvasRenderingContext2D} pen
   * @param {number} start
   * @param {number} end
   * @param {Box} box
   */
  draw(pen, start, end, { x, y, width, height }) {
    const { spectra } = this;
    const perSecond = RATE / HOP;
    const first = Math.max(spectra.first, Math.floor(start * perSecond));
    const last = Math.min(spectra.columns, Math.ceil(end * perSecond));
    const [oldest, newest] = [Math.floor(spectra.first / TILE), Math.floor(spectra.columns / TILE)];
    for (const number of this.tiles.keys()) if (number < oldest || number > newest) this.tiles.delete(number);
    const wide = width / ((end - start) * perSecond); // pixels of a column
    for (let number = Math.floor(first / TILE); number * TILE < last; number++) {
      const tile = this.tile(number);
      const from = Math.max(first, number * TILE);
      const to = Math.min(last, (number + 1) * TILE);
      if (to <= from) continue;
      const left = x + (from - start * perSecond) * wide;
      pen.drawImage(tile.canvas, from - number * TILE, 0, to - from, ROWS, left, y, (to - from) * wide, height);
    }
  }

  /** @param {number} number */
  tile(number) {
    let tile = this.tiles.get(number);
    if (!tile) {
      const canvas = new OffscreenCanvas(TILE, ROWS);
      tile = { canvas, pen: penOf(canvas), drawn: 0 };
      this.tiles.set(number, tile);
    }
    const ready = Math.min(TILE, this.spectra.columns - number * TILE);
    if (ready > tile.drawn) {
      const from = Math.max(tile.drawn, this.spectra.first - number * TILE);
      if (ready > from) tile.pen.putImageData(this.picture(number * TILE + from, ready - from), from, 0);
      tile.drawn = ready;
    }
    return tile;
  }

  /**
   * @param {number} first
   * @param {number} count of columns
   */
  picture(first, count) {
    const picture = new ImageData(count, ROWS);
    const pixels = new Uint32Array(picture.data.buffer);
    const { levels } = this.spectra;
    for (let column = 0; column < count; column++) {
      const at = this.spectra.placeOf(first + column);
      for (let row = 0; row < ROWS; row++) {
        pixels[row * count + column] = this.shades[Math.round(this.rows.valueAt(row, levels, at))];
      }
    }
    return picture;
  }
}
