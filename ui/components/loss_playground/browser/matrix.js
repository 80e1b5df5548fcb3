// The angle matrix of the classes, as cells shaded by their angle.

import { channels, writtenOver } from '../../in_browser/shared/colours.js';
import { set, svg } from '../../in_browser/shared/svg.js';
import { symbolLine } from '../../in_browser/shared/symbols.js';

/** @import { EmotionClass } from './panel.js' */

const CLOSE = 34; // width of a cell below which figures are written smaller

export class AngleTable {
  /** @param {SVGElement} group @param {EmotionClass[]} classes */
  constructor(group, classes) {
    set(group, { role: 'img' });
    this.group = group;
    this.classes = classes;
    this.heads = classes.map(one => [0, 1].map(() => svg('polygon', { class: 'shape', fill: one.colour, points: outline(one.symbol) }, group)));
    this.cells = classes.map((_, k) => classes.map((_, l) => ({
      back: svg('rect', { class: k === l ? 'cell own' : 'cell' }, group),
      text: svg('text', { class: 'degrees' }, group),
    })));
  }

  /** @param {number[][]} matrix degrees @param {{ x: number, y: number, cell: number, row: number, head: number }} place */
  draw(matrix, place) {
    const { x, y, cell, row: high, head } = place;
    const style = getComputedStyle(this.group);
    const [ground, accent] = ['--st-background-color', '--st-primary-color'].map(name => channels(style.getPropertyValue(name)));
    this.heads.forEach(([row, column], k) => {
      set(row, { transform: `translate(${x - head / 2} ${y + (k + 0.5) * high})` });
      set(column, { transform: `translate(${x + (k + 0.5) * cell} ${y - head / 2})` });
    });
    this.cells.forEach((row, k) => row.forEach(({ back, text }, l) => {
      const degrees = matrix[k][l];
      const share = Number.isNaN(degrees) ? 0 : Math.min(1, degrees / 150);
      set(back, { x: x + l * cell + 1, y: y + k * high + 1, width: cell - 2, height: high - 2, 'fill-opacity': share });
      set(text, {
        x: x + (l + 0.5) * cell, y: y + (k + 0.5) * high + 6, class: cell < CLOSE ? 'degrees close' : 'degrees', style: `fill: ${writtenOver(ground, accent, share)}`,
      });
      text.textContent = Number.isNaN(degrees) ? '–' : `${Math.round(degrees)}°`;
    }));
    const told = this.classes.flatMap((one, k) => this.classes.slice(0, k + 1).map((other, l) =>
      (k === l ? `within ${one.name} ${Math.round(matrix[k][k])}°` : `${one.name} to ${other.name} ${Math.round(matrix[k][l])}°`)));
    set(this.group, { 'aria-label': `Angles between the classes: ${told.join(', ')}` });
  }
}

/** @param {string} symbol */
function outline(symbol) {
  return symbolLine(symbol).map(([x, y]) => `${8 * x},${8 * y}`).join(' ');
}
