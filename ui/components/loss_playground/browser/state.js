// Everything that a visitor can change in the lesson, as values that are replaced and never changed in place, so that
// each can be taken back.

import { angleBetween } from './angles.js';
import { CHOICES } from './choices.js';
import { normals } from './random.js';
import { begun, stepped } from './training.js';
import { plus, unit } from './vectors.js';

/** @import { Panel } from './training.js' */
/** @import { Vector } from './vectors.js' */

/**
 * @typedef {object} Roles numbers of three points
 * @property {number} anchor
 * @property {number} positive of the anchor's class
 * @property {number} negative of another class
 *
 * @typedef {object} LessonState
 * @property {'circle' | 'sphere'} space
 * @property {Vector[]} start the points as Reset restores them
 * @property {Panel[]} panels
 * @property {Roles} roles
 * @property {number} question number of the question that is asked
 */

export const CLASSES = 4;
export const PER_CLASS = 3;
export const LABELS = Array.from({ length: CLASSES * PER_CLASS }, (_, i) => Math.floor(i / PER_CLASS));
export const MOST_PANELS = Object.keys(CHOICES).length;
const HISTORY = 200; // changes that can be taken back
const LEAST_APART = 18; // degrees between two points of the sphere
const JITTER = 0.12; // of the places on the circle, in gaps

/** @param {'circle' | 'sphere'} space */
export function sizeOf(space) {
  return space === 'circle' ? 2 : 3;
}

/**
 * Points whose classes overlap, as untrained embeddings do, and of which none covers another.
 * @param {'circle' | 'sphere'} space @param {number} seed @param {number} spread of a class around its middle
 * @returns {Vector[]}
 */
export function scattered(space, seed, spread) {
  const random = normals(seed);
  const draw = () => unit(Array.from({ length: sizeOf(space) }, random));
  for (;;) {
    const middles = Array.from({ length: CLASSES }, draw);
    const points = LABELS.map(label => unit(plus(middles[label], draw(), spread)));
    if (space === 'circle') return evenly(points, random);
    if (points.every((one, i) => points.every((other, j) => i <= j || angleBetween(one, other) > LEAST_APART))) return points;
  }
}

/** Points of the circle in the same order, but all around it. @param {Vector[]} points @param {() => number} random */
function evenly(points, random) {
  const angles = points.map(([x, y]) => Math.atan2(y, x));
  const gap = (2 * Math.PI) / points.length;
  return angles.map(angle => {
    const place = gap * (angles.filter(other => other < angle).length + JITTER * random());
    return [Math.cos(place), Math.sin(place)];
  });
}

/**
 * The anchor with its farthest positive and its nearest negative.
 * @param {Vector[]} points @param {number} anchor
 * @returns {Roles}
 */
export function rolesFor(points, anchor) {
  const apart = points.map(point => angleBetween(points[anchor], point));
  const numbers = LABELS.map((_, i) => i);
  const same = numbers.filter(i => i !== anchor && LABELS[i] === LABELS[anchor]);
  const other = numbers.filter(i => LABELS[i] !== LABELS[anchor]);
  return {
    anchor,
    positive: same.reduce((best, i) => (apart[i] > apart[best] ? i : best)),
    negative: other.reduce((best, i) => (apart[i] < apart[best] ? i : best)),
  };
}

/** @param {LessonState} state @param {number} number @param {Vector} place @returns {LessonState} */
export function moved(state, number, place) {
  const panels = state.panels.map(panel => ({
    ...panel, points: panel.points.map((point, i) => (i === number ? place : point)),
  }));
  return { ...state, panels };
}

/** @param {LessonState} state @returns {LessonState} */
export function afterStep(state) {
  return { ...state, panels: state.panels.map(panel => stepped(panel, LABELS, state.roles)) };
}

/** All panels from the start again; losses and margins stay. @param {LessonState} state @returns {LessonState} */
export function reset(state) {
  const panels = state.panels.map(panel => begun(panel.choice, state.start, CLASSES, panel.margin));
  return { ...state, panels };
}

/**
 * The same losses on other points.
 * @param {LessonState} state @param {'circle' | 'sphere'} space @param {Vector[]} start
 * @returns {LessonState}
 */
export function restarted(state, space, start) {
  return reset({ ...state, space, start, roles: rolesFor(start, state.roles.anchor) });
}

/** @param {LessonState} state @param {number} at @param {string} choice @returns {LessonState} */
export function withChoice(state, at, choice) {
  const panels = state.panels.map((panel, i) => (i === at ? begun(choice, state.start, CLASSES) : panel));
  return reset({ ...state, panels });
}

/** @param {LessonState} state @param {number} at @param {number} margin @returns {LessonState} */
export function withMargin(state, at, margin) {
  return { ...state, panels: state.panels.map((panel, i) => (i === at ? { ...panel, margin } : panel)) };
}

/** @param {LessonState} state @param {string} choice @returns {LessonState} */
export function withPanel(state, choice) {
  return reset({ ...state, panels: [...state.panels, begun(choice, state.start, CLASSES)] });
}

/** @param {LessonState} state @param {number} at @returns {LessonState} */
export function withoutPanel(state, at) {
  return { ...state, panels: state.panels.filter((_, i) => i !== at) };
}

/**
 * The marked points as the loss of a panel compares them: where it never compares the marked triplet, another one of the
 * same anchor, first of all with the same positive; `null` where it compares the anchor with nothing. A loss without
 * triplets leaves them as they are.
 * @param {LessonState} state @param {number} at
 * @returns {Roles | null}
 */
export function comparedRoles({ panels, roles }, at) {
  const { choice, points, margin } = panels[at];
  const { loss } = CHOICES[choice];
  if (!loss.triplets) return roles;
  const distances = points.map(point => points.map(other => loss.measure(point, other).value));
  const own = loss.triplets(distances, LABELS, margin, roles).filter(([anchor]) => anchor === roles.anchor);
  const found = own.find(([, positive, negative]) => positive === roles.positive && negative === roles.negative)
    ?? own.find(([, positive]) => positive === roles.positive) ?? own[0];
  return found ? { anchor: found[0], positive: found[1], negative: found[2] } : null;
}

/**
 * The angles of a triplet in a panel, and the triplet loss of it alone with the panel's margin.
 * @param {Panel} panel @param {Roles} roles
 */
export function tripletAlone({ points, margin }, { anchor, positive, negative }) {
  const [near, far] = [positive, negative].map(i => angleBetween(points[anchor], points[i]));
  const squared = (/** @type {number} */ degrees) => 2 - 2 * Math.cos((degrees * Math.PI) / 180);
  return { near, far, value: Math.max(0, squared(near) - squared(far) + margin) };
}

/** What was, so that it can be had again. */
export class History {
  /** @param {LessonState} state */
  constructor(state) {
    this.state = state;
    /** @type {LessonState[]} */
    this.before = [];
    /** @type {string | null} */
    this.last = null;
  }

  /**
   * @param {LessonState} state
   * @param {string | null} [action] changes of one action that follow each other are taken back together
   */
  change(state, action = null) {
    if (action === null || action !== this.last) {
      this.before = [...this.before.slice(-HISTORY + 1), this.state];
    }
    this.last = action;
    this.state = state;
  }

  /** The next change is one of its own, even if it is of the same action. */
  close() {
    this.last = null;
  }

  undo() {
    const before = this.before.pop();
    if (before) this.state = before;
    this.last = null;
    return before !== undefined;
  }
}
