// Playing: the samples through Web Audio, on its way past a meter.

import { toDecibels } from '../../in_browser/shared/levels.js';

/** @import { Range } from './memory.js' */

/** @typedef {{ context: AudioContext, buffer: AudioBuffer, meter: AnalyserNode, heard: Float32Array<ArrayBuffer> }} Output */
/** @typedef {{ at: number, from: number, to: number, loop: boolean, began: number }} Way what is played, and since when */

export const QUIETEST = -60; // decibels that the meter shows

export class Sound {
  /**
   * @param {Float32Array<ArrayBuffer>} samples
   * @param {number} rate hertz
   * @param {() => void} ended called when a sound has come to its end by itself
   */
  constructor(samples, rate, ended) {
    this.samples = samples;
    this.rate = rate;
    this.ended = ended;
    /** @type {AudioBufferSourceNode | null} */
    this.source = null;
    /** @type {Output | null} */
    this.output = null;
    /** @type {Way | null} */
    this.way = null;
  }

  get playing() {
    return this.source !== null;
  }

  /**
   * From a moment to the end of a range, or around in the range without end.
   *
   * @param {number} at
   * @param {Range} range
   * @param {boolean} loop
   */
  async play(at, [from, to], loop) {
    this.pause();
    const { context, buffer, meter } = (this.output ??= this.open());
    await context.resume(); // browsers wait for a press before they let anything sound
    this.pause(); // a second press that came meanwhile
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.loop = loop;
    [source.loopStart, source.loopEnd] = [from, to];
    source.connect(meter);
    this.way = { at, from, to, loop, began: context.currentTime };
    source.onended = () => {
      if (this.source !== source) return;
      this.source = null;
      this.ended();
    };
    this.source = source;
    if (loop) source.start(0, at);
    else source.start(0, at, to - at);
  }

  /** @returns {Output} */
  open() {
    const context = new AudioContext();
    const buffer = context.createBuffer(1, this.samples.length, this.rate);
    buffer.copyToChannel(this.samples, 0);
    const meter = context.createAnalyser();
    meter.connect(context.destination);
    return { context, buffer, meter, heard: new Float32Array(meter.fftSize) };
  }

  pause() {
    const { source } = this;
    this.source = null;
    source?.stop();
  }

  // What is heard now, in seconds from the first sample.
  position() {
    if (!this.way || !this.output) return 0;
    const { at, from, to, loop, began } = this.way;
    const { currentTime, outputLatency } = this.output.context;
    const passed = Math.max(0, currentTime - (outputLatency || 0) - began);
    return loop ? from + ((at - from + passed) % (to - from)) : Math.min(to, at + passed);
  }

  // Decibels relative to full scale.
  level() {
    if (!this.output) return QUIETEST;
    const { meter, heard } = this.output;
    meter.getFloatTimeDomainData(heard);
    const power = heard.reduce((sum, value) => sum + value * value, 0) / heard.length;
    return toDecibels(power, QUIETEST);
  }

  end() {
    this.pause();
    this.output?.context.close();
  }
}
