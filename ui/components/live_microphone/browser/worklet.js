// Runs on the browser's audio thread, together with resampler.js: mono at 16 kHz, posted every 20 ms.

const STEP = 320; // samples

class CaptureProcessor extends AudioWorkletProcessor {
  constructor() {
    super();
    this.resampler = sampleRate === TARGET_RATE ? null : new Resampler(sampleRate);
    this.step = new Float32Array(STEP);
    this.filled = 0;
  }

  process([channels]) {
    if (channels.length) {
      const mono = channels.length === 1 ? channels[0] : mixed(channels);
      if (this.resampler) this.resampler.take(mono, sample => this.give(sample));
      else mono.forEach(sample => this.give(sample));
    }
    return true;
  }

  give(sample) {
    this.step[this.filled++] = sample;
    if (this.filled < STEP) return;
    this.port.postMessage({ samples: this.step, at: currentTime }, [this.step.buffer]);
    this.step = new Float32Array(STEP);
    this.filled = 0;
  }
}

function mixed(channels) {
  return channels[0].map((_, i) => channels.reduce((sum, channel) => sum + channel[i], 0) / channels.length);
}

registerProcessor('capture', CaptureProcessor);
