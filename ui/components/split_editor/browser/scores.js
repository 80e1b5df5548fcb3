// The same network on heard and on unheard speakers, seed by seed, and what papers report.

import { fixed } from '../../in_browser/shared/numbers.js';
import { Pool, set, svg } from '../../in_browser/shared/svg.js';

/** @import { Place } from './grid.js' */

/**
 * @typedef {object} ScoreRow
 * @property {string} title
 * @property {number[]} heard percent, one per seed
 * @property {number[]} unheard
 * @property {number | null} chance percent
 *
 * @typedef {object} PublishedRow
 * @property {string} title
 * @property {number} percent
 * @property {string} speakers heard, not heard or not stated
 */

const ROW = 84; // pixels
const PUBLISHED = 30;
const HEADING = 32;
const AXIS = 26;
const END = 4; // above and below everything
const CLOSEST = 0.68; // share of the usual distance, at which letters still stand apart
const VALUE = 124; // room for the figure behind the dots
const LETTER = 7.5; // width of one, about

/**
 * @param {number} measured @param {number} published how many rows there are of each @param {number} pitch
 * @returns {number}
 */
export function heightOf(measured, published, pitch) {
  return pitch * (measured * ROW + (published ? HEADING + published * PUBLISHED : 0)) + AXIS;
}

/**
 * How close rows stand: 1, or less where the height that is left takes it.
 *
 * @param {number | undefined} room @param {number} measured @param {number} published
 */
export function pitchIn(room, measured, published) {
  if (room === undefined) return 1;
  return Math.max(CLOSEST, Math.min(1, (room - AXIS - END) / (heightOf(measured, published, 1) - AXIS)));
}

export class ScoreChart {
  /** @param {SVGElement} parent @param {ScoreRow[]} rows @param {PublishedRow[]} published */
  constructor(parent, rows, published) {
    this.rows = rows;
    this.published = published;
    this.root = svg('g', { class: 'scores', role: 'img' }, parent);
    this.lines = new Pool('path', svg('g', { class: 'lines' }, this.root));
    this.dots = new Pool('circle', svg('g', {}, this.root));
    this.marks = new Pool('path', svg('g', {}, this.root));
    this.texts = new Pool('text', svg('g', {}, this.root));
    set(this.root, {
      'aria-label': rows.map(row => `${row.title}: speakers heard ${told(row.heard)}, unheard ${told(row.unheard)}`).join('; '),
    });
  }

  /**
   * @param {Place} place @param {'heard' | 'unheard' | null} asked what the split above asks @param {number} pitch of {@link pitchIn}
   * @param {Place | null} [below] of what is published, where it does not follow the rest
   */
  draw(place, asked, pitch, below = null) {
    const width = place.width - VALUE;
    const at = (/** @type {number} */ percent) => place.x + (width * percent) / 100;
    /** @type {Record<'dots' | 'marks' | 'lines' | 'texts', Record<string, string | number>[]>} */
    const { dots, marks, lines, texts } = { dots: [], marks: [], lines: [], texts: [] };
    /** @type {string[]} */
    const words = [];
    const write = (/** @type {string} */ text, /** @type {Record<string, string | number>} */ attributes) => {
      words.push(text);
      texts.push({ class: 'told', 'text-anchor': 'start', ...attributes });
    };
    const axis = (/** @type {Place} */ { x, y, width: whole }, /** @type {number} */ bottom) => {
      for (const percent of [0, 25, 50, 75, 100]) {
        const across = x + ((whole - VALUE) * percent) / 100;
        lines.push({ class: 'line', d: `M${across} ${y + 24}V${bottom}` });
        write(percent === 100 ? '100 %' : `${percent}`, { class: 'tick', x: across, y: bottom + 16, 'text-anchor': 'middle' });
      }
    };
    axis(place, place.y + heightOf(this.rows.length, below ? 0 : this.published.length, pitch) - AXIS);
    this.rows.forEach((row, i) => {
      const top = place.y + i * ROW * pitch;
      write(row.title.length * LETTER > place.width ? row.title.split(' · ').slice(-1)[0] : row.title, { x: place.x, y: top + 16 });
      /** @type {['heard', 'unheard']} */
      const kinds = ['heard', 'unheard'];
      kinds.forEach((kind, j) => {
        const y = top + 16 + (20 + 24 * j) * pitch;
        const faded = asked !== null && asked !== kind;
        const shown = `${kind} ${faded ? 'faded' : ''}`;
        row[kind].forEach(percent => dots.push({ class: `dot ${shown}`, cx: at(percent), cy: y, r: 6 }));
        const mean = meanOf(row[kind]);
        marks.push({ class: `mean ${shown}`, d: `M${at(mean)} ${y - 10}V${y + 10}` });
        write(`${kind} ${fixed(mean, 0)} %`, { class: `told ${shown}`, x: place.x + width + 8, y: y + 5 });
      });
      if (row.chance !== null) marks.push({ class: 'chance', d: `M${at(row.chance)} ${top + 16 + 8 * pitch}v${48 * pitch}` });
    });
    const from = below ?? { ...place, y: place.y + this.rows.length * ROW * pitch };
    const apart = below ? 1 : pitch;
    if (below) axis(below, below.y + heightOf(0, this.published.length, 1) - AXIS);
    const heading = from.y + 18;
    write('Published', { x: from.x, y: heading, class: 'told heading' });
    this.published.forEach((row, i) => {
      const y = heading + 10 + apart * PUBLISHED * (i + 0.5);
      // A figure that does not say who was heard answers neither question: it is never bright, and no diamond.
      const unknown = row.speakers === 'not stated';
      const faded = unknown || (asked !== null && row.speakers !== (asked === 'heard' ? 'heard' : 'not heard'));
      const x = from.x + ((from.width - VALUE) * row.percent) / 100;
      if (unknown) write('?', { class: 'told unknown', x, y: y + 8, 'text-anchor': 'middle' });
      else marks.push({ class: `published ${faded ? 'faded' : ''}`, d: `M${x - 8} ${y}l8 -8l8 8l-8 8z` });
      const called = row.title.length * LETTER > x - 16 - from.x ? row.title.split(', ')[0] : row.title; // without the corpus
      write(called, { class: `told ${faded ? 'faded' : ''}`, x: x - 16, y: y + 5, 'text-anchor': 'end' });
      write(`${fixed(row.percent, 0)} %${unknown ? ' not stated' : ''}`, { class: `told ${faded ? 'faded' : ''}`, x: from.x + from.width - VALUE + 8, y: y + 5 });
    });
    this.lines.show(lines);
    this.dots.show(dots);
    this.marks.show(marks);
    this.texts.show(texts);
    this.texts.elements.forEach((text, i) => { text.textContent = words[i] ?? ''; });
  }
}

/** @param {number[]} values */
function meanOf(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** @param {number[]} values */
function told(values) {
  return `${fixed(meanOf(values), 0)} %, from ${fixed(Math.min(...values), 0)} to ${fixed(Math.max(...values), 0)} %`;
}
