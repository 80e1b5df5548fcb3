// The level meter: level of the last 200 ms, highest peak of the last seconds, and whether it was clipped.

import { finder } from '../../in_browser/shared/elements.js';
import { toDecibels } from '../../in_browser/shared/levels.js';

const FULL_SCALE = 0.99;
const METER_LOWEST = -70; // dB below full scale
const AVERAGED = 10; // steps of 20 ms
const HELD = 2000; // milliseconds

export class Meter {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    const find = finder(place);
    this.reads = find('.reads');
    this.bar = find('[role=meter]');
    this.text = '';
    /** @type {number[]} */
    this.powers = [];
    this.peak = { decibels: -Infinity, at: 0 };
    this.clippedAt = -Infinity;
  }

  /** @param {Float32Array} samples */
  hear(samples) {
    let [power, peak, run] = [0, 0, 0];
    for (const sample of samples) {
      const size = Math.abs(sample);
      power += sample * sample;
      if (size > peak) peak = size;
      // Two neighbouring samples at full scale are clipped; a single one may be the highest peak.
      run = size >= FULL_SCALE ? run + 1 : 0;
      if (run > 1) this.clippedAt = performance.now();
    }
    this.powers.push(power / samples.length);
    if (this.powers.length > AVERAGED) this.powers.shift();
    const decibels = toDecibels(peak ** 2);
    if (decibels >= this.peak.decibels || performance.now() - this.peak.at > HELD) {
      this.peak = { decibels, at: performance.now() };
    }
  }

  rest() {
    this.powers = [];
    this.peak.decibels = -Infinity;
  }

  draw() {
    const mean = this.powers.reduce((sum, power) => sum + power, 0) / (this.powers.length || 1);
    const level = toDecibels(mean);
    /** @param {number} decibels */
    const share = decibels => Math.max(0, Math.min(1, 1 - decibels / METER_LOWEST));
    const clipped = performance.now() - this.clippedAt < HELD;
    this.place.style.setProperty('--level', String(share(level)));
    this.place.style.setProperty('--peak', String(share(this.peak.decibels)));
    this.place.classList.toggle('clipped', clipped);
    const words = mean > 0 ? `${Math.round(level)} dB` : 'no sound';
    const text = !clipped ? words : mean > 0 ? `${words}, clipped` : 'clipped just now'; // held longer than the sound
    if (this.text !== text) {
      this.text = text;
      this.reads.textContent = text;
      this.bar.setAttribute('aria-valuenow', String(Math.round(Math.max(METER_LOWEST, level))));
      this.bar.setAttribute('aria-valuetext', `${text} below full scale`);
    }
  }
}
