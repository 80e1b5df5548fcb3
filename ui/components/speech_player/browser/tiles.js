// The spectrogram, computed in tiles when they are seen first, and kept: a tile is some columns of levels at one
// distance between columns, a power of two of samples, so that moving and zooming find most of them made already.

import { penOf } from '../../in_browser/shared/canvas.js';
import { shadesOf } from '../../in_browser/shared/colours.js';
import { FrequencyRows } from '../../in_browser/shared/frequencies.js';
import { BANDS, Spectrum } from './spectrum.js';

/** @import { Box, Pen } from '../../in_browser/shared/canvas.js' */
/** @import { AxisName } from '../../in_browser/shared/frequencies.js' */
/** @import { Span } from './span.js' */
/** @import { BandName } from './spectrum.js' */

/** @typedef {{ band: BandName, axis: AxisName, range: number, rows: number }} Looks range in decibels, rows in pixels */
/** @typedef {{ spectrum: Spectrum, loudest: number }} Band loudest in decibels */

const TILE = 128; // columns
const FINEST = 8; // samples between columns
const MOST_LEVELS = 400; // tiles in memory: 26 MB with narrow bands
const MOST_PICTURES = 100; // tiles in colour: 25 MB on a sharp screen, which shows at most 30 of them
const BELOW = 120; // decibels below the loudest point that a level can tell; each is kept in half decibels

export class Tiles {
  /**
   * @param {Float32Array} samples
   * @param {number} rate hertz
   * @param {string[]} scale colours from faint to loud
   * @param {Looks} looks
   */
  constructor(samples, rate, scale, looks) {
    this.samples = samples;
    this.rate = rate;
    this.scale = scale;
    /** @type {Map<BandName, Band>} */
    this.spectra = new Map();
    /** @type {Map<string, Uint8Array>} */
    this.levels = new Map();
    /** @type {Map<string, OffscreenCanvas>} */
    this.pictures = new Map();
    this.strip = new OffscreenCanvas(1, 1);
    this.looks = looks;
    this.rows = this.rowsFor(looks);
    this.shades = this.shadesFor(looks);
  }

  /**
   * How it is to look. Levels are kept, pictures are made again.
   *
   * @param {Looks} looks
   */
  look(looks) {
    if (JSON.stringify(looks) === JSON.stringify(this.looks)) return;
    this.looks = looks;
    this.pictures.clear();
    this.rows = this.rowsFor(looks);
    this.shades = this.shadesFor(looks);
  }

  /** @param {Looks} looks */
  rowsFor({ axis, band, rows }) {
    return new FrequencyRows(axis, rows, this.band(band).spectrum.count, this.rate / 2);
  }

  /** @param {Looks} looks */
  shadesFor({ range }) {
    return shadesOf(this.scale, code => 1 + (code / 2 - BELOW) / range);
  }

  /** @returns {Band} */
  band(name = this.looks.band) {
    let band = this.spectra.get(name);
    if (!band) {
      const spectrum = new Spectrum(this.samples, this.rate, BANDS[name].seconds);
      band = { spectrum, loudest: spectrum.loudest() };
      this.spectra.set(name, band);
    }
    return band;
  }

  /**
   * Samples between columns that are about as close as pixels.
   *
   * @param {Span} span
   * @param {number} pixels
   */
  hopFor(span, pixels) {
    return Math.max(FINEST, 2 ** Math.round(Math.log2((span.length * this.rate) / pixels)));
  }

  /**
   * Draws a stretch of time, computing what is not there until a moment on the clock: then coarser tiles take its place.
   * Returns whether all is there.
   *
   * @param {Pen} pen
   * @param {Box} box in pixels of the canvas
   * @param {Span} span
   * @param {number} until milliseconds
   */
  draw(pen, box, span, until) {
    const { rate, strip, looks } = this;
    const hop = this.hopFor(span, box.width);
    /** @param {number} seconds */
    const place = seconds => (seconds * rate) / hop + 0.5; // a column reaches half a column to either side
    const first = Math.floor(place(span.from) / TILE), last = Math.floor(place(span.to) / TILE);
    strip.width = (last - first + 1) * TILE; // which empties it
    strip.height = looks.rows;
    const onto = penOf(strip);
    let complete = true;
    for (let number = first; number <= last; number++) {
      const x = (number - first) * TILE;
      const picture = this.picture(hop, number, complete ? until : 0);
      if (picture) onto.drawImage(picture, x, 0);
      else this.drawCoarser(onto, x, hop, number);
      complete &&= picture !== null;
    }
    const from = place(span.from) - first * TILE, to = place(span.to) - first * TILE;
    pen.drawImage(strip, from, 0, to - from, looks.rows, box.x, box.y, box.width, box.height);
    return complete;
  }

  /**
   * @param {Pen} onto
   * @param {number} x
   * @param {number} hop
   * @param {number} number
   */
  drawCoarser(onto, x, hop, number) {
    for (let coarse = 2 * hop; coarse <= this.samples.length; coarse *= 2) {
      /** @param {number} column */
      const place = column => ((column - 0.5) * hop) / coarse + 0.5;
      const from = place(number * TILE), to = place((number + 1) * TILE);
      const parent = Math.max(0, Math.floor(from / TILE));
      const picture = this.picture(coarse, parent, 0);
      if (!picture) continue;
      onto.drawImage(picture, Math.max(0, from - parent * TILE), 0, to - from, this.looks.rows, x, 0, TILE, this.looks.rows);
      return;
    }
  }

  /**
   * The picture of a tile; null where its levels are not there and the moment has passed.
   *
   * @param {number} hop
   * @param {number} number
   * @param {number} until milliseconds
   */
  picture(hop, number, until) {
    const key = `${this.looks.band} ${hop} ${number}`;
    const picture = this.pictures.get(key);
    if (picture) return picture;
    if (!this.levels.has(key) && performance.now() >= until) return null;
    const levels = this.levels.get(key) ?? keep(this.levels, key, this.computed(hop, number), MOST_LEVELS);
    return keep(this.pictures, key, this.coloured(levels), MOST_PICTURES);
  }

  /**
   * @param {number} hop
   * @param {number} number
   */
  computed(hop, number) {
    const { spectrum, loudest } = this.band();
    const codes = new Uint8Array(TILE * spectrum.count);
    for (let i = 0; i < TILE; i++) {
      const centre = (number * TILE + i) * hop;
      if (centre - hop > this.samples.length) break;
      const levels = spectrum.column(centre, hop);
      for (let k = 0; k < spectrum.count; k++) {
        codes[i * spectrum.count + k] = Math.max(0, Math.min(255, Math.round(2 * (levels[k] - loudest + BELOW))));
      }
    }
    return codes;
  }

  /** @param {Uint8Array} codes */
  coloured(codes) {
    const { rows, shades, looks } = this;
    const picture = new OffscreenCanvas(TILE, looks.rows);
    const pen = penOf(picture);
    const image = pen.createImageData(TILE, looks.rows);
    const pixels = new Uint32Array(image.data.buffer);
    for (let row = 0; row < looks.rows; row++) {
      for (let i = 0; i < TILE; i++) pixels[row * TILE + i] = shades[Math.round(rows.valueAt(row, codes, i * rows.count))];
    }
    pen.putImageData(image, 0, 0);
    return picture;
  }
}

/**
 * @template One
 * @param {Map<string, One>} made
 * @param {string} key
 * @param {One} one
 * @param {number} most
 */
function keep(made, key, one, most) {
  const [oldest] = made.keys();
  if (made.size >= most) made.delete(oldest);
  made.set(key, one);
  return one;
}
