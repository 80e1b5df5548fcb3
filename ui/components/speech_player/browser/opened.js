// A sound that is open in the player, and what follows from it.

import { Envelope } from './envelope.js';
import { Span } from './span.js';
import { Tiles } from './tiles.js';

/** @import { Memory } from './memory.js' */
/** @import { Payload } from './payload.js' */
/** @import { Sound } from './sound.js' */
/** @import { Looks } from './tiles.js' */

export class OpenedSound {
  /**
   * @param {Payload} payload
   * @param {Memory} memory of what a visitor did with it
   * @param {Sound} sound
   * @param {Looks} looks of its spectrogram
   */
  constructor(payload, memory, sound, looks) {
    const { samples, sample_rate: rate, begins, scale } = payload;
    this.payload = payload;
    this.memory = memory;
    this.sound = sound;
    this.samples = samples;
    this.rate = rate;
    this.begins = begins;
    this.duration = samples.length / rate; // seconds
    this.span = new Span(this.duration, memory.span);
    this.envelope = new Envelope(samples);
    this.tiles = new Tiles(samples, rate, scale, looks);
  }
}
