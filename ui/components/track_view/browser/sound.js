// What plays a long recording: the browser holds one part of it at a time, and the page says where another one is.

/** @typedef {{ start: number, end: number, address: string | null }} Part seconds of the recording, and where they are */

export class PartSound {
  /**
   * @param {HTMLAudioElement} player
   * @param {{ want: (moment: number) => void, over: () => void, refuse: (reason: string) => void }} tell
   */
  constructor(player, tell) {
    this.player = player;
    this.tell = tell;
    /** @type {Part | null} */
    this.part = null;
    this.moment = 0; // where it is while nothing plays
    this.playing = false; // or as soon as the part that is awaited has come
    this.duration = 0;
    player.addEventListener('ended', () => this.goOn());
    player.addEventListener('error', () => this.fail());
  }

  /** Seconds of the recording. */
  get position() {
    const { part, player } = this;
    return this.playing && part && this.covers(this.moment) && player.readyState > 0
      ? Math.min(part.end, part.start + player.currentTime)
      : this.moment;
  }

  /** @param {Part} part @param {number} duration */
  learn(part, duration) {
    this.duration = duration;
    if (this.part?.address === part.address && this.part.start === part.start) return;
    this.moment = this.position;
    this.part = part;
    if (part.address) this.player.src = part.address;
    if (this.playing) this.play(this.moment);
  }

  /** @param {number} moment */
  covers(moment) {
    const { part } = this;
    return part !== null && moment >= part.start && (moment < part.end || part.end >= this.duration);
  }

  /** @param {number} moment */
  play(moment) {
    this.moment = moment;
    this.playing = true;
    if (!this.part || !this.covers(moment)) {
      this.player.pause();
      this.tell.want(moment);
      return;
    }
    if (this.part.address === null) {
      this.fail();
      return;
    }
    this.player.currentTime = moment - this.part.start;
    this.player.play().catch(error => {
      if (error.name !== 'AbortError') this.fail(); // broken off by the next press
    });
  }

  pause() {
    this.moment = this.position;
    this.playing = false;
    this.player.pause();
  }

  goOn() {
    const end = this.part?.end ?? this.duration;
    if (this.playing && end < this.duration) {
      this.play(end);
      return;
    }
    this.pause();
    this.moment = this.duration;
    this.tell.over();
  }

  fail() {
    this.pause();
    this.tell.refuse('Expected a sound that this browser plays; this part could not be played. Reload the page, or press another place.');
  }

  end() {
    this.playing = false;
    this.player.pause();
    this.player.removeAttribute('src');
  }
}
