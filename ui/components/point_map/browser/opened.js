// A map that is open, and what follows from it.

import { Camera } from './camera.js';
import { shuffled } from './columns.js';

/** @import { Memory } from './memory.js' */
/** @import { MapData } from './payload.js' */

export class OpenedMap {
  /**
   * @param {MapData} map
   * @param {Memory} memory of what a visitor did with maps of its space
   */
  constructor(map, memory) {
    this.map = map;
    this.memory = memory;
    this.camera = new Camera(map.dimensions, map.reach, memory.views.get(map.view), map.globe !== null);
    this.screen = new Float32Array(3 * map.count); // where the points are seen
    this.order = shuffled(map.count);
    this.indexOf = new Map(Array.from(map.ids, (id, index) => [id, index]));
    /** @type {string[] | null} */
    this.texts = null; // what a search looks into, once there was one
  }
}
