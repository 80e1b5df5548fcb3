// One loss in the picture: points with pull and push, the angle matrix, the values over the steps.

import { fixed } from '../../in_browser/shared/numbers.js';
import { angleMatrix, classDirections, degreesOf } from './angles.js';
import { drawCurve } from './curve.js';
import { effects, threads } from './forces.js';
import { choiceOf } from './choices.js';
import { AngleTable } from './matrix.js';
import { CLASSES, comparedRoles, LABELS } from './state.js';
import { Pool, set, svg } from '../../in_browser/shared/svg.js';
import { symbolLine } from '../../in_browser/shared/symbols.js';
import { lengthOf, plus, scaled } from './vectors.js';

/** @import { Effect } from './forces.js' */
/** @import { PanelPlace } from './layout.js' */
/** @import { Evaluation } from './loss.js' */
/** @import { LessonState } from './state.js' */
/** @import { Panel } from './training.js' */
/** @import { Vector } from './vectors.js' */
/** @import { View } from './view.js' */

/**
 * @typedef {object} EmotionClass
 * @property {string} name
 * @property {string} colour
 * @property {string} symbol
 */

const MARKER = 12; // radius
const RINGED = 10; // of a class vector
const TOUCH = 22; // radius within which a finger takes a point
const AHEAD = 8; // an arrow shows as many steps
const SHORTEST = 4; // pixels of an arrow that is drawn
const LONGEST = 0.55; // of an arrow, in radii
const APART = 7; // pixels between pull and push on the circle
const GRID = 48; // pieces of a line around the sphere
const PLACES = [[30, 0], [54, 0], [16, 28], [16, -28], [78, 0], [102, 0]]; // of a name: inwards from its point, and down
const LETTER = 9; // at most, as names are written
const LINE = 18;
/** @type {['anchor', 'positive', 'negative']} */
const ROLES = ['anchor', 'positive', 'negative'];
const NAMED = /** @type {const} */ (['anchor', 'negative', 'positive']); // in this order names take their places

export class PanelPicture {
  /** @param {SVGElement} parent @param {EmotionClass[]} classes @param {number} number of the panel */
  constructor(parent, classes, number) {
    this.classes = classes;
    this.root = svg('g', { class: 'panel', role: 'group' }, parent);
    this.ground = svg('circle', { class: 'ground' }, this.root);
    this.grid = new Pool('path', svg('g', { class: 'grid' }, this.root));
    this.directions = new Pool('line', svg('g', { class: 'directions' }, this.root));
    this.threads = new Pool('line', svg('g', { class: 'threads' }, this.root));
    this.vectors = svg('g', { class: 'vectors' }, this.root);
    this.rings = classes.map(one => {
      const group = svg('g', {}, this.vectors);
      svg('circle', { class: 'vector', r: RINGED + 6, stroke: one.colour }, group);
      svg('polygon', { class: 'shape', points: shape(one.symbol, RINGED * 0.8), fill: one.colour }, group);
      return group;
    });
    this.arrows = new Pool('path', svg('g', { class: 'arrows' }, this.root));
    this.points = LABELS.map((label, i) => this.point(label, i, number === 0));
    this.names = ROLES.map(role => {
      const name = svg('text', { class: `role ${role}` }, this.root);
      name.textContent = role;
      return name;
    });
    this.table = new AngleTable(svg('g', { class: 'matrix' }, this.root), classes);
    this.curve = svg('g', { class: 'curve' }, this.root);
  }

  /** @param {number} label @param {number} number @param {boolean} inOrder of the Tab key */
  point(label, number, inOrder) {
    const { colour, symbol } = this.classes[label];
    const group = svg('g', {
      class: 'point', role: 'slider', tabindex: inOrder ? 0 : -1, 'data-point': number,
      'aria-valuemin': 0, 'aria-valuemax': 360,
    }, this.root);
    svg('circle', { class: 'touch', r: TOUCH }, group);
    svg('circle', { class: 'ring', r: MARKER + 6 }, group);
    svg('polygon', { class: 'shape', points: shape(symbol, MARKER), fill: colour }, group);
    return group;
  }

  /**
   * @param {LessonState} state @param {number} at @param {PanelPlace} place @param {View} view
   * @param {Evaluation} evaluation
   */
  draw(state, at, place, view, evaluation) {
    const panel = state.panels[at];
    const { title, loss } = choiceOf(panel.choice);
    const matrix = angleMatrix(panel.points, LABELS, CLASSES);
    set(this.root, { 'aria-label': `${title}: loss ${fixed(evaluation.value, 3)}` });
    set(this.ground, { cx: place.disc.x, cy: place.disc.y, r: place.disc.radius });
    this.drawGrid(place, view);
    this.drawDirections(panel.points, place, view);
    this.drawThreads(panel, state.roles.anchor, evaluation, place, view);
    this.drawVectors(panel, place, view);
    this.drawArrows(effects(panel, evaluation), panel.points, place, view);
    this.drawPoints(comparedRoles(state, at) ?? { ...state.roles, negative: null }, panel.points, place, view);
    this.table.draw(matrix, place.matrix);
    drawCurve(this.curve, [...panel.values, evaluation.value], place.curve, [
      `loss ${fixed(evaluation.value, 3)}`,
      counted(evaluation, loss.comparison),
    ]);
  }

  remove() {
    this.root.remove();
  }

  /** @param {PanelPlace} place @param {View} view */
  drawGrid(place, view) {
    if (view.space === 'circle') return this.grid.show([]);
    const line = (/** @type {(t: number) => Vector} */ at) => Array.from({ length: GRID + 1 }, (_, i) => {
      const { x, y, depth } = view.seen(at((2 * Math.PI * i) / GRID));
      const [px, py] = onPaper(place, x, y);
      return `${i && depth >= 0 ? 'L' : 'M'}${fixed(px, 1)} ${fixed(py, 1)}`;
    }).join('');
    const parallels = [-60, -30, 0, 30, 60].map(degrees => {
      const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
      return line(t => [c * Math.cos(t), c * Math.sin(t), s]);
    });
    const meridians = [0, 45, 90, 135].map(degrees => {
      const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
      return line(t => [Math.cos(t) * c, Math.cos(t) * s, Math.sin(t)]);
    });
    this.grid.show([...parallels, ...meridians].map(d => ({ d })));
  }

  /** @param {Vector[]} points @param {PanelPlace} place @param {View} view */
  drawDirections(points, place, view) {
    const found = classDirections(points, LABELS, CLASSES);
    this.directions.show(found.flatMap((direction, k) => {
      if (!direction) return [];
      const { x, y } = view.seen(direction);
      const [x2, y2] = onPaper(place, 0.5 * x, 0.5 * y);
      return [{ x1: place.disc.x, y1: place.disc.y, x2, y2, stroke: this.classes[k].colour }];
    }));
  }

  /**
   * @param {Panel} panel @param {number} anchor
   * @param {Evaluation} evaluation @param {PanelPlace} place @param {View} view
   */
  drawThreads(panel, anchor, evaluation, place, view) {
    const from = view.seen(panel.points[anchor]);
    const [x1, y1] = onPaper(place, from.x, from.y);
    this.threads.show(threads(panel, evaluation, anchor).filter(one => one.share > 0.02).map(one => {
      const target = one.kind === 'point' ? panel.points[one.other] : shownVector(panel, one.other);
      const { x, y } = view.seen(target);
      const [x2, y2] = onPaper(place, x, y);
      return { class: one.pulls ? 'pull' : 'push', x1, y1, x2, y2, 'stroke-width': 1 + 3 * one.share };
    }));
  }

  /** @param {Panel} panel @param {PanelPlace} place @param {View} view */
  drawVectors(panel, place, view) {
    this.rings.forEach((ring, k) => {
      ring.toggleAttribute('hidden', !panel.vectors.length);
      if (!panel.vectors.length) return;
      const { x, y, depth } = view.seen(shownVector(panel, k));
      const [px, py] = onPaper(place, x, y);
      set(ring, { transform: `translate(${fixed(px, 1)} ${fixed(py, 1)})`, opacity: depth < 0 ? 0.35 : 1 });
    });
  }

  /** @param {Effect[]} found @param {Vector[]} points @param {PanelPlace} place @param {View} view */
  drawArrows(found, points, place, view) {
    const { radius } = place.disc;
    this.arrows.show(found.flatMap((effect, i) => ['pull', 'push'].flatMap(kind => {
      const way = scaled(kind === 'pull' ? effect.pull : effect.push, AHEAD);
      const long = lengthOf(way);
      if (long * radius < SHORTEST) return [];
      const end = plus(points[i], way, Math.min(1, LONGEST / long));
      const [from, to] = [view.seen(points[i]), view.seen(end)];
      const aside = view.space === 'circle' ? ((kind === 'pull' ? 1 : -1) * APART) / radius : 0;
      const start = onPaper(place, from.x * (1 + aside), from.y * (1 + aside));
      const tip = onPaper(place, to.x + from.x * aside, to.y + from.y * aside);
      const d = arrow(start, tip);
      return d ? [{ class: kind, d, opacity: from.depth < 0 ? 0.35 : 1 }] : [];
    })));
  }

  /**
   * @param {Record<'anchor' | 'positive' | 'negative', number | null>} roles numbers of points
   * @param {Vector[]} points @param {PanelPlace} place @param {View} view
   */
  drawPoints(roles, points, place, view) {
    ROLES.forEach((role, i) => this.names[i].toggleAttribute('hidden', roles[role] === null));
    points.forEach((point, i) => {
      const { x, y, depth } = view.seen(point);
      const [px, py] = onPaper(place, x, y);
      const role = ROLES.find(one => roles[one] === i) ?? '';
      const { longitude, latitude } = degreesOf(point);
      const where = view.space === 'circle' ? `${longitude}°` : `longitude ${longitude}°, latitude ${latitude}°`;
      const group = this.points[i];
      set(group, {
        transform: `translate(${fixed(px, 1)} ${fixed(py, 1)})`,
        class: `point ${role} ${depth < 0 ? 'behind' : ''}`,
        'aria-label': `${this.classes[LABELS[i]].name}${role ? `, ${role}` : ''}`,
        'aria-valuenow': longitude,
        'aria-valuetext': where,
      });
      if (!role) return;
      const name = this.names[ROLES.indexOf(/** @type {'anchor'} */ (role))];
      if (view.space === 'sphere') set(name, { x: px, y: py + (role === 'negative' ? 36 : -24), 'text-anchor': 'middle' });
    });
    if (view.space === 'circle') this.nameOnCircle(roles, points, place, view);
  }

  /**
   * Writes the names of three points inside the circle, each as near to its point as no other name is in its way.
   *
   * @param {Record<'anchor' | 'positive' | 'negative', number | null>} roles @param {Vector[]} points
   * @param {PanelPlace} place @param {View} view
   */
  nameOnCircle(roles, points, place, view) {
    /** @type {{ left: number, y: number, width: number }[]} */
    const written = [];
    NAMED.forEach(role => {
      const number = roles[role];
      if (number === null) return;
      const { x, y } = view.seen(points[number]);
      const side = Math.abs(x) < 0.35 ? 'middle' : x > 0 ? 'end' : 'start';
      const width = LETTER * role.length;
      const [px, py] = onPaper(place, x, y);
      const boxes = PLACES.map(([inwards, down]) => {
        const [nx, ny] = [px - inwards * x, py + inwards * y + down];
        return { x: nx, y: ny + 5, left: nx - { start: 0, middle: 0.5, end: 1 }[side] * width, width };
      });
      const free = boxes.find(box => written.every(other => Math.abs(box.y - other.y) >= LINE
        || box.left >= other.left + other.width || other.left >= box.left + box.width)) ?? boxes[0];
      written.push(free);
      set(this.names[ROLES.indexOf(role)], { x: free.x, y: free.y, 'text-anchor': side });
    });
  }
}

/** Where a class vector is drawn: a direction at the rim or on the sphere, a centre where it lies. */
function shownVector(/** @type {Panel} */ panel, /** @type {number} */ k) {
  const vector = panel.vectors[k].slice(0, panel.points[0].length);
  return choiceOf(panel.choice).loss.follows === 'mean' ? vector : scaled(vector, 1 / (lengthOf(vector) || 1));
}

/** @param {Evaluation} evaluation @param {string} comparison */
function counted({ active, comparisons }, comparison) {
  if (!comparisons) return `no ${comparison} to compare`;
  return comparison === 'point' ? `mean of ${comparisons} points` : `${active} of ${comparisons} ${comparison}s pull`;
}

/** @param {PanelPlace} place @param {number} x @param {number} y @returns {[number, number]} */
function onPaper(place, x, y) {
  return [place.disc.x + place.disc.radius * x, place.disc.y - place.disc.radius * y];
}

/** @param {string} symbol @param {number} radius */
function shape(symbol, radius) {
  return symbolLine(symbol).map(([x, y]) => `${fixed(x * radius, 2)},${fixed(y * radius, 2)}`).join(' ');
}

/** @param {[number, number]} start @param {[number, number]} tip @returns {string} a line with a head */
function arrow([x1, y1], [x2, y2]) {
  const long = Math.hypot(x2 - x1, y2 - y1);
  if (long < SHORTEST) return '';
  const [ux, uy] = [(x2 - x1) / long, (y2 - y1) / long];
  const head = Math.min(9, long * 0.6);
  const side = (/** @type {number} */ turn) =>
    `M${fixed(x2, 1)} ${fixed(y2, 1)}l${fixed(-head * ux - turn * head * 0.6 * uy, 1)} ${fixed(-head * uy + turn * head * 0.6 * ux, 1)}`;
  return `M${fixed(x1, 1)} ${fixed(y1, 1)}L${fixed(x2, 1)} ${fixed(y2, 1)}${side(1)}${side(-1)}`;
}
