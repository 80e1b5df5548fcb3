// The map's picture: when it is drawn, how large it is, and where the points are seen on it.

import { fit, pixelsOfUnit, sizeOf } from '../../in_browser/shared/canvas.js';
import { enlargement } from '../../in_browser/shared/enlargement.js';
import { nearestTo, project } from './geometry.js';
import { drawMarks } from './marks.js';
import { facing } from './sphere.js';

/** @import { Place, PointMap } from './map.js' */
/** @import { Theme } from './theme.js' */

const SLOW = 90; // milliseconds that a picture is waited for
const FEW = 20_000; // points

export class Stage {
  /** @param {PointMap} map */
  constructor(map) {
    this.map = map;
    /** @type {Float32Array | null} */
    this.seen = null; // where the points are on the screen, if that was asked for since the last picture
    /** @type {number | null} */
    this.frame = null; // the next picture, if it was asked for
    /** @type {number | null} */
    this.marking = null; // the next marks
    this.moving = false; // whether points only change their place
    this.asked = 0; // when the next picture was asked for
    this.slow = false; // whether a picture was late
  }

  /** @param {boolean} [moving] while points only change their place: where that is slow, few of them are drawn until it ends */
  draw(moving = false) {
    const { map } = this;
    clearTimeout(this.rest);
    this.moving = moving;
    if (!this.frame) this.asked = performance.now();
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (map.opened && map.theme && !map.trouble.lost) this.drawNow(map.theme);
    });
  }

  // Draw only what lies over the points.
  mark() {
    const { map } = this;
    this.marking ??= requestAnimationFrame(() => {
      this.marking = null;
      const { width, height } = this.size();
      if (map.opened && map.theme) drawMarks(map, map.theme, width, height, pixelsOfUnit());
    });
  }

  /** @param {Theme} theme */
  drawNow(theme) {
    const { width, height } = this.size();
    if (!this.moving) this.makeRoom();
    this.seen = null; // the places on the screen are asked for again
    if (this.moving) this.slow ||= performance.now() - this.asked > SLOW;
    const few = this.moving && this.slow;
    if (few) this.rest = setTimeout(() => this.draw(), 2 * SLOW);
    this.paint(theme, width, height, pixelsOfUnit(), few ? FEW : Infinity);
    this.map.figure.dataset.drawn = this.map.map.digest;
  }

  /**
   * @param {Theme} theme
   * @param {number} width
   * @param {number} height
   * @param {number} ratio pixels of the picture for a unit
   * @param {number} most points that are drawn
   */
  paint(theme, width, height, ratio, most) {
    const { map } = this;
    for (const canvas of [map.canvas, map.marks]) fit(canvas, { width, height }, ratio);
    const matrix = map.camera.matrix(width, height);
    const eye = map.map.globe && map.camera.eye();
    map.renderer?.draw({ matrix, eye, size: this.pointSize(), ratio, theme, fade: map.fade, most });
    drawMarks(map, theme, width, height, ratio);
  }

  /** Tools and legend lie over the map: the whole of it is seen between them. */
  makeRoom() {
    const { camera, find } = this.map;
    const unit = enlargement();
    camera.above = find('.tools').offsetHeight / unit + 4;
    camera.below = find('.legend').offsetHeight / unit + 4;
  }

  size() {
    return sizeOf(this.map.canvas);
  }

  pointSize() {
    const { count } = this.map.map;
    const few = count < 600 ? 11 : count < 6000 ? 8 : count < 30000 ? 5 : 3.5;
    return Math.min(14, few * Math.sqrt(Math.max(1, this.map.camera.zoom)));
  }

  places() {
    if (!this.seen) {
      const { width, height } = this.size();
      const { map } = this;
      const matrix = map.camera.matrix(width, height);
      const points = map.laid ?? map.map.points;
      this.seen = project(points, map.map.dimensions, matrix, width, height, map.shown.screen);
    }
    return this.seen;
  }

  /**
   * @param {number} index
   * @returns {Place}
   */
  placeOf(index) {
    const places = this.places();
    return [places[3 * index], places[3 * index + 1]];
  }

  /**
   * The point seen nearest to a place, or -1.
   *
   * @param {number} x
   * @param {number} y
   * @param {number} reach pixels
   */
  nearest(x, y, reach) {
    const { map } = this;
    if (!map.opened) return -1;
    const places = this.places();
    const near = nearestTo(places, this.facing(), x, y, reach); // on a globe, what lies in front is meant
    return near < 0 && map.map.globe ? nearestTo(places, map.visible, x, y, reach) : near;
  }

  /** The points that are seen: of a globe, those on the half that is turned to the eye. */
  facing() {
    const { map } = this;
    return map.map.globe ? facing(map.map.points, map.camera.eye(), map.visible) : map.visible;
  }

  end() {
    clearTimeout(this.rest);
    for (const asked of [this.frame, this.marking]) if (asked !== null) cancelAnimationFrame(asked);
  }
}
