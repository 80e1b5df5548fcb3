// The lesson "Who is in the test set": a split that can be edited, audited at every press, beside what it is worth.

import { LinkButton } from '../../in_browser/shared/copied_link.js';
import { finder } from '../../in_browser/shared/elements.js';
import { enlargement, heightInSight } from '../../in_browser/shared/enlargement.js';
import { set } from '../../in_browser/shared/svg.js';
import { onBothSides } from './audit.js';
import { SplitGrid } from './grid.js';
import { heightOf, pitchIn, ScoreChart } from './scores.js';
import { verdict } from './words.js';

/** @import { Recording } from './audit.js' */
/** @import { PublishedRow, ScoreRow } from './scores.js' */

/**
 * @typedef {object} EditorData what the page sends
 * @property {string[]} speakers
 * @property {Recording[]} recordings
 * @property {Record<string, string>} splits name → one digit per recording, 1 for those that are tested
 * @property {ScoreRow[]} scores
 * @property {PublishedRow[]} published
 * @property {string} link the split that the address asks for; empty for none
 */

const WIDE = 760; // units of the picture, pixels unless letters are enlarged, from which on the scores stand beside the grid
const GRID = 0.5; // share of the width
const ROW = 48; // pixels of a speaker
const ROW_BESIDE = 68; // where the scores stand beside the grid
const ROW_ENLARGED = 28; // there with large letters, at least
const WIDE_ENLARGED = 640; // with large letters; what is published stands below both until there is room for it beside
const PARAMETER = 'split';

export class SplitEditor {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    this.find = finder(figure);
    this.picture = this.find('.picture', SVGSVGElement);
    /** @type {string[]} */
    this.before = [];
    this.split = '';
    this.ended = new AbortController();
    this.watched = new ResizeObserver(() => this.draw());
    for (const button of figure.querySelectorAll('[data-split]')) {
      button.addEventListener('click', () => this.change(this.data?.splits[button.getAttribute('data-split') ?? ''] ?? ''));
    }
    this.find('[data-act=undo]').addEventListener('click', () => this.undo());
    this.find('[data-act=reset]').addEventListener('click', () => this.change(this.data?.splits.random ?? ''));
    document.addEventListener('keydown', event => this.key(event), { signal: this.ended.signal });
    this.link = new LinkButton(
      { button: this.find('[data-act=link]'), field: this.find('.address', HTMLInputElement) }, () => ({ [PARAMETER]: this.split }),
    );
  }

  /** @param {EditorData} data */
  update(data) {
    const first = this.data === undefined;
    this.data = data;
    if (first) {
      this.grid = new SplitGrid(this.picture, data.speakers, data.recordings, {
        recording: number => this.move([number]),
        speaker: number => this.move(data.recordings.flatMap((one, i) => (one.speaker === number ? [i] : []))),
      });
      this.chart = new ScoreChart(this.picture, data.scores, data.published);
      this.watched.observe(this.figure); // which grows with the letters, too
    }
    if (first || data.link !== this.asked) this.open(data);
    this.draw();
  }

  end() {
    this.watched.disconnect();
    this.link.end();
    this.ended.abort();
  }

  /** @param {EditorData} data */
  open({ link, recordings, splits }) {
    this.asked = link;
    const right = new RegExp(`^[01]{${recordings.length}}$`).test(link);
    const trouble = this.find('.trouble');
    trouble.hidden = right || !link;
    trouble.textContent = `Expected ${recordings.length} digits 0 or 1 in the link; got something else. Copy the whole link again.`;
    this.split = right ? link : splits.random;
    this.before = [];
  }

  /** @param {string} split */
  change(split) {
    if (split === this.split) return;
    this.before.push(this.split);
    this.split = split;
    this.draw();
  }

  undo() {
    this.split = this.before.pop() ?? this.split;
    this.draw();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const target = event.composedPath()[0];
    if (!(target instanceof Element) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.toLowerCase() !== 'u' || target.matches('input') || (target !== document.body && !this.figure.contains(target))) return;
    event.preventDefault();
    this.undo();
  }

  /** To the test set, or back to training if all of them are there. @param {number[]} numbers */
  move(numbers) {
    const side = numbers.every(i => this.split[i] === '1') ? '0' : '1';
    this.change([...this.split].map((old, i) => (numbers.includes(i) ? side : old)).join(''));
  }

  draw() {
    const scale = enlargement();
    const width = this.picture.clientWidth / scale;
    if (!this.data || !this.grid || !this.chart || !width) return;
    const { recordings, speakers, scores, published } = this.data;
    const tested = [...this.split].map(side => side === '1');
    const both = onBothSides(recordings, tested);
    const beside = width >= (scale > 1 ? WIDE_ENLARGED : WIDE);
    const apart = beside && width < WIDE ? published.length : 0; // lines of what is published that stand below both
    const room = beside ? heightInSight(this.picture) : undefined;
    const pitch = pitchIn(room, scores.length, published.length - apart);
    const scored = heightOf(scores.length, published.length - apart, pitch);
    const row = room === undefined ? ROW_BESIDE : Math.max(ROW_ENLARGED, Math.min(ROW_BESIDE, room / (speakers.length + 1)));
    const high = beside ? Math.max(scored, row * speakers.length) : ROW * speakers.length;
    const height = beside ? high + (apart ? heightOf(0, apart, 1) + 24 : 0) : high + scored + 24;
    this.picture.style.height = `${height * scale}px`;
    set(this.picture, { viewBox: `0 0 ${width} ${height}` });
    this.grid.draw(tested, both, { x: 3, y: 0, width: (beside ? GRID * width : width) - 6, height: high });
    const left = beside ? GRID * width + 36 : 0;
    const some = tested.some(Boolean) && !tested.every(Boolean);
    this.chart.draw(
      { x: left + 10, y: beside ? 4 : high + 24, width: width - left - 10, height: scored },
      some ? (both.speakers.length ? 'heard' : 'unheard') : null,
      pitch,
      apart ? { x: 10, y: high + 24, width: width - 20, height: 0 } : null,
    );
    const words = this.find('.verdict');
    words.textContent = verdict(both, speakers, tested.filter(Boolean).length, tested.length);
    words.classList.toggle('alarmed', both.speakers.length > 0 || both.groups.length > 0);
    this.link.seen();
    this.find('[data-act=undo]', HTMLButtonElement).disabled = !this.before.length;
  }
}
