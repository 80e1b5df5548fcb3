// Runs on the browser's audio thread: mono at the rate that is asked for, posted in blocks of so many samples.

import { Resampler } from './resampler.js';

class CaptureProcessor extends AudioWorkletProcessor {
  /** @param {{ processorOptions: { rate: number, step: number } }} options rate in hertz, step in samples */
  constructor({ processorOptions: { rate, step } }) {
    super();
    this.resampler = sampleRate === rate ? null : new Resampler(sampleRate, rate);
    this.block = new Float32Array(step);
    this.filled = 0;
  }

  /**
   * @param {Float32Array[][]} inputs the channels of each; none while nothing is connected
   * @returns {boolean} whether to go on
   */
  process([channels]) {
    if (channels.length) {
      const mono = channels.length === 1 ? channels[0] : averaged(channels);
      if (this.resampler) this.resampler.take(mono, sample => this.give(sample));
      else mono.forEach(sample => this.give(sample));
    }
    return true;
  }

  /** @param {number} sample */
  give(sample) {
    this.block[this.filled++] = sample;
    if (this.filled < this.block.length) return;
    const { block } = this;
    this.block = new Float32Array(block.length);
    this.filled = 0;
    this.port.postMessage({ samples: block, at: currentTime }, [block.buffer]);
  }
}

/** @param {Float32Array[]} channels */
function averaged(channels) {
  return channels[0].map((_, i) => channels.reduce((sum, channel) => sum + channel[i], 0) / channels.length);
}

registerProcessor('capture', CaptureProcessor);
