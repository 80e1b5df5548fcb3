// The picture: the outline of the sound, a lane per answer, and the axis of time. Places are percents, so that a window of
// another size needs no other picture.

import { svg } from '../../in_browser/shared/svg.js';

/** @typedef {{ name: string, colour: string, hatched: boolean }} Lane */
/** @typedef {{ start: number, end: number, label: string, lane: number | null }} Segment */
/** @typedef {{ duration: number, lanes: Lane[], segments: Segment[], lows: number[], highs: number[] }} Track */

const WAVE = 20; // percent of the height
const AXIS = 7;
const NAME = 0.5; // of a lane, for what it is called
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
const MARKS = 6; // at most, on the axis

/** @param {number} seconds */
export function clock(seconds) {
  const whole = Math.floor(seconds + 1e-6), two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** @param {number} value */
const percent = value => `${Math.round(value * 1000) / 1000}%`;

/** @param {SVGSVGElement} root @param {Track} track @param {number | null} chosen number of a segment */
export function drawTrack(root, track, chosen) {
  root.replaceChildren();
  const { duration, lanes, segments } = track;
  const height = (100 - WAVE - AXIS) / Math.max(1, lanes.length);
  /** @param {Segment} one */
  const across = one => ({ x: percent((100 * one.start) / duration), width: percent((100 * (one.end - one.start)) / duration) });
  hatching(root);
  outline(root, track);
  lanes.forEach((_, k) => {
    svg('rect', { class: 'lane', x: 0, width: '100%', y: percent(WAVE + height * (k + NAME)), height: percent(height * (1 - NAME)) }, root);
  });
  segments.forEach(one => {
    if (one.lane === null) return;
    const { colour, hatched } = lanes[one.lane];
    const place = { ...across(one), y: percent(WAVE + height * (one.lane + NAME)), height: percent(height * (1 - NAME)) };
    svg('rect', { class: 'segment', ...place, fill: hatched ? 'url(#hatched)' : colour }, root);
  });
  lanes.forEach((lane, k) => {
    svg('text', { class: 'name', x: '0.5%', y: percent(WAVE + height * (k + NAME)), dy: '-0.3em' }, root).textContent = lane.name;
  });
  if (chosen !== null && segments[chosen]) {
    svg('rect', { class: 'chosen', ...across(segments[chosen]), y: percent(WAVE), height: percent(100 - WAVE - AXIS) }, root);
  }
  const step = STEPS.find(one => duration / one <= MARKS) ?? STEPS[STEPS.length - 1];
  for (let moment = 0; moment <= duration - 0.04 * duration; moment += step) {
    const x = percent((100 * moment) / duration);
    svg('line', { class: 'line', x1: x, x2: x, y1: 0, y2: percent(100 - AXIS) }, root);
    svg('text', { class: 'tick', x, y: '99%', dx: 2 }, root).textContent = clock(moment);
  }
}

/** @param {SVGSVGElement} root */
function hatching(root) {
  const pattern = svg('pattern', { id: 'hatched', width: 8, height: 8, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' }, svg('defs', {}, root));
  svg('rect', { class: 'ground', width: 8, height: 8 }, pattern);
  svg('line', { class: 'stripe', y2: 8 }, pattern);
}

/** @param {SVGSVGElement} root @param {Track} track */
function outline(root, { lows, highs }) {
  const box = svg('svg', { width: '100%', height: percent(WAVE), viewBox: `0 -1.05 ${lows.length} 2.1`, preserveAspectRatio: 'none' }, root);
  const upper = highs.map((value, i) => `${i},${-value}`), lower = lows.map((value, i) => `${i},${-value}`).reverse();
  svg('polygon', { class: 'wave', points: [...upper, ...lower].join(' ') }, box);
}
