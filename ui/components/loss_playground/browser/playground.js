// The lesson "What a loss does": keeps its state, and draws what changed in the next frame.

import { LinkButton } from '../../in_browser/shared/copied_link.js';
import { enlargement, heightInSight } from '../../in_browser/shared/enlargement.js';
import { showLegend } from '../../in_browser/shared/legend.js';
import { fixed } from '../../in_browser/shared/numbers.js';
import { Gestures } from './gestures.js';
import { placed } from './layout.js';
import { decoded, encoded } from './link.js';
import { CHOICES } from './choices.js';
import { PanelPicture } from './panel.js';
import { PanelSettings } from './settings.js';
import { asked, ORDER, QUESTIONS } from './questions.js';
import {
  afterStep, comparedRoles, History, moved, MOST_PANELS, reset, restarted, rolesFor, scattered, tripletAlone, withChoice,
  withMargin, withoutPanel, withPanel,
} from './state.js';
import { set } from '../../in_browser/shared/svg.js';
import { writeExplained } from '../../in_browser/shared/terms.js';
import { evaluated } from './training.js';
import { LABELS } from './state.js';
import { lengthOf, plus } from './vectors.js';
import { View } from './view.js';

/** @import { EmotionClass } from './panel.js' */
/** @import { LessonState } from './state.js' */

/**
 * @typedef {object} PlaygroundData what the page sends
 * @property {EmotionClass[]} classes
 * @property {Record<string, string>} terms explanations of the glossary's terms in its texts
 * @property {string} link the state that the address asks for; empty for none
 */

const STEPS_PER_SECOND = 20;
const MOST_STEPS = 600; // of one run
const AT_REST = (0.02 * Math.PI) / 180; // a step that moves no point by more
const TAKEN_WITHIN = 26; // pixels
const FIRST_TURN = 30; // degrees
const PARAMETER = 'state';

/** @type {{ link: string, history: History } | null} what was seen when the page was left */
let left = null;

export class Playground {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    this.picture = /** @type {SVGSVGElement} */ (figure.querySelector('.picture'));
    this.turn = FIRST_TURN;
    this.history = new History(asked(ORDER[0]));
    /** @type {PanelPicture[]} */
    this.panels = [];
    /** @type {PanelSettings[]} */
    this.settings = [];
    /** @type {number | null} */
    this.frame = null;
    /** @type {number | null} */
    this.running = null;
    /** @type {Record<string, string>} */
    this.terms = {};
    this.listen();
    this.watched = new ResizeObserver(() => this.change());
  }

  /** @param {PlaygroundData} data */
  update(data) {
    const first = this.classes === undefined;
    this.classes = data.classes;
    if (first || data.link !== this.link) this.open(data.link);
    this.terms = data.terms;
    if (first) this.watched.observe(this.figure); // which grows with the letters, too
    this.change();
  }

  end() {
    left = { link: this.link ?? '', history: this.history };
    this.watched.disconnect();
    this.gestures?.end();
    this.copying?.end();
    if (this.frame !== null) cancelAnimationFrame(this.frame);
    if (this.running !== null) cancelAnimationFrame(this.running);
  }

  get state() {
    return this.history.state;
  }

  /** @param {string} link */
  open(link) {
    this.link = link;
    const trouble = this.one('.trouble');
    trouble.hidden = true;
    if (left?.link === link) {
      this.history = left.history;
      return;
    }
    if (!link) return;
    try {
      this.history = new History(decoded(link));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      trouble.textContent = `${error.message} The first question is shown instead.`;
      trouble.hidden = false;
    }
  }

  /** @param {LessonState} [state] @param {string | null} [action] */
  change(state, action = null) {
    if (state) this.history.change(state, action);
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  draw() {
    const { state } = this;
    const scale = enlargement();
    const width = this.picture.clientWidth / scale;
    if (!width || !this.classes) return;
    const { height, panels } = placed(width, state.panels.length, heightInSight(this.picture));
    const view = new View(state.space, this.turn);
    this.picture.style.height = `${height * scale}px`;
    set(this.picture, { viewBox: `0 0 ${width} ${height}` });
    showLegend(this.one('.legend'), this.classes);
    this.fit(state.panels.length);
    this.panels.forEach((picture, at) => {
      picture.draw(state, at, panels[at], view, evaluated(state.panels[at], LABELS, state.roles));
      set(picture.root, { class: state.space === 'sphere' ? 'panel turnable' : 'panel' });
      this.settings[at].draw(state.panels[at], panels[at], { alone: state.panels.length === 1, scale });
    });
    this.places = panels;
    this.view = view;
    this.drawTools();
    this.drawWords();
    this.copying?.seen();
  }

  /** As many panels as the state has. @param {number} count */
  fit(count) {
    while (this.panels.length > count) {
      this.panels.pop()?.remove();
      this.settings.pop()?.remove();
    }
    while (this.panels.length < count) {
      const at = this.panels.length;
      this.panels.push(new PanelPicture(this.picture, this.classes ?? [], at));
      this.settings.push(new PanelSettings(this.one('.settings'), at, {
        choose: (panel, choice) => this.change(withChoice(this.state, panel, choice)),
        margin: (panel, margin) => this.change(withMargin(this.state, panel, margin), `margin ${panel}`),
        close: panel => this.change(withoutPanel(this.state, panel)),
      }));
    }
  }

  drawTools() {
    const { state } = this;
    for (const button of this.figure.querySelectorAll('[data-space]')) {
      button.setAttribute('aria-checked', String(button.getAttribute('data-space') === state.space));
    }
    this.one('.turning').hidden = state.space !== 'sphere';
    this.field('.turn').value = String(this.turn);
    this.select('.question').value = String(state.question);
    this.select('.add').disabled = state.panels.length >= MOST_PANELS;
    this.one('[data-act=run]').textContent = this.running === null ? 'Run' : 'Stop';
    /** @type {HTMLButtonElement} */ (this.one('[data-act=undo]')).disabled = !this.history.before.length;
  }

  drawWords() {
    const { task, answer } = QUESTIONS[this.state.question];
    writeExplained(this.one('.task'), task, this.terms);
    writeExplained(this.one('.answer'), answer, this.terms);
    const shown = new Set(this.state.panels.map(panel => panel.choice));
    const about = [...shown].map(choice => `${CHOICES[choice].title}: ${CHOICES[choice].about}`);
    const triplets = [...shown].some(choice => CHOICES[choice].loss.comparison === 'triplet');
    writeExplained(this.one('.about'), [...(triplets ? [this.marked()] : []), ...about].join(' '), this.terms);
  }

  /** What a triplet is, and what the marked one is worth. */
  marked() {
    const { panels } = this.state;
    const at = panels.findIndex(panel => CHOICES[panel.choice].loss.comparison === 'triplet');
    const compared = comparedRoles(this.state, at);
    const triplet = 'A triplet is an anchor, a positive of the same emotion and a negative of another: the [[loss]] '
      + 'pulls the positive nearer and pushes the negative away, until the negative is farther by the [[margin]]. ';
    const { title } = CHOICES[panels[at].choice];
    if (!compared) return `${triplet}${title} compares this anchor with nothing now: lines to it are of other anchors' triplets.`;
    const [own, other] = [compared.anchor, compared.negative].map(i => this.classes?.[LABELS[i]].name);
    const { near, far, value } = tripletAlone(panels[at], compared);
    return `${triplet}In “${title}” ${own} is compared with ${own} at ${Math.round(near)}° and ${other} at `
      + `${Math.round(far)}°: its loss is ${fixed(value, 2)}.`;
  }

  listen() {
    const questions = this.select('.question');
    for (const number of ORDER) questions.add(new Option(QUESTIONS[number].title, String(number)));
    questions.addEventListener('change', () => {
      this.stop();
      /** @type {HTMLDetailsElement} */ (this.one('details')).open = false;
      this.change(asked(Number(questions.value)));
    });
    const add = this.select('.add');
    add.add(new Option('another loss…', ''));
    for (const [name, { title }] of Object.entries(CHOICES)) add.add(new Option(title, name));
    add.addEventListener('change', () => {
      if (add.value) this.change(withPanel(this.state, add.value));
      add.value = '';
    });
    this.field('.turn').addEventListener('input', () => {
      this.turn = Number(this.field('.turn').value);
      this.change();
    });
    for (const button of this.figure.querySelectorAll('[data-space]')) {
      button.addEventListener('click', () => this.moveTo(button.getAttribute('data-space') === 'sphere' ? 'sphere' : 'circle'));
    }
    const acts = {
      step: () => this.step(), run: () => this.run(), undo: () => this.undo(), reset: () => this.reset(),
    };
    this.copying = new LinkButton(
      { button: this.one('[data-act=link]'), field: this.field('.address') }, () => ({ [PARAMETER]: encoded(this.state) }),
    );
    for (const [name, act] of Object.entries(acts)) this.one(`[data-act=${name}]`).addEventListener('click', act);
    this.gestures = new Gestures(this.figure, this.picture, {
      nearest: (panel, x, y) => this.nearest(panel, x, y),
      isBehind: (panel, point) => this.seen(panel, point).depth < 0,
      drag: (panel, point, x, y, behind) => {
        const { disc } = this.place(panel);
        const [px, py] = [(x - disc.x) / disc.radius, (disc.y - y) / disc.radius];
        this.change(moved(this.state, point, this.looking().pointAt(px, py, behind)), `drag ${point}`);
      },
      push: (point, right, up) => this.change(
        moved(this.state, point, this.looking().pushed(this.state.panels[0].points[point], right, up)), `push ${point}`,
      ),
      mark: (panel, point) => this.change({ ...this.state, roles: rolesFor(this.state.panels[panel].points, point) }),
      turn: degrees => {
        this.turn = ((this.turn + degrees + 540) % 360) - 180;
        this.change();
      },
      released: () => this.history.close(),
      keys: { s: acts.step, r: acts.run, u: acts.undo },
    });
  }

  step() {
    this.stop();
    this.change(afterStep(this.state));
    this.say();
  }

  run() {
    if (this.running !== null) return this.stop();
    this.history.close();
    let [steps, before] = [0, 0];
    const next = (/** @type {number} */ now) => {
      this.running = requestAnimationFrame(next);
      if (now - before < 1000 / STEPS_PER_SECOND) return;
      before = now;
      const state = afterStep(this.state);
      const rest = state.panels.every((panel, at) => panel.points.every((point, i) =>
        lengthOf(plus(point, this.state.panels[at].points[i], -1)) < AT_REST));
      this.change(state, 'run');
      if (rest || ++steps >= MOST_STEPS) this.stop();
    };
    this.running = requestAnimationFrame(next);
  }

  stop() {
    if (this.running === null) return;
    cancelAnimationFrame(this.running);
    this.running = null;
    this.history.close();
    this.change();
    this.say();
  }

  undo() {
    this.stop();
    if (this.history.undo()) this.change();
  }

  reset() {
    this.stop();
    this.change(reset(this.state));
  }

  /** The same losses in the other space. @param {'circle' | 'sphere'} space */
  moveTo(space) {
    if (space === this.state.space) return;
    this.stop();
    const { seed, spread } = QUESTIONS[this.state.question];
    this.change(restarted(this.state, space, scattered(space, seed, spread)));
  }

  say() {
    this.one('.said').textContent = this.state.panels.map(panel =>
      `${CHOICES[panel.choice].title}: loss ${fixed(evaluated(panel, LABELS, this.state.roles).value, 3)}`).join(', ');
  }

  /** @param {number} panel @param {number} x @param {number} y */
  nearest(panel, x, y) {
    const { disc } = this.place(panel);
    const found = LABELS.map((_, i) => {
      const { x: px, y: py, depth } = this.seen(panel, i);
      const away = Math.hypot(disc.x + disc.radius * px - x, disc.y - disc.radius * py - y);
      return { i, away: away + (depth < 0 ? TAKEN_WITHIN / 2 : 0) };
    }).reduce((best, one) => (one.away < best.away ? one : best));
    return found.away <= TAKEN_WITHIN ? found.i : null;
  }

  /** @param {number} panel @param {number} point */
  seen(panel, point) {
    return this.looking().seen(this.state.panels[panel].points[point]);
  }

  looking() {
    return this.view ?? new View(this.state.space, this.turn);
  }

  /** @param {number} panel */
  place(panel) {
    return (this.places ?? placed(this.picture.clientWidth / enlargement(), this.state.panels.length).panels)[panel];
  }

  /** @param {string} selector */
  one(selector) {
    return /** @type {HTMLElement} */ (this.figure.querySelector(selector));
  }

  /** @param {string} selector */
  field(selector) {
    return /** @type {HTMLInputElement} */ (this.one(selector));
  }

  /** @param {string} selector */
  select(selector) {
    return /** @type {HTMLSelectElement} */ (this.one(selector));
  }
}
