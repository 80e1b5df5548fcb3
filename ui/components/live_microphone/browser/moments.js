// What the model heard: windows and utterances by time, no older than the sound that is kept.

class Moments {
  constructor() {
    this.windows = [];
    this.utterances = [];
    this.seen = 0; // moments that came so far
  }

  // `first` is the number of the first moment that is given; those that are known already are left out.
  add(first, given) {
    const fresh = given.slice(Math.max(0, this.seen - first));
    this.seen = Math.max(this.seen, first + given.length);
    for (const moment of fresh) (moment.kind === 'window' ? this.windows : this.utterances).push(moment);
    const oldest = (fresh.at(-1)?.end ?? 0) - KEPT_SECONDS;
    for (const list of [this.windows, this.utterances]) while (list.length && list[0].end < oldest) list.shift();
    return fresh;
  }

  // The newest window that had ended at a time.
  at(seconds) {
    for (let i = this.windows.length - 1; i >= 0; i--) if (this.windows[i].end <= seconds + 1e-6) return this.windows[i];
    return null;
  }

  // Those that end in a stretch of time, and one on either side, so that lines go on to the edge.
  between(start, end) {
    const first = this.windows.findIndex(moment => moment.end >= start);
    if (first < 0) return [];
    const behind = this.windows.findIndex(moment => moment.end > end);
    return this.windows.slice(Math.max(0, first - 1), behind < 0 ? undefined : behind + 1);
  }
}
