// The span of time that is shown: the newest, or one that was scrolled to.

class View {
  constructor(spectra) {
    this.spectra = spectra;
    this.span = 10; // seconds
    this.following = true;
    this.edge = 0; // seconds; the right end, which moves evenly although sound comes in blocks
    this.drawnAt = null;
  }

  get first() {
    return (this.spectra.first * HOP) / RATE;
  }

  get newest() {
    return this.spectra.seconds;
  }

  // Move on to the time of the next frame.
  advance(now, running) {
    const passed = this.drawnAt === null ? 0 : (now - this.drawnAt) / 1000;
    this.drawnAt = now;
    if (this.following) {
      const late = running ? 0.3 : 0; // seconds that the picture may lag, so that it does not jump
      this.edge = Math.max(this.newest - late, Math.min(this.newest, this.edge + passed));
    } else {
      this.edge = Math.max(this.edge, Math.min(this.newest, this.first + this.span)); // older sound is not kept
    }
  }

  // Show the sound up to a time, as far as there is sound.
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
