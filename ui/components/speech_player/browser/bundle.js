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
function hasFocus(element) {
  const root = element.getRootNode();
  return (root instanceof Document || root instanceof ShadowRoot) && root.activeElement === element;
}
function buttonsIn(place, selector) {
  return (
    /** @type {NodeListOf<HTMLButtonElement>} */
    place.querySelectorAll(`button${selector}`)
  );
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
var Answers = class {
  /** @param {unknown} [first] what the page takes for granted */
  constructor(first) {
    this.sent = JSON.stringify(first);
  }
  /**
   * @param {Send} setStateValue
   * @param {unknown} answer
   */
  send(setStateValue, answer) {
    const written = JSON.stringify(answer);
    if (written === this.sent) return;
    this.sent = written;
    setStateValue("answer", answer);
  }
};

// ui/components/speech_player/browser/memory.js
var Memories = class {
  constructor() {
    this.settings = { tool: "select", band: "narrow", axis: "mel", range: 70, pitch: true, intensity: true, loop: false };
    this.sounds = /* @__PURE__ */ new Map();
  }
  /**
   * @param {string} digest of a sound
   * @returns {Memory}
   */
  of(digest) {
    const memory = this.sounds.get(digest) ?? { span: null, selection: null, cursor: 0, asked: null };
    this.sounds.set(digest, memory);
    return memory;
  }
};

// ui/components/in_browser/shared/enlargement.js
var USUAL = 16;
function enlargement() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL || 1;
}

// ui/components/in_browser/shared/canvas.js
function penOf(canvas) {
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("This browser draws nothing.");
  return (
    /** @type {ReturnType<typeof penOf<Canvas>>} */
    pen
  );
}
function sizeOf(canvas) {
  const unit = enlargement();
  return { width: (canvas.clientWidth || 1) / unit, height: (canvas.clientHeight || 1) / unit };
}
function pixelsOfUnit() {
  return (window.devicePixelRatio || 1) * enlargement();
}
function pointedAt({ offsetX, offsetY }) {
  const unit = enlargement();
  return [offsetX / unit, offsetY / unit];
}
function within(pen, { x, y, width, height }, act) {
  pen.save();
  pen.beginPath();
  pen.rect(x, y, width, height);
  pen.clip();
  act();
  pen.restore();
}
function fit(canvas, { width, height }, ratio) {
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
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

// ui/components/speech_player/browser/controls.js
var SWITCHES = (
  /** @type {const} */
  ["pitch", "intensity", "loop"]
);
var Controls = class {
  /** @param {SpeechPlayer} player */
  constructor(player) {
    const { find, figure } = player;
    this.player = player;
    this.band = find(".band", HTMLSelectElement);
    this.axis = find(".axis", HTMLSelectElement);
    this.range = find(".range", HTMLSelectElement);
    this.switches = SWITCHES.map((name) => ({ name, box: find(`input.${name}`, HTMLInputElement) }));
    this.tools = buttonsIn(figure, "[data-tool]");
    this.listen();
  }
  listen() {
    const { player } = this, { find, figure } = player;
    const on = listener(player.ended.signal);
    on(find(".play"), "click", () => player.toggle());
    on(find(".ask"), "click", () => player.ask());
    on(find(".clear"), "click", () => player.clear());
    on(find(".from"), "change", () => player.type());
    on(find(".to"), "change", () => player.type());
    on(figure, "keydown", (event) => {
      if (event.key === "Escape") player.clear();
    });
    for (const button of buttonsIn(figure, "[data-view]")) on(button, "click", () => player.look(button.dataset.view));
    for (const button of this.tools) {
      on(button, "click", () => this.set({ tool: button.dataset.tool === "move" ? "move" : "select" }));
      on(button, "keydown", (event) => this.takeByKey(event));
    }
    on(this.band, "change", () => this.set({ band: this.band.value === "wide" ? "wide" : "narrow" }));
    on(this.axis, "change", () => this.set({ axis: this.axis.value === "linear" ? "linear" : "mel" }));
    on(this.range, "change", () => this.set({ range: Number(this.range.value) }));
    for (const { name, box } of this.switches) on(box, "change", () => this.set({ [name]: box.checked }));
  }
  /** @param {Partial<Settings>} changed */
  set(changed) {
    const { player } = this;
    Object.assign(player.settings, changed);
    this.show();
    if ("loop" in changed) player.settle();
    else if (!("tool" in changed)) player.draw();
  }
  /** @param {KeyboardEvent} event */
  takeByKey(event) {
    if (!["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    const { settings, find } = this.player;
    this.set({ tool: settings.tool === "select" ? "move" : "select" });
    find(`[data-tool="${settings.tool}"]`).focus();
  }
  /** Shows what is set, and what the sound has. */
  show() {
    const { settings, payload, find } = this.player;
    for (const button of this.tools) {
      const taken = button.dataset.tool === settings.tool;
      button.setAttribute("aria-checked", String(taken));
      button.tabIndex = taken ? 0 : -1;
    }
    this.band.value = settings.band;
    this.axis.value = settings.axis;
    this.range.value = String(settings.range);
    for (const { name, box } of this.switches) {
      box.disabled = name === "pitch" && !payload.pitch;
      box.checked = settings[name] && !box.disabled;
    }
    find(".bar div").style.background = `linear-gradient(to right, ${payload.scale.join(", ")})`;
    find(".bar .faint").textContent = `−${settings.range}`;
    const words = `Colours from ${settings.range} dB below the loudest point to the loudest point`;
    find(".bar").setAttribute("aria-label", words);
  }
};

// ui/components/in_browser/shared/numbers.js
function fixed(value, decimals) {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

// ui/components/in_browser/shared/frequencies.js
var MEL_STEP = 200 / 3;
var MEL_BREAK = 1e3;
var MEL_GROWTH = Math.log(6.4) / 27;
var MEL_SCALES = {
  slaney: {
    toMel: (hertz) => hertz < MEL_BREAK ? hertz / MEL_STEP : MEL_BREAK / MEL_STEP + Math.log(hertz / MEL_BREAK) / MEL_GROWTH,
    toHertz: (mel) => mel < MEL_BREAK / MEL_STEP ? mel * MEL_STEP : MEL_BREAK * Math.exp(MEL_GROWTH * (mel - MEL_BREAK / MEL_STEP))
  },
  htk: {
    toMel: (hertz) => 2595 * Math.log10(1 + hertz / 700),
    toHertz: (mel) => 700 * (10 ** (mel / 2595) - 1)
  }
};
function hertzToMel(hertz, scale = "slaney") {
  return MEL_SCALES[scale].toMel(hertz);
}
function melToHertz(mel, scale = "slaney") {
  return MEL_SCALES[scale].toHertz(mel);
}
var AXES = {
  linear: {
    hertz: (height, highest) => height * highest,
    height: (hertz, highest) => hertz / highest,
    ticks: [0, 1e3, 2e3, 3e3, 4e3, 5e3, 6e3, 7e3, 8e3, 1e4, 12e3, 16e3, 2e4, 24e3]
  },
  mel: {
    hertz: (height, highest) => melToHertz(height * hertzToMel(highest)),
    height: (hertz, highest) => hertzToMel(hertz) / hertzToMel(highest),
    ticks: [0, 250, 500, 1e3, 1500, 2e3, 3e3, 4e3, 6e3, 8e3, 12e3, 16e3, 24e3]
  }
};
function frequencyTicks(axis, highest, pixels, gap = 22) {
  const kept = [];
  for (const hertz of AXES[axis].ticks) {
    if (hertz > highest * 1.001) break;
    const last = kept.at(-1);
    const room = last === void 0 ? Infinity : (AXES[axis].height(hertz, highest) - AXES[axis].height(last, highest)) * pixels;
    if (room >= gap) kept.push(hertz);
  }
  return kept;
}
var FrequencyRows = class {
  /**
   * @param {AxisName} axis
   * @param {number} rows
   * @param {number} count
   * @param {number} highest
   */
  constructor(axis, rows, count, highest) {
    const place = (height) => AXES[axis].hertz(height, highest) / highest * (count - 1);
    this.low = Float32Array.from({ length: rows }, (_, row) => place((rows - row - 1) / rows));
    this.high = Float32Array.from({ length: rows }, (_, row) => place((rows - row) / rows));
    this.count = count;
  }
  /**
   * The value of a row in the spectrum that begins at `at`: between two values, or the largest of several, so that no
   * narrow line is lost.
   *
   * @param {number} row
   * @param {ArrayLike<number>} spectra
   * @param {number} at
   */
  valueAt(row, spectra, at) {
    const low = this.low[row], high = this.high[row];
    const middle = (low + high) / 2;
    const below = Math.min(this.count - 2, Math.floor(middle)), share = middle - below;
    let value = spectra[at + below] * (1 - share) + spectra[at + below + 1] * share;
    if (high - low <= 1) return value;
    const last = Math.min(this.count - 1, Math.floor(high));
    for (let i = Math.ceil(low); i <= last; i++) value = Math.max(value, spectra[at + i]);
    return value;
  }
};

// ui/components/speech_player/browser/contours.js
function loudestWithin({ times, values }, seconds, { span, begins }) {
  const foundTimes = [];
  const foundValues = [];
  let stretch = NaN;
  for (let i = indexAt(times, span.from + begins - seconds); i < times.length && times[i] < span.to + begins + seconds; i++) {
    const number = Math.floor(times[i] / seconds);
    if (number !== stretch) {
      foundTimes.push((number + 0.5) * seconds);
      foundValues.push(values[i]);
      stretch = number;
    } else if (values[i] > foundValues[foundValues.length - 1]) foundValues[foundValues.length - 1] = values[i];
  }
  return { times: foundTimes, values: foundValues };
}
function trace(pen, player, box, { times, values }, y, strokes, step) {
  const { span, begins } = player;
  pen.beginPath();
  let before = -Infinity;
  for (let i = Math.max(0, indexAt(times, span.from + begins) - 1); i < times.length; i++) {
    const time = times[i] - begins;
    if (!Number.isNaN(values[i])) {
      const x = box.x + span.toX(time, box.width);
      if (time - before > 1.5 * step) pen.moveTo(x - 0.5, y(values[i]));
      pen.lineTo(x, y(values[i]));
      before = time;
    }
    if (time > span.to) break;
  }
  pen.lineJoin = pen.lineCap = "round";
  for (const [colour, width] of strokes) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke();
  }
}
function indexAt(times, moment) {
  let low = 0, high = times.length;
  while (low < high) {
    const middle = low + high >> 1;
    if (times[middle] < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

// ui/components/speech_player/browser/words.js
function inSeconds(time) {
  return `${fixed(time, 3)} s`;
}
function signed(value) {
  return String(Number(value.toPrecision(2))).replace("-", "−");
}
function valueAt({ times, values }, moment) {
  const next = indexAt(times, moment);
  const nearest = [next - 1, next].filter((i) => i >= 0 && i < times.length && Math.abs(times[i] - moment) < 6e-3);
  return nearest.length ? values[nearest[nearest.length - 1]] : NaN;
}
function readout(player, time, height) {
  const { payload, begins, rate, samples, tiles, settings } = player;
  const parts = [inSeconds(time + begins)];
  if (height === null) {
    const at = Math.min(samples.length - 1, Math.round(time * rate));
    parts.push(`amplitude ${signed(samples[at])}`);
  } else {
    const hertz = AXES[settings.axis].hertz(height, rate / 2);
    const { spectrum, loudest } = tiles.band();
    const level2 = spectrum.levelAt(time, hertz);
    parts.push(`${Math.round(hertz)} Hz`, `${Math.round(level2 - loudest)} dB`.replace("-", "−"));
  }
  const level = valueAt(payload.intensity, time + begins), pitch = payload.pitch ? valueAt(payload.pitch, time + begins) : NaN;
  if (!Number.isNaN(level)) parts.push(`intensity ${fixed(level, 1).replace("-", "−")} dB`);
  if (!Number.isNaN(pitch)) parts.push(`pitch ${Math.round(pitch)} Hz`);
  return parts.join(" · ");
}
function state(player) {
  const { span, begins, selection, duration } = player;
  const shown = span.length >= duration - 1e-9 ? "all" : `${inSeconds(span.from + begins)} to ${inSeconds(span.to + begins)}`;
  const chosen = selection ? `Selected: ${inSeconds(selection[0] + begins)} to ${inSeconds(selection[1] + begins)}, ${inSeconds(selection[1] - selection[0])} long.` : `Plays from ${inSeconds(player.memory.cursor + begins)}.`;
  return `Shown: ${shown} of ${inSeconds(duration)}. ${chosen}`;
}

// ui/components/speech_player/browser/fields.js
var SHORTEST_SELECTION = 1e-3;
var RangeFields = class {
  /** @param {Find} find */
  constructor(find) {
    this.fields = [find(".from", HTMLInputElement), find(".to", HTMLInputElement)];
    this.refused = find(".refused");
    this.ends = [0, 0];
  }
  /** @param {Range} ends of the sound */
  limit(ends) {
    this.ends = ends;
    for (const field of this.fields) [field.min, field.max] = ends.map((time) => fixed(time, 3));
  }
  /** @param {Range | null} range */
  show(range) {
    this.fields.forEach((field, i) => {
      field.value = range ? fixed(range[i], 3) : "";
      field.removeAttribute("aria-invalid");
    });
    this.refused.hidden = true;
  }
  /**
   * What stands in them; an empty one means the beginning or the end of the sound. What cannot be is refused in words.
   *
   * @returns {Range | 'nothing' | 'refused'}
   */
  read() {
    const { fields, ends } = this;
    if (fields.every((field) => field.value === "" && !field.validity.badInput)) return "nothing";
    const [from, to] = fields.map((field, i) => field.validity.badInput ? NaN : field.value === "" ? ends[i] : Number(field.value));
    const fits = (time) => time >= ends[0] - SHORTEST_SELECTION && time <= ends[1] + SHORTEST_SELECTION;
    if (fits(from) && fits(to) && to - from >= SHORTEST_SELECTION) return [from, to];
    for (const field of fields) field.setAttribute("aria-invalid", "true");
    const typed = (value) => Number.isNaN(value) ? "no number" : `${Number(fixed(value, 3))} s`;
    this.refused.textContent = `Expected a start and a later end between ${inSeconds(ends[0])} and ${inSeconds(ends[1])}; got ${typed(from)} and ${typed(to)}. Correct these fields.`;
    this.refused.hidden = false;
    return "refused";
  }
};

// ui/components/speech_player/browser/gestures.js
var PRESS = 4;
var EDGE = { mouse: 6, pen: 9, touch: 16 };
var STEP = 10;
var PAGE_KEYS = { PageUp: -1, PageDown: 1 };
var VIEW_KEYS = { "+": "in", "=": "in", "-": "out", 0: "whole" };
var CLOSER = 1.5;
var Gestures = class {
  /** @param {SpeechPlayer} player */
  constructor(player) {
    this.player = player;
    this.pointers = /* @__PURE__ */ new Map();
    this.began = null;
    this.anchor = 0;
    const { canvas, ended } = player;
    const on = listener(ended.signal);
    on(canvas, "keydown", (event) => this.key(event));
    on(canvas, "pointerdown", (event) => this.down(event));
    on(canvas, "pointermove", (event) => this.move(event));
    on(canvas, "pointerup", (event) => this.up(event));
    on(canvas, "pointercancel", (event) => this.up(event, true));
    on(canvas, "pointerleave", () => player.hover(null));
    on(canvas, "contextmenu", (event) => event.preventDefault());
    on(canvas, "wheel", (event) => this.wheel(event), { passive: false });
  }
  /** @param {number} x */
  timeAt(x) {
    const { wave } = this.player.layout();
    return this.player.span.toTime(Math.max(0, Math.min(wave.width, x - wave.x)), wave.width);
  }
  /**
   * Seconds for pixels.
   *
   * @param {number} pixels
   */
  seconds(pixels) {
    return pixels / this.player.layout().wave.width * this.player.span.length;
  }
  // ---------------------------------------------------------------------- keys
  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { player } = this, { span } = player;
    const steps = { ArrowLeft: -this.seconds(STEP), ArrowRight: this.seconds(STEP), Home: -Infinity, End: Infinity };
    const step = steps[event.key], view = VIEW_KEYS[event.key], page = PAGE_KEYS[event.key];
    if (step) this.step(step, event.shiftKey);
    else if (view) player.look(view);
    else if (page) player.see(() => span.move(page * span.length));
    else if (event.key === " ") player.toggle();
    else return;
    event.preventDefault();
  }
  /**
   * The place from where it plays moves.
   *
   * @param {number} by seconds
   * @param {boolean} selecting whether it pulls a selection along
   */
  step(by, selecting) {
    const { player } = this;
    const { selection, memory } = player;
    if (selecting) {
      if (!selection?.includes(memory.cursor)) this.anchor = memory.cursor;
      else this.anchor = memory.cursor === selection[0] ? selection[1] : selection[0];
    }
    player.moveTo(memory.cursor + by);
    if (selecting) {
      player.choose([this.anchor, memory.cursor]);
      player.settle();
    }
  }
  // ---------------------------------------------------------------------- the wheel
  /** @param {WheelEvent} event */
  wheel(event) {
    const { player } = this;
    if (!event.ctrlKey && !hasFocus(player.canvas)) return;
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 20 : 1;
    const along = event.shiftKey && !event.deltaX ? event.deltaY : event.deltaX;
    if (Math.abs(along) > Math.abs(event.deltaY) || event.shiftKey) player.see((span) => span.move(this.seconds(along * unit)));
    else player.see((span) => span.zoom(Math.exp(-event.deltaY * unit * 2e-3), this.timeAt(pointedAt(event)[0])));
  }
  // ---------------------------------------------------------------------- mouse and fingers
  /** @param {PointerEvent} event */
  down(event) {
    const { player } = this;
    player.canvas.setPointerCapture(event.pointerId);
    const [x] = pointedAt(event);
    this.pointers.set(event.pointerId, x);
    player.hover(null);
    this.began = null;
    if (this.pointers.size > 1) return;
    const what = this.over(event);
    const time = this.timeAt(x);
    const edge = what === "edge" ? this.edgeAt(event) : null;
    const anchor = edge === null || !player.selection ? time : player.selection[1 - edge];
    this.began = { x, what, anchor, moved: false };
  }
  /**
   * What dragging would do here.
   *
   * @param {PointerEvent} event
   * @returns {Drag}
   */
  over(event) {
    const { player } = this;
    if (pointedAt(event)[1] > player.layout().bottom || player.settings.tool === "move" || event.button === 1) return "move";
    return this.edgeAt(event) === null ? "select" : "edge";
  }
  /**
   * Which edge of the selection lies here: 0, 1 or null.
   *
   * @param {PointerEvent} event
   */
  edgeAt(event) {
    const { player } = this;
    const { wave } = player.layout();
    if (!player.selection) return null;
    const [x] = pointedAt(event);
    const away = player.selection.map((time) => Math.abs(wave.x + player.span.toX(time, wave.width) - x));
    const nearer = away[0] < away[1] ? 0 : 1;
    return away[nearer] <= (EDGE[event.pointerType] ?? EDGE.mouse) ? nearer : null;
  }
  /** @param {PointerEvent} event */
  move(event) {
    const { player, began } = this;
    const [x, y] = pointedAt(event), former = this.pointers.get(event.pointerId);
    if (former === void 0) {
      player.canvas.dataset.over = this.over(event);
      player.hover(this.timeAt(x), y);
      return;
    }
    this.pointers.set(event.pointerId, x);
    if (this.pointers.size > 1) this.pinch(event.pointerId, former, x);
    if (!began) return;
    began.moved ||= Math.abs(x - began.x) > PRESS;
    if (!began.moved) return;
    if (began.what === "move") player.see((span) => span.move(this.seconds(former - x)));
    else player.choose([began.anchor, this.timeAt(x)]);
  }
  /**
   * @param {number} id of the finger that moves
   * @param {number} former where it was
   * @param {number} x where it is
   */
  pinch(id, former, x) {
    const [other] = [...this.pointers].filter(([number]) => number !== id).map(([, place]) => place);
    const apart = (place) => Math.max(10, Math.abs(place - other));
    this.player.see((span) => {
      span.move(this.seconds((former - x) / 2));
      span.zoom(apart(x) / apart(former), this.timeAt((x + other) / 2));
    });
  }
  /**
   * @param {PointerEvent} event
   * @param {boolean} [broken] whether the browser took it away
   */
  up(event, broken = false) {
    const { player, began } = this;
    if (!this.pointers.delete(event.pointerId) || !began) return;
    this.began = null;
    if (broken) return;
    const [x, y] = pointedAt(event);
    if (began.moved && began.what !== "move") {
      player.memory.cursor = player.selection?.[0] ?? player.memory.cursor;
      player.settle();
    } else if (!began.moved && y <= player.layout().bottom) {
      player.choose(null);
      player.moveTo(this.timeAt(x));
    }
  }
};

// ui/components/speech_player/browser/layout.js
var SIDES = [46, 44];
var WORDS = 20;
var WAVE = 0.3;
var TIME = 38;
function layoutOf(width, height) {
  const [left, right] = SIDES;
  const wide = Math.max(1, width - left - right);
  const room = Math.max(4, height - 2 * WORDS - TIME);
  const wave = { x: left, y: WORDS, width: wide, height: Math.round(room * WAVE) };
  const top = wave.y + wave.height + WORDS;
  const spectrogram = { x: left, y: top, width: wide, height: room - wave.height };
  return { wave, spectrogram, bottom: top + spectrogram.height };
}

// ui/components/speech_player/browser/marks.js
function drawMarks(pen, player, theme, layout, ratio) {
  const { span, selection } = player;
  const { width, height } = player.size();
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  const { wave, spectrogram } = layout;
  const place = (time) => wave.x + span.toX(time, wave.width);
  for (const box of [wave, spectrogram]) {
    within(pen, { ...box, x: box.x - 2, width: box.width + 4 }, () => {
      if (selection) drawSelection(pen, box, place(selection[0]), place(selection[1]), box === wave ? theme.selection : null);
      if (player.hovered !== null) upright(pen, place(player.hovered), box, "#FFFFFF99", "#00000099", 1);
      upright(pen, place(player.position()), box, "#FF5C5C", "#FFFFFF", 2);
    });
  }
}
function drawSelection(pen, box, from, to, shade) {
  pen.fillStyle = shade ?? "#00000066";
  if (shade) pen.fillRect(from, box.y, to - from, box.height);
  else {
    pen.fillRect(box.x, box.y, Math.max(0, from - box.x), box.height);
    pen.fillRect(Math.max(box.x, to), box.y, Math.max(0, box.x + box.width - Math.max(box.x, to)), box.height);
  }
  for (const x of [from, to]) upright(pen, x, box, "#FFFFFF", "#000000", 2);
}
function upright(pen, x, box, colour, edge, width) {
  pen.fillStyle = edge;
  pen.fillRect(x - width / 2 - 1, box.y, width + 2, box.height);
  pen.fillStyle = colour;
  pen.fillRect(x - width / 2, box.y, width, box.height);
}

// ui/components/speech_player/browser/envelope.js
var STRETCH = 64;
var Envelope = class {
  /** @param {Float32Array} samples */
  constructor(samples) {
    this.samples = samples;
    const count = Math.ceil(samples.length / STRETCH);
    this.lows = new Float32Array(count);
    this.highs = new Float32Array(count);
    for (let i = 0; i < count; i++) {
      const [low, high] = extremes(samples, samples, i * STRETCH, Math.min((i + 1) * STRETCH, samples.length), Infinity, -Infinity);
      this.lows[i] = low;
      this.highs[i] = high;
    }
  }
  /**
   * The extremes of the samples from `first` up to `last`, which is not one of them.
   *
   * @param {number} first
   * @param {number} last
   */
  between(first, last) {
    const { samples } = this;
    const inner = Math.ceil(first / STRETCH), outer = Math.floor(last / STRETCH);
    if (inner >= outer) return extremes(samples, samples, first, last, Infinity, -Infinity);
    const before = extremes(samples, samples, first, inner * STRETCH, Infinity, -Infinity);
    const within2 = extremes(this.lows, this.highs, inner, outer, ...before);
    return extremes(samples, samples, outer * STRETCH, last, ...within2);
  }
};
function extremes(lows, highs, first, last, low, high) {
  for (let i = first; i < last; i++) {
    if (lows[i] < low) low = lows[i];
    if (highs[i] > high) high = highs[i];
  }
  return [low, high];
}

// ui/components/speech_player/browser/span.js
var SHORTEST_SPAN = 0.01;
var Span = class {
  /**
   * @param {number} duration of the sound
   * @param {Range | null} [state] what is seen at first; without, all
   */
  constructor(duration, state2) {
    this.duration = duration;
    this.shortest = Math.min(SHORTEST_SPAN, duration);
    this.from = 0;
    this.to = duration;
    if (state2) this.show(...state2);
  }
  /** @returns {Range} */
  state() {
    return [this.from, this.to];
  }
  get length() {
    return this.to - this.from;
  }
  /**
   * As much of what is asked for as there is, and never less than the shortest.
   *
   * @param {number} from
   * @param {number} to
   */
  show(from, to) {
    const length = Math.min(this.duration, Math.max(this.shortest, to - from));
    this.from = Math.max(0, Math.min(this.duration - length, from));
    this.to = this.from + length;
  }
  whole() {
    this.show(0, this.duration);
  }
  /**
   * Closer by a factor; what is seen at a moment stays where it is.
   *
   * @param {number} factor
   * @param {number} at
   */
  zoom(factor, at) {
    const length = Math.min(this.duration, Math.max(this.shortest, this.length / factor));
    const from = at - (at - this.from) / this.length * length;
    this.show(from, from + length);
  }
  /** @param {number} seconds */
  move(seconds) {
    this.show(this.from + seconds, this.to + seconds);
  }
  /**
   * Turns pages until a moment is seen.
   *
   * @param {number} time
   */
  reveal(time) {
    if (time < this.from || time > this.to) this.show(time - 0.05 * this.length, time + 0.95 * this.length);
  }
  /**
   * @param {number} time
   * @param {number} width pixels
   */
  toX(time, width) {
    return (time - this.from) / this.length * width;
  }
  /**
   * @param {number} x
   * @param {number} width pixels
   */
  toTime(x, width) {
    return this.from + x / width * this.length;
  }
};
function timeTicks(from, to, width, gap = 70) {
  const least = (to - from) * gap / width;
  const unit = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((count) => count * unit).find((step2) => step2 >= least * 0.999) ?? 10 * unit;
  const decimals = Math.max(0, -Math.floor(Math.log10(step * 1.001)));
  const ticks = [];
  for (let count = Math.ceil(from / step - 1e-6); count * step <= to + 1e-9; count++) ticks.push(count * step);
  return { ticks, decimals };
}

// ui/components/in_browser/shared/colours.js
function numbersOf(colour) {
  const part = (at) => parseInt(colour.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}
function between(steps, count) {
  return Array.from({ length: count }, (_, i) => {
    const at = i / (count - 1) * (steps.length - 1);
    const step = Math.min(steps.length - 2, Math.floor(at));
    return mixed(steps[step], steps[step + 1], at - step);
  });
}
function mixed([r, g, b], second, share) {
  return [r + share * (second[0] - r), g + share * (second[1] - g), b + share * (second[2] - b)];
}
function shadesOf(colours, share) {
  const fine = between(colours.map(numbersOf), 256);
  return Uint32Array.from({ length: 256 }, (_, code) => {
    const [r, g, b] = fine[Math.max(0, Math.min(255, Math.round(share(code) * 255)))].map(Math.round);
    return (255 << 24 | b << 16 | g << 8 | r) >>> 0;
  });
}
var READ = /* @__PURE__ */ new Map();
function channels(colour) {
  const known = READ.get(colour);
  if (known) return known;
  const pen = penOf(new OffscreenCanvas(1, 1));
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [r, g, b] = pen.getImageData(0, 0, 1, 1).data;
  const found = [r / 255, g / 255, b / 255];
  READ.set(colour, found);
  return found;
}

// ui/components/in_browser/shared/fourier.js
var RealTransform = class {
  /** @param {number} size how many numbers */
  constructor(size) {
    this.size = size;
    this.half = size / 2;
    this.real = new Float64Array(this.half);
    this.imaginary = new Float64Array(this.half);
    this.cosines = Float64Array.from({ length: size }, (_, i) => Math.cos(2 * Math.PI * i / size));
    this.sines = Float64Array.from({ length: size }, (_, i) => Math.sin(2 * Math.PI * i / size));
    this.places = new Uint32Array(this.half);
    for (let i = 1; i < this.half; i++) this.places[i] = this.places[i >> 1] >> 1 | (i & 1 ? this.half >> 1 : 0);
  }
  /**
   * Adds the squared magnitude at each of the `size / 2 + 1` frequencies to `powers`.
   *
   * @param {ArrayLike<number>} values
   * @param {Float64Array} powers
   */
  addPowers(values, powers) {
    const { half, real, imaginary, cosines, sines, places } = this;
    for (let i = 0; i < half; i++) {
      real[places[i]] = values[2 * i];
      imaginary[places[i]] = values[2 * i + 1];
    }
    this.butterflies();
    for (let k = 0; k <= half; k++) {
      const i = k % half, j = (half - k) % half;
      const evenReal = (real[i] + real[j]) / 2, evenImaginary = (imaginary[i] - imaginary[j]) / 2;
      const oddReal = (imaginary[i] + imaginary[j]) / 2, oddImaginary = (real[j] - real[i]) / 2;
      const c = cosines[k], s = sines[k];
      const x = evenReal + c * oddReal + s * oddImaginary, y = evenImaginary + c * oddImaginary - s * oddReal;
      powers[k] += x * x + y * y;
    }
  }
  butterflies() {
    const { half, real, imaginary, cosines, sines, size } = this;
    for (let length = 2; length <= half; length *= 2) {
      const step = size / length, middle = length / 2;
      for (let start = 0; start < half; start += length) {
        for (let k = 0; k < middle; k++) {
          const c = cosines[k * step], s = sines[k * step], a = start + k, b = a + middle;
          const x = c * real[b] + s * imaginary[b], y = c * imaginary[b] - s * real[b];
          real[b] = real[a] - x;
          imaginary[b] = imaginary[a] - y;
          real[a] += x;
          imaginary[a] += y;
        }
      }
    }
  }
};
function taper(kind, length) {
  const raised = { hann: 0.5, hamming: 0.54 }[kind];
  return Float64Array.from({ length }, (_, i) => raised - (1 - raised) * Math.cos(2 * Math.PI * i / length));
}
var PowerSpectrum = class {
  /**
   * @param {number} length how many samples are under the window
   * @param {number} size how many are transformed: a power of two, and at least as many
   */
  constructor(length, size) {
    this.length = length;
    this.count = size / 2 + 1;
    const window2 = taper("hann", length);
    const sum = window2.reduce((total, weight) => total + weight, 0);
    this.window = window2.map((weight) => 2 * weight / sum);
    this.transform = new RealTransform(size);
    this.frame = new Float64Array(size);
    this.powers = new Float64Array(this.count);
  }
  /**
   * Adds to `powers` those of the frame that begins at sample `first`; outside the samples it is silent.
   *
   * @param {ArrayLike<number>} samples
   * @param {number} first
   */
  add(samples, first) {
    const { window: window2, frame, length } = this;
    for (let i = 0; i < length; i++) {
      const at = first + i;
      frame[i] = at >= 0 && at < samples.length ? samples[at] * window2[i] : 0;
    }
    this.transform.addPowers(frame, this.powers);
  }
};

// ui/components/in_browser/shared/levels.js
var SILENCE = -120;
function toDecibels(power, lowest = SILENCE) {
  return Math.max(lowest, 10 * Math.log10(power));
}

// ui/components/speech_player/browser/spectrum.js
var BANDS = { wide: { seconds: 5e-3 }, narrow: { seconds: 0.03 } };
var MOST_FRAMES = 4;
var LOOKED_AT = 800;
var FAINTEST = -200;
var Spectrum = class {
  /**
   * @param {ArrayLike<number>} samples between -1 and 1; a sine of full scale has 0 dB
   * @param {number} rate hertz
   * @param {number} seconds how long the window is
   */
  constructor(samples, rate, seconds) {
    this.samples = samples;
    this.rate = rate;
    this.length = Math.max(4, 2 * Math.round(seconds * rate / 2));
    this.size = 2 ** Math.ceil(Math.log2(2 * this.length));
    this.spectrum = new PowerSpectrum(this.length, this.size);
    this.count = this.spectrum.count;
  }
  /**
   * Decibels at each frequency, around a sample's number. Each column is the mean of as many frames as fit side by side,
   * four at most. The array is the same each time.
   *
   * @param {number} centre
   * @param {number} [hop] samples between columns
   */
  column(centre, hop = 1) {
    const frames = Math.max(1, Math.min(MOST_FRAMES, Math.floor(2 * hop / this.length)));
    const { powers } = this.spectrum;
    powers.fill(0);
    for (let i = 0; i < frames; i++) {
      this.spectrum.add(this.samples, centre - this.length / 2 + Math.round(((i + 0.5) / frames - 0.5) * hop));
    }
    for (let k = 0; k < this.count; k++) powers[k] = toDecibels(powers[k] / frames, FAINTEST);
    return powers;
  }
  /**
   * The level of one moment at one frequency.
   *
   * @param {number} seconds
   * @param {number} hertz
   */
  levelAt(seconds, hertz) {
    const levels = this.column(Math.round(seconds * this.rate));
    return levels[Math.max(0, Math.min(this.count - 1, Math.round(hertz / this.rate * this.size)))];
  }
  // The level of the loudest point, looked for in frames that are spread evenly; in digital silence 0 dB.
  loudest() {
    const frames = Math.min(LOOKED_AT, Math.ceil(2 * this.samples.length / this.length));
    let most = -Infinity;
    for (let i = 0; i < frames; i++) {
      const levels = this.column(Math.floor((i + 0.5) / frames * this.samples.length));
      for (const level of levels) if (level > most) most = level;
    }
    return most > -190 ? most : 0;
  }
};

// ui/components/speech_player/browser/tiles.js
var TILE = 128;
var FINEST = 8;
var MOST_LEVELS = 400;
var MOST_PICTURES = 100;
var BELOW = 120;
var Tiles = class {
  /**
   * @param {Float32Array} samples
   * @param {number} rate hertz
   * @param {string[]} scale colours from faint to loud
   * @param {Looks} looks
   */
  constructor(samples, rate, scale, looks) {
    this.samples = samples;
    this.rate = rate;
    this.scale = scale;
    this.spectra = /* @__PURE__ */ new Map();
    this.levels = /* @__PURE__ */ new Map();
    this.pictures = /* @__PURE__ */ new Map();
    this.strip = new OffscreenCanvas(1, 1);
    this.looks = looks;
    this.rows = this.rowsFor(looks);
    this.shades = this.shadesFor(looks);
  }
  /**
   * How it is to look. Levels are kept, pictures are made again.
   *
   * @param {Looks} looks
   */
  look(looks) {
    if (JSON.stringify(looks) === JSON.stringify(this.looks)) return;
    this.looks = looks;
    this.pictures.clear();
    this.rows = this.rowsFor(looks);
    this.shades = this.shadesFor(looks);
  }
  /** @param {Looks} looks */
  rowsFor({ axis, band, rows }) {
    return new FrequencyRows(axis, rows, this.band(band).spectrum.count, this.rate / 2);
  }
  /** @param {Looks} looks */
  shadesFor({ range }) {
    return shadesOf(this.scale, (code) => 1 + (code / 2 - BELOW) / range);
  }
  /** @returns {Band} */
  band(name = this.looks.band) {
    let band = this.spectra.get(name);
    if (!band) {
      const spectrum = new Spectrum(this.samples, this.rate, BANDS[name].seconds);
      band = { spectrum, loudest: spectrum.loudest() };
      this.spectra.set(name, band);
    }
    return band;
  }
  /**
   * Samples between columns that are about as close as pixels.
   *
   * @param {Span} span
   * @param {number} pixels
   */
  hopFor(span, pixels) {
    return Math.max(FINEST, 2 ** Math.round(Math.log2(span.length * this.rate / pixels)));
  }
  /**
   * Draws a stretch of time, computing what is not there until a moment on the clock: then coarser tiles take its place.
   * Returns whether all is there.
   *
   * @param {Pen} pen
   * @param {Box} box in pixels of the canvas
   * @param {Span} span
   * @param {number} until milliseconds
   */
  draw(pen, box, span, until) {
    const { rate, strip, looks } = this;
    const hop = this.hopFor(span, box.width);
    const place = (seconds) => seconds * rate / hop + 0.5;
    const first = Math.floor(place(span.from) / TILE), last = Math.floor(place(span.to) / TILE);
    strip.width = (last - first + 1) * TILE;
    strip.height = looks.rows;
    const onto = penOf(strip);
    let complete = true;
    for (let number = first; number <= last; number++) {
      const x = (number - first) * TILE;
      const picture = this.picture(hop, number, complete ? until : 0);
      if (picture) onto.drawImage(picture, x, 0);
      else this.drawCoarser(onto, x, hop, number);
      complete &&= picture !== null;
    }
    const from = place(span.from) - first * TILE, to = place(span.to) - first * TILE;
    pen.drawImage(strip, from, 0, to - from, looks.rows, box.x, box.y, box.width, box.height);
    return complete;
  }
  /**
   * @param {Pen} onto
   * @param {number} x
   * @param {number} hop
   * @param {number} number
   */
  drawCoarser(onto, x, hop, number) {
    for (let coarse = 2 * hop; coarse <= this.samples.length; coarse *= 2) {
      const place = (column) => (column - 0.5) * hop / coarse + 0.5;
      const from = place(number * TILE), to = place((number + 1) * TILE);
      const parent = Math.max(0, Math.floor(from / TILE));
      const picture = this.picture(coarse, parent, 0);
      if (!picture) continue;
      onto.drawImage(picture, Math.max(0, from - parent * TILE), 0, to - from, this.looks.rows, x, 0, TILE, this.looks.rows);
      return;
    }
  }
  /**
   * The picture of a tile; null where its levels are not there and the moment has passed.
   *
   * @param {number} hop
   * @param {number} number
   * @param {number} until milliseconds
   */
  picture(hop, number, until) {
    const key = `${this.looks.band} ${hop} ${number}`;
    const picture = this.pictures.get(key);
    if (picture) return picture;
    if (!this.levels.has(key) && performance.now() >= until) return null;
    const levels = this.levels.get(key) ?? keep(this.levels, key, this.computed(hop, number), MOST_LEVELS);
    return keep(this.pictures, key, this.coloured(levels), MOST_PICTURES);
  }
  /**
   * @param {number} hop
   * @param {number} number
   */
  computed(hop, number) {
    const { spectrum, loudest } = this.band();
    const codes = new Uint8Array(TILE * spectrum.count);
    for (let i = 0; i < TILE; i++) {
      const centre = (number * TILE + i) * hop;
      if (centre - hop > this.samples.length) break;
      const levels = spectrum.column(centre, hop);
      for (let k = 0; k < spectrum.count; k++) {
        codes[i * spectrum.count + k] = Math.max(0, Math.min(255, Math.round(2 * (levels[k] - loudest + BELOW))));
      }
    }
    return codes;
  }
  /** @param {Uint8Array} codes */
  coloured(codes) {
    const { rows, shades, looks } = this;
    const picture = new OffscreenCanvas(TILE, looks.rows);
    const pen = penOf(picture);
    const image = pen.createImageData(TILE, looks.rows);
    const pixels = new Uint32Array(image.data.buffer);
    for (let row = 0; row < looks.rows; row++) {
      for (let i = 0; i < TILE; i++) pixels[row * TILE + i] = shades[Math.round(rows.valueAt(row, codes, i * rows.count))];
    }
    pen.putImageData(image, 0, 0);
    return picture;
  }
};
function keep(made, key, one, most) {
  const [oldest] = made.keys();
  if (made.size >= most) made.delete(oldest);
  made.set(key, one);
  return one;
}

// ui/components/speech_player/browser/opened.js
var OpenedSound = class {
  /**
   * @param {Payload} payload
   * @param {Memory} memory of what a visitor did with it
   * @param {Sound} sound
   * @param {Looks} looks of its spectrogram
   */
  constructor(payload, memory, sound, looks) {
    const { samples, sample_rate: rate, begins, scale } = payload;
    this.payload = payload;
    this.memory = memory;
    this.sound = sound;
    this.samples = samples;
    this.rate = rate;
    this.begins = begins;
    this.duration = samples.length / rate;
    this.span = new Span(this.duration, memory.span);
    this.envelope = new Envelope(samples);
    this.tiles = new Tiles(samples, rate, scale, looks);
  }
};

// ui/components/in_browser/shared/pcm.js
var PCM_FULL_SCALE = 32768;
function fromPcm16(values, peak = 1) {
  return Float32Array.from(values, (value) => value / PCM_FULL_SCALE * peak);
}

// ui/components/speech_player/browser/payload.js
function readSound(bytes) {
  const { header, array } = (
    /** @type {ReturnType<typeof readColumns<Header>>} */
    readColumns(bytes)
  );
  const contour = ({ times, values }) => ({ times: array(times, Float32Array), values: array(values, Float32Array) });
  const intensity = contour(header.intensity), pitch = header.pitch && contour(header.pitch);
  return {
    ...header,
    samples: fromPcm16(array(header.samples, Int16Array), header.peak),
    speech: array(header.speech, Float32Array),
    intensity,
    loudest: intensity.values.reduce((most, level) => Math.max(most, level), -120),
    pitch,
    highest: pitch?.values.reduce((most, hertz) => hertz > most ? hertz : most, 0) ?? 0
  };
}

// ui/components/speech_player/browser/scales.js
var DECIBELS_SHOWN = 60;
var LOWEST_PITCH_AXIS = 300;
var SMALLEST_AMPLITUDE_AXIS = 0.05;
function amplitudeLimit(peak) {
  return Math.max(SMALLEST_AMPLITUDE_AXIS, 1.05 * peak);
}
function intensityLimits(player) {
  const top = Math.min(10, 10 * Math.ceil(player.payload.loudest / 10));
  return [top - DECIBELS_SHOWN, top];
}
function pitchLimit(player) {
  return Math.max(LOWEST_PITCH_AXIS, 100 * Math.ceil(1.2 * player.payload.highest / 100));
}
function drawTimeAxis(pen, player, theme, { wave, spectrogram, bottom }, { ticks, decimals }) {
  const { span } = player;
  pen.textAlign = "center";
  pen.textBaseline = "top";
  for (const tick of ticks) {
    const x = wave.x + span.toX(tick - player.begins, wave.width);
    pen.fillStyle = theme.grid;
    pen.fillRect(x, wave.y, 1, wave.height);
    pen.fillStyle = theme.muted;
    pen.fillRect(x, bottom, 1, 4);
    pen.fillText(fixed(tick, decimals), x, bottom + 6);
  }
  pen.fillStyle = theme.ink;
  pen.fillText("Time (s)", spectrogram.x + spectrogram.width / 2, bottom + 22);
}
function drawScales(pen, player, theme, { wave, spectrogram }) {
  const { payload, rate, settings } = player;
  pen.textBaseline = "alphabetic";
  pen.fillStyle = theme.ink;
  const words = (text, side, box) => {
    pen.textAlign = side;
    pen.fillText(text, side === "left" ? 2 : box.x + box.width + SIDES[1] - 2, box.y - 6);
  };
  words("Amplitude", "left", wave);
  words("Frequency (Hz)", "left", spectrogram);
  if (settings.intensity) words("Intensity (dB)", "right", wave);
  if (settings.pitch && payload.pitch) words("Pitch (Hz)", "right", spectrogram);
  pen.textBaseline = "middle";
  const tick = (text, box, share, side) => {
    const y = Math.max(box.y + 5, Math.min(box.y + box.height - 5, box.y + box.height * (1 - share)));
    pen.fillStyle = theme.muted;
    pen.textAlign = side === "left" ? "right" : "left";
    pen.fillText(text, side === "left" ? box.x - 6 : box.x + box.width + 6, y);
  };
  const limit = amplitudeLimit(payload.peak), amplitude = roundedDown(0.9 * limit);
  for (const value of [-amplitude, 0, amplitude]) tick(signed(value), wave, 0.5 + value / limit / 2, "left");
  for (const hertz of frequencyTicks(settings.axis, rate / 2, spectrogram.height)) {
    tick(String(hertz), spectrogram, AXES[settings.axis].height(hertz, rate / 2), "left");
  }
  if (settings.intensity) {
    const [bottom, top] = intensityLimits(player);
    for (let level = bottom; level <= top; level += 20) tick(signed(level), wave, (level - bottom) / (top - bottom), "right");
  }
  if (settings.pitch && payload.pitch) {
    const most = pitchLimit(player);
    for (let hertz = 0; hertz <= most; hertz += most > 500 ? 200 : 100) tick(String(hertz), spectrogram, hertz / most, "right");
  }
}
function roundedDown(value) {
  const unit = 10 ** Math.floor(Math.log10(value));
  return ([5, 2].find((count) => count * unit <= value) ?? 1) * unit;
}

// ui/components/speech_player/browser/picture.js
var CONTOUR_STEP = 0.01;
function drawPicture(pen, player, theme, layout, ratio, until) {
  const { span, settings } = player;
  const { wave, spectrogram } = layout;
  const { width, height } = player.size();
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = theme.paper;
  pen.fillRect(0, 0, width, height);
  pen.font = `13px ${theme.font}`;
  const complete = drawSpectrogram(pen, player, spectrogram, ratio, until);
  const shown = timeTicks(span.from + player.begins, span.to + player.begins, wave.width);
  drawTimeAxis(pen, player, theme, layout, shown);
  drawWave(pen, player, theme, wave, ratio);
  if (settings.intensity) within(pen, wave, () => drawIntensity(pen, player, theme, wave));
  if (settings.pitch) within(pen, spectrogram, () => drawPitch(pen, player, spectrogram));
  drawScales(pen, player, theme, layout);
  return complete;
}
function drawSpectrogram(pen, player, box, ratio, until) {
  const { x, y, width, height } = box;
  const pixels = { x: Math.round(x * ratio), y: Math.round(y * ratio), width: Math.round(width * ratio), height: Math.round(height * ratio) };
  player.tiles.look(player.looks(pixels.height));
  pen.save();
  pen.setTransform(1, 0, 0, 1, 0, 0);
  const complete = player.tiles.draw(pen, pixels, player.span, until);
  pen.restore();
  return complete;
}
function drawWave(pen, player, theme, box, ratio) {
  const { span, rate, envelope, payload } = player;
  const middle = box.y + box.height / 2, unit = box.height / 2 / amplitudeLimit(payload.peak);
  pen.fillStyle = theme.speech;
  for (let i = 0; i < payload.speech.length; i += 2) {
    const [from, to] = [0, 1].map((end) => box.x + span.toX(payload.speech[i + end] - player.begins, box.width));
    const left = Math.max(box.x, from), right = Math.min(box.x + box.width, to);
    if (right > left) pen.fillRect(left, box.y, right - left, box.height);
  }
  pen.fillStyle = theme.grid;
  pen.fillRect(box.x, middle, box.width, 1);
  pen.fillStyle = pen.strokeStyle = theme.wave;
  if (span.length * rate / (box.width * ratio) < 2) {
    within(pen, box, () => drawSamples(pen, player, box, middle, unit));
    return;
  }
  const columns = Math.round(box.width * ratio);
  const at = (column) => Math.round((span.from + column / columns * span.length) * rate);
  for (let column = 0; column < columns; column++) {
    const [low, high] = envelope.between(at(column), at(column + 1));
    const top = middle - high * unit;
    if (high >= low) pen.fillRect(box.x + column / ratio, top, 1 / ratio, Math.max(1, (high - low) * unit));
  }
}
function drawSamples(pen, player, box, middle, unit) {
  const { span, rate, samples } = player;
  const first = Math.max(0, Math.floor(span.from * rate) - 1), last = Math.min(samples.length - 1, Math.ceil(span.to * rate) + 1);
  const place = (i) => [box.x + span.toX(i / rate, box.width), middle - samples[i] * unit];
  pen.beginPath();
  for (let i = first; i <= last; i++) pen.lineTo(...place(i));
  pen.lineWidth = 1.5;
  pen.stroke();
  if (box.width / (span.length * rate) < 6) return;
  for (let i = first; i <= last; i++) {
    const [x, y] = place(i);
    pen.fillRect(x - 2, y - 2, 4, 4);
  }
}
function drawIntensity(pen, player, theme, box) {
  const [bottom, top] = intensityLimits(player);
  const y = (level) => box.y + box.height * (1 - (level - bottom) / (top - bottom));
  const apart = 2 * player.span.length / box.width;
  const line = apart > CONTOUR_STEP ? loudestWithin(player.payload.intensity, apart, player) : player.payload.intensity;
  trace(pen, player, box, line, y, [[theme.paper, 4], [theme.intensity, 1.75]], Math.max(CONTOUR_STEP, apart));
}
function drawPitch(pen, player, box) {
  if (!player.payload.pitch) return;
  const limit = pitchLimit(player);
  const strokes = [["#000000", 5], ["#FFFFFF", 2.5]];
  trace(pen, player, box, player.payload.pitch, (hertz) => box.y + box.height * (1 - hertz / limit), strokes, CONTOUR_STEP);
}

// ui/components/speech_player/browser/sound.js
var QUIETEST = -60;
var Sound = class {
  /**
   * @param {Float32Array<ArrayBuffer>} samples
   * @param {number} rate hertz
   * @param {() => void} ended called when a sound has come to its end by itself
   */
  constructor(samples, rate, ended) {
    this.samples = samples;
    this.rate = rate;
    this.ended = ended;
    this.source = null;
    this.output = null;
    this.way = null;
  }
  get playing() {
    return this.source !== null;
  }
  /**
   * From a moment to the end of a range, or around in the range without end.
   *
   * @param {number} at
   * @param {Range} range
   * @param {boolean} loop
   */
  async play(at, [from, to], loop) {
    this.pause();
    const { context, buffer, meter } = this.output ??= this.open();
    await context.resume();
    this.pause();
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.loop = loop;
    [source.loopStart, source.loopEnd] = [from, to];
    source.connect(meter);
    this.way = { at, from, to, loop, began: context.currentTime };
    source.onended = () => {
      if (this.source !== source) return;
      this.source = null;
      this.ended();
    };
    this.source = source;
    if (loop) source.start(0, at);
    else source.start(0, at, to - at);
  }
  /** @returns {Output} */
  open() {
    const context = new AudioContext();
    const buffer = context.createBuffer(1, this.samples.length, this.rate);
    buffer.copyToChannel(this.samples, 0);
    const meter = context.createAnalyser();
    meter.connect(context.destination);
    return { context, buffer, meter, heard: new Float32Array(meter.fftSize) };
  }
  pause() {
    const { source } = this;
    this.source = null;
    source?.stop();
  }
  // What is heard now, in seconds from the first sample.
  position() {
    if (!this.way || !this.output) return 0;
    const { at, from, to, loop, began } = this.way;
    const { currentTime, outputLatency } = this.output.context;
    const passed = Math.max(0, currentTime - (outputLatency || 0) - began);
    return loop ? from + (at - from + passed) % (to - from) : Math.min(to, at + passed);
  }
  // Decibels relative to full scale.
  level() {
    if (!this.output) return QUIETEST;
    const { meter, heard } = this.output;
    meter.getFloatTimeDomainData(heard);
    const power = heard.reduce((sum, value) => sum + value * value, 0) / heard.length;
    return toDecibels(power, QUIETEST);
  }
  end() {
    this.pause();
    this.output?.context.close();
  }
};

// ui/components/speech_player/browser/theme.js
function themeOf(figure) {
  const style = getComputedStyle(figure);
  const paper = channels(style.backgroundColor), text = channels(style.color);
  const dark = paper[0] + paper[1] + paper[2] < 1.5;
  const ink = (share) => `rgb(${mixed(paper, text, share).map((part) => Math.round(255 * part)).join(" ")})`;
  return {
    paper: style.backgroundColor,
    ink: style.color,
    muted: ink(0.75),
    grid: ink(0.13),
    font: style.fontFamily,
    wave: dark ? "#7FB9D6" : "#1B5E7D",
    speech: dark ? "#7FB9D626" : "#1B5E7D1A",
    intensity: dark ? "#FFB07A" : "#B3541E",
    selection: dark ? "#FFFFFF33" : "#0E161C26"
  };
}

// ui/components/speech_player/browser/player.js
var WORK = 9;
var SpeechPlayer = class {
  /**
   * @param {HTMLElement} figure
   * @param {Memories} memories
   */
  constructor(figure, memories2) {
    this.figure = figure;
    Object.assign(figure, { speechPlayer: this });
    this.memories = memories2;
    this.settings = memories2.settings;
    this.find = finder(figure);
    this.canvas = this.find(".picture", HTMLCanvasElement);
    this.marks = this.find(".marks", HTMLCanvasElement);
    this.pens = { picture: this.canvas.getContext("2d"), marks: this.marks.getContext("2d") };
    this.answers = new Answers();
    this.hovered = null;
    this.theme = void 0;
    this.frame = null;
    this.marking = null;
    this.seenBefore = false;
    this.opened = null;
    this.ended = new AbortController();
    this.gestures = new Gestures(this);
    this.fields = new RangeFields(this.find);
    this.controls = new Controls(this);
    listener(this.ended.signal)(figure, "transitionend", (event) => {
      if (event.target === figure && this.opened) this.dress();
    });
    const resized = new ResizeObserver(() => this.draw());
    resized.observe(this.canvas);
    this.ended.signal.addEventListener("abort", () => resized.disconnect());
  }
  /**
   * Another call of the component: a new sound, a new theme, or neither.
   *
   * @param {Uint8Array} bytes
   * @param {Send} setStateValue
   */
  update(bytes, setStateValue) {
    this.setStateValue = setStateValue;
    const missing = Object.values(this.pens).includes(null) || !("AudioContext" in globalThis && "OffscreenCanvas" in globalThis);
    if (missing) {
      this.giveUp();
      return;
    }
    if (readHeader(bytes).header.digest !== this.opened?.payload.digest) this.open(readSound(bytes));
    this.dress();
  }
  // In the colours of the page.
  dress() {
    const theme = themeOf(this.figure);
    if (JSON.stringify(theme) !== JSON.stringify(this.theme)) {
      this.theme = theme;
      this.draw();
    }
  }
  /** @param {Payload} payload */
  open(payload) {
    this.opened?.sound.end();
    const sound = new Sound(payload.samples, payload.sample_rate, () => this.atTheEnd());
    const looks = this.looks(Math.round(this.layout().spectrogram.height * pixelsOfUnit()));
    this.opened = new OpenedSound(payload, this.memories.of(payload.digest), sound, looks);
    this.figure.setAttribute("aria-label", payload.title);
    this.canvas.setAttribute("aria-label", payload.title);
    this.find(".ask").hidden = !payload.reads;
    this.fields.limit([this.begins, this.begins + this.duration]);
    this.controls.show();
    this.choose(this.memory.selection);
    this.showPlaying();
    this.answers = new Answers(this.answer(null));
    this.send();
    this.draw();
  }
  /** What is open; nothing here is pressed or drawn before a sound is. */
  get shown() {
    if (!this.opened) throw new Error("Expected an open sound; there is none yet.");
    return this.opened;
  }
  get payload() {
    return this.shown.payload;
  }
  get samples() {
    return this.shown.samples;
  }
  get rate() {
    return this.shown.rate;
  }
  get begins() {
    return this.shown.begins;
  }
  get duration() {
    return this.shown.duration;
  }
  get memory() {
    return this.shown.memory;
  }
  get span() {
    return this.shown.span;
  }
  get envelope() {
    return this.shown.envelope;
  }
  get tiles() {
    return this.shown.tiles;
  }
  get sound() {
    return this.shown.sound;
  }
  get selection() {
    return this.memory.selection;
  }
  // ---------------------------------------------------------------------- drawing
  size() {
    return sizeOf(this.canvas);
  }
  layout() {
    const { width, height } = this.size();
    return layoutOf(width, height);
  }
  /**
   * How the spectrogram is to look.
   *
   * @param {number} rows pixels
   * @returns {Looks}
   */
  looks(rows) {
    const { band, axis, range } = this.settings;
    return { band, axis, range, rows };
  }
  draw() {
    delete this.figure.dataset.drawn;
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (this.opened && this.theme) this.drawNow(this.theme);
    });
  }
  /** @param {Theme} theme */
  drawNow(theme) {
    const { picture, marks } = this.pens;
    if (!picture || !marks) return;
    const ratio = pixelsOfUnit();
    for (const canvas of [this.canvas, this.marks]) fit(canvas, this.size(), ratio);
    const layout = this.layout();
    const complete = drawPicture(picture, this, theme, layout, ratio, performance.now() + WORK);
    drawMarks(marks, this, theme, layout, ratio);
    this.memory.span = this.span.state();
    if (complete) this.figure.dataset.drawn = this.payload.digest;
    else this.draw();
  }
  // Draw only what lies over the picture.
  mark() {
    this.marking ??= requestAnimationFrame(() => {
      this.marking = null;
      const { pens: { marks }, theme } = this;
      if (!this.opened || !theme || !marks) return;
      drawMarks(marks, this, theme, this.layout(), pixelsOfUnit());
      if (this.sound.playing) this.follow();
    });
  }
  follow() {
    this.find(".level", HTMLMeterElement).value = this.sound.level();
    const now = this.position();
    if (this.seenBefore && now > this.span.to) this.see((span) => span.reveal(now));
    this.seenBefore = now >= this.span.from && now <= this.span.to;
    this.mark();
  }
  /** @param {(span: Span) => void} change */
  see(change) {
    change(this.span);
    this.describe();
    this.draw();
  }
  /** @param {string | undefined} how */
  look(how) {
    const middle = (this.span.from + this.span.to) / 2;
    const { cursor } = this.memory;
    const at = cursor >= this.span.from && cursor <= this.span.to ? cursor : middle;
    this.see((span) => {
      if (how === "whole") span.whole();
      else if (how === "selection") span.show(...this.selection ?? span.state());
      else span.zoom(how === "in" ? CLOSER : 1 / CLOSER, at);
    });
  }
  /**
   * @param {number | null} time
   * @param {number} [y] units of the canvas
   */
  hover(time, y = 0) {
    this.hovered = time;
    if (time !== null) {
      const { spectrogram: box } = this.layout();
      const inside = y >= box.y && y <= box.y + box.height;
      this.find(".readout").textContent = readout(this, time, inside ? 1 - (y - box.y) / box.height : null);
    } else this.describe();
    this.mark();
  }
  describe() {
    const words = state(this);
    if (this.hovered === null) this.find(".readout").textContent = words;
    clearTimeout(this.saying);
    this.saying = setTimeout(() => {
      this.find(".unseen").textContent = words;
    }, 400);
  }
  // ---------------------------------------------------------------------- playing
  position() {
    return this.sound.playing ? this.sound.position() : this.memory.cursor;
  }
  toggle() {
    if (this.sound.playing) {
      this.memory.cursor = this.position();
      this.sound.pause();
      this.showPlaying();
    } else this.play(this.memory.cursor);
  }
  /**
   * From a moment in what is to be played, else from its beginning.
   *
   * @param {number} at
   */
  async play(at) {
    const range = this.selection ?? [0, this.duration];
    const inside = at >= range[0] && at < range[1] - 0.01;
    try {
      await this.sound.play(inside ? at : range[0], range, this.settings.loop);
    } catch (error) {
      this.find(".readout").textContent = `This browser cannot play it: ${error instanceof Error ? error.message : error}`;
    }
    this.seenBefore = true;
    this.showPlaying();
  }
  atTheEnd() {
    this.memory.cursor = this.selection?.[0] ?? 0;
    this.showPlaying();
  }
  /** @param {number} time */
  moveTo(time) {
    this.memory.cursor = this.snapped(time);
    if (this.sound.playing) this.play(this.memory.cursor);
    this.see((span) => span.reveal(this.memory.cursor));
  }
  showPlaying() {
    const { playing } = this.sound;
    this.find(".play").textContent = playing ? "Pause" : this.selection ? "Play selection" : "Play";
    if (!playing) this.find(".level", HTMLMeterElement).value = QUIETEST;
    this.mark();
  }
  // ---------------------------------------------------------------------- selecting
  /**
   * To whole milliseconds of the recording, inside the sound.
   *
   * @param {number} time
   */
  snapped(time) {
    const rounded = Math.round((time + this.begins) * 1e3) / 1e3 - this.begins;
    return Math.max(0, Math.min(this.duration, rounded));
  }
  /** @param {Range | null} selection */
  choose(selection) {
    const [from, to] = (selection ?? [0, 0]).map((time) => this.snapped(time)).sort((a, b) => a - b);
    this.memory.selection = to - from >= SHORTEST_SELECTION / 2 ? [from, to] : null;
    this.fields.show(this.selection && [from + this.begins, to + this.begins]);
    for (const button of buttonsIn(this.figure, ".needs-selection")) button.disabled = !this.selection;
    this.find(".clear", HTMLButtonElement).disabled = !this.selection && !this.memory.asked;
    this.describe();
    this.showPlaying();
  }
  // A new selection is complete: what plays now plays in it.
  settle() {
    if (this.sound.playing) this.play(this.position());
  }
  // What stands in the two fields is taken.
  type() {
    const typed = this.fields.read();
    if (typed === "refused") return;
    if (typed === "nothing") {
      this.choose(null);
      return;
    }
    this.choose([typed[0] - this.begins, typed[1] - this.begins]);
    this.memory.cursor = this.snapped(typed[0] - this.begins);
    this.settle();
    this.see((span) => span.reveal(this.memory.cursor));
  }
  clear() {
    this.memory.asked = null;
    this.choose(null);
    this.send();
  }
  ask() {
    this.memory.asked = this.selection;
    this.find(".clear", HTMLButtonElement).disabled = false;
    this.send();
  }
  /** @param {Range | null} part */
  answer(part) {
    const [start, end] = part ? part.map((time) => Math.round((time + this.begins) * 1e3) / 1e3) : [null, null];
    return { digest: this.payload.digest, start, end, missing: false };
  }
  send() {
    if (this.setStateValue) this.answers.send(this.setStateValue, this.answer(this.memory.asked));
  }
  // ---------------------------------------------------------------------- when it goes wrong, and the end
  giveUp() {
    const place = this.find(".trouble");
    place.hidden = false;
    place.textContent = "This browser cannot draw or play here; plainer pictures take the place of this one.";
    if (this.ended.signal.aborted) return;
    this.ended.abort();
    this.setStateValue?.("answer", { missing: true });
  }
  end() {
    this.ended.abort();
    clearTimeout(this.saying);
    for (const asked of [this.frame, this.marking]) if (asked !== null) cancelAnimationFrame(asked);
    this.opened?.sound.end();
  }
};

// ui/components/speech_player/browser/main.js
var memories = new Memories();
var main_default = mounting("figure.player", (figure) => new SpeechPlayer(figure, memories));
export {
  main_default as default
};
