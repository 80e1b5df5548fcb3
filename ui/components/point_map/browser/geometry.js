// Places on the screen and what encloses them; plain numbers, no drawing.

/**
 * Whether a point lies inside a closed line, by the even-odd rule.
 *
 * @param {number} x
 * @param {number} y
 * @param {number[]} line x0, y0, x1, y1, …
 */
export function insidePolygon(x, y, line) {
  let inside = false;
  const last = line.length - 2;
  for (let i = 0, j = last; i <= last; j = i, i += 2) {
    const yi = line[i + 1], yj = line[j + 1];
    if (yi > y !== yj > y && x < ((line[j] - line[i]) * (y - yi)) / (yj - yi) + line[i]) inside = !inside;
  }
  return inside;
}

/**
 * The smallest upright box around a line.
 *
 * @param {number[]} line
 * @returns {[left: number, top: number, right: number, bottom: number]}
 */
function boundsOf(line) {
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  for (let i = 0; i < line.length; i += 2) {
    left = Math.min(left, line[i]);
    right = Math.max(right, line[i]);
    top = Math.min(top, line[i + 1]);
    bottom = Math.max(bottom, line[i + 1]);
  }
  return [left, top, right, bottom];
}

/**
 * A line without the corners that lie closer than `gap` to the one before.
 *
 * @param {number[]} line
 * @param {number} gap
 */
export function thinned(line, gap) {
  const kept = line.slice(0, 2);
  for (let i = 2; i < line.length; i += 2) {
    if (Math.hypot(line[i] - kept[kept.length - 2], line[i + 1] - kept[kept.length - 1]) >= gap) {
      kept.push(line[i], line[i + 1]);
    }
  }
  return kept;
}

export const NO_LINES = new Float32Array(0);

/**
 * The ends of a line for each of those points of a map, in space: where it begins, and the point itself.
 *
 * @param {Float32Array} origins
 * @param {Float32Array} points
 * @param {2 | 3} dimensions
 * @param {number[]} indices
 */
export function linesOf(origins, points, dimensions, indices) {
  const ends = new Float32Array(6 * indices.length);
  indices.forEach((index, i) => {
    for (let axis = 0; axis < dimensions; axis++) {
      ends[6 * i + axis] = origins[dimensions * index + axis];
      ends[6 * i + 3 + axis] = points[dimensions * index + axis];
    }
  });
  return ends;
}

/**
 * A map of the plane, stretched along each axis to fill a stage: for axes without a unit.
 *
 * @param {import('./payload.js').MapData} map
 * @param {{ width: number, height: number }} stage
 * @returns {import('./payload.js').MapData}
 */
export function stretchedTo(map, { width, height }) {
  const longer = Math.max(width, height);
  const [x, y] = [width / longer, height / longer];
  const factors = [x / map.reach[0], y / map.reach[1]];
  return { ...map, points: map.points.map((value, i) => value * factors[i % 2]), reach: [x, y, map.reach[2]] };
}

/**
 * The four corners of a box that is drawn from one point to another.
 *
 * @param {number} x0
 * @param {number} y0
 * @param {number} x1
 * @param {number} y1
 */
export function boxLine(x0, y0, x1, y1) {
  return [x0, y0, x1, y0, x1, y1, x0, y1];
}

/**
 * Where points are seen: fills `screen` with x, y, depth for each.
 *
 * @param {ArrayLike<number>} points
 * @param {number} dimensions
 * @param {ArrayLike<number>} matrix column by column, as WebGL takes it
 * @param {number} width
 * @param {number} height
 * @param {Float32Array} screen
 */
export function project(points, dimensions, matrix, width, height, screen) {
  const m = matrix;
  for (let p = 0, s = 0; p < points.length; p += dimensions, s += 3) {
    const x = points[p], y = points[p + 1], z = dimensions === 3 ? points[p + 2] : 0;
    const w = m[3] * x + m[7] * y + m[11] * z + m[15];
    screen[s] = (((m[0] * x + m[4] * y + m[8] * z + m[12]) / w) * 0.5 + 0.5) * width;
    screen[s + 1] = (0.5 - ((m[1] * x + m[5] * y + m[9] * z + m[13]) / w) * 0.5) * height;
    screen[s + 2] = (m[2] * x + m[6] * y + m[10] * z + m[14]) / w;
  }
  return screen;
}

/**
 * The indices whose places on the screen lie inside a closed line.
 *
 * @param {ArrayLike<number>} screen
 * @param {Iterable<number>} indices
 * @param {number[]} line
 */
export function enclosed(screen, indices, line) {
  const [left, top, right, bottom] = boundsOf(line);
  /** @type {number[]} */
  const found = [];
  for (const index of indices) {
    const x = screen[3 * index], y = screen[3 * index + 1];
    if (x >= left && x <= right && y >= top && y <= bottom && insidePolygon(x, y, line)) found.push(index);
  }
  return found;
}

/**
 * The index nearest to a place on the screen, or -1 if none lies within `reach`; of two at one place, the one in front.
 *
 * @param {ArrayLike<number>} screen
 * @param {Iterable<number>} indices
 * @param {number} x
 * @param {number} y
 * @param {number} reach
 */
export function nearestTo(screen, indices, x, y, reach) {
  let best = -1, least = reach * reach, depth = Infinity;
  for (const index of indices) {
    const dx = screen[3 * index] - x, dy = screen[3 * index + 1] - y;
    const distance = dx * dx + dy * dy;
    if (distance < least || (distance === least && screen[3 * index + 2] <= depth)) {
      [best, least, depth] = [index, distance, screen[3 * index + 2]];
    }
  }
  return best;
}
