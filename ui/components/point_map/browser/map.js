// The map itself: what is drawn follows from the data and the memory; what a visitor does changes the memory.

import { buttonsIn, finder } from '../../in_browser/shared/elements.js';
import { Answers } from '../../in_browser/shared/mounting.js';
import { readHeader } from '../../in_browser/shared/packed.js';
import { arrange, match, recolour } from './appearance.js';
import { listenToControls } from './controls.js';
import { NO_LINES, stretchedTo } from './geometry.js';
import { FilterPanel } from './filter_panel.js';
import { Gestures } from './gestures.js';
import { between, canGlide, Glide } from './glide.js';
import { askForMarks, NOTHING_MARKED, withPlace } from './marked.js';
import { colourByFirst, takeLook } from './memory.js';
import { OpenedMap } from './opened.js';
import { readPayload } from './payload.js';
import { Renderer } from './renderer.js';
import { PointSound } from './sound.js';
import { Stage } from './stage.js';
import { fillTools, showTool, showWalk } from './surroundings.js';
import { themeOf } from './theme.js';
import { EMPTY, Trouble } from './trouble.js';
import { Walk } from './walk.js';

/** @import { Send } from '../../in_browser/shared/mounting.js' */
/** @import { Classes, MapMarks, PageMarks, PagePress } from './marked.js' */
/** @import { Memories } from './memory.js' */
/** @import { MapData } from './payload.js' */
/** @import { Theme } from './theme.js' */

/** @typedef {[x: number, y: number]} Place pixels */

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
    this.stage = new Stage(this);
    this.trouble = new Trouble(this);
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
    listenToControls(this);
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
      this.trouble.giveUp(`${this.failure} A simpler map is drawn instead.`);
      return;
    }
    const { header } = readHeader(bytes);
    const theme = themeOf(this.figure);
    const opened = header.digest !== this.opened?.map.digest;
    if (opened) this.open(readPayload(bytes));
    if (opened || JSON.stringify(theme) !== JSON.stringify(this.theme)) {
      this.theme = theme;
      recolour(this);
    }
  }

  /** @param {MapData} sent */
  open(sent) {
    const map = sent.stretched ? stretchedTo(sent, this.stage.size()) : sent;
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
    this.stage.seen = null;
    this.hovered = -1;
    this.recall();
    colourByFirst(memory, map);
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
    match(this);
    this.send();
    askForMarks();
  }

  /** @param {Float32Array} points where they are drawn from now on */
  lay(points) {
    this.laid = points === this.map.points ? null : points;
    this.renderer?.setPoints(points, this.map.dimensions, this.map.reach);
    this.stage.draw(this.laid !== null);
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

  get column() {
    return this.map.columns.find(column => column.name === this.memory.colour);
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
      this.stage.mark();
      return;
    }
    this.marked = {
      ringed: this.indices(page.ringed),
      placed: page.view === this.map.view ? page.placed : null,
      lined: page.lined && this.indices(page.lined),
      classes: page.classes,
    };
    this.camera.setReach(withPlace(this.map.reach, this.marked.placed));
    if (this.theme) arrange(this);
  }

  /** @param {{ space: string, classes: Classes | null }} pressed a cell of a matrix on the page */
  ringClasses({ space, classes }) {
    if (space !== this.opened?.map.space) return;
    this.marked = { ...this.marked, classes };
    arrange(this);
  }

  fillRenderer() {
    const { points, dimensions, density, reach } = this.map;
    this.renderer?.setPoints(points, dimensions, reach);
    this.renderer?.setDensity(density);
    this.renderer?.setLines(NO_LINES);
  }

  /**
   * @param {number[]} indices
   * @param {number} [clicked] index of the point that was pressed, if one was
   */
  choose(indices, clicked = -1) {
    this.memory.selected = indices.map(index => this.map.ids[index]);
    this.memory.clicked = clicked < 0 ? null : this.map.ids[clicked];
    this.everywhere(map => {
      map.recall();
      arrange(map);
    });
    this.send();
  }

  // What is selected on all maps of this space, as indices of this one.
  recall() {
    const { selected, clicked } = this.memory;
    this.selected = this.indices(selected);
    [this.clicked = -1] = this.indices(clicked === null ? [] : [clicked]);
  }

  // Of maps that share a memory, one tells it.
  send() {
    const { selected, clicked } = this.memory;
    this.everywhere(one => {
      if (one.setStateValue && !one.map.silent) one.answers.send(one.setStateValue, { selected, clicked, missing: false });
    });
  }

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
      other.stage.draw(moving);
    });
  }

  /** @param {string} selector */
  buttons = selector => buttonsIn(this.figure, selector);

  end() {
    this.ended.abort();
    this.glide?.end();
    this.sound.end();
    this.opened?.memory.maps.delete(this);
    this.trouble.end();
    this.stage.end();
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
