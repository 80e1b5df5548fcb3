// The span of time that is shown: the newest, or one that was scrolled to.

import { HOP, RATE } from './spectrum.js';

/** @import { Spectra } from './spectrum.js' */

export class View {
  /**
   * @param {Spectra} spectra
   * @param {number} span seconds
   */
  constructor(spectra, span) {
    this.spectra = spectra;
    this.span = span;
    this.following = true;
    this.edge = 0; // seconds; the right end, which moves evenly although sound comes in blocks
    /** @type {number | null} */
    this.drawnAt = null;
  }

  get first() {
    return (this.spectra.first * HOP) / RATE;
  }

  get newest() {
    return this.spectra.seconds;
  }

  /**
   * Moves on to the time of the next frame.
   *
   * @param {number} now milliseconds
   * @param {boolean} running whether sound comes
   */
  advance(now, running) {
    const passed = this.drawnAt === null ? 0 : (now - this.drawnAt) / 1000;
    this.drawnAt = now;
    if (this.following) {
      const late = running ? 0.3 : 0; // seconds that the picture may lag, so that it does not jump
      this.edge = Math.max(this.newest - late, Math.min(this.newest, this.edge + passed));
    } else {
      this.edge = Math.max(this.edge, Math.min(this.newest, this.first + this.span)); // older sound is not kept
    }
  }

  /**
   * Shows the sound up to a time, as far as there is sound.
   *
   * @param {number} edge
   */
  look(edge) {
    const oldest = Math.min(this.newest, this.first + this.span);
    this.edge = Math.max(oldest, Math.min(this.newest, edge));
    this.following = false;
  }

  follow() {
    this.following = true;
    this.edge = this.newest;
  }

  pause() {
    this.following = false;
  }

  get start() {
    return this.edge - this.span;
  }
}

/** @param {number} seconds */
export function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
