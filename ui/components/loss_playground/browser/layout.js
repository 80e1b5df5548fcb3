// Where everything lies in the picture, in its own units: pixels, or more with large letters.

const NARROWEST = 370; // of a panel
const WIDE = 500; // a panel from which on the matrix stands beside the points, not below
const CONTROLS = 52; // above the points: the choice of the loss and its margin
const ROOM = 26; // around the circle, for markers
const SIDE = 188; // width of matrix and curve
const HIGHEST = 178; // radius
const LOWEST = 90; // of that, in a low window

/**
 * @typedef {object} PanelPlace
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {{ x: number, y: number, radius: number }} disc
 * @property {{ x: number, y: number, cell: number, head: number }} matrix
 * @property {{ x: number, y: number, width: number, height: number }} curve
 */

/**
 * @param {number} width @param {number} panels @param {number} [highest] radius
 * @returns {{ height: number, panels: PanelPlace[] }}
 */
export function placed(width, panels, highest = HIGHEST) {
  const columns = Math.min(panels, Math.max(1, Math.floor(width / NARROWEST)));
  const one = onePanel(width / columns, Math.min(HIGHEST, Math.max(LOWEST, highest)));
  const places = Array.from({ length: panels }, (_, i) =>
    shifted(one, (i % columns) * one.width, Math.floor(i / columns) * one.height));
  return { height: Math.ceil(panels / columns) * one.height, panels: places };
}

/** @param {number} width @param {number} highest @returns {PanelPlace} */
function onePanel(width, highest) {
  const beside = width >= WIDE;
  const room = beside ? width - SIDE - 12 : width;
  const radius = Math.min(highest, room / 2 - ROOM);
  const disc = { x: room / 2, y: CONTROLS + ROOM + radius, radius };
  const below = disc.y + radius + ROOM;
  const head = 26;
  const cell = (SIDE - head) / 4;
  const matrix = { x: beside ? room + head : head, y: beside ? CONTROLS + head : below + head, cell, head };
  const bottom = matrix.y + 4 * cell;
  const curve = beside
    ? { x: room, y: bottom + 58, width: SIDE, height: Math.max(60, below - bottom - 82) }
    : { x: SIDE + 14, y: below + 62, width: width - SIDE - 16, height: bottom - below - 82 };
  return { x: 0, y: 0, width, height: (beside ? Math.max(below, curve.y + curve.height + 20) : bottom) + 8, disc, matrix, curve };
}

/** @param {PanelPlace} place @param {number} x @param {number} y @returns {PanelPlace} */
function shifted(place, x, y) {
  const move = (/** @type {any} */ part) => ({ ...part, x: part.x + x, y: part.y + y });
  return { ...move(place), disc: move(place.disc), matrix: move(place.matrix), curve: move(place.curve) };
}
