// Which stretch of time is seen: the newest, or one that was scrolled back to.

class View {
  constructor(spectra) {
    this.spectra = spectra;
    this.span = 10; // seconds
    this.following = true;
    this.edge = 0; // seconds; the right end, moved evenly although sound comes in steps
    this.drawnAt = null;
  }

  get first() {
    return (this.spectra.first * HOP) / RATE;
  }

  get newest() {
    return this.spectra.seconds;
  }

  // One more picture: time has gone on.
  advance(now, running) {
    const passed = this.drawnAt === null ? 0 : (now - this.drawnAt) / 1000;
    this.drawnAt = now;
    if (this.following) {
      const late = running ? 0.3 : 0; // seconds that the picture may lag, so that it need not jump
      this.edge = Math.max(this.newest - late, Math.min(this.newest, this.edge + passed));
    } else {
      this.edge = Math.max(this.edge, Math.min(this.newest, this.first + this.span)); // what is older is forgotten
    }
  }

  // Let the picture end at a time, as far as there is sound.
  look(edge) {
    const oldest = Math.min(this.newest, this.first + this.span);
    this.edge = Math.max(oldest, Math.min(this.newest, edge));
    this.following = false;
  }

  follow() {
    this.following = true;
    this.edge = this.newest;
  }

  pause() {
    this.following = false;
  }

  get start() {
    return this.edge - this.span;
  }
}

function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
