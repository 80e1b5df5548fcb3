// When the graphics stop, for a while or for good.

import { recolour } from './appearance.js';

/** @import { PointMap } from './map.js' */

const PATIENCE = 5000; // milliseconds until lost graphics are given up
export const EMPTY = { selected: [], clicked: null, missing: false }; // what the page takes for granted

export class Trouble {
  /** @param {PointMap} map */
  constructor(map) {
    this.map = map;
    this.lost = false; // whether the graphics have stopped
    this.gaveUp = false;
  }

  /** @param {Event} event */
  lose(event) {
    event.preventDefault(); // only then can it come back
    this.lost = true;
    this.say('The graphics of this browser have stopped; they are being started again.', false);
    this.waiting = setTimeout(
      () => this.say('The graphics of this browser have stopped and did not come back.', true),
      PATIENCE,
    );
  }

  recover() {
    clearTimeout(this.waiting);
    this.lost = false;
    this.map.find('.trouble').hidden = true;
    this.map.renderer?.build();
    this.map.fillRenderer();
    recolour(this.map);
  }

  /** @param {string} words */
  giveUp(words) {
    this.say(words, true);
    this.report();
  }

  report() {
    if (this.gaveUp) return;
    this.gaveUp = true;
    this.map.setStateValue?.('answer', { ...EMPTY, missing: true });
  }

  /**
   * @param {string} words
   * @param {boolean} hopeless whether to offer the simple map
   */
  say(words, hopeless) {
    const { find } = this.map;
    find('.trouble').hidden = false;
    find('.trouble p').textContent = words;
    find('.trouble button').hidden = !hopeless;
  }

  end() {
    clearTimeout(this.waiting);
  }
}
