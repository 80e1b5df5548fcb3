// What a visitor did with the maps of one space. It outlives the component, so that colour, filters and selection are
// still there with another projection, and after a look at another page. Maps of one space that stand on one page share
// it, and so are linked.

/** @import { Camera, CameraState } from './camera.js' */
/** @import { PointMap } from './map.js' */
/** @import { MapData } from './payload.js' */

/** @typedef {'move' | 'lasso' | 'box'} Tool */

export class Memory {
  constructor() {
    /** @type {string | null} */
    this.colour = null; // name of a column
    /** @type {string | null} */
    this.first = null; // the column that coloured it without a choice
    /** @type {Tool} */
    this.tool = 'move';
    this.query = '';
    this.from = ''; // name of the class whose angles are written on a globe
    /** @type {number[]} */
    this.selected = []; // ids
    /** @type {number | null} */
    this.clicked = null; // id
    /** @type {Map<string, Set<number>>} */
    this.hidden = new Map(); // column → numbers of its hidden categories
    /** @type {Map<string, [low: number, high: number]>} */
    this.limits = new Map(); // column of numbers → what is shown of it
    /** @type {Map<string, CameraState>} */
    this.views = new Map();
    /** @type {string | null} */
    this.look = null; // token of the look that was taken last
    /** @type {Set<PointMap>} */
    this.maps = new Set(); // those that show it now
  }
}

export class Memories {
  constructor() {
    /** @type {Map<string, Memory>} */
    this.spaces = new Map();
  }

  /** @param {string} space */
  of(space) {
    const memory = this.spaces.get(space) ?? new Memory();
    this.spaces.set(space, memory);
    return memory;
  }
}

/**
 * Takes a look that the page asks for, once: from then on it is the visitor's own.
 *
 * @param {Memory} memory
 * @param {MapData} map
 */
export function takeLook(memory, { look, columns }) {
  if (!look || memory.look === look.token) return;
  memory.look = look.token;
  memory.colour = look.colour || null;
  memory.first = null;
  memory.query = look.search;
  memory.selected = look.selected;
  memory.clicked = look.clicked;
  memory.hidden = new Map();
  memory.limits = new Map(Object.entries(look.limits));
  for (const column of columns) {
    if (column.kind !== 'category' || !Object.hasOwn(look.hidden, column.name)) continue;
    const names = new Set(look.hidden[column.name]);
    const codes = column.entries.flatMap((entry, code) => (names.has(entry.name) ? [code] : []));
    memory.hidden.set(column.name, new Set(codes));
  }
  if (look.camera) memory.views.set(look.view, look.camera);
  else memory.views.delete(look.view);
}

/**
 * Colours by the first column where no other one is chosen: it may have become another, such as that of the matrix.
 *
 * @param {Memory} memory
 * @param {MapData} map
 */
export function colourByFirst(memory, { columns }) {
  const first = columns[0]?.name ?? null, there = columns.some(column => column.name === memory.colour);
  if (!there || memory.colour === memory.first) memory.colour = first;
  memory.first = first;
}

/**
 * What is looked at, in names and numbers that outlive this visit.
 *
 * @param {MapData} map
 * @param {Memory} memory
 * @param {Camera} camera
 */
export function lookOf(map, memory, camera) {
  /** @type {Record<string, string[]>} */
  const hidden = {};
  for (const column of map.columns) {
    const codes = memory.hidden.get(column.name);
    if (column.kind === 'category' && codes?.size) hidden[column.name] = [...codes].map(code => column.entries[code].name);
  }
  const { centre, zoom, turn } = camera.state();
  const seen = { centre: centre.map(shortened), zoom: shortened(zoom), turn: turn.map(shortened) };
  const limits = Object.fromEntries([...memory.limits].map(([name, ends]) => [name, ends.map(shortened)]));
  return { colour: memory.colour ?? '', search: memory.query, hidden, limits, camera: seen };
}

/** @param {number} value */
function shortened(value) {
  return Number(value.toPrecision(6));
}
