// The browser's microphone: opened as it is, without the processing that is meant for telephone calls.

const RAW = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false };

const refusal = (what, advice) => ({ what, advice });

// Why a microphone cannot be had, and what to do; by the name of the browser's error.
const REFUSALS = {
  NotAllowedError: refusal(
    'This page was not allowed to use the microphone.',
    'Allow it: press the sign at the left of the address, set “Microphone” to “Allow”, then try again. If it is ' +
      'allowed there, the operating system refuses it: allow it for this browser in the system’s privacy settings.',
  ),
  NotFoundError: refusal(
    'This browser finds no microphone.',
    'Plug one in, or switch it on, then try again. The page Listen also takes files.',
  ),
  NotReadableError: refusal(
    'The microphone cannot be opened.',
    'Another program may be holding it: close that program, or unplug the microphone and plug it in again, then try again.',
  ),
  OverconstrainedError: refusal(
    'The microphone that was chosen is not there any more.',
    'Choose another one, or plug it in again, then try again.',
  ),
};

function whyInsecure(address) {
  const { hostname, port, href } = address;
  const number = port || '80';
  return refusal(
    `Browsers give the microphone only to secure pages: those from this computer itself (localhost) or by HTTPS. ` +
      `This page came from ${hostname} by plain HTTP, so the browser does not even ask you.`,
    `On the computer that runs the app, open http://localhost:${number}. From another one, either make a tunnel, ` +
      `ssh -L ${number}:localhost:${number} ${hostname}, and open http://localhost:${number} here; or start the app with ` +
      `HTTPS: streamlit run app.py --server.sslCertFile CERTIFICATE --server.sslKeyFile KEY, and open ` +
      `${href.replace(/^http:/, 'https:')}.`,
  );
}

function refusalOf(error) {
  const words = `The microphone cannot be used: ${error.message || error.name}.`;
  return REFUSALS[error.name] ?? refusal(words, 'Try again, or use another browser.');
}

class Microphone {
  // `hear(samples, at)` gets 20 ms at a time, `at` on the clock of performance.now(); `fail` is told why it ended.
  constructor(hear, fail, muted) {
    Object.assign(this, { hear, fail, muted });
  }

  async open(device) {
    if (!window.isSecureContext) throw whyInsecure(window.location);
    if (!navigator.mediaDevices || !window.AudioWorkletNode) {
      throw refusal('This browser gives pages no sound.', 'Use a current Firefox, Chrome, Edge or Safari.');
    }
    try {
      const audio = device ? { ...RAW, deviceId: { exact: device } } : RAW;
      this.stream = await navigator.mediaDevices.getUserMedia({ audio });
      if (this.closed) return this.close();
      await this.connect();
    } catch (error) {
      this.close();
      throw refusalOf(error);
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
    const ear = new AudioWorkletNode(this.context, 'ear', { numberOfOutputs: 0 });
    ear.port.onmessage = ({ data }) => this.take(data);
    this.context.createMediaStreamSource(this.stream).connect(ear);
    if (track.readyState === 'ended') this.lose();
  }

  // The audio thread has a clock of its own: the step that came through fastest tells how both clocks lie.
  take({ samples, at }) {
    if (this.closed) return;
    const now = performance.now();
    this.offset = Math.min(this.offset ?? Infinity, now - 1000 * at);
    this.hear(samples, Math.min(now, 1000 * at + this.offset));
  }

  lose() {
    if (this.closed) return;
    this.close();
    this.fail(
      refusal(
        'The microphone has gone: it was unplugged, switched off, or its permission was taken back.',
        'What was heard so far is kept. Plug it in again or choose another one, then try again.',
      ),
    );
  }

  close() {
    this.closed = true;
    this.stream?.getTracks().forEach(track => track.stop());
    if (this.context && this.context.state !== 'closed') this.context.close();
  }
}

// The microphones by name; browsers tell the names only once one was allowed.
async function microphones() {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices.filter(device => device.kind === 'audioinput' && device.deviceId && device.label);
}
