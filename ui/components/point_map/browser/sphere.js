// Geometry of the unit sphere, seen from a place outside of it: plain numbers, no drawing.

/** @import { Vector } from './camera.js' */

const DEGREES = 180 / Math.PI;
const GRID = 30; // degrees from one line of the graticule to the next
const PIECE = 6; // degrees of a straight piece of such a line
const ROUNDING = 1e-6;

/**
 * @param {Vector} a
 * @param {Vector} b
 */
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/**
 * @param {Vector} a
 * @param {Vector} b
 * @returns {Vector}
 */
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];

/**
 * @param {Vector} a
 * @param {number} factor
 * @returns {Vector}
 */
export const scaled = (a, factor) => [a[0] * factor, a[1] * factor, a[2] * factor];

/**
 * A vector of length one at right angles to another one.
 *
 * @param {Vector} a
 */
function across(a) {
  const least = Math.min(...a.map(Math.abs));
  const axis = /** @type {Vector} */ (a.map(part => Number(Math.abs(part) === least)));
  const found = cross(a, axis);
  return scaled(found, 1 / Math.hypot(...found));
}

/**
 * The angle between two vectors in degrees, exact near 0 and 180 too.
 *
 * @param {Vector} a
 * @param {Vector} b
 */
export function degreesBetween(a, b) {
  return DEGREES * Math.atan2(Math.hypot(...cross(a, b)), dot(a, b));
}

/**
 * The shorter arc of the great circle from one point of the sphere to another, in steps of one length; between opposite
 * points, one of the many.
 *
 * @param {Vector} from
 * @param {Vector} to
 * @param {number} pieces
 * @returns {Vector[]} `pieces + 1` points
 */
export function greatCircle(from, to, pieces) {
  const angle = degreesBetween(from, to) / DEGREES;
  const side = cross(cross(from, to), from); // at right angles to `from`, on the side of `to`
  const far = Math.hypot(...side);
  const way = far > ROUNDING ? scaled(side, 1 / far) : across(from);
  return Array.from({ length: pieces + 1 }, (_, i) => {
    const [along, up] = [Math.cos((angle * i) / pieces), Math.sin((angle * i) / pieces)];
    return /** @type {Vector} */ (from.map((part, axis) => along * part + up * way[axis]));
  });
}

/**
 * Whether the sphere hides a point, on it or outside of it, from the eye.
 *
 * @param {Vector} point
 * @param {Vector} eye outside of the sphere
 */
export function isHidden(point, eye) {
  // The ray eye + t (point - eye) enters the sphere at the smaller root of a t² + 2 b t + c.
  const ray = /** @type {Vector} */ (point.map((part, axis) => part - eye[axis]));
  const [a, b, c] = [dot(ray, ray), dot(ray, eye), dot(eye, eye) - 1];
  const root = b * b - a * c;
  return root > 0 && (-b - Math.sqrt(root)) / a < 1 - ROUNDING;
}

/**
 * Of points on the sphere, those on the half that is turned to the eye.
 *
 * @param {ArrayLike<number>} points x, y and z of each
 * @param {Vector} eye outside of the sphere
 * @param {Uint32Array} indices
 */
export function facing(points, [x, y, z], indices) {
  return indices.filter(index => points[3 * index] * x + points[3 * index + 1] * y + points[3 * index + 2] * z > 1);
}

/**
 * The circle in which the sphere ends for the eye: where a line of sight touches it.
 *
 * @param {Vector} eye outside of the sphere
 * @param {number} pieces
 * @returns {Vector[]} closed: the last point is the first one
 */
export function rim(eye, pieces) {
  const away = Math.hypot(...eye);
  const middle = scaled(eye, 1 / (away * away));
  const radius = Math.sqrt(1 - 1 / (away * away));
  const right = across(eye), up = cross(scaled(eye, 1 / away), right);
  return Array.from({ length: pieces + 1 }, (_, i) => {
    const angle = (2 * Math.PI * (i % pieces)) / pieces;
    const [c, s] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    return /** @type {Vector} */ (middle.map((part, axis) => part + c * right[axis] + s * up[axis]));
  });
}

/**
 * Meridians and parallels, with the poles above and below.
 *
 * @returns {Float32Array} x, y and z of both ends of every piece
 */
export function graticule() {
  /** @type {(latitude: number, longitude: number) => number[]} */
  const at = (latitude, longitude) => {
    const [up, around] = [latitude / DEGREES, longitude / DEGREES];
    return [Math.cos(up) * Math.sin(around), Math.sin(up), Math.cos(up) * Math.cos(around)];
  };
  /** @type {number[]} */
  const ends = [];
  for (let longitude = 0; longitude < 360; longitude += GRID) {
    for (let up = -90; up < 90; up += PIECE) ends.push(...at(up, longitude), ...at(up + PIECE, longitude));
  }
  for (let latitude = GRID - 90; latitude < 90; latitude += GRID) {
    for (let around = 0; around < 360; around += PIECE) ends.push(...at(latitude, around), ...at(latitude, around + PIECE));
  }
  return new Float32Array(ends);
}
