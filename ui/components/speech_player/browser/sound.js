// Playing: the samples through Web Audio, on its way past a meter.

const QUIETEST = -60; // decibels that the meter shows

class Sound {
  constructor(samples, rate, ended) {
    this.samples = samples;
    this.rate = rate;
    this.ended = ended; // called when a sound has come to its end by itself
    this.source = null;
  }

  get playing() {
    return this.source !== null;
  }

  // From a moment to the end of a range, or around in the range without end.
  async play(at, [from, to], loop) {
    this.pause();
    this.open();
    await this.context.resume(); // browsers wait for a press before they let anything sound
    this.pause(); // a second press that came meanwhile
    const source = this.context.createBufferSource();
    source.buffer = this.buffer;
    source.loop = loop;
    [source.loopStart, source.loopEnd] = [from, to];
    source.connect(this.meter);
    this.way = { at, from, to, loop, began: this.context.currentTime };
    source.onended = () => {
      if (this.source !== source) return;
      this.source = null;
      this.ended();
    };
    this.source = source;
    if (loop) source.start(0, at);
    else source.start(0, at, to - at);
  }

  open() {
    if (this.context) return;
    this.context = new AudioContext();
    this.buffer = this.context.createBuffer(1, this.samples.length, this.rate);
    this.buffer.copyToChannel(this.samples, 0);
    this.meter = this.context.createAnalyser();
    this.meter.connect(this.context.destination);
    this.heard = new Float32Array(this.meter.fftSize);
  }

  pause() {
    const { source } = this;
    this.source = null;
    source?.stop();
  }

  // What is heard now, in seconds from the first sample.
  position() {
    const { at, from, to, loop, began } = this.way;
    const passed = Math.max(0, this.context.currentTime - (this.context.outputLatency || 0) - began);
    return loop ? from + ((at - from + passed) % (to - from)) : Math.min(to, at + passed);
  }

  // Decibels relative to full scale.
  level() {
    this.meter.getFloatTimeDomainData(this.heard);
    const power = this.heard.reduce((sum, value) => sum + value * value, 0) / this.heard.length;
    return toDecibels(power, QUIETEST);
  }

  end() {
    this.pause();
    this.context?.close();
  }
}
