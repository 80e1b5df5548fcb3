// The browser's microphone in blocks of 20 ms, until it is closed or lost.

class Microphone {
  // `hear(samples, at)` gets 20 ms at a time, `at` on the clock of performance.now(); `fail` gets the reason of its end.
  constructor(hear, fail, muted) {
    Object.assign(this, { hear, fail, muted });
    this.clock = new AudioClock();
  }

  async open(device) {
    try {
      this.stream = await microphoneStream(device);
      if (this.closed) return this.close();
      await this.connect();
    } catch (trouble) {
      this.close();
      throw trouble.what ? trouble : refusalOf(trouble);
    }
  }

  async connect() {
    const [track] = this.stream.getAudioTracks();
    track.addEventListener('ended', () => this.lose());
    track.addEventListener('mute', () => this.muted(true));
    track.addEventListener('unmute', () => this.muted(false));
    this.device = track.getSettings().deviceId;
    this.context = new AudioContext({ latencyHint: 'interactive' });
    const module = URL.createObjectURL(new Blob([WORKLET], { type: 'text/javascript' }));
    try {
      await this.context.audioWorklet.addModule(module);
    } finally {
      URL.revokeObjectURL(module);
    }
    await this.context.resume();
    const capture = new AudioWorkletNode(this.context, 'capture', { numberOfOutputs: 0 });
    capture.port.onmessage = ({ data }) => this.take(data);
    this.context.createMediaStreamSource(this.stream).connect(capture);
    if (track.readyState === 'ended') this.lose();
  }

  take({ samples, at }) {
    if (!this.closed) this.hear(samples, this.clock.read(at, performance.now()));
  }

  lose() {
    if (this.closed) return;
    this.close();
    this.fail(
      refusal(
        'The microphone has gone: it was unplugged, switched off, or its permission was taken back.',
        'The sound so far is kept. Plug it in again or choose another one, then try again.',
      ),
    );
  }

  close() {
    this.closed = true;
    this.stream?.getTracks().forEach(track => track.stop());
    if (this.context && this.context.state !== 'closed') this.context.close();
  }
}

// The microphones by name; browsers give the names only after one was allowed.
async function microphones() {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices.filter(device => device.kind === 'audioinput' && device.deviceId && device.label);
}
