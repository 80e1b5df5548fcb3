// The value of the loss over the steps.

import { fixed } from '../../in_browser/shared/numbers.js';
import { set, svg } from '../../in_browser/shared/svg.js';

/**
 * What is told stands above the curve, which is left out where its place has no height.
 *
 * @param {SVGElement} group @param {number[]} values @param {{ x: number, y: number, width: number, height: number }} place
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
  const { x, y, width, height } = place;
  const parts = [...group.children];
  told.forEach((text, i) => {
    set(parts[i], { x, y: y - 36 + 22 * i });
    parts[i].textContent = text;
  });
  const [axes, line, steps, highest] = parts.slice(told.length);
  for (const part of [axes, line, steps, highest]) part.toggleAttribute('hidden', !height);
  const most = Math.max(...values, 1e-9);
  const last = Math.max(1, values.length - 1);
  set(axes, { d: `M${x} ${y}V${y + height}H${x + width}` });
  set(line, {
    points: values.map((value, i) =>
      `${fixed(x + (width * i) / last, 1)},${fixed(y + height - ((height - 2) * value) / most, 1)}`).join(' '),
  });
  set(steps, { x: x + width, y: y + height + 16 });
  const taken = values.length - 1;
  steps.textContent = taken === 1 ? '1 step' : `${taken} steps`;
  set(highest, { x: x + 5, y: y + 11 });
  highest.textContent = most < 1e-6 ? '0' : most.toPrecision(2);
}
