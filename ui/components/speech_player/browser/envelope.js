// The smallest and the largest sample of any stretch, so that minutes draw as fast as a word.

const STRETCH = 64; // samples whose extremes are kept

class Envelope {
  constructor(samples) {
    this.samples = samples;
    const count = Math.ceil(samples.length / STRETCH);
    this.lows = new Float32Array(count);
    this.highs = new Float32Array(count);
    for (let i = 0; i < count; i++) {
      const [low, high] = extremes(samples, samples, i * STRETCH, Math.min((i + 1) * STRETCH, samples.length), Infinity, -Infinity);
      this.lows[i] = low;
      this.highs[i] = high;
    }
  }

  // Of the samples from `first` up to `last`, which is not one of them.
  between(first, last) {
    const { samples } = this;
    const inner = Math.ceil(first / STRETCH), outer = Math.floor(last / STRETCH);
    if (inner >= outer) return extremes(samples, samples, first, last, Infinity, -Infinity);
    const before = extremes(samples, samples, first, inner * STRETCH, Infinity, -Infinity);
    const within = extremes(this.lows, this.highs, inner, outer, ...before);
    return extremes(samples, samples, outer * STRETCH, last, ...within);
  }
}

function extremes(lows, highs, first, last, low, high) {
  for (let i = first; i < last; i++) {
    if (lows[i] < low) low = lows[i];
    if (highs[i] > high) high = highs[i];
  }
  return [low, high];
}
