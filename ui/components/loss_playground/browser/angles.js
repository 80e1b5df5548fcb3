// The angle matrix of classes, as ser_core.geometry.angles.class_angle_matrix.

import { lengthOf, plus, scaled, unit, zeros } from './vectors.js';

/** @import { Vector } from './vectors.js' */

const SHORTEST = 1e-9; // of a mean that still has a direction

/** @param {Vector} a @param {Vector} b both of unit length @returns {number} degrees, 0 to 180 */
export function angleBetween(a, b) {
  return (2 * Math.atan2(lengthOf(plus(a, b, -1)), lengthOf(plus(a, b))) * 180) / Math.PI;
}

/**
 * The direction of each class: the normalised mean of its points; none where they cancel each other.
 * @param {Vector[]} points of unit length @param {number[]} labels @param {number} classes
 * @returns {(Vector | null)[]}
 */
export function classDirections(points, labels, classes) {
  return Array.from({ length: classes }, (_, k) => {
    const own = points.filter((_, i) => labels[i] === k);
    const mean = scaled(own.reduce((sum, point) => plus(sum, point), zeros(points[0].length)), 1 / own.length);
    return lengthOf(mean) < SHORTEST ? null : unit(mean);
  });
}

/**
 * Off the diagonal the angle between the directions of two classes, on it the mean angle of a class's points to its own.
 * @param {Vector[]} points @param {number[]} labels @param {number} classes
 * @returns {number[][]} degrees; NaN for a class without a direction
 */
export function angleMatrix(points, labels, classes) {
  const directions = classDirections(points, labels, classes);
  return directions.map((one, k) => directions.map((other, l) => {
    if (!one || !other) return NaN;
    if (k !== l) return angleBetween(one, other);
    const own = points.filter((_, i) => labels[i] === k);
    return own.reduce((sum, point) => sum + angleBetween(point, one), 0) / own.length;
  }));
}

/** Longitude and latitude of a point; on the circle its angle and zero. @param {Vector} point */
export function degreesOf(point) {
  const turn = (Math.atan2(point[1], point[0]) * 180) / Math.PI;
  const height = point.length > 2 ? (Math.asin(Math.max(-1, Math.min(1, point[2]))) * 180) / Math.PI : 0;
  return { longitude: (Math.round(turn) + 360) % 360, latitude: Math.round(height) };
}
