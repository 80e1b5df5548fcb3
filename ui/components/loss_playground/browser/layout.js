// Where everything lies in the picture, in its own units: pixels, or more with large letters. These leave less room, so that a
// panel is then made as high as what is left of the window.

const NARROWEST = 370; // of a panel
const NARROWEST_ENLARGED = 315;
const WIDE = 500; // a panel from which on the matrix stands beside the points, not below
const TIGHT = 380; // with large letters, a panel below which markers and figures stand closer
const CONTROLS = 52; // above the points: the choice of the loss and its margin
const CONTROLS_ENLARGED = 40;
const ROOM = 26; // around the circle, for markers
const ROOM_TIGHT = 20;
const SIDE = 188; // width of matrix and curve
const SIDE_ENLARGED = 170;
const SIDE_TIGHT = 150;
const HEAD = 26; // of the matrix
const LOWEST_ROW = 22; // of the matrix
const WRITTEN = 58; // above the curve: what it shows
const WRITTEN_LOW = 48;
const TICK = 20; // below it
const HIGHEST = 178; // radius
const LOWEST = 60; // of that, in a low window
const LOWEST_CURVE = 60;
const LOWEST_CURVE_ENLARGED = 40; // with less room the curve is low: what is written stands closer, and its steps on it
const LOWEST_CURVE_LOW = 20;
const END = 8; // below everything

/**
 * @typedef {object} PanelPlace
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {{ x: number, y: number, radius: number }} disc
 * @property {{ x: number, y: number, cell: number, row: number, head: number }} matrix width and height of a cell
 * @property {{ x: number, y: number, width: number, height: number, low: boolean }} curve
 */

/**
 * @param {number} width @param {number} panels @param {number} [room] height that is left for a panel, with large letters
 * @returns {{ height: number, panels: PanelPlace[] }}
 */
export function placed(width, panels, room) {
  const narrowest = room === undefined ? NARROWEST : NARROWEST_ENLARGED;
  const columns = Math.min(panels, Math.max(1, Math.floor(width / narrowest)));
  const one = onePanel(width / columns, room);
  const places = Array.from({ length: panels }, (_, i) =>
    shifted(one, (i % columns) * one.width, Math.floor(i / columns) * one.height));
  return { height: Math.ceil(panels / columns) * one.height, panels: places };
}

/** @param {number} width @param {number} [high] @returns {PanelPlace} */
function onePanel(width, high) {
  const enlarged = high !== undefined;
  const beside = width >= (enlarged ? NARROWEST_ENLARGED : WIDE);
  const tight = enlarged && beside && width < TIGHT;
  const controls = enlarged ? CONTROLS_ENLARGED : CONTROLS;
  const around = tight ? ROOM_TIGHT : ROOM;
  const side = tight ? SIDE_TIGHT : enlarged && beside ? SIDE_ENLARGED : SIDE;
  const room = beside ? width - side - 12 : width;
  const highest = enlarged ? Math.max(LOWEST, (high - controls - END) / 2 - around) : HIGHEST;
  const radius = Math.min(HIGHEST, highest, room / 2 - around);
  const disc = { x: room / 2, y: controls + around + radius, radius };
  const below = disc.y + radius + around;
  const cell = (side - HEAD) / 4;
  const least = enlarged ? LOWEST_CURVE_ENLARGED : LOWEST_CURVE;
  const row = enlarged && beside
    ? Math.min(cell, Math.max(LOWEST_ROW, (high - controls - HEAD - WRITTEN - least - TICK - END) / 4))
    : cell;
  const matrix = { x: beside ? room + HEAD : HEAD, y: beside ? controls + HEAD : below + HEAD, cell, row, head: HEAD };
  const bottom = matrix.y + 4 * row;
  const left = below - bottom - WRITTEN - TICK; // height for the curve
  const low = enlarged && beside && left < least && bottom + WRITTEN + least + TICK + END > high;
  const curve = beside
    ? low
      ? { x: room, y: bottom + WRITTEN_LOW, width: side, height: Math.max(LOWEST_CURVE_LOW, high - bottom - WRITTEN_LOW - END), low }
      : { x: room, y: bottom + WRITTEN, width: side, height: Math.max(least, left), low }
    : { x: side + 14, y: below + 62, width: width - side - 16, height: bottom - below - 82, low };
  const height = (beside ? Math.max(below, curve.y + curve.height + (low ? 0 : TICK)) : bottom) + END;
  return { x: 0, y: 0, width, height, disc, matrix, curve };
}

/** @param {PanelPlace} place @param {number} x @param {number} y @returns {PanelPlace} */
function shifted(place, x, y) {
  const move = (/** @type {any} */ part) => ({ ...part, x: part.x + x, y: part.y + y });
  return { ...move(place), disc: move(place.disc), matrix: move(place.matrix), curve: move(place.curve) };
}
