// The offset between the clock of the audio thread and that of the page. Messages of the audio thread may be late but
// never early: the fastest one of the last seconds gives the offset. If the audio clock has fallen behind for good, the
// browser was too busy to take the sound in time, and that much sound is lost.

const WATCHED = 5000; // milliseconds
const DRIFT = 10; // milliseconds in that time: far more than two clocks drift

export class AudioClock {
  constructor() {
    this.former = this.newest = Infinity; // the least offset in the last whole interval, and in the present one
    /** @type {number | undefined} */
    this.turned = undefined; // when the present interval began
    this.lost = 0; // milliseconds of sound
  }

  /**
   * When the audio thread sent a message, in milliseconds of the page's clock.
   *
   * @param {number} at when it was sent, in seconds of the audio clock
   * @param {number} now when it was received, in milliseconds of the page's clock
   */
  read(at, now) {
    this.turned ??= now;
    if (now - this.turned >= WATCHED) this.turn(now);
    this.newest = Math.min(this.newest, now - 1000 * at);
    return Math.min(now, 1000 * at + Math.min(this.former, this.newest));
  }

  /** @param {number} now */
  turn(now) {
    const behind = this.newest - this.former; // not finite in the first interval
    if (Number.isFinite(behind) && Math.abs(behind) > DRIFT) this.lost = Math.max(0, this.lost + behind);
    [this.former, this.newest, this.turned] = [this.newest, Infinity, now];
  }
}
