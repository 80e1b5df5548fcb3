// Speakers by recordings: a press moves one recording, or all of a speaker, to the other side.

import { Pool, set, svg } from '../../in_browser/shared/svg.js';
import { symbolLine } from '../../in_browser/shared/symbols.js';

/** @import { Recording } from './audit.js' */

/**
 * @typedef {{ x: number, y: number, width: number, height: number }} Place
 */

const NAMES = 78; // pixels, for the names of the speakers
const GAP = 4;
const HEAD = 30; // for the emotions above
const NARROW = 60; // a column below which no emotion is written above it

export class SplitGrid {
  /**
   * @param {SVGElement} parent @param {string[]} speakers @param {Recording[]} recordings
   * @param {{ recording: (number: number) => void, speaker: (number: number) => void }} press
   */
  constructor(parent, speakers, recordings, press) {
    this.speakers = speakers;
    this.recordings = recordings;
    this.columns = Math.max(...speakers.map((_, k) => recordings.filter(one => one.speaker === k).length));
    this.root = svg('g', { role: 'grid', 'aria-label': 'Speakers and their recordings' }, parent);
    this.heads = new Pool('text', svg('g', { class: 'heads', 'aria-hidden': 'true' }, this.root));
    this.alarms = new Pool('rect', svg('g', { class: 'alarms' }, this.root));
    /** @type {SVGGElement[][]} row by row: the speaker, then the recordings */
    this.rows = speakers.map((name, k) => {
      const row = svg('g', { role: 'row' }, this.root);
      const head = this.cell(row, 'rowheader', () => press.speaker(k));
      svg('rect', { class: 'name', rx: 4 }, head);
      svg('text', {}, head).textContent = name;
      const own = recordings.flatMap((one, i) => {
        if (one.speaker !== k) return [];
        const cell = this.cell(row, 'gridcell', () => press.recording(i));
        svg('rect', { class: 'side', rx: 4 }, cell);
        svg('polygon', { class: 'shape', points: symbolLine(one.symbol).map(([x, y]) => `${11 * x},${11 * y}`).join(' '), fill: one.colour }, cell);
        return [cell];
      });
      return [head, ...own];
    });
    this.links = new Pool('path', svg('g', { class: 'copies' }, this.root));
    this.focus = { row: 0, column: 0 };
    this.root.addEventListener('keydown', event => this.key(event));
    this.mark();
  }

  /** @param {SVGElement} row @param {string} role @param {() => void} press */
  cell(row, role, press) {
    const cell = svg('g', { role, tabindex: -1, class: 'cell' }, row);
    cell.addEventListener('click', () => {
      this.rows.forEach((cells, r) => {
        const column = cells.indexOf(cell);
        if (column >= 0) this.focus = { row: r, column };
      });
      this.mark();
      press();
    });
    return cell;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    /** @type {Record<string, [number, number]>} */
    const ways = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const way = ways[event.key];
    const current = this.rows[this.focus.row][this.focus.column];
    if (way) {
      const row = Math.max(0, Math.min(this.rows.length - 1, this.focus.row + way[0]));
      const column = Math.max(0, Math.min(this.rows[row].length - 1, this.focus.column + way[1]));
      this.focus = { row, column };
      this.mark();
      this.rows[row][column].focus();
    } else if (event.key === ' ' || event.key === 'Enter') {
      current.dispatchEvent(new MouseEvent('click'));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  mark() {
    this.rows.forEach((cells, r) => cells.forEach((cell, c) =>
      set(cell, { tabindex: r === this.focus.row && c === this.focus.column ? 0 : -1 })));
  }

  /**
   * @param {boolean[]} tested @param {{ speakers: number[], groups: number[] }} both on both sides
   * @param {Place} place
   */
  draw(tested, both, place) {
    const wide = (place.width - NAMES) / this.columns;
    const high = (place.height - HEAD) / this.speakers.length;
    const left = (/** @type {number} */ column) => place.x + NAMES + wide * column;
    const top = (/** @type {number} */ row) => place.y + HEAD + high * row;
    const first = this.recordings.filter(one => one.speaker === 0);
    this.heads.show(first.map((_, c) => ({ x: left(c) + wide / 2, y: place.y + HEAD - 10, 'text-anchor': 'middle' })));
    this.heads.elements.forEach((text, c) => {
      const again = first.findIndex(one => one.emotion === first[c]?.emotion) < c;
      text.textContent = wide < NARROW || c >= first.length ? '' : again ? 'one more' : first[c].emotion;
    });
    this.alarms.show(both.speakers.map(k => ({
      class: 'alarm', x: place.x - 3, y: top(k) - 1, width: place.width + 3, height: high - GAP + 2, rx: 6,
    })));
    const at = this.speakers.map(() => 0);
    /** @type {Map<number, [number, number][]>} */
    const copies = new Map();
    this.rows.forEach(([head], k) => {
      const alarm = both.speakers.includes(k);
      const [box, name] = [...head.children];
      set(box, { x: place.x, y: top(k), width: NAMES - GAP, height: high - GAP });
      set(name, { x: place.x + 6, y: top(k) + high / 2 + 3 });
      const own = this.recordings.flatMap((one, i) => (one.speaker === k ? [tested[i]] : []));
      const where = own.every(Boolean) ? 'test' : own.some(Boolean) ? 'on both sides' : 'training';
      set(head, { 'aria-label': `${this.speakers[k]}: ${where}`, class: `cell ${alarm ? 'alarmed' : ''}` });
    });
    this.recordings.forEach((one, i) => {
      const column = at[one.speaker]++;
      const cell = this.rows[one.speaker][column + 1];
      const [side, shape] = [...cell.children];
      const [x, y] = [left(column), top(one.speaker)];
      set(side, { x, y, width: wide - GAP, height: high - GAP });
      set(shape, { transform: `translate(${x + (wide - GAP) / 2} ${y + (high - GAP) / 2})` });
      const copy = both.groups.includes(one.group);
      set(cell, {
        class: `cell ${tested[i] ? 'tested' : 'trained'}`,
        'aria-label': `${this.speakers[one.speaker]}, ${one.emotion}: ${tested[i] ? 'test' : 'training'}${copy ? ', its copy on the other side' : ''}`,
      });
      const known = copies.get(one.group) ?? [];
      copies.set(one.group, [...known, [x + (wide - GAP) / 2, y + 6]]);
    });
    this.links.show([...copies].filter(([, ends]) => ends.length > 1).map(([group, [from, to]]) => ({
      class: both.groups.includes(group) ? 'copy apart' : 'copy',
      d: `M${from[0]} ${from[1]}C${from[0]} ${from[1] - 22} ${to[0]} ${to[1] - 22} ${to[0]} ${to[1]}`,
    })));
  }
}
