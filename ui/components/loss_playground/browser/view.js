// How the circle or the sphere is looked at: from straight above, or from a side that can be turned.

import { dot, lengthOf, plus, scaled, unit } from './vectors.js';

/** @import { Vector } from './vectors.js' */

const TILT = (20 * Math.PI) / 180; // of the sphere towards the visitor

export class View {
  /** @param {'circle' | 'sphere'} space @param {number} turn degrees around the sphere's axis */
  constructor(space, turn) {
    this.space = space;
    const [c, s] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
    const solid = space === 'sphere';
    this.right = solid ? [c, s, 0] : [1, 0];
    this.up = solid ? [-s * Math.sin(TILT), c * Math.sin(TILT), Math.cos(TILT)] : [0, 1];
    /** @type {Vector | null} */
    this.towards = solid ? [s * Math.cos(TILT), -c * Math.cos(TILT), Math.sin(TILT)] : null;
  }

  /** Where a vector is seen, with y upwards; depth above zero is in front. @param {Vector} vector */
  seen(vector) {
    return {
      x: dot(vector, this.right),
      y: dot(vector, this.up),
      depth: this.towards ? dot(vector, this.towards) : 0,
    };
  }

  /**
   * The point of the circle or the sphere at a place of the picture. Beyond the rim a sphere goes on at its other side.
   * @param {number} x @param {number} y @param {boolean} behind whether the point was taken at the far side
   * @returns {Vector}
   */
  pointAt(x, y, behind) {
    const away = Math.hypot(x, y) || 1e-9;
    if (!this.towards) return unit([x, y]);
    const over = away > 1;
    const radius = Math.min(1, over ? Math.max(0, 2 - away) : away);
    const depth = Math.sqrt(1 - radius * radius) * (over === behind ? 1 : -1);
    const flat = plus(scaled(this.right, x / away), scaled(this.up, y / away), 1);
    return unit(plus(scaled(flat, radius), this.towards, depth));
  }

  /**
   * A point after it was pushed along the picture.
   * @param {Vector} point @param {number} right degrees @param {number} up degrees
   * @returns {Vector}
   */
  pushed(point, right, up) {
    if (!this.towards) return rotated(point, [-point[1], point[0]], right + up);
    const sideways = plus(this.right, point, -dot(this.right, point));
    const upwards = plus(this.up, point, -dot(this.up, point));
    const way = plus(scaled(sideways, right), upwards, up);
    return lengthOf(way) < 1e-6 ? point : rotated(point, unit(way), Math.hypot(right, up));
  }
}

/** @param {Vector} point @param {Vector} way tangent of unit length @param {number} degrees */
function rotated(point, way, degrees) {
  const angle = (degrees * Math.PI) / 180;
  return unit(plus(scaled(point, Math.cos(angle)), way, Math.sin(angle)));
}
