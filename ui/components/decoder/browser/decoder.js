// Decodes an upload that the server cannot read into 16-bit samples: browsers decode what phones record. Messages to the
// server are limited in size, so that the samples are sent in pieces: each draw of the component asks for one.

import { readColumns } from '../../in_browser/shared/packed.js';
import { toBase64, toPcm16 } from '../../in_browser/shared/pcm.js';

/** @import { Send } from '../../in_browser/shared/mounting.js' */
/** @import { Packed } from '../../in_browser/shared/packed.js' */

/** @typedef {{ file: string, name: string, piece: number, content: Packed }} Asked an upload, and the piece that is asked for */
/** @typedef {{ rate: number, channels: number, samples: Int16Array }} Decoded samples channel after channel within a frame */
/** @typedef {{ trouble: 'unknown' } | { trouble: 'long', seconds: number }} Failure */

const LONGEST = 600; // seconds
const RATES = [16000, 24000, 48000]; // the first one that this browser decodes to
const PIECE = 3_000_000; // samples, 8 MB as base64; even, so that no frame of two channels is cut
const PATIENCE = 20_000; // milliseconds until a piece without an answer is sent again: a run of the page can lose it

export class Decoder {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    /** @type {string | null} */
    this.file = null;
    /** @type {Decoded | Failure | null} */
    this.sound = null;
    /** @type {number | null} */
    this.reported = null; // the piece that was sent last
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.waiting = undefined;
  }

  /**
   * @param {Uint8Array} bytes
   * @param {Send} _
   * @param {Send} send
   */
  update(bytes, _, send) {
    const { header, array } = /** @type {ReturnType<typeof readColumns<Asked>>} */ (readColumns(bytes));
    this.send = send;
    this.header = header;
    if (header.file !== this.file) {
      this.file = header.file;
      this.sound = this.reported = null;
      if (!header.content.length) {
        this.report({ restart: true });
        return;
      }
      this.say(`Your browser is decoding ${header.name}…`);
      decoded(array(header.content, Uint8Array))
        .catch(() => /** @type {Failure} */ ({ trouble: 'unknown' }))
        .then(sound => {
          if (this.file !== header.file) return;
          this.sound = sound;
          this.answer();
        });
    }
    this.answer();
  }

  answer() {
    const { sound, header } = this;
    if (!sound || !header || this.reported === header.piece) return;
    this.reported = header.piece;
    if ('trouble' in sound) {
      this.report(sound);
      return;
    }
    const { rate, channels, samples } = sound;
    const pieces = Math.max(1, Math.ceil(samples.length / PIECE));
    if (pieces > 1) this.say(`Your browser is sending ${header.name}: ${header.piece + 1} of ${pieces} parts…`);
    const part = samples.subarray(header.piece * PIECE, (header.piece + 1) * PIECE);
    this.report({ piece: header.piece, pieces, rate, channels, samples: toBase64(part) });
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      if (this.sound !== sound || this.header?.piece !== header.piece) return;
      this.reported = null;
      this.answer();
    }, PATIENCE);
  }

  /** @param {object} answer */
  report(answer) {
    this.send?.('decoded', { file: this.file, ...answer });
  }

  /** @param {string} words */
  say(words) {
    this.figure.textContent = words;
  }

  end() {
    clearTimeout(this.waiting);
    this.file = this.sound = null;
  }
}

/**
 * @param {Uint8Array} content of a file
 * @returns {Promise<Decoded | Failure>}
 */
async function decoded(content) {
  const sound = await offline().decodeAudioData(content.slice().buffer);
  if (sound.duration > LONGEST) return { trouble: 'long', seconds: sound.duration };
  const channels = sound.numberOfChannels > 2 ? 1 : sound.numberOfChannels; // of more, their average
  const samples = new Float32Array(sound.length * channels);
  const averaged = sound.numberOfChannels / channels;
  for (let channel = 0; channel < sound.numberOfChannels; channel++) {
    const values = sound.getChannelData(channel);
    for (let n = 0; n < values.length; n++) {
      samples[n * channels + (channel % channels)] += values[n] / averaged;
    }
  }
  return { rate: sound.sampleRate, channels, samples: toPcm16(samples) };
}

function offline() {
  for (const rate of RATES) {
    try {
      return new OfflineAudioContext(1, 1, rate);
    } catch {
      // another rate
    }
  }
  throw new Error('This browser decodes no sound.');
}
