// ui/components/in_browser/shared/elements.js
function finder(place) {
  function find(selector, kind) {
    const found = place.querySelector(selector);
    if (!(found instanceof (kind ?? HTMLElement))) {
      throw new Error(`Expected ${(kind ?? HTMLElement).name} at “${selector}”; got ${found?.nodeName ?? "nothing"}.`);
    }
    return (
      /** @type {T} */
      found
    );
  }
  return find;
}
function listener(signal) {
  function on(target, name, act, options) {
    target.addEventListener(
      name,
      /** @type {EventListener} */
      act,
      { signal, ...options }
    );
  }
  return on;
}
function setText(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

// ui/components/in_browser/shared/mounting.js
function mounting(selector, make) {
  const mounted = /* @__PURE__ */ new WeakMap();
  return ({ parentElement, data, setStateValue, setTriggerValue }) => {
    const figure = finder(parentElement)(selector);
    let entry = mounted.get(parentElement);
    if (entry?.drawing.figure !== figure) {
      entry?.drawing.end();
      entry = { drawing: make(figure), calls: 0 };
      mounted.set(parentElement, entry);
    }
    const call = ++entry.calls;
    entry.drawing.update(data, setStateValue, setTriggerValue);
    const remembered = entry;
    return () => {
      if (remembered.calls !== call || mounted.get(parentElement) !== remembered) return;
      mounted.delete(parentElement);
      remembered.drawing.end();
    };
  };
}

// ui/components/in_browser/shared/levels.js
var SILENCE = -120;
function toDecibels(power, lowest = SILENCE) {
  return Math.max(lowest, 10 * Math.log10(power));
}

// bundled-text:ui/components/in_browser/audio_thread/capture.js
var capture_default = '// ui/components/in_browser/audio_thread/resampler.js\nvar CROSSINGS = 40;\nvar KEPT_BAND = 0.97;\nvar KAISER = 8;\nvar RING = 4096;\nfunction greatestDivisor(a, b) {\n  return b ? greatestDivisor(b, a % b) : a;\n}\nfunction bessel(x) {\n  let [sum, term] = [1, 1];\n  for (let k = 1; term > 1e-12 * sum; k++) sum += term *= (x / (2 * k)) ** 2;\n  return sum;\n}\nvar Resampler = class {\n  /**\n   * @param {number} from hertz\n   * @param {number} to hertz\n   */\n  constructor(from, to) {\n    const divisor = greatestDivisor(from, to);\n    this.up = to / divisor;\n    this.down = from / divisor;\n    const cutoff = 0.5 * KEPT_BAND * Math.min(1, to / from);\n    this.half = Math.min(RING / 4, Math.ceil(CROSSINGS / (2 * cutoff)));\n    this.filters = Array.from({ length: this.up }, (_, phase) => filterOf(phase / this.up, cutoff, this.half));\n    this.past = new Float32Array(RING);\n    this.heard = 0;\n    this.given = 0;\n  }\n  /**\n   * Adds samples.\n   *\n   * @param {Float32Array} samples\n   * @param {(sample: number) => void} give called with each resampled sample\n   */\n  take(samples, give) {\n    for (const sample of samples) {\n      this.past[this.heard++ & RING - 1] = sample;\n      for (; ; ) {\n        const place = this.given * this.down;\n        const centre = Math.floor(place / this.up);\n        if (centre + this.half >= this.heard) break;\n        const filter = this.filters[place % this.up];\n        let sum = 0;\n        for (let i = 0; i < filter.length; i++) sum += filter[i] * this.past[centre - this.half + 1 + i & RING - 1];\n        this.given++;\n        give(sum);\n      }\n    }\n  }\n};\nfunction filterOf(fraction, cutoff, half) {\n  const weights = Float32Array.from({ length: 2 * half }, (_, i) => {\n    const x = i - half + 1 - fraction;\n    const window = Math.abs(x) < half ? bessel(KAISER * Math.sqrt(1 - (x / half) ** 2)) / bessel(KAISER) : 0;\n    return (x === 0 ? 2 * cutoff : Math.sin(2 * Math.PI * cutoff * x) / (Math.PI * x)) * window;\n  });\n  const sum = weights.reduce((a, b) => a + b, 0);\n  return weights.map((weight) => weight / sum);\n}\n\n// ui/components/in_browser/audio_thread/capture.js\nvar CaptureProcessor = class extends AudioWorkletProcessor {\n  /** @param {{ processorOptions: { rate: number, step: number } }} options rate in hertz, step in samples */\n  constructor({ processorOptions: { rate, step } }) {\n    super();\n    this.resampler = sampleRate === rate ? null : new Resampler(sampleRate, rate);\n    this.block = new Float32Array(step);\n    this.filled = 0;\n  }\n  /**\n   * @param {Float32Array[][]} inputs the channels of each; none while nothing is connected\n   * @returns {boolean} whether to go on\n   */\n  process([channels]) {\n    if (channels.length) {\n      const mono = channels.length === 1 ? channels[0] : averaged(channels);\n      if (this.resampler) this.resampler.take(mono, (sample) => this.give(sample));\n      else mono.forEach((sample) => this.give(sample));\n    }\n    return true;\n  }\n  /** @param {number} sample */\n  give(sample) {\n    this.block[this.filled++] = sample;\n    if (this.filled < this.block.length) return;\n    const { block } = this;\n    this.block = new Float32Array(block.length);\n    this.filled = 0;\n    this.port.postMessage({ samples: block, at: currentTime }, [block.buffer]);\n  }\n};\nfunction averaged(channels) {\n  return channels[0].map((_, i) => channels.reduce((sum, channel) => sum + channel[i], 0) / channels.length);\n}\nregisterProcessor("capture", CaptureProcessor);\n';

// ui/components/in_browser/shared/microphone_stream.js
var AGAIN = "Try again, or use another browser.";
var RAW = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false };
var Refusal = class extends Error {
  /**
   * @param {string} what stood in the way
   * @param {string} advice what to do
   * @param {boolean} [final] whether trying again is of no use
   */
  constructor(what, advice, final = false) {
    super(what);
    this.what = what;
    this.advice = advice;
    this.final = final;
  }
};
var REFUSALS = {
  NotAllowedError: new Refusal(
    "This page was not allowed to use the microphone.",
    "Allow it: press the sign at the left of the address, set “Microphone” to “Allow”, then try again. If it is allowed there, the operating system refuses it: allow it for this browser in the system’s privacy settings."
  ),
  NotFoundError: new Refusal(
    "This browser finds no microphone.",
    "Plug one in, or switch it on, then try again. The page Listen also takes files."
  ),
  NotReadableError: new Refusal(
    "The microphone cannot be opened.",
    "Another program may be holding it: close that program, or unplug the microphone and plug it in again, then try again."
  ),
  OverconstrainedError: new Refusal(
    "The microphone that was chosen is not there any more.",
    "Choose another one, or plug it in again, then try again."
  )
};
function whyInsecure(address) {
  const { hostname, port, pathname, href } = address;
  const number = port || "80";
  const own = Number(number) < 1024 ? 8501 : number;
  const base = pathname.replace(/^\/|\/?[^/]*$/g, "");
  const below = base ? `--server.baseUrlPath ${base} ` : "";
  return new Refusal(
    `Browsers give the microphone only to secure pages: those from this computer itself (localhost) or by HTTPS. This page came from ${hostname} by plain HTTP, so the browser does not even ask you.`,
    `On the computer that runs the app, open http://localhost:${number}${pathname}. From another one, either make a tunnel, ssh -L ${own}:localhost:${number} ${hostname}, and open http://localhost:${own}${pathname} here; or start the app with HTTPS: streamlit run app.py --server.address 0.0.0.0 --server.allowedHosts ${hostname} ${below}--server.sslCertFile CERTIFICATE --server.sslKeyFile KEY, and open ${href.replace(/^http:/, "https:")}. Behind a proxy: docs/behind-a-proxy.md.`
  );
}
function refusalOf(error) {
  if (error instanceof Refusal) return error;
  if (!(error instanceof Error)) return new Refusal(`The microphone cannot be used: ${error}.`, AGAIN);
  const what = `The microphone cannot be used: ${error.message || error.name}.`;
  return REFUSALS[error.name] ?? new Refusal(what, AGAIN);
}
async function microphoneStream(device) {
  if (!window.isSecureContext) throw whyInsecure(window.location);
  if (!navigator.mediaDevices || !window.AudioWorkletNode) {
    throw new Refusal("This browser gives pages no sound.", "Use a current Firefox, Chrome, Edge or Safari.");
  }
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: device ? { ...RAW, deviceId: { exact: device } } : RAW });
  } catch (error) {
    throw refusalOf(error);
  }
}

// ui/components/in_browser/shared/microphone.js
var LOST = "The microphone has gone: it was unplugged, switched off, or its permission was taken back.";
var Microphone = class {
  /** @param {Hearing} hearing */
  constructor(hearing) {
    this.hearing = hearing;
    this.closed = false;
    this.rate = hearing.rate ?? NaN;
    this.device = void 0;
    this.stream = void 0;
    this.context = void 0;
  }
  /**
   * Throws a `Refusal` where there is none.
   *
   * @param {string} [device] id of the microphone; without, the browser's own choice
   */
  async open(device) {
    try {
      this.stream = await microphoneStream(device);
      if (this.closed) this.close();
      else await this.connect(this.stream);
    } catch (error) {
      this.close();
      throw refusalOf(error);
    }
  }
  /** @param {MediaStream} stream */
  async connect(stream) {
    const { rate, step, muted } = this.hearing;
    const [track] = stream.getAudioTracks();
    track.addEventListener("ended", () => this.lose());
    track.addEventListener("mute", () => muted?.(true));
    track.addEventListener("unmute", () => muted?.(false));
    this.device = track.getSettings().deviceId;
    const context = this.context = new AudioContext({ latencyHint: "interactive" });
    this.rate = rate ?? context.sampleRate;
    const address = URL.createObjectURL(new Blob([capture_default], { type: "text/javascript" }));
    await context.audioWorklet.addModule(address).finally(() => URL.revokeObjectURL(address));
    await context.resume();
    const options = { numberOfOutputs: 0, processorOptions: { rate: this.rate, step } };
    const capture = new AudioWorkletNode(context, "capture", options);
    capture.port.onmessage = ({ data: { samples, at } }) => {
      if (!this.closed) this.hearing.hear(samples, at);
    };
    context.createMediaStreamSource(stream).connect(capture);
    if (track.readyState === "ended") this.lose();
  }
  lose() {
    if (this.closed) return;
    this.close();
    this.hearing.lost();
  }
  close() {
    this.closed = true;
    this.stream?.getTracks().forEach((track) => track.stop());
    if (this.context && this.context.state !== "closed") this.context.close();
  }
};

// ui/components/in_browser/shared/numbers.js
function fixed(value, decimals) {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

// ui/components/in_browser/shared/pcm.js
var PCM_FULL_SCALE = 32768;
function toPcm16(samples) {
  const values = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) {
    values[i] = Math.max(-PCM_FULL_SCALE, Math.min(PCM_FULL_SCALE - 1, Math.round(samples[i] * PCM_FULL_SCALE)));
  }
  return values;
}
function toBase64(values) {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let text = "";
  for (let first = 0; first < bytes.length; first += 32768) {
    text += String.fromCharCode(...bytes.subarray(first, first + 32768));
  }
  return btoa(text);
}

// ui/components/in_browser/shared/svg.js
var SPACE = "http://www.w3.org/2000/svg";
function svg(name, attributes = {}, parent) {
  const made = document.createElementNS(SPACE, name);
  set(made, attributes);
  parent?.append(made);
  return made;
}
function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    const text = typeof value === "number" ? String(Math.round(value * 100) / 100) : value;
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

// ui/components/in_browser/shared/symbols.js
var around = (corners, radius = 1, from = -90) => Array.from({ length: corners }, (_, i) => {
  const angle = (from + 360 * i / corners) * Math.PI / 180;
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
});
var crossed = (arm, reach) => [
  [-arm, -reach],
  [arm, -reach],
  [arm, -arm],
  [reach, -arm],
  [reach, arm],
  [arm, arm],
  [arm, reach],
  [-arm, reach],
  [-arm, arm],
  [-reach, arm],
  [-reach, -arm],
  [-arm, -arm]
];
var turned = (line, degrees) => {
  const [c, s] = [Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180)];
  return line.map(([x, y]) => [c * x - s * y, s * x + c * y]);
};
var triangle = [[0, -0.95], [0.95, 0.75], [-0.95, 0.75]];
var SYMBOLS = {
  circle: around(40, 0.86),
  square: [[-0.78, -0.78], [0.78, -0.78], [0.78, 0.78], [-0.78, 0.78]],
  diamond: around(4, 1),
  "triangle-up": triangle,
  "triangle-down": turned(triangle, 180),
  cross: crossed(0.32, 0.95),
  x: turned(crossed(0.32, 1.05), 45),
  star: around(5, 1).flatMap((tip, i) => [tip, around(5, 0.45, -54)[i]]),
  hexagon: around(6, 0.95),
  pentagon: around(5, 0.95),
  bowtie: [[-0.95, -0.75], [0.95, 0.75], [0.95, -0.75], [-0.95, 0.75]],
  "triangle-right": turned(triangle, 90),
  "triangle-left": turned(triangle, -90)
};
var SYMBOL_NAMES = Object.keys(SYMBOLS);
function symbolLine(name) {
  return SYMBOLS[name] ?? SYMBOLS.circle;
}
function symbolPicture(name, colour) {
  const picture = svg("svg", { viewBox: "-1.2 -1.2 2.4 2.4", "aria-hidden": "true" });
  const points = symbolLine(name).map((place) => place.join(",")).join(" ");
  svg("polygon", { points, fill: colour, style: "stroke: var(--edge); stroke-width: 0.16" }, picture);
  return picture;
}

// ui/components/recorder/browser/recorder.js
var BLOCK = 128;
var PRE_ROLL = 0.25;
var REMEMBERED = 2e3;
var READY = "Press Record, or the space bar.";
var OPENING = "Opening the microphone…";
var Recorder = class {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    this.find = finder(figure);
    this.ended = new AbortController();
    this.data = void 0;
    this.send = void 0;
    this.state = void 0;
    this.turn = null;
    this.microphone = null;
    this.blocks = [];
    this.length = 0;
    this.peak = 0;
    this.shown = 0;
    this.recent = [];
    const on = listener(this.ended.signal);
    on(this.find(".go"), "click", () => this.press());
    on(this.find(".cancel"), "click", () => this.cancel());
    on(this.find(".large"), "click", () => this.enlarge());
    const key = (event) => event instanceof KeyboardEvent && this.key(event);
    on(document, "keydown", key, { capture: true });
    on(document, "fullscreenchange", () => this.nameLarge());
    this.find(".large").hidden = !document.fullscreenEnabled;
    if (deepActive()?.matches('[data-testid="stTopNavSection"]')) this.find(".go").focus({ preventScroll: true });
  }
  /**
   * @param {Shown} data
   * @param {Send} _
   * @param {Send} send
   */
  update(data, _, send) {
    this.send = send;
    const former = this.data;
    this.data = data;
    this.find(".emotion").textContent = data.emotion;
    if (former?.symbol !== data.symbol || former.colour !== data.colour) {
      this.find(".sign").replaceChildren(symbolPicture(data.symbol, data.colour));
    }
    this.find(".sentence").textContent = data.sentence;
    if (former?.prompt !== data.prompt || former?.here !== data.here) {
      this.release();
      this.enter("ready", READY);
    }
    if (data.here) return;
    if (data.recording) {
      if (this.state !== "sent" && !data.seconds) this.enter("counting", OPENING);
      else if (this.state !== "sent") this.enter("recording", `● Recording ${fixed(data.seconds, 1)} s`);
      this.showLevel(data.level);
    } else if (former?.recording) this.enter("ready", READY);
  }
  /**
   * @param {State} state
   * @param {string} words
   */
  enter(state, words) {
    const changed = this.state !== state;
    this.state = state;
    this.figure.dataset.state = state;
    this.say(words);
    if (!changed) return;
    const go = this.find(".go", HTMLButtonElement);
    go.textContent = state === "recording" ? "Stop" : "Record";
    go.disabled = state === "counting" || state === "sent";
    this.find(".cancel").hidden = state !== "counting" && state !== "recording";
    if (state === "ready" || state === "sent") this.showLevel(-120);
  }
  /** @param {string} words */
  say(words) {
    setText(this.find(".state"), words);
  }
  /** @param {string} words */
  trouble(words) {
    this.find(".trouble").hidden = !words;
    this.find(".trouble").textContent = words;
  }
  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Escape" && this.state !== "ready") this.cancel();
    if (event.code !== "Space" || event.repeat || event.altKey || event.ctrlKey || event.metaKey) return;
    if (usesSpace(deepActive())) return;
    event.preventDefault();
    this.press();
  }
  press() {
    if (this.state === "ready") this.begin();
    else if (this.state === "recording") this.stop();
  }
  async begin() {
    if (!this.data) return;
    this.trouble("");
    this.enter("counting", "");
    this.blocks = [];
    this.length = 0;
    const turn = this.turn = {};
    const { here, countdown } = this.data;
    if (here) {
      this.say(OPENING);
      const microphone = new Microphone({
        step: BLOCK,
        hear: (block) => this.take(block, turn),
        lost: () => this.unplugged(turn)
      });
      try {
        await microphone.open();
      } catch (error) {
        const { what, advice } = refusalOf(error);
        if (this.turn === turn) this.fail(`${what} ${advice}`);
        return;
      }
      if (this.turn !== turn) {
        microphone.close();
        return;
      }
      this.microphone = microphone;
    }
    for (let left = countdown; left > 0; left--) {
      this.say(String(left));
      await new Promise((next) => setTimeout(next, 1e3));
      if (this.turn !== turn) return;
    }
    if (!here) {
      this.say(OPENING);
      this.answer({ wish: "start" });
      return;
    }
    this.enter("recording", "● Recording");
  }
  /**
   * @param {Float32Array} block
   * @param {object} turn
   */
  take(block, turn) {
    if (this.turn !== turn || !this.microphone || !this.data || this.state !== "counting" && this.state !== "recording") return;
    const rate = this.microphone.rate;
    if (this.state === "recording" && this.length + block.length > this.data.longest * rate) {
      this.stop();
      return;
    }
    this.blocks.push(block);
    this.length += block.length;
    this.peak = Math.max(this.peak, block.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0));
    if (this.state === "counting") {
      while (this.length - this.blocks[0].length > PRE_ROLL * rate) this.length -= this.blocks.shift()?.length ?? 0;
    }
    const now = performance.now();
    if (now - this.shown < 80) return;
    this.shown = now;
    this.showLevel(toDecibels(this.peak ** 2));
    this.peak = 0;
    if (this.state === "recording") this.say(`● Recording ${fixed(this.length / rate, 1)} s`);
  }
  stop() {
    const { blocks, length, microphone } = this;
    if (!microphone) {
      this.enter("sent", "Stopping…");
      this.answer({ wish: "stop" });
      return;
    }
    const rate = Math.round(microphone.rate);
    this.release();
    this.enter("sent", "Sending…");
    const samples = new Float32Array(length);
    let place = 0;
    for (const block of blocks) {
      samples.set(block, place);
      place += block.length;
    }
    this.answer({ samples: toBase64(toPcm16(samples)), rate });
  }
  cancel() {
    if (this.state !== "counting" && this.state !== "recording") return;
    const asked = !this.data?.here && (this.data?.recording || this.state === "recording");
    this.release();
    this.enter("ready", READY);
    if (asked) this.answer({ wish: "cancel" });
  }
  /** @param {object} turn */
  unplugged(turn) {
    if (this.turn === turn) this.fail(`${LOST} Plug it in again, then press Record.`);
  }
  /** @param {string} words */
  fail(words) {
    this.release();
    this.enter("ready", READY);
    this.trouble(words);
  }
  release() {
    this.turn = null;
    this.microphone?.close();
    this.microphone = null;
    this.blocks = [];
  }
  /** @param {object} content */
  answer(content) {
    this.send?.("heard", { prompt: this.data?.prompt, ...content });
  }
  /** @param {number} decibels */
  showLevel(decibels) {
    const bar = this.find(".level");
    this.find(".level > i").style.width = `${Math.max(0, Math.min(100, (decibels + 60) / 0.6))}%`;
    bar.setAttribute("aria-valuenow", String(Math.round(Math.max(-60, Math.min(0, decibels)))));
    bar.toggleAttribute("data-loud", decibels > -1);
    const now = performance.now();
    this.recent = [...this.recent.filter(({ at }) => now - at < REMEMBERED), { at: now, level: decibels }];
    const loudest = Math.max(...this.recent.map(({ level }) => level));
    const listens = this.state !== "ready" && this.state !== "sent" && loudest > -119;
    this.find(".told").textContent = !listens ? "" : loudest > -1 ? "Too loud" : loudest < -36 ? "Very quiet" : "Good level";
  }
  enlarge() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.figure.requestFullscreen().catch((error) => this.trouble(`Expected the full screen; the browser said: ${error.message}. Press F11 instead.`));
  }
  nameLarge() {
    this.find(".large").textContent = document.fullscreenElement ? "Leave full screen" : "Full screen";
  }
  end() {
    this.ended.abort();
    this.release();
  }
};
function usesSpace(active) {
  if (!active || active === document.body || active.matches('[data-testid="stMain"], [data-testid="stApp"], section')) return false;
  if (active.matches('input[type="radio"]:checked, [role="radio"][aria-checked="true"]')) return false;
  return active.matches("button, input, textarea, select, summary, audio, [role], [contenteditable], [tabindex]");
}
function deepActive() {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

// ui/components/recorder/browser/main.js
var main_default = mounting(".recorder", (figure) => new Recorder(figure));
export {
  main_default as default
};
