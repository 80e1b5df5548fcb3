// The panel that filters by any column: names that are shown or hidden, and histograms whose ends can be moved.

import { applyFilters } from './appearance.js';
import { listener } from '../../in_browser/shared/elements.js';
import { countsOf, shortly } from './columns.js';
import { wordsOf } from './legend.js';

/** @import { PointMap } from './map.js' */
/** @import { CategoryColumn, NumberColumn } from './payload.js' */

const BINS = 24;
const SVG = 'http://www.w3.org/2000/svg';

export class FilterPanel {
  /** @param {PointMap} map */
  constructor(map) {
    this.map = map;
    this.place = map.find('.panel');
    this.button = map.find('.filter');
    /** @type {(() => void)[]} */
    this.marks = []; // of each part: shows what is filtered now
    this.on = listener(map.ended.signal);
    this.on(this.button, 'click', () => (this.place.hidden ? this.open() : this.close()));
  }

  open() {
    this.place.hidden = false;
    this.button.setAttribute('aria-expanded', 'true');
    this.fill();
    this.place.querySelector('input')?.focus();
  }

  close() {
    this.place.hidden = true;
    this.button.setAttribute('aria-expanded', 'false');
    this.button.focus();
  }

  /** Makes the parts for the columns of the open map; nothing while the panel is closed. */
  fill() {
    this.marks = [];
    this.place.replaceChildren();
    if (this.place.hidden || !this.map.opened) return;
    const all = document.createElement('button');
    all.type = 'button';
    all.textContent = 'Show all';
    all.addEventListener('click', () => {
      this.map.memory.hidden.forEach(codes => codes.clear());
      this.map.memory.limits.clear();
      this.changed();
    });
    this.place.append(all);
    for (const column of this.map.map.columns) {
      const part = document.createElement('fieldset');
      const title = document.createElement('legend');
      title.textContent = wordsOf(column.name);
      part.append(title);
      if (column.kind === 'category') this.fillNames(part, column);
      else this.fillNumbers(part, column);
      this.place.append(part);
    }
    this.mark();
  }

  mark() {
    for (const mark of this.marks) mark();
  }

  changed() {
    this.map.everywhere(applyFilters);
  }

  /**
   * @param {HTMLElement} part
   * @param {CategoryColumn} column
   */
  fillNames(part, column) {
    const { memory } = this.map;
    const hidden = memory.hidden.get(column.name) ?? new Set();
    memory.hidden.set(column.name, hidden);
    const counts = countsOf(column), most = Math.max(...counts, 1);
    const names = document.createElement('div');
    names.className = 'names';
    const boxes = column.entries.map((entry, code) => {
      const label = document.createElement('label'), box = document.createElement('input');
      box.type = 'checkbox';
      box.addEventListener('change', () => {
        if (box.checked) hidden.delete(code);
        else hidden.add(code);
        this.changed();
      });
      const name = document.createElement('span');
      name.className = 'name';
      name.textContent = name.title = entry.name;
      const share = document.createElement('span'), count = document.createElement('span');
      share.className = 'share';
      share.style.setProperty('--share', `${(100 * counts[code]) / most}%`);
      count.textContent = counts[code].toLocaleString('en');
      label.append(box, name, share, count);
      names.append(label);
      return box;
    });
    part.append(names);
    this.marks.push(() => boxes.forEach((box, code) => (box.checked = !hidden.has(code))));
  }

  /**
   * @param {HTMLElement} part
   * @param {NumberColumn} column
   */
  fillNumbers(part, column) {
    const { memory } = this.map;
    const { low, high, name } = column;
    const picture = document.createElementNS(SVG, 'svg');
    const bars = histogram(column);
    const most = Math.max(...bars, 1);
    picture.setAttribute('viewBox', `0 0 ${BINS} 1`);
    picture.setAttribute('preserveAspectRatio', 'none');
    picture.setAttribute('role', 'img');
    picture.setAttribute('aria-label', `Histogram of ${wordsOf(name)}, from ${shortly(low)} to ${shortly(high)}`);
    const shown = [...bars].map((count, bin) => {
      const bar = document.createElementNS(SVG, 'rect');
      const tall = count / most;
      for (const [key, value] of Object.entries({ x: bin + 0.05, y: 1 - tall, width: 0.9, height: tall })) {
        bar.setAttribute(key, String(value));
      }
      picture.append(bar);
      return bar;
    });
    const [from, to] = [low, high].map((value, end) => {
      const field = document.createElement('input');
      field.type = 'number';
      field.step = 'any';
      field.setAttribute('aria-label', `${wordsOf(name)}, ${end ? 'at most' : 'at least'}`);
      field.addEventListener('change', () => this.limit(column, Number(from.value || low), Number(to.value || high)));
      return field;
    });
    const ends = document.createElement('div');
    ends.className = 'ends';
    ends.append(from, 'to', to);
    part.append(picture, ends);
    this.drag(picture, column);
    this.marks.push(() => {
      const [least, greatest] = memory.limits.get(name) ?? [low, high];
      [from.value, to.value] = [shortly(least), shortly(greatest)];
      const width = (high - low || 1) / BINS;
      shown.forEach((bar, bin) => {
        const middle = low + (bin + 0.5) * width;
        bar.classList.toggle('kept', middle + width / 2 >= least && middle - width / 2 <= greatest);
      });
    });
  }

  /**
   * A stroke over the histogram keeps what it goes over; a press without a stroke shows all again.
   *
   * @param {SVGSVGElement} picture
   * @param {NumberColumn} column
   */
  drag(picture, column) {
    const { low, high } = column;
    /** @type {number | null} */
    let begin = null;
    /** @param {PointerEvent} event */
    const valueAt = event => {
      const { left, width } = picture.getBoundingClientRect();
      return low + Math.max(0, Math.min(1, (event.clientX - left) / width)) * (high - low);
    };
    picture.addEventListener('pointerdown', event => {
      picture.setPointerCapture(event.pointerId);
      begin = valueAt(event);
    });
    picture.addEventListener('pointermove', event => {
      if (begin === null) return;
      const now = valueAt(event);
      this.limit(column, Math.min(begin, now), Math.max(begin, now));
    });
    picture.addEventListener('pointerup', event => {
      if (begin !== null && Math.abs(valueAt(event) - begin) < (high - low) / 100) this.limit(column, low, high);
      begin = null;
    });
  }

  /**
   * @param {NumberColumn} column
   * @param {number} least
   * @param {number} greatest
   */
  limit({ name, low, high }, least, greatest) {
    if (!Number.isFinite(least) || !Number.isFinite(greatest) || least > greatest) {
      this.mark();
      return;
    }
    if (least <= low && greatest >= high) this.map.memory.limits.delete(name);
    else this.map.memory.limits.set(name, [least, greatest]);
    this.changed();
  }
}

/**
 * How many values lie in each of {@link BINS} equal parts from the lowest to the highest.
 *
 * @param {NumberColumn} column
 */
export function histogram({ values, low, high }) {
  const counts = new Uint32Array(BINS);
  const factor = BINS / (high - low || 1);
  for (const value of values) if (!Number.isNaN(value)) counts[Math.min(BINS - 1, Math.floor((value - low) * factor))]++;
  return counts;
}
