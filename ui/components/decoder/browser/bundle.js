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

// ui/components/in_browser/shared/packed.js
function readHeader(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = new TextDecoder().decode(bytes.subarray(0, 4));
  if (magic !== "SERM") throw new Error(`Expected packed columns; got “${magic}”.`);
  const length = view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  if (header.version !== 1) throw new Error(`Expected version 1 of packed columns; got ${header.version}.`);
  return { header, start: 8 + length };
}
function readColumns(bytes) {
  const { header, start } = (
    /** @type {ReturnType<typeof readHeader<Header>>} */
    readHeader(bytes)
  );
  const body = bytes.slice(start).buffer;
  function array({ type, at, length }, kind) {
    if (kind.name.toLowerCase() !== `${type}array`) throw new Error(`Expected a column of ${kind.name}; got ${type}.`);
    return (
      /** @type {ArrayOf<T>} */
      new kind(body, at, length)
    );
  }
  return { header, body, array };
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

// ui/components/decoder/browser/decoder.js
var LONGEST = 600;
var RATES = [16e3, 24e3, 48e3];
var PIECE = 3e6;
var PATIENCE = 2e4;
var Decoder = class {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    this.file = null;
    this.sound = null;
    this.reported = null;
    this.waiting = void 0;
  }
  /**
   * @param {Uint8Array} bytes
   * @param {Send} _
   * @param {Send} send
   */
  update(bytes, _, send) {
    const { header, array } = (
      /** @type {ReturnType<typeof readColumns<Asked>>} */
      readColumns(bytes)
    );
    this.send = send;
    this.header = header;
    if (header.file !== this.file) {
      this.file = header.file;
      this.sound = this.reported = null;
      if (!header.content.length) {
        this.report({ restart: true });
        return;
      }
      this.say(`Your browser is decoding ${header.name}…`);
      decoded(array(header.content, Uint8Array)).catch(() => (
        /** @type {Failure} */
        { trouble: "unknown" }
      )).then((sound) => {
        if (this.file !== header.file) return;
        this.sound = sound;
        this.answer();
      });
    }
    this.answer();
  }
  answer() {
    const { sound, header } = this;
    if (!sound || !header || this.reported === header.piece) return;
    this.reported = header.piece;
    if ("trouble" in sound) {
      this.report(sound);
      return;
    }
    const { rate, channels, samples } = sound;
    const pieces = Math.max(1, Math.ceil(samples.length / PIECE));
    if (pieces > 1) this.say(`Your browser is sending ${header.name}: ${header.piece + 1} of ${pieces} parts…`);
    const part = samples.subarray(header.piece * PIECE, (header.piece + 1) * PIECE);
    this.report({ piece: header.piece, pieces, rate, channels, samples: toBase64(part) });
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      if (this.sound !== sound || this.header?.piece !== header.piece) return;
      this.reported = null;
      this.answer();
    }, PATIENCE);
  }
  /** @param {object} answer */
  report(answer) {
    this.send?.("decoded", { file: this.file, ...answer });
  }
  /** @param {string} words */
  say(words) {
    this.figure.textContent = words;
  }
  end() {
    clearTimeout(this.waiting);
    this.file = this.sound = null;
  }
};
async function decoded(content) {
  const sound = await offline().decodeAudioData(content.slice().buffer);
  if (sound.duration > LONGEST) return { trouble: "long", seconds: sound.duration };
  const channels = sound.numberOfChannels > 2 ? 1 : sound.numberOfChannels;
  const samples = new Float32Array(sound.length * channels);
  const averaged = sound.numberOfChannels / channels;
  for (let channel = 0; channel < sound.numberOfChannels; channel++) {
    const values = sound.getChannelData(channel);
    for (let n = 0; n < values.length; n++) {
      samples[n * channels + channel % channels] += values[n] / averaged;
    }
  }
  return { rate: sound.sampleRate, channels, samples: toPcm16(samples) };
}
function offline() {
  for (const rate of RATES) {
    try {
      return new OfflineAudioContext(1, 1, rate);
    } catch {
    }
  }
  throw new Error("This browser decodes no sound.");
}

// ui/components/decoder/browser/main.js
var main_default = mounting(".decoder", (figure) => new Decoder(figure));
export {
  main_default as default
};
