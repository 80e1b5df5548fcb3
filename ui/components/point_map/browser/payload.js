// A map as it was sent; see ser_core/plots/point_map.py.

import { readColumns } from '../../in_browser/shared/packed.js';

/** @import { Packed } from '../../in_browser/shared/packed.js' */
/** @import { Marked } from '../../in_browser/shared/symbols.js' */
/** @import { CameraState, Vector } from './camera.js' */

/** @typedef {[x: number, y: number, z: number]} Reach */

/** @typedef {Marked & { at: Vector }} Arrow the direction of a class on the unit sphere */

/**
 * @typedef {object} Globe what is drawn on the sphere besides its points
 * @property {string} column whose values are the classes
 * @property {Arrow[]} arrows
 * @property {number[][]} degrees between the directions of the classes in the space itself
 */

/**
 * @typedef {object} Look what the page asks a map to show first
 * @property {string} token its identity
 * @property {string} view
 * @property {string} colour name of a column; empty for none
 * @property {string} search
 * @property {number[]} selected ids
 * @property {number | null} clicked id
 * @property {Record<string, string[]>} hidden column → names of its hidden categories
 * @property {Record<string, [low: number, high: number]>} limits column of numbers → what is shown of it
 * @property {CameraState | null} camera
 */

/**
 * @typedef {object} Described what stays as it is in the header
 * @property {string} digest
 * @property {string} title
 * @property {string} space maps of one space show the same utterances
 * @property {string} view maps of one view show them in the same places
 * @property {number} total how many points there are, drawn or not
 * @property {number} count of the drawn points
 * @property {2 | 3} dimensions
 * @property {Reach} reach
 * @property {boolean} silent whether another map tells the page what is selected
 * @property {boolean} glides whether points move from where the same ones lay on the map before
 * @property {number} room of the window's height that is left to what stands above and below, in rem
 * @property {boolean} stretched whether it fills its stage, each axis by a factor of its own
 * @property {Globe | null} globe of a map whose points lie on the unit sphere
 * @property {string[]} told names of columns
 * @property {string[]} searched names of columns
 * @property {string[]} scale colours of numbers, from low to high
 * @property {Look | null} look
 */

/** @typedef {Packed & ({ name: string, kind: 'number', low: number, high: number } | { name: string, kind: 'category', entries: Marked[] })} PackedColumn */
/** @typedef {{ name: string, at: number, bytes: number, ends: Packed }} PackedTexts */

/**
 * @typedef {object} Columns
 * @property {Packed} points
 * @property {Packed | null} origins
 * @property {Packed} ids
 * @property {Packed | null} smaller
 * @property {(Packed & { cells: number }) | null | undefined} density
 * @property {PackedColumn[]} columns
 * @property {PackedTexts[]} texts
 */

/** @typedef {{ name: string, kind: 'number', low: number, high: number, values: Float32Array }} NumberColumn */
/** @typedef {{ name: string, kind: 'category', entries: Marked[], values: Uint8Array }} CategoryColumn */
/** @typedef {NumberColumn | CategoryColumn} Column */
/** @typedef {{ name: string, count: number, of: (index: number) => string }} Texts */
/** @typedef {{ cells: number, values: Uint8Array }} Density */

/**
 * @typedef {object} Arrays
 * @property {Float32Array} points `dimensions` numbers for each
 * @property {Float32Array | null} origins where the points lie on another map, if lines can begin there
 * @property {Uint32Array} ids
 * @property {Uint8Array | null} smaller 1 for each point that is drawn smaller, if any is
 * @property {Density | null} density how densely all points lie, in rows from below
 * @property {Column[]} columns
 * @property {Texts[]} texts
 */

/** @typedef {Described & Arrays} MapData */

/**
 * @param {Uint8Array} bytes
 * @returns {MapData}
 */
export function readPayload(bytes) {
  const read = /** @type {ReturnType<typeof readColumns<Described & Columns>>} */ (readColumns(bytes));
  const { header, body, array } = read;
  return {
    ...header,
    points: array(header.points, Float32Array),
    origins: header.origins && array(header.origins, Float32Array),
    ids: array(header.ids, Uint32Array),
    smaller: header.smaller && array(header.smaller, Uint8Array),
    density: header.density ? { cells: header.density.cells, values: array(header.density, Uint8Array) } : null,
    columns: header.columns.map(column =>
      column.kind === 'number'
        ? { ...column, values: array(column, Float32Array) }
        : { ...column, values: array(column, Uint8Array) },
    ),
    texts: header.texts.map(({ name, at, bytes: length, ends }) =>
      readTexts(name, new Uint8Array(body, at, length), array(ends, Uint32Array)),
    ),
  };
}

/**
 * @param {string} name
 * @param {Uint8Array} letters
 * @param {Uint32Array} ends
 * @returns {Texts}
 */
function readTexts(name, letters, ends) {
  const decoder = new TextDecoder();
  /** @param {number} index */
  const of = index => decoder.decode(letters.subarray(index ? ends[index - 1] : 0, ends[index]));
  return { name, count: ends.length, of };
}
