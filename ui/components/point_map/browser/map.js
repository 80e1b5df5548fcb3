// The map itself: what is drawn follows from the data and the memory; what a visitor does changes the memory.

import { fit, sizeOf } from '../../in_browser/shared/canvas.js';
import { finder, listener } from '../../in_browser/shared/elements.js';
import { Answers } from '../../in_browser/shared/mounting.js';
import { readHeader } from '../../in_browser/shared/packed.js';
import { describedBy, looksOf, searchable, visibleOf } from './columns.js';
import { enclosed, linesOf, nearestTo, NO_LINES, project, stretchedTo } from './geometry.js';
import { FilterPanel } from './filter_panel.js';
import { arrowAt } from './globe.js';
import { Gestures } from './gestures.js';
import { between, canGlide, Glide } from './glide.js';
import { fillFilters, fillLegend, markLegend } from './legend.js';
import { askForMarks, NOTHING_MARKED, onCell, onMarks, withPlace } from './marked.js';
import { drawMarks } from './marks.js';
import { lookOf, takeLook } from './memory.js';
import { OpenedMap } from './opened.js';
import { readPayload } from './payload.js';
import { savePicture } from './picture.js';
import { Renderer } from './renderer.js';
import { PointSound } from './sound.js';
import { facing } from './sphere.js';
import { describe, fillTip, fillTools, placeTip, showTool, showWalk } from './surroundings.js';
import { themeOf } from './theme.js';
import { Walk } from './walk.js';

/** @import { Channels } from '../../in_browser/shared/colours.js' */
/** @import { Send } from '../../in_browser/shared/mounting.js' */
/** @import { Classes, MapMarks, PageMarks, PagePress } from './marked.js' */
/** @import { Memories, Tool } from './memory.js' */
/** @import { MapData } from './payload.js' */
/** @import { Theme } from './theme.js' */

/** @typedef {[x: number, y: number]} Place pixels */

const PATIENCE = 5000; // milliseconds until lost graphics are given up
const SLOW = 90; // milliseconds that a picture is waited for
const FEW = 20_000; // points
const LIGHTLY = 0.4; // how far all others fade around one point that was pressed: the next can still be found
/** @type {Tool[]} */
const TOOLS = ['move', 'lasso', 'box'];
const EMPTY = { selected: [], clicked: null, missing: false };

export class PointMap {
  /**
   * @param {HTMLElement} figure
   * @param {Memories} memories
   */
  constructor(figure, memories) {
    this.figure = figure;
    Object.assign(figure, { pointMap: this }); // for tests and a curious console
    this.memories = memories;
    this.find = finder(figure);
    this.canvas = freshCanvas(this.find('.points', HTMLCanvasElement));
    this.marks = this.find('.marks', HTMLCanvasElement);
    this.answers = new Answers(EMPTY);
    /** @type {OpenedMap | null} */
    this.opened = null;
    /** @type {Theme | undefined} */
    this.theme = undefined;
    this.hovered = -1;
    this.clicked = -1;
    /** @type {number[]} */
    this.selected = [];
    this.visible = new Uint32Array(0); // those that no filter hides, in the order in which they are drawn
    /** @type {Uint8Array | null} */
    this.found = null; // 1 where a search found a point; null without a search
    this.shows = new Uint8Array(0); // 1 for each of those
    /** @type {number[]} */
    this.ringed = []; // of those, the utterances of the classes of a pressed cell
    this.matches = new Uint32Array(0); // of the visible ones, those that a search found
    this.fade = 0; // how grey the points behind are
    /** @type {MapMarks} */
    this.marked = NOTHING_MARKED;
    /** @type {Float32Array | null} */
    this.seen = null; // where the points are on the screen, if that was asked for since the last picture
    /** @type {number | null} */
    this.frame = null; // the next picture, if it was asked for
    /** @type {number | null} */
    this.marking = null; // the next marks
    this.moving = false; // whether points only change their place
    this.asked = 0; // when the next picture was asked for
    this.slow = false; // whether a picture was late
    this.lost = false; // whether the graphics have stopped
    this.gaveUp = false;
    this.ended = new AbortController();
    /** @type {Renderer | null} */
    this.renderer = null;
    this.failure = '';
    try {
      this.renderer = new Renderer(this.canvas);
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    }
    this.walk = new Walk();
    this.sound = new PointSound();
    /** @type {Glide | null} */
    this.glide = null;
    /** @type {Float32Array | null} */
    this.laid = null; // where the points are drawn while they glide
    this.gestures = new Gestures(this);
    this.panel = new FilterPanel(this);
    this.listen();
  }

  /**
   * Another call of the component: new data, a new theme, or neither.
   *
   * @param {Uint8Array} bytes
   * @param {Send} setStateValue
   * @param {Send} setTriggerValue
   */
  update(bytes, setStateValue, setTriggerValue) {
    this.setStateValue = setStateValue;
    this.setTriggerValue = setTriggerValue;
    if (this.failure) {
      this.giveUp(`${this.failure} A simpler map is drawn instead.`);
      return;
    }
    const { header } = readHeader(bytes);
    const theme = themeOf(this.figure);
    const opened = header.digest !== this.opened?.map.digest;
    if (opened) this.open(readPayload(bytes));
    if (opened || JSON.stringify(theme) !== JSON.stringify(this.theme)) {
      this.theme = theme;
      this.recolour();
    }
  }

  /** @param {MapData} sent */
  open(sent) {
    const map = sent.stretched ? stretchedTo(sent, this.size()) : sent;
    const former = this.opened?.map;
    const from = this.laid ?? former?.points;
    this.glide?.end();
    this.laid = null;
    this.opened?.memory.maps.delete(this);
    const memory = this.memories.of(map.space);
    memory.maps.add(this);
    takeLook(memory, map);
    this.opened = new OpenedMap(map, memory);
    this.marked = NOTHING_MARKED;
    this.seen = null;
    this.hovered = -1;
    this.recall();
    if (!map.columns.some(column => column.name === memory.colour)) memory.colour = map.columns[0]?.name ?? null;
    this.walk.take(null, this.opened.indexOf);
    this.fillRenderer();
    this.figure.style.setProperty('--room', `${map.room}rem`);
    fillTools(this);
    showTool(this);
    this.panel.fill();
    if (former && from && canGlide(former, map)) {
      this.laid = from;
      this.renderer?.setPoints(from, map.dimensions, map.reach);
      this.glide = new Glide(share => this.lay(between(from, map.points, share)));
    }
    this.match();
    this.send();
    askForMarks();
  }

  /** @param {Float32Array} points where they are drawn from now on */
  lay(points) {
    this.laid = points === this.map.points ? null : points;
    this.renderer?.setPoints(points, this.map.dimensions, this.map.reach);
    this.draw(this.laid !== null);
  }

  /** What is open; nothing here is pressed or drawn before a map is. */
  get shown() {
    if (!this.opened) throw new Error('Expected an open map; there is none yet.');
    return this.opened;
  }

  get map() {
    return this.shown.map;
  }

  get memory() {
    return this.shown.memory;
  }

  get camera() {
    return this.shown.camera;
  }

  /**
   * Does something on every map that shares this one's memory.
   *
   * @param {(map: PointMap) => void} act
   */
  everywhere(act) {
    for (const map of this.memory.maps) act(map);
  }

  /**
   * Of ids, those that are drawn, as indices.
   *
   * @param {number[]} ids
   */
  indices(ids) {
    const { indexOf } = this.shown;
    return ids.map(id => indexOf.get(id)).filter(index => index !== undefined);
  }

  /**
   * What the page marks on this map; see marked.js.
   *
   * @param {PageMarks | PagePress} page
   */
  markedBy(page) {
    if (page.space !== this.opened?.map.space) return;
    if ('sounds' in page) {
      this.walk.take(page.neighbours, this.shown.indexOf);
      this.sound.learn(page.sounds);
      showWalk(this);
      this.mark();
      return;
    }
    this.marked = {
      ringed: this.indices(page.ringed),
      placed: page.view === this.map.view ? page.placed : null,
      lined: page.lined && this.indices(page.lined),
      classes: page.classes,
    };
    this.camera.setReach(withPlace(this.map.reach, this.marked.placed));
    if (this.theme) this.arrange();
  }

  /** @param {{ space: string, classes: Classes | null }} pressed a cell of a matrix on the page */
  ringClasses({ space, classes }) {
    if (space !== this.opened?.map.space) return;
    this.marked = { ...this.marked, classes };
    this.arrange();
  }

  /** The indices of the utterances of ringed classes, of those that no filter hides. */
  ofClasses() {
    const { classes } = this.marked;
    const column = this.map.columns.find(({ name }) => name === classes?.column);
    if (!classes || column?.kind !== 'category') return [];
    const codes = new Set(column.entries.flatMap(({ name }, code) => (classes.names.includes(name) ? [code] : [])));
    return [...this.visible].filter(index => codes.has(column.values[index]));
  }

  fillRenderer() {
    const { points, dimensions, density, reach } = this.map;
    this.renderer?.setPoints(points, dimensions, reach);
    this.renderer?.setDensity(density);
    this.renderer?.setLines(NO_LINES);
  }

  get column() {
    return this.map.columns.find(column => column.name === this.memory.colour);
  }

  // ---------------------------------------------------------------------- what follows of it
  recolour() {
    const { map, memory, theme } = this;
    if (!theme) return;
    this.find('.colour', HTMLSelectElement).value = memory.colour ?? '';
    const heard = map.columns.find(column => column.name === 'heard');
    const wrong = heard?.kind === 'category' ? heard.entries.findIndex(entry => entry.name === 'wrongly') : -1;
    /** @param {number} index */
    const edged = index => wrong >= 0 && heard?.values[index] === wrong;
    const [r, g, b] = theme.grey.map(part => Math.round(part * 255));
    /** @type {Channels} */
    const grey = [r, g, b];
    this.renderer?.setLooks(looksOf(this.column, map.scale, grey, edged, map.smaller, map.count));
    fillLegend(this.find('.legend'), map, this.column, memory, () => this.everywhere(map => map.filter()));
    this.filter();
  }

  filter() {
    const { map, memory } = this;
    this.visible = visibleOf(map.columns, memory.hidden, memory.limits, this.shown.order);
    this.shows = new Uint8Array(map.count);
    for (const index of this.visible) this.shows[index] = 1;
    markLegend(this.find('.legend'), this.column, memory);
    fillFilters(this.find('.filters'), map, this.column, memory, () => this.everywhere(map => map.filter()));
    this.arrange();
  }

  /** @param {string} query */
  search(query) {
    this.memory.query = query;
    this.everywhere(map => {
      map.match();
      map.arrange();
    });
  }

  match() {
    const field = this.find('.find', HTMLInputElement);
    if (field.value !== this.memory.query) field.value = this.memory.query;
    const query = this.memory.query.trim().toLowerCase();
    const texts = query ? (this.shown.texts ??= searchable(this.map)) : null;
    this.found = texts && Uint8Array.from(texts, text => Number(text.includes(query)));
  }

  // Which points lie behind, which in front.
  arrange() {
    const { found } = this;
    const front = found ? found.slice() : new Uint8Array(this.map.count);
    for (const index of this.selected) front[index] = 1;
    this.ringed = this.ofClasses();
    for (const index of this.ringed) front[index] = 1;
    const behind = this.visible.filter(index => !front[index]);
    const before = this.visible.filter(index => front[index]);
    this.matches = found ? this.visible.filter(index => found[index]).sort() : new Uint32Array(0);
    const pressed = this.selected.length === 1 && this.selected[0] === this.clicked;
    this.fade = found || this.ringed.length || (this.selected.length && !pressed) ? 1 : pressed ? LIGHTLY : 0;
    this.renderer?.setOrder(behind, before);
    this.layLines();
    describe(this);
    this.panel.mark();
    this.draw();
  }

  // Lines from where points lie on another map to where they lie on this one: of those that the page names, or of the
  // chosen ones.
  layLines() {
    const { map, marked } = this;
    if (!map.origins) return;
    const lined = marked.lined ?? [...new Set([...this.selected, ...marked.ringed])];
    const seen = lined.filter(index => this.shows[index]);
    this.renderer?.setLines(linesOf(map.origins, map.points, map.dimensions, seen));
  }

  // ---------------------------------------------------------------------- drawing it
  /**
   * The camera has moved: every map of the same places follows.
   *
   * @param {boolean} [moving]
   */
  moved(moving = false) {
    const state = this.camera.state();
    this.memory.views.set(this.map.view, state);
    this.everywhere(other => {
      if (other.map.view !== this.map.view) return;
      other.camera.restore(state);
      other.draw(moving);
    });
  }

  /** @param {boolean} [moving] while points only change their place: where that is slow, few of them are drawn until it ends */
  draw(moving = false) {
    clearTimeout(this.rest);
    this.moving = moving;
    if (!this.frame) this.asked = performance.now();
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (this.opened && this.theme && !this.lost) this.drawNow(this.theme);
    });
  }

  // Draw only what lies over the points.
  mark() {
    this.marking ??= requestAnimationFrame(() => {
      this.marking = null;
      const { width, height } = this.size();
      if (this.opened && this.theme) drawMarks(this, this.theme, width, height, devicePixelRatio);
    });
  }

  /** @param {Theme} theme */
  drawNow(theme) {
    const { width, height } = this.size();
    if (!this.moving) this.makeRoom();
    this.seen = null; // the places on the screen are asked for again
    if (this.moving) this.slow ||= performance.now() - this.asked > SLOW;
    const few = this.moving && this.slow;
    if (few) this.rest = setTimeout(() => this.draw(), 2 * SLOW);
    this.paint(theme, width, height, devicePixelRatio, few ? FEW : Infinity);
    this.figure.dataset.drawn = this.map.digest;
  }

  /**
   * @param {Theme} theme
   * @param {number} width
   * @param {number} height
   * @param {number} ratio pixels of the picture for one of the page
   * @param {number} most points that are drawn
   */
  paint(theme, width, height, ratio, most) {
    for (const canvas of [this.canvas, this.marks]) fit(canvas, { width, height }, ratio);
    const matrix = this.camera.matrix(width, height);
    const eye = this.map.globe && this.camera.eye();
    this.renderer?.draw({ matrix, eye, size: this.pointSize(), ratio, theme, fade: this.fade, most });
    drawMarks(this, theme, width, height, ratio);
  }

  /** Tools and legend lie over the map: the whole of it is seen between them. */
  makeRoom() {
    this.camera.above = this.find('.tools').offsetHeight + 4;
    this.camera.below = this.find('.legend').offsetHeight + 4;
  }

  size() {
    return sizeOf(this.canvas);
  }

  pointSize() {
    const few = this.map.count < 600 ? 11 : this.map.count < 6000 ? 8 : this.map.count < 30000 ? 5 : 3.5;
    return Math.min(14, few * Math.sqrt(Math.max(1, this.camera.zoom)));
  }

  // ---------------------------------------------------------------------- where points lie
  places() {
    if (!this.seen) {
      const { width, height } = this.size();
      const matrix = this.camera.matrix(width, height);
      const points = this.laid ?? this.map.points;
      this.seen = project(points, this.map.dimensions, matrix, width, height, this.shown.screen);
    }
    return this.seen;
  }

  /**
   * @param {number} index
   * @returns {Place}
   */
  placeOf(index) {
    const places = this.places();
    return [places[3 * index], places[3 * index + 1]];
  }

  // ---------------------------------------------------------------------- selecting
  /**
   * @param {number[]} indices
   * @param {number} [clicked] index of the point that was pressed, if one was
   */
  choose(indices, clicked = -1) {
    this.memory.selected = indices.map(index => this.map.ids[index]);
    this.memory.clicked = clicked < 0 ? null : this.map.ids[clicked];
    this.everywhere(map => {
      map.recall();
      map.arrange();
    });
    this.send();
  }

  // What is selected on all maps of this space, as indices of this one.
  recall() {
    const { selected, clicked } = this.memory;
    this.selected = this.indices(selected);
    [this.clicked = -1] = this.indices(clicked === null ? [] : [clicked]);
  }

  /**
   * @param {number[]} line
   * @param {PointerEvent} event
   */
  enclose(line, event) {
    const inside = enclosed(this.places(), this.visible, line).sort((a, b) => a - b);
    const without = new Set(inside);
    if (event.altKey) this.choose(this.selected.filter(index => !without.has(index)));
    else if (event.shiftKey) this.choose([...new Set([...this.selected, ...inside])].sort((a, b) => a - b));
    else this.choose(inside);
  }

  /**
   * The point seen nearest to a place, or -1.
   *
   * @param {number} x
   * @param {number} y
   * @param {number} reach pixels
   */
  nearest(x, y, reach) {
    if (!this.opened) return -1;
    const { globe, points } = this.map, places = this.places();
    // On a globe, what lies in front is meant.
    const near = globe ? nearestTo(places, facing(points, this.camera.eye(), this.visible), x, y, reach) : -1;
    return near < 0 ? nearestTo(places, this.visible, x, y, reach) : near;
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} reach pixels
   * @param {boolean} adding whether the selection grows
   */
  press(x, y, reach, adding) {
    const arrow = arrowAt(this, x, y, reach);
    if (arrow) this.measureFrom(arrow === this.memory.from ? '' : arrow);
    const index = arrow ? -1 : this.nearest(x, y, reach);
    if (index >= 0) this.pick(index, adding);
  }

  /**
   * Writes the angles of one class to each other one on the globe.
   *
   * @param {string} name empty for none
   */
  measureFrom(name) {
    this.memory.from = name;
    this.everywhere(map => {
      map.find('.from', HTMLSelectElement).value = name;
      describe(map);
      map.mark();
    });
  }

  /**
   * Goes to the next neighbour of the pressed point, and plays it.
   *
   * @param {number} step forwards or backwards
   */
  goTo(step) {
    if (!this.walk.step(step)) return;
    this.sound.play(this.map.ids[this.walk.index]);
    showWalk(this);
    this.mark();
  }

  /** Takes the neighbour that is looked at into the selection, or out of it. */
  takeNeighbour() {
    const { index } = this.walk;
    const others = this.selected.filter(other => other !== index);
    this.choose(others.length < this.selected.length ? others : [...others, index], this.clicked);
  }

  /**
   * @param {number} index
   * @param {boolean} adding
   */
  pick(index, adding) {
    this.sound.play(this.map.ids[index]);
    const others = this.selected.filter(other => other !== index);
    if (adding) {
      const removed = others.length < this.selected.length;
      this.choose(removed ? others : [...others, index], removed ? -1 : index);
    } else {
      const inside = others.length < this.selected.length;
      this.choose(inside ? this.selected : [index], index); // a point of the selection opens without ending it
    }
  }

  // Of maps that share a memory, one tells it.
  send() {
    const { selected, clicked } = this.memory;
    this.everywhere(one => {
      if (one.setStateValue && !one.map.silent) one.answers.send(one.setStateValue, { selected, clicked, missing: false });
    });
  }

  // ---------------------------------------------------------------------- what a visitor does
  listen() {
    const { signal } = this.ended;
    const on = listener(signal);
    const { canvas } = this;
    const colour = this.find('.colour', HTMLSelectElement), field = this.find('.find', HTMLInputElement);
    on(colour, 'change', () => {
      this.memory.colour = colour.value;
      this.everywhere(map => map.recolour());
    });
    const from = this.find('.from', HTMLSelectElement);
    on(from, 'change', () => this.measureFrom(from.value));
    on(field, 'input', () => this.search(field.value));
    on(field, 'keydown', event => {
      if (event.key === 'Enter') this.choose([...this.matches]);
    });
    on(this.find('.found'), 'click', () => this.choose([...this.matches]));
    on(this.find('.clear'), 'click', () => this.clear());
    on(this.find('.keep'), 'click', () => {
      if (this.opened) this.setTriggerValue?.('kept', lookOf(this.map, this.memory, this.camera));
    });
    on(this.find('.picture'), 'click', () => {
      if (this.opened && this.theme && !this.lost) savePicture(this, this.theme);
    });
    onMarks(signal, marks => this.markedBy(marks));
    onCell(signal, pressed => this.ringClasses(pressed));
    const more = this.find('.more'), tools = this.find('.tools');
    on(more, 'click', () => {
      more.setAttribute('aria-expanded', String(tools.toggleAttribute('data-open')));
      this.draw();
    });
    const full = this.find('.full');
    full.hidden = !document.fullscreenEnabled;
    on(full, 'click', () => (document.fullscreenElement ? document.exitFullscreen() : this.figure.requestFullscreen()));
    on(this.figure, 'fullscreenchange', () => {
      full.setAttribute('aria-pressed', String(this.figure.matches(':fullscreen')));
      this.draw();
    });
    on(this.find('.trouble button'), 'click', () => this.reportMissing());
    for (const button of this.buttons('[data-tool]')) {
      on(button, 'click', () => this.take(/** @type {Tool} */ (button.dataset.tool)));
      on(button, 'keydown', event => this.takeByKey(event));
    }
    for (const button of this.buttons('[data-view]')) {
      on(button, 'click', () => this.look(button.dataset.view));
    }
    on(this.figure, 'keydown', event => {
      if (event.key === 'Escape') this.escape(event);
    });
    on(canvas, 'webglcontextlost', event => this.lose(event));
    on(canvas, 'webglcontextrestored', () => this.recover());
    const resized = new ResizeObserver(() => this.draw());
    resized.observe(canvas);
    signal.addEventListener('abort', () => resized.disconnect());
  }

  /** @param {string} selector */
  buttons = selector =>
    /** @type {NodeListOf<HTMLButtonElement>} */ (this.figure.querySelectorAll(`button${selector}`));

  /** @param {Tool} tool */
  take(tool) {
    this.memory.tool = tool;
    this.everywhere(showTool);
  }

  /** @param {KeyboardEvent} event */
  takeByKey(event) {
    /** @type {Record<string, number>} */
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    this.take(TOOLS[(TOOLS.indexOf(this.memory.tool) + step + TOOLS.length) % TOOLS.length]);
    this.find(`[data-tool="${this.memory.tool}"]`).focus();
  }

  /** @param {string | undefined} how */
  look(how) {
    const { width, height } = this.size();
    if (how === 'all') this.camera.reset();
    else this.camera.zoomBy(how === 'in' ? 1.4 : 1 / 1.4, ...this.camera.middle(width, height), width, height);
    this.moved();
  }

  clear() {
    this.choose([]);
  }

  /** @param {KeyboardEvent} event */
  escape(event) {
    if (this.gestures.line) this.gestures.end();
    else if (!this.panel.place.hidden) this.panel.close();
    else if (this.memory.query && event.target === this.find('.find')) this.search('');
    else this.clear();
    this.mark();
  }

  /**
   * @param {number} index
   * @param {Place} [at] of the mouse
   */
  hover(index, at) {
    const tip = this.find('.tip');
    if (index !== this.hovered) {
      this.everywhere(map => map.ring(this.map.ids[index]));
      this.canvas.toggleAttribute('data-over', index >= 0);
      if (index >= 0) fillTip(tip, describedBy(this.map, index));
    }
    tip.hidden = index < 0;
    if (index >= 0 && at) placeTip(tip, at, this.size());
  }

  /**
   * Rings the point under the mouse, by its id; none where there is no such point.
   *
   * @param {number} id
   */
  ring(id) {
    this.hovered = this.shown.indexOf.get(id) ?? -1;
    this.mark();
  }

  // ---------------------------------------------------------------------- when it goes wrong
  /** @param {Event} event */
  lose(event) {
    event.preventDefault(); // only then can it come back
    this.lost = true;
    this.trouble('The graphics of this browser have stopped; they are being started again.', false);
    this.waiting = setTimeout(
      () => this.trouble('The graphics of this browser have stopped and did not come back.', true),
      PATIENCE,
    );
  }

  recover() {
    clearTimeout(this.waiting);
    this.lost = false;
    this.find('.trouble').hidden = true;
    this.renderer?.build();
    this.fillRenderer();
    this.recolour();
  }

  /** @param {string} words */
  giveUp(words) {
    this.trouble(words, true);
    this.reportMissing();
  }

  reportMissing() {
    if (this.gaveUp) return;
    this.gaveUp = true;
    this.setStateValue?.('answer', { ...EMPTY, missing: true });
  }

  /**
   * @param {string} words
   * @param {boolean} hopeless whether to offer the simple map
   */
  trouble(words, hopeless) {
    this.find('.trouble').hidden = false;
    this.find('.trouble p').textContent = words;
    this.find('.trouble button').hidden = !hopeless;
  }

  end() {
    this.ended.abort();
    this.glide?.end();
    this.sound.end();
    this.opened?.memory.maps.delete(this);
    clearTimeout(this.waiting);
    clearTimeout(this.rest);
    for (const asked of [this.frame, this.marking]) if (asked !== null) cancelAnimationFrame(asked);
    this.renderer?.end();
  }
}

/**
 * A canvas whose graphics were freed gives no others.
 *
 * @param {HTMLCanvasElement} canvas
 */
function freshCanvas(canvas) {
  const fresh = /** @type {HTMLCanvasElement} */ (canvas.cloneNode());
  canvas.replaceWith(fresh);
  return fresh;
}
