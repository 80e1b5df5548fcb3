// A walk with the arrow keys from the pressed point to its neighbours, nearest first.

/** @import { Neighbours } from './marked.js' */

export class Walk {
  constructor() {
    /** @type {number[]} */
    this.indices = []; // of the neighbours on this map
    /** @type {number[]} */
    this.degrees = []; // to each of them
    /** @type {number | null} */
    this.of = null; // id of the pressed point
    this.at = -1; // place of the one that is looked at, -1 for none yet
  }

  /**
   * Takes the neighbours of a point; those of the same point keep the place.
   *
   * @param {Neighbours | null} neighbours
   * @param {Map<number, number>} indexOf id → index on this map
   */
  take(neighbours, indexOf) {
    const there = (neighbours?.ids ?? []).flatMap((id, place) => {
      const index = indexOf.get(id);
      return index === undefined ? [] : [{ index, degrees: neighbours?.degrees[place] ?? NaN }];
    });
    if (this.of !== (neighbours?.of ?? null)) this.at = -1;
    this.of = neighbours?.of ?? null;
    this.indices = there.map(one => one.index);
    this.degrees = there.map(one => one.degrees);
    this.at = Math.min(this.at, this.indices.length - 1);
  }

  /** The index of the neighbour that is looked at, -1 if none is. */
  get index() {
    return this.indices[this.at] ?? -1;
  }

  /**
   * @param {number} step forwards or backwards
   * @returns {boolean} whether there is a neighbour to go to
   */
  step(step) {
    const { length } = this.indices;
    if (!length) return false;
    this.at = this.at < 0 ? (step > 0 ? 0 : length - 1) : (this.at + step + length) % length;
    return true;
  }
}
