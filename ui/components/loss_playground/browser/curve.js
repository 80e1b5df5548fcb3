// The value of the loss over the steps.

import { fixed } from '../../in_browser/shared/numbers.js';
import { set, svg } from '../../in_browser/shared/svg.js';

/** @import { PanelPlace } from './layout.js' */

/**
 * What is told stands above the curve. Where that is low, its steps are written on it and not below.
 *
 * @param {SVGElement} group @param {number[]} values @param {PanelPlace['curve']} place
 * @param {string[]} told lines above the curve
 */
export function drawCurve(group, values, place, told) {
  if (!group.childElementCount) {
    told.forEach(() => svg('text', { class: 'told' }, group));
    svg('path', { class: 'axes' }, group);
    svg('polyline', { class: 'values' }, group);
    svg('text', { class: 'tick', 'text-anchor': 'end' }, group);
    svg('text', { class: 'tick' }, group);
  }
  const { x, y, width, height, low } = place;
  const parts = [...group.children];
  told.forEach((text, i) => {
    set(parts[i], { x, y: low ? y - 28 + 20 * i : y - 36 + 22 * i });
    parts[i].textContent = text;
  });
  const [axes, line, steps, highest] = parts.slice(told.length);
  const most = Math.max(...values, 1e-9);
  const last = Math.max(1, values.length - 1);
  set(axes, { d: `M${x} ${y}V${y + height}H${x + width}` });
  set(line, {
    points: values.map((value, i) =>
      `${fixed(x + (width * i) / last, 1)},${fixed(y + height - ((height - 2) * value) / most, 1)}`).join(' '),
  });
  set(steps, { x: x + width, y: low ? y + 11 : y + height + 16 });
  const taken = values.length - 1;
  steps.textContent = taken === 1 ? '1 step' : `${taken} steps`;
  set(highest, { x: x + 5, y: y + 11 });
  highest.textContent = most < 1e-6 ? '0' : most.toPrecision(2);
}
