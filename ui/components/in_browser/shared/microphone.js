// The browser's microphone in blocks, until it is closed or lost.

import captureCode from '../audio_thread/capture.js?bundled';
import { microphoneStream, refusalOf } from './microphone_stream.js';

/** What to say of a microphone that was lost. */
export const LOST = 'The microphone has gone: it was unplugged, switched off, or its permission was taken back.';

/**
 * How a microphone is heard.
 *
 * @typedef {object} Hearing
 * @property {number} [rate] hertz to which the sound is resampled; without, the sound card's own
 * @property {number} step samples in a block
 * @property {(samples: Float32Array, at: number) => void} hear gets block after block, mono; `at` in seconds of the
 *   audio thread's clock
 * @property {() => void} lost called if it was unplugged or taken away
 * @property {(muted: boolean) => void} [muted] called if the device is muted, or no longer
 */

export class Microphone {
  /** @param {Hearing} hearing */
  constructor(hearing) {
    this.hearing = hearing;
    this.closed = false;
    this.rate = hearing.rate ?? NaN; // known once it is open
    /** @type {string | undefined} */
    this.device = undefined;
    /** @type {MediaStream | undefined} */
    this.stream = undefined;
    /** @type {AudioContext | undefined} */
    this.context = undefined;
  }

  /**
   * Throws a `Refusal` where there is none.
   *
   * @param {string} [device] id of the microphone; without, the browser's own choice
   */
  async open(device) {
    try {
      this.stream = await microphoneStream(device);
      if (this.closed) this.close();
      else await this.connect(this.stream);
    } catch (error) {
      this.close();
      throw refusalOf(error);
    }
  }

  /** @param {MediaStream} stream */
  async connect(stream) {
    const { rate, step, muted } = this.hearing;
    const [track] = stream.getAudioTracks();
    track.addEventListener('ended', () => this.lose());
    track.addEventListener('mute', () => muted?.(true));
    track.addEventListener('unmute', () => muted?.(false));
    this.device = track.getSettings().deviceId;
    const context = (this.context = new AudioContext({ latencyHint: 'interactive' }));
    this.rate = rate ?? context.sampleRate;
    const address = URL.createObjectURL(new Blob([captureCode], { type: 'text/javascript' }));
    await context.audioWorklet.addModule(address).finally(() => URL.revokeObjectURL(address));
    await context.resume();
    const options = { numberOfOutputs: 0, processorOptions: { rate: this.rate, step } };
    const capture = new AudioWorkletNode(context, 'capture', options);
    capture.port.onmessage = ({ data: { samples, at } }) => {
      if (!this.closed) this.hearing.hear(samples, at);
    };
    context.createMediaStreamSource(stream).connect(capture);
    if (track.readyState === 'ended') this.lose();
  }

  lose() {
    if (this.closed) return;
    this.close();
    this.hearing.lost();
  }

  close() {
    this.closed = true;
    this.stream?.getTracks().forEach(track => track.stop());
    if (this.context && this.context.state !== 'closed') this.context.close();
  }
}

/** The microphones by name; browsers give the names only after one was allowed. */
export async function microphones() {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices.filter(device => device.kind === 'audioinput' && device.deviceId && device.label);
}
