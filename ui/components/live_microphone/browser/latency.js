// Latency from the end of a block of sound to its probabilities on the screen.

const COUNTED = 300; // the newest ones

export class Latency {
  constructor() {
    /** @type {number[]} */
    this.milliseconds = [];
  }

  /** @param {number} milliseconds */
  add(milliseconds) {
    this.milliseconds.push(milliseconds);
    if (this.milliseconds.length > COUNTED) this.milliseconds.shift();
  }

  /** @param {number} share */
  quantile(share) {
    const sorted = [...this.milliseconds].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }

  get text() {
    if (!this.milliseconds.length) return '';
    const [half, most] = [this.quantile(0.5), this.quantile(0.95)].map(Math.round);
    return (
      `From the end of a 200 ms block to its probabilities on the screen: median ${half} ms, ` +
      `95th percentile ${most} ms (${this.milliseconds.length} blocks)`
    );
  }
}
