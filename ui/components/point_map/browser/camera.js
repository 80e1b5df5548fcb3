// From where a map is looked at: moved and zoomed in the plane, turned as well in space.


const DISTANCE = 4; // of the eye from the middle in space; the map itself reaches from -1 to 1
const FILLED = 0.94; // of the stage, when the whole map is seen
/** @import { Reach } from './payload.js' */
/** @typedef {[x: number, y: number, z: number]} Vector */
/** @typedef {{ centre: Vector, zoom: number, turn: [yaw: number, pitch: number] }} CameraState */

/** @type {CameraState} */
const BEGIN = { centre: [0, 0, 0], zoom: 1, turn: [-0.6, 0.35] };

export class Camera {
  /**
   * @param {2 | 3} dimensions
   * @param {Reach | [x: number, y: number]} reach how far the map goes from its middle along each axis, 1 at most
   * @param {CameraState} [state]
   * @param {boolean} [round] whether it lies on a sphere, and goes as far in every direction
   */
  constructor(dimensions, reach, state = BEGIN, round = false) {
    this.dimensions = dimensions;
    this.round = round;
    this.reach = this.seenReach(reach);
    /** @type {Vector} */
    this.centre = [...state.centre];
    this.zoom = state.zoom;
    /** @type {[number, number]} */
    this.turn = [...state.turn];
    this.above = this.below = 0; // pixels that are covered by something else
  }

  /**
   * Where the middle of the map is seen before it is moved.
   *
   * @param {number} width
   * @param {number} height
   * @returns {[x: number, y: number]}
   */
  middle(width, height) {
    return [width / 2, (height + this.above - this.below) / 2];
  }

  /** @param {Reach} reach */
  setReach(reach) {
    this.reach = this.seenReach(reach);
  }

  /**
   * @param {Reach | [x: number, y: number]} reach
   * @returns {number[]}
   */
  seenReach(reach) {
    const around = this.round ? Math.max(...reach) : Math.hypot(...reach); // a map that is turned needs as much room on each side
    return this.dimensions === 3 ? [around, around] : reach;
  }

  /** @returns {CameraState} */
  state() {
    return { centre: [...this.centre], zoom: this.zoom, turn: [...this.turn] };
  }

  /** @param {CameraState} state */
  restore(state) {
    this.centre = [...state.centre];
    this.zoom = state.zoom;
    this.turn = [...state.turn];
  }

  reset() {
    this.restore(BEGIN);
  }

  /**
   * Pixels for one unit of the map, at the middle.
   *
   * @param {number} width
   * @param {number} height
   */
  scale(width, height) {
    const free = Math.max(0.4 * height, height - this.above - this.below);
    return Math.min(width / this.reach[0], free / this.reach[1]) * 0.5 * FILLED * this.zoom;
  }

  /**
   * The rows of the rotation: which way on the map is right, up, and towards the eye.
   *
   * @returns {[right: Vector, up: Vector, near: Vector]}
   */
  axes() {
    if (this.dimensions === 2) return [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
    const [yaw, pitch] = this.turn;
    const [c, s, C, S] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
    return [[c, 0, s], [s * S, C, -c * S], [-s * C, S, c * C]];
  }

  /**
   * Where a map in space is looked at from.
   *
   * @returns {Vector}
   */
  eye() {
    const near = this.axes()[2], [x, y, z] = this.centre;
    return [x + DISTANCE * near[0], y + DISTANCE * near[1], z + DISTANCE * near[2]];
  }

  /**
   * @param {number} width
   * @param {number} height
   */
  matrix(width, height) {
    const scale = this.scale(width, height);
    const axes = this.axes();
    const [right, up, near] = axes.map(axis => [...axis, -dot(axis, this.centre)]);
    const solid = this.dimensions === 3;
    const rows = [
      right.map(value => (value * 2 * scale) / width),
      up.map(value => (value * 2 * scale) / height),
      solid ? near.map(value => -value / DISTANCE) : [0, 0, 0, 0],
      solid ? near.map((value, column) => (column === 3 ? 1 : 0) - value / DISTANCE) : [0, 0, 0, 1],
    ];
    const lift = (this.below - this.above) / height;
    rows[1] = rows[1].map((value, column) => value + lift * rows[3][column]);
    const matrix = new Float32Array(16);
    rows.forEach((row, i) => row.forEach((value, j) => (matrix[4 * j + i] = value)));
    return matrix;
  }

  /**
   * Moves the map by pixels.
   *
   * @param {number} dx
   * @param {number} dy
   * @param {number} width
   * @param {number} height
   */
  pan(dx, dy, width, height) {
    const scale = this.scale(width, height);
    const [right, up] = this.axes();
    /** @param {0 | 1 | 2} i */
    const moved = i => Math.max(-1, Math.min(1, this.centre[i] - (right[i] * dx - up[i] * dy) / scale));
    this.centre = [moved(0), moved(1), moved(2)];
  }

  /**
   * Zooms; what is seen at a place of the plane stays there.
   *
   * @param {number} factor
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @param {number} height
   */
  zoomBy(factor, x, y, width, height) {
    const zoom = Math.max(0.5, Math.min(2000, this.zoom * factor));
    if (this.dimensions === 2) {
      const [middleX, middleY] = this.middle(width, height);
      const [dx, dy] = [x - middleX, y - middleY];
      const before = this.scale(width, height);
      this.zoom = zoom;
      const change = 1 / before - 1 / this.scale(width, height);
      this.centre = [this.centre[0] + dx * change, this.centre[1] - dy * change, 0];
      this.pan(0, 0, width, height);
    }
    this.zoom = zoom;
  }

  /**
   * Turns the map in space by pixels.
   *
   * @param {number} dx
   * @param {number} dy
   */
  orbit(dx, dy) {
    const limit = Math.PI / 2;
    this.turn = [this.turn[0] + dx * 0.008, Math.max(-limit, Math.min(limit, this.turn[1] + dy * 0.008))];
  }
}

/**
 * @param {Vector} a
 * @param {Vector} b
 */
function dot(a, b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
