// The audio thread's clock beside the page's. What the audio thread sends comes late at times and never early, so that
// the message that came through fastest in the last seconds tells how both clocks lie. Where the audio clock has fallen
// behind for good, the browser was too busy to take the sound in time: so much of it is lost.

const WATCHED = 5000; // milliseconds
const APART_BY_NATURE = 10; // milliseconds in that time: far more than two clocks part

class AudioClock {
  constructor() {
    this.former = this.newest = Infinity; // the least offset in the last whole stretch of time, and in this one
    this.lost = 0; // milliseconds of sound
  }

  // When a message left that the audio thread sent at `at`, in seconds of its clock, and that came at `now`; on the
  // page's clock, in milliseconds.
  read(at, now) {
    this.turned ??= now;
    if (now - this.turned >= WATCHED) this.turn(now);
    this.newest = Math.min(this.newest, now - 1000 * at);
    return Math.min(now, 1000 * at + Math.min(this.former, this.newest));
  }

  turn(now) {
    const behind = this.newest - this.former; // nothing, when this is the first stretch
    if (Number.isFinite(behind) && Math.abs(behind) > APART_BY_NATURE) this.lost = Math.max(0, this.lost + behind);
    [this.former, this.newest, this.turned] = [this.newest, Infinity, now];
  }
}
