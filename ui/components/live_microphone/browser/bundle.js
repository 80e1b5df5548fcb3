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
function stateOf(canvas) {
  return `${canvas.clientWidth} ${canvas.clientHeight} ${pixelsOfUnit()}`;
}
function fitToScreen(canvas, pen) {
  const size = sizeOf(canvas);
  const ratio = pixelsOfUnit();
  fit(canvas, size, ratio);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  return size;
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
var Variables = class {
  /**
   * @param {HTMLElement} element on which they are read
   * @param {string[]} names
   */
  constructor(element, names) {
    this.element = element;
    this.names = names;
    this.written = "";
    this.colours = [];
  }
  /**
   * The colours, in the order of their names. They are found anew only after a change of what is written or of the theme: to
   * find one, the browser styles the element and everything in it, which takes longer than a picture that moves has time.
   */
  read() {
    const style = getComputedStyle(this.element);
    const variables = this.names.map((name) => style.getPropertyValue(name));
    const written = [style.color, style.backgroundColor, style.colorScheme, ...variables].join("; ");
    if (written !== this.written) {
      this.written = written;
      this.colours = this.names.map((name) => colourOn(this.element, `var(${name})`));
    }
    return this.colours;
  }
};
function colourOn(element, colour) {
  const before = element.style.caretColor;
  element.style.caretColor = colour;
  const found = getComputedStyle(element).caretColor;
  element.style.caretColor = before;
  return found;
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
var turned = (line2, degrees) => {
  const [c, s] = [Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180)];
  return line2.map(([x, y]) => [c * x - s * y, s * x + c * y]);
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
function traceSymbol(pen, name, [x, y], radius) {
  pen.beginPath();
  for (const [dx, dy] of symbolLine(name)) pen.lineTo(x + radius * dx, y + radius * dy);
  pen.closePath();
}
function symbolPicture(name, colour) {
  const picture = svg("svg", { viewBox: "-1.2 -1.2 2.4 2.4", "aria-hidden": "true" });
  const points = symbolLine(name).map((place) => place.join(",")).join(" ");
  svg("polygon", { points, fill: colour, style: "stroke: var(--edge); stroke-width: 0.16" }, picture);
  return picture;
}
function nonePicture() {
  const picture = svg("svg", { viewBox: "-1.2 -1.2 2.4 2.4", "aria-hidden": "true", class: "none" });
  const style = "fill: none; stroke: currentColor; stroke-width: 0.16";
  svg("circle", { r: 1, style }, picture);
  const stripes = [-1.2, -0.6, 0, 0.6, 1.2].map((at) => {
    const half = Math.sqrt(1 - at * at / 2) / Math.SQRT2;
    return `M${at / 2 - half} ${at / 2 + half}L${at / 2 + half} ${at / 2 - half}`;
  });
  svg("path", { d: stripes.join(""), style }, picture);
  return picture;
}

// ui/components/in_browser/shared/marker.js
function mark(pen, symbol, place, radius, colour, edge) {
  traceSymbol(pen, symbol, place, radius);
  pen.fillStyle = colour;
  pen.fill();
  pen.lineWidth = 1;
  pen.strokeStyle = edge;
  pen.stroke();
}
var STRIPES = 5;
function markNone(pen, place, radius, ink, paper) {
  mark(pen, "circle", place, radius + 1.5, paper, paper);
  const [x, y] = place;
  pen.save();
  traceSymbol(pen, "circle", place, radius);
  pen.clip();
  pen.beginPath();
  for (let at = -2 * radius; at <= 2 * radius; at += STRIPES) {
    pen.moveTo(x + at - radius, y + radius);
    pen.lineTo(x + at + radius, y - radius);
  }
  pen.lineWidth = 2;
  pen.strokeStyle = ink;
  pen.stroke();
  pen.restore();
  traceSymbol(pen, "circle", place, radius);
  pen.lineWidth = 2;
  pen.strokeStyle = ink;
  pen.stroke();
}

// ui/components/in_browser/shared/dial.js
var TEXT = 15;
var NAME = 36;
var TICK = 30;
function sectorOf({ side, range }, angle) {
  const at = side * angle;
  return { at, from: at - range, to: at + range, inside: angle <= range };
}
var radians = (degrees) => degrees * Math.PI / 180;
var around2 = (degrees, radius, [x, y]) => [x + radius * Math.sin(radians(degrees)), y - radius * Math.cos(radians(degrees))];
var Dial = class {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.classes = [];
    this.theme = { text: "", paper: "", font: "", line: "" };
    this.shown = void 0;
    this.size = "";
  }
  /**
   * @param {DialClass[]} classes
   * @param {DialTheme} theme
   */
  set(classes, theme) {
    this.classes = classes;
    this.theme = theme;
    this.shown = void 0;
  }
  /**
   * Draws a judgement; the empty dial without one.
   *
   * @param {Judgement | null} judged
   */
  show(judged) {
    const { canvas, theme } = this;
    const size = stateOf(canvas);
    if (judged === this.shown && size === this.size) return;
    this.shown = judged;
    this.size = size;
    const pen = penOf(canvas);
    const { width, height } = fitToScreen(canvas, pen);
    pen.clearRect(0, 0, width, height);
    pen.font = `bold ${TEXT}px ${theme.font}`;
    const beside = Math.max(0, ...this.classes.map(({ name }) => pen.measureText(name).width)) + 22;
    const radius = Math.max(30, Math.min(width / 2 - beside, height / 2 - 24));
    const frame = { middle: [width / 2, height / 2 + 10], radius, height };
    this.drawRim(pen, frame);
    canvas.setAttribute("aria-label", this.words(judged));
    if (!judged?.angles) return;
    const { angles } = judged;
    const sectors = this.classes.map((one, i) => sectorOf(one, angles[i]));
    this.drawRanges(pen, frame, sectors);
    this.drawHand(pen, frame);
    this.drawClasses(pen, frame, sectors, judged.verdict);
  }
  /** @param {Judgement | null} judged */
  words(judged) {
    if (!judged?.angles) return "Angle dial without a judgement";
    const { angles } = judged;
    const told = this.classes.map(({ name, range }, i) => {
      const where = angles[i] <= range ? "inside" : "outside";
      return `${name} ${Math.round(angles[i])}°, ${where} its range of ${Math.round(range)}°`;
    });
    return `Angle dial: from the recording to ${told.join("; ")}`;
  }
  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {Frame} frame
   */
  drawRim(pen, { middle, radius }) {
    pen.strokeStyle = this.theme.line;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.arc(...middle, radius, 0, 2 * Math.PI);
    for (let at = 0; at < 360; at += TICK) {
      pen.moveTo(...around2(at, radius - (at % 90 ? 4 : 9), middle));
      pen.lineTo(...around2(at, radius, middle));
    }
    pen.stroke();
  }
  /**
   * A ring for each class, so that ranges never cover each other; where the hand crosses a band, the recording lies in it.
   *
   * @param {CanvasRenderingContext2D} pen
   * @param {Frame} frame
   * @param {Sector[]} sectors
   */
  drawRanges(pen, { middle, radius }, sectors) {
    const wide = 0.72 * radius / sectors.length;
    sectors.forEach(({ from, to, inside }, i) => {
      pen.strokeStyle = this.classes[i].colour;
      pen.globalAlpha = inside ? 0.85 : 0.22;
      pen.lineWidth = 0.8 * wide;
      pen.beginPath();
      pen.arc(...middle, 0.94 * radius - (i + 0.5) * wide, radians(from - 90), radians(to - 90));
      pen.stroke();
    });
    pen.globalAlpha = 1;
  }
  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {Frame} frame
   */
  drawHand(pen, { middle, radius }) {
    const tip = around2(0, radius + 2, middle);
    pen.lineCap = "round";
    for (const { wide, colour } of [{ wide: 8, colour: this.theme.paper }, { wide: 4, colour: this.theme.text }]) {
      pen.strokeStyle = colour;
      pen.lineWidth = wide;
      pen.beginPath();
      pen.moveTo(...middle);
      pen.lineTo(...tip);
      pen.stroke();
    }
    pen.lineCap = "butt";
    pen.fillStyle = this.theme.text;
    pen.beginPath();
    pen.arc(...middle, 6, 0, 2 * Math.PI);
    pen.fill();
    pen.font = `${TEXT}px ${this.theme.font}`;
    pen.textAlign = "center";
    pen.textBaseline = "alphabetic";
    pen.fillText("this voice", tip[0], tip[1] - 8);
  }
  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {Frame} frame
   * @param {Sector[]} sectors
   * @param {string | null} verdict
   */
  drawClasses(pen, frame, sectors, verdict) {
    const { middle, radius } = frame;
    const heights = nameHeights(frame, sectors);
    sectors.forEach(({ at }, i) => {
      const { name, colour, symbol } = this.classes[i];
      const isAnswer = name === verdict;
      const place = around2(at, radius, middle);
      const way = at >= 0 ? 1 : -1;
      const x = middle[0] + way * (radius + 16);
      line(pen, middle, place, colour, isAnswer ? 3 : 1.25);
      line(pen, [place[0] + way * 9, place[1]], [x - way * 3, heights[i]], this.theme.line, 1);
      mark(pen, symbol, place, isAnswer ? 11 : 8, colour, this.theme.text);
      pen.fillStyle = this.theme.text;
      pen.textAlign = way > 0 ? "left" : "right";
      pen.textBaseline = "middle";
      pen.font = `${isAnswer ? "bold " : ""}${TEXT}px ${this.theme.font}`;
      pen.fillText(name, x, heights[i] - TEXT / 2);
      pen.font = `${TEXT}px ${this.theme.font}`;
      pen.fillText(`${Math.round(Math.abs(at))}°`, x, heights[i] + TEXT / 2);
    });
  }
};
function nameHeights({ middle, radius, height }, sectors) {
  const found = sectors.map(({ at }) => around2(at, radius, middle)[1]);
  for (const right of [true, false]) {
    const side = [...found.keys()].filter((i) => sectors[i].at >= 0 === right).sort((a, b) => found[a] - found[b]);
    side.forEach((i, n) => {
      if (n) found[i] = Math.max(found[i], found[side[n - 1]] + NAME);
    });
    side.reverse().forEach((i, n) => {
      found[i] = Math.min(found[i], height - (n + 0.5) * NAME);
    });
  }
  return found;
}
function line(pen, from, to, colour, wide) {
  pen.strokeStyle = colour;
  pen.lineWidth = wide;
  pen.beginPath();
  pen.moveTo(...from);
  pen.lineTo(...to);
  pen.stroke();
}

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

// ui/components/in_browser/shared/pcm.js
var PCM_FULL_SCALE = 32768;
function toPcm16(samples) {
  const values = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) {
    values[i] = Math.max(-PCM_FULL_SCALE, Math.min(PCM_FULL_SCALE - 1, Math.round(samples[i] * PCM_FULL_SCALE)));
  }
  return values;
}
function fromPcm16(values, peak = 1) {
  return Float32Array.from(values, (value) => value / PCM_FULL_SCALE * peak);
}
function toBase64(values) {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  let text = "";
  for (let first = 0; first < bytes.length; first += 32768) {
    text += String.fromCharCode(...bytes.subarray(first, first + 32768));
  }
  return btoa(text);
}
function fromBase64(text) {
  return new Int16Array(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
}

// ui/components/live_microphone/browser/audio_clock.js
var WATCHED = 5e3;
var DRIFT = 10;
var AudioClock = class {
  constructor() {
    this.former = this.newest = Infinity;
    this.turned = void 0;
    this.lost = 0;
  }
  /**
   * When the audio thread sent a message, in milliseconds of the page's clock.
   *
   * @param {number} at when it was sent, in seconds of the audio clock
   * @param {number} now when it was received, in milliseconds of the page's clock
   */
  read(at, now) {
    this.turned ??= now;
    if (now - this.turned >= WATCHED) this.turn(now);
    this.newest = Math.min(this.newest, now - 1e3 * at);
    return Math.min(now, 1e3 * at + Math.min(this.former, this.newest));
  }
  /** @param {number} now */
  turn(now) {
    const behind = this.newest - this.former;
    if (Number.isFinite(behind) && Math.abs(behind) > DRIFT) this.lost = Math.max(0, this.lost + behind);
    [this.former, this.newest, this.turned] = [this.newest, Infinity, now];
  }
};

// ui/components/in_browser/shared/numbers.js
function fixed(value, decimals) {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

// ui/components/live_microphone/browser/class_panel.js
var WIDEST = 180;
var ClassPanel = class {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    this.classes = [];
    this.rows = [];
    this.shown = void 0;
  }
  /** @param {Model} model */
  set({ classes }) {
    this.classes = classes;
    this.rows = classes.map((one) => {
      const row = document.createElement("li");
      row.style.setProperty("--colour", one.colour);
      row.style.setProperty("--range", String(one.range / WIDEST));
      const name = textual("span", "name", one.name);
      name.prepend(symbolPicture(one.symbol, one.colour));
      const chance = textual("span", "chance", "");
      const track = textual("span", "track", "");
      track.title = `90 % of known ${one.name} speech lies within ${fixed(one.range, 0)}° (the band)`;
      const needle = textual("span", "needle", "");
      needle.append(symbolPicture(one.symbol, one.colour));
      track.append(textual("span", "band", ""), needle);
      const angle = textual("span", "angle", "");
      row.append(name, chance, track, angle);
      return { row, chance, angle };
    });
    this.place.replaceChildren(...this.rows.map(({ row }) => row));
    this.show(null);
  }
  /** @param {Prediction | null} prediction */
  show(prediction) {
    if (prediction === this.shown) return;
    this.shown = prediction;
    this.rows.forEach(({ row, chance, angle }, i) => {
      const { angles, probabilities } = prediction ?? {};
      row.classList.toggle("unknown", !angles);
      if (!angles || !probabilities) {
        chance.textContent = angle.textContent = "–";
        return;
      }
      row.classList.toggle("inside", angles[i] <= this.classes[i].range);
      row.style.setProperty("--share", String(probabilities[i]));
      row.style.setProperty("--at", String(angles[i] / WIDEST));
      chance.textContent = `${Math.round(100 * probabilities[i])} %`;
      angle.textContent = `${Math.round(angles[i])}°`;
    });
  }
};
function verdictOf(prediction, model) {
  const { verdict = null, angles } = prediction ?? {};
  if (!angles) return { verdict: "", sentence: "" };
  if (angles.length !== model.classes.length) return { verdict: verdict ?? "", sentence: "" };
  const nearest = angles.indexOf(Math.min(...angles));
  const chosen = model.classes.findIndex((one) => one.name === verdict);
  const about = (i) => {
    const { name, range } = model.classes[i];
    return `${Math.round(angles[i])}° from ${name}; 90 % of ${name} speech lies within ${Math.round(range)}°.`;
  };
  if (chosen < 0) {
    const outside2 = "Outside the range of every emotion of this model.";
    return { verdict: verdict ?? "", sentence: `${about(nearest)} ${outside2} ${model.classes[nearest].worth}` };
  }
  const outside = angles[chosen] > model.classes[chosen].range ? " That is outside its own range: uncertain." : "";
  return { verdict: verdict ?? "", sentence: about(chosen) + outside + rival(prediction, chosen, nearest, model) };
}
function rival(prediction, chosen, nearest, { classes }) {
  const { angles, probabilities } = prediction ?? {};
  if (!angles || !probabilities) return "";
  const likely = probabilities.indexOf(Math.max(...probabilities));
  const begun = (i) => ` ${classes[i].name[0].toUpperCase()}${classes[i].name.slice(1)}`;
  if (nearest !== chosen) return `${begun(nearest)} is nearer, ${Math.round(angles[nearest])}°${likely === chosen ? ", but less probable" : ""}.`;
  if (likely !== chosen) return `${begun(likely)} is more probable, ${Math.round(100 * probabilities[likely])} %, but farther off.`;
  return "";
}
function textual(kind, name, text) {
  const element = document.createElement(kind);
  element.className = name;
  element.textContent = text;
  return element;
}

// bundled-text:ui/components/in_browser/audio_thread/capture.js
var capture_default = '// ui/components/in_browser/audio_thread/resampler.js\nvar CROSSINGS = 40;\nvar KEPT_BAND = 0.97;\nvar KAISER = 8;\nvar RING = 4096;\nfunction greatestDivisor(a, b) {\n  return b ? greatestDivisor(b, a % b) : a;\n}\nfunction bessel(x) {\n  let [sum, term] = [1, 1];\n  for (let k = 1; term > 1e-12 * sum; k++) sum += term *= (x / (2 * k)) ** 2;\n  return sum;\n}\nvar Resampler = class {\n  /**\n   * @param {number} from hertz\n   * @param {number} to hertz\n   */\n  constructor(from, to) {\n    const divisor = greatestDivisor(from, to);\n    this.up = to / divisor;\n    this.down = from / divisor;\n    const cutoff = 0.5 * KEPT_BAND * Math.min(1, to / from);\n    this.half = Math.min(RING / 4, Math.ceil(CROSSINGS / (2 * cutoff)));\n    this.filters = Array.from({ length: this.up }, (_, phase) => filterOf(phase / this.up, cutoff, this.half));\n    this.past = new Float32Array(RING);\n    this.heard = 0;\n    this.given = 0;\n  }\n  /**\n   * Adds samples.\n   *\n   * @param {Float32Array} samples\n   * @param {(sample: number) => void} give called with each resampled sample\n   */\n  take(samples, give) {\n    for (const sample of samples) {\n      this.past[this.heard++ & RING - 1] = sample;\n      for (; ; ) {\n        const place = this.given * this.down;\n        const centre = Math.floor(place / this.up);\n        if (centre + this.half >= this.heard) break;\n        const filter = this.filters[place % this.up];\n        let sum = 0;\n        for (let i = 0; i < filter.length; i++) sum += filter[i] * this.past[centre - this.half + 1 + i & RING - 1];\n        this.given++;\n        give(sum);\n      }\n    }\n  }\n};\nfunction filterOf(fraction, cutoff, half) {\n  const weights = Float32Array.from({ length: 2 * half }, (_, i) => {\n    const x = i - half + 1 - fraction;\n    const window = Math.abs(x) < half ? bessel(KAISER * Math.sqrt(1 - (x / half) ** 2)) / bessel(KAISER) : 0;\n    return (x === 0 ? 2 * cutoff : Math.sin(2 * Math.PI * cutoff * x) / (Math.PI * x)) * window;\n  });\n  const sum = weights.reduce((a, b) => a + b, 0);\n  return weights.map((weight) => weight / sum);\n}\n\n// ui/components/in_browser/audio_thread/capture.js\nvar CaptureProcessor = class extends AudioWorkletProcessor {\n  /** @param {{ processorOptions: { rate: number, step: number } }} options rate in hertz, step in samples */\n  constructor({ processorOptions: { rate, step } }) {\n    super();\n    this.resampler = sampleRate === rate ? null : new Resampler(sampleRate, rate);\n    this.block = new Float32Array(step);\n    this.filled = 0;\n  }\n  /**\n   * @param {Float32Array[][]} inputs the channels of each; none while nothing is connected\n   * @returns {boolean} whether to go on\n   */\n  process([channels]) {\n    if (channels.length) {\n      const mono = channels.length === 1 ? channels[0] : averaged(channels);\n      if (this.resampler) this.resampler.take(mono, (sample) => this.give(sample));\n      else mono.forEach((sample) => this.give(sample));\n    }\n    return true;\n  }\n  /** @param {number} sample */\n  give(sample) {\n    this.block[this.filled++] = sample;\n    if (this.filled < this.block.length) return;\n    const { block } = this;\n    this.block = new Float32Array(block.length);\n    this.filled = 0;\n    this.port.postMessage({ samples: block, at: currentTime }, [block.buffer]);\n  }\n};\nfunction averaged(channels) {\n  return channels[0].map((_, i) => channels.reduce((sum, channel) => sum + channel[i], 0) / channels.length);\n}\nregisterProcessor("capture", CaptureProcessor);\n';

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
async function microphones() {
  const devices = await navigator.mediaDevices?.enumerateDevices() ?? [];
  return devices.filter((device) => device.kind === "audioinput" && device.deviceId && device.label);
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
      for (let start2 = 0; start2 < half; start2 += length) {
        for (let k = 0; k < middle; k++) {
          const c = cosines[k * step], s = sines[k * step], a = start2 + k, b = a + middle;
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

// ui/components/live_microphone/browser/spectrum.js
var RATE = 16e3;
var HOP = 160;
var LENGTH = 512;
var BINS = LENGTH / 2 + 1;
var KEPT_SECONDS = 180;
var KEPT = KEPT_SECONDS * RATE / HOP;
var LOWEST = -127.5;
var STEPS = 2;
var Spectra = class {
  constructor() {
    this.levels = new Uint8Array(KEPT * BINS);
    this.columns = 0;
    this.past = new Float32Array(2 * LENGTH);
    this.filled = LENGTH / 2;
    this.samples = 0;
    this.spectrum = new PowerSpectrum(LENGTH, LENGTH);
  }
  /** @param {Float32Array} samples */
  hear(samples) {
    for (const sample of samples) {
      this.past[this.filled++] = sample;
      if (this.filled === LENGTH) {
        this.add();
        this.past.copyWithin(0, HOP, LENGTH);
        this.filled -= HOP;
      }
    }
    this.samples += samples.length;
  }
  add() {
    const { powers } = this.spectrum;
    powers.fill(0);
    this.spectrum.add(this.past, 0);
    const at = this.placeOf(this.columns);
    for (let bin = 0; bin < BINS; bin++) {
      this.levels[at + bin] = Math.min(255, Math.round(STEPS * (toDecibels(powers[bin], LOWEST) - LOWEST)));
    }
    this.columns++;
  }
  get first() {
    return Math.max(0, this.columns - KEPT);
  }
  get seconds() {
    return this.samples / RATE;
  }
  /**
   * Where the levels of a column begin in `levels`.
   *
   * @param {number} column
   */
  placeOf(column) {
    return column % KEPT * BINS;
  }
};

// ui/components/live_microphone/browser/hearing.js
var STEP = 320;
async function start(live, resumed) {
  showTrouble(live, null);
  live.heard = live.source;
  live.lostBefore = resumed ? live.lostInBrowser : 0;
  live.microphone = null;
  if (!resumed) {
    Object.assign(live, live.blank());
    live.recolour();
    live.showModel("");
    live.sender.begin(crypto.randomUUID?.() ?? String(Math.random()));
  }
  live.clock = new AudioClock();
  enter(live, "opening");
  if (live.source === "computer") {
    live.sender.request("listen");
  } else {
    const microphone = live.microphone = new Microphone({
      rate: RATE,
      step: STEP,
      hear: (samples, at) => take20(live, samples, at),
      lost: () => lose(live),
      muted: (muted) => {
        live.muted = muted;
      }
    });
    try {
      await microphone.open(live.settings.device);
    } catch (error) {
      if (live.phase === "opening") fail(live, refusalOf(error));
      offerMicrophones(live);
      return;
    }
    if (live.phase !== "opening") {
      microphone.close();
      return;
    }
    if (resumed) live.sender.request("listen");
    offerMicrophones(live);
  }
  live.heardAt = performance.now();
  enter(live, "listening");
  live.view.follow();
  live.draw();
}
function take20(live, samples, at) {
  const heardAt = live.clock.read(at, performance.now());
  if (live.phase === "idle") return;
  live.sender.hear(samples, heardAt);
  hear(live, samples);
}
function hear(live, samples) {
  live.heardAt = performance.now();
  live.muted = false;
  live.spectra.hear(samples);
  if (live.phase === "listening") live.meter.hear(samples);
  live.draw();
}
function stop(live) {
  live.microphone?.close();
  const began = live.phase === "listening" || live.sender.next > 0;
  enter(live, "idle");
  live.meter.rest();
  if (began) live.sender.finish();
  live.draw();
}
function lose(live) {
  const advice = "The sound so far is kept. Plug it in again or choose another one, then try again.";
  fail(live, new Refusal(LOST, advice));
}
function fail(live, trouble) {
  stop(live);
  showTrouble(live, trouble);
}
function enter(live, phase) {
  live.phase = phase;
  live.figure.dataset.phase = phase;
  const button = live.find(".listen");
  button.dataset.does = phase === "idle" ? "start" : "stop";
  button.textContent = phase === "idle" ? "Start listening" : "Stop";
}
async function offerMicrophones(live) {
  const { device } = live.settings;
  const found = await microphones();
  const select = live.find(".device", HTMLSelectElement);
  select.replaceChildren(...found.map((one) => new Option(one.label, one.deviceId)));
  select.value = live.microphone?.device ?? "";
  const fewest = found.some((one) => one.deviceId === device) || !device ? 2 : 1;
  live.find(".which").hidden = live.source !== "browser" || found.length < fewest;
}
async function change(live, device) {
  live.settings.device = device;
  if (live.phase !== "listening") return;
  live.microphone?.close();
  await start(live, true);
}
function showTrouble(live, trouble) {
  live.failed = Boolean(trouble);
  live.find(".trouble").hidden = !trouble;
  if (!trouble) return;
  live.find(".trouble .what").textContent = trouble.what;
  live.find(".trouble .advice").textContent = trouble.advice;
  live.find(".trouble button").hidden = trouble.final || live.source === "browser" && !window.isSecureContext;
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

// ui/components/live_microphone/browser/known_since.js
var WORDS = "your voice is known";
var HALO = 2;
function drawKnown(pen, at, { picture, chances }, theme) {
  const left = picture.x, right = left + picture.width;
  if (at > right) return;
  const from = Math.max(left, at);
  pen.fillStyle = theme.accent;
  pen.fillRect(from, chances.y - 7, right - from, 4);
  if (at < left) return;
  const line2 = Math.round(at) - 1, height = chances.y + chances.height - picture.y;
  pen.fillStyle = theme.paper;
  pen.fillRect(line2 - HALO, picture.y, 3 + 2 * HALO, height);
  pen.fillStyle = theme.accent;
  pen.fillRect(line2, picture.y, 3, height);
  const wide = pen.measureText(WORDS).width + 12, x = Math.min(at + 4, right - wide);
  pen.fillStyle = theme.paper;
  pen.fillRect(x, picture.y + 4, wide, 18);
  pen.fillStyle = theme.text;
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  pen.fillText(WORDS, x + 6, picture.y + 14);
}

// ui/components/live_microphone/browser/spectrogram.js
var TILE = 500;
var ROWS = 160;
var Spectrogram = class {
  /**
   * @param {Spectra} spectra
   * @param {Look} look
   */
  constructor(spectra, look) {
    this.spectra = spectra;
    this.tiles = /* @__PURE__ */ new Map();
    const { axis, darkest, brightest, colours } = look;
    this.rows = new FrequencyRows(axis, ROWS, BINS, RATE / 2);
    this.shades = shadesOf(colours, (level) => (LOWEST + level / STEPS - darkest) / (brightest - darkest));
  }
  /**
   * Draws the time from `start` to `end` seconds.
   *
   * @param {CanvasRenderingContext2D} pen
   * @param {number} start
   * @param {number} end
   * @param {Box} box
   */
  draw(pen, start2, end, { x, y, width, height }) {
    const { spectra } = this;
    const perSecond = RATE / HOP;
    const first = Math.max(spectra.first, Math.floor(start2 * perSecond));
    const last = Math.min(spectra.columns, Math.ceil(end * perSecond));
    const [oldest, newest] = [Math.floor(spectra.first / TILE), Math.floor(spectra.columns / TILE)];
    for (const number of this.tiles.keys()) if (number < oldest || number > newest) this.tiles.delete(number);
    const wide = width / ((end - start2) * perSecond);
    for (let number = Math.floor(first / TILE); number * TILE < last; number++) {
      const tile = this.tile(number);
      const from = Math.max(first, number * TILE);
      const to = Math.min(last, (number + 1) * TILE);
      if (to <= from) continue;
      const left = x + (from - start2 * perSecond) * wide;
      pen.drawImage(tile.canvas, from - number * TILE, 0, to - from, ROWS, left, y, (to - from) * wide, height);
    }
  }
  /** @param {number} number */
  tile(number) {
    let tile = this.tiles.get(number);
    if (!tile) {
      const canvas = new OffscreenCanvas(TILE, ROWS);
      tile = { canvas, pen: penOf(canvas), drawn: 0 };
      this.tiles.set(number, tile);
    }
    const ready = Math.min(TILE, this.spectra.columns - number * TILE);
    if (ready > tile.drawn) {
      const from = Math.max(tile.drawn, this.spectra.first - number * TILE);
      if (ready > from) tile.pen.putImageData(this.picture(number * TILE + from, ready - from), from, 0);
      tile.drawn = ready;
    }
    return tile;
  }
  /**
   * @param {number} first
   * @param {number} count of columns
   */
  picture(first, count) {
    const picture = new ImageData(count, ROWS);
    const pixels = new Uint32Array(picture.data.buffer);
    const { levels } = this.spectra;
    for (let column = 0; column < count; column++) {
      const at = this.spectra.placeOf(first + column);
      for (let row = 0; row < ROWS; row++) {
        pixels[row * count + column] = this.shades[Math.round(this.rows.valueAt(row, levels, at))];
      }
    }
    return picture;
  }
};

// ui/components/live_microphone/browser/view.js
var View = class {
  /**
   * @param {Spectra} spectra
   * @param {number} span seconds
   */
  constructor(spectra, span) {
    this.spectra = spectra;
    this.span = span;
    this.following = true;
    this.edge = 0;
    this.drawnAt = null;
  }
  get first() {
    return this.spectra.first * HOP / RATE;
  }
  get newest() {
    return this.spectra.seconds;
  }
  /**
   * Moves on to the time of the next frame.
   *
   * @param {number} now milliseconds
   * @param {boolean} running whether sound comes
   */
  advance(now, running) {
    const passed = this.drawnAt === null ? 0 : (now - this.drawnAt) / 1e3;
    this.drawnAt = now;
    if (this.following) {
      const late = running ? 0.3 : 0;
      this.edge = Math.max(this.newest - late, Math.min(this.newest, this.edge + passed));
    } else {
      this.edge = Math.max(this.edge, Math.min(this.newest, this.first + this.span));
    }
  }
  /**
   * Shows the sound up to a time, as far as there is sound.
   *
   * @param {number} edge
   */
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
};
function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// ui/components/live_microphone/browser/timeline.js
var LEFT = 50;
var RIGHT = 8;
var SPACES = [1, 2, 5, 10, 15, 30, 60];
var AXIS = 22;
var HOP_SECONDS = 0.2;
var STATE_HEIGHTS = { speech: 1, clipped: 1, "too quiet": 0.5, "not speech": 0.5, silence: 0.2 };
var APART = 0.7;
var Timeline = class {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Spectra} spectra
   * @param {Predictions} predictions
   * @param {View} view
   */
  constructor(canvas, spectra, predictions, view) {
    this.canvas = canvas;
    this.spectra = spectra;
    this.predictions = predictions;
    this.view = view;
    this.knownSince = null;
    this.dress = void 0;
  }
  /**
   * @param {Look} look
   * @param {Theme} theme
   * @param {Model} model
   */
  set(look, theme, model) {
    this.dress = { look, theme, model, spectrogram: new Spectrogram(this.spectra, look) };
  }
  /**
   * The boxes of the parts, from the top.
   *
   * @param {number} width
   * @param {number} height
   */
  parts(width, height) {
    const x = LEFT;
    const wide = Math.max(1, width - LEFT - RIGHT);
    const rest = height - AXIS - 4 - 8 - 8 - 20 - 10;
    const picture = { x, y: 4, width: wide, height: Math.round(0.6 * rest) };
    const states = { x, y: picture.y + picture.height + 4, width: wide, height: 8 };
    const utterances = { x, y: states.y + 12, width: wide, height: 18 };
    const chances = { x, y: utterances.y + 26, width: wide, height: rest - picture.height };
    return { picture, states, utterances, chances };
  }
  draw() {
    const { canvas, view } = this;
    if (!this.dress) return;
    const { look, theme, model, spectrogram } = this.dress;
    const pen = penOf(canvas);
    const { width, height } = fitToScreen(canvas, pen);
    pen.clearRect(0, 0, width, height);
    pen.font = `12px ${theme.font}`;
    const parts = this.parts(width, height);
    const place = (seconds) => LEFT + (seconds - view.start) / view.span * parts.picture.width;
    pen.fillStyle = look.colours[0];
    pen.fillRect(LEFT, parts.picture.y, parts.picture.width, parts.picture.height);
    spectrogram.draw(pen, view.start, view.edge, parts.picture);
    drawFrequencies(pen, look.axis, theme, parts.picture);
    const shown = this.predictions.between(view.start, view.edge);
    clipped(pen, parts.states, () => drawStates(pen, shown, place, parts.states, theme));
    clipped(pen, parts.utterances, () => this.drawUtterances(pen, place, parts.utterances, theme, model));
    drawShares(pen, parts.chances, theme);
    clipped(pen, parts.chances, () => drawChances(pen, shown, place, parts.chances, theme, model));
    this.drawTimes(pen, place, parts, height, theme);
    if (this.knownSince !== null) drawKnown(pen, place(this.knownSince), parts, theme);
  }
  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {ToX} place
   * @param {Box} box
   * @param {Theme} theme
   * @param {Model} model
   */
  drawUtterances(pen, place, { y, height }, theme, model) {
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    const { width } = sizeOf(this.canvas);
    for (const { start: start2, end, state, verdict } of this.predictions.utterances) {
      const [left, right] = [place(start2), place(end)];
      if (right < LEFT || left > width) continue;
      const known = model.classes.find((one) => one.name === verdict);
      pen.fillStyle = known ? `${known.colour}38` : "transparent";
      pen.strokeStyle = known?.colour ?? theme.text;
      pen.setLineDash(known ? [] : [3, 3]);
      pen.lineWidth = 1;
      pen.fillRect(left, y, right - left, height);
      pen.strokeRect(left + 0.5, y + 0.5, right - left - 1, height - 1);
      pen.fillStyle = theme.text;
      const text = verdict ?? (state === "not speech" ? state : "not judged");
      if (pen.measureText(text).width + 6 < right - left) pen.fillText(text, (left + right) / 2, y + height / 2 + 1);
    }
    pen.setLineDash([]);
  }
  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {ToX} place
   * @param {{ picture: Box, chances: Box }} parts
   * @param {number} height
   * @param {Theme} theme
   */
  drawTimes(pen, place, { picture, chances }, height, theme) {
    const { view } = this;
    const space = SPACES.find((one) => one / view.span * picture.width >= 56) ?? SPACES[SPACES.length - 1];
    pen.textAlign = "center";
    pen.textBaseline = "alphabetic";
    for (let at = Math.max(0, Math.ceil(view.start / space) * space); at <= view.edge; at += space) {
      const x = Math.round(place(at)) + 0.5;
      pen.strokeStyle = theme.line;
      pen.beginPath();
      pen.moveTo(x, chances.y);
      pen.lineTo(x, chances.y + chances.height + 4);
      pen.stroke();
      pen.fillStyle = theme.text;
      if (x > LEFT + 8 && x < LEFT + picture.width - 8) pen.fillText(clock(at), x, height - 4);
    }
  }
};
function clipped(pen, { x, y, width, height }, act) {
  within(pen, { x, y: y - 1, width, height: height + 2 }, act);
}
function drawFrequencies(pen, axis, theme, { y, height }) {
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  pen.fillStyle = theme.text;
  for (const hertz of frequencyTicks(axis, RATE / 2, height)) {
    const at = y + height * (1 - AXES[axis].height(hertz, RATE / 2));
    const label = hertz < 1e3 ? `${hertz} Hz` : `${hertz / 1e3} kHz`;
    pen.fillText(label, LEFT - 6, Math.max(y + 6, Math.min(y + height - 5, at)));
  }
}
function drawShares(pen, { x, y, width, height }, theme) {
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  pen.lineWidth = 1;
  for (const share of [0, 0.5, 1]) {
    const at = Math.round(y + height * (1 - share)) + 0.5;
    pen.strokeStyle = theme.line;
    pen.beginPath();
    pen.moveTo(x, at);
    pen.lineTo(x + width, at);
    pen.stroke();
    pen.fillStyle = theme.text;
    pen.fillText(`${100 * share} %`, LEFT - 6, at);
  }
}
function drawChances(pen, shown, place, { y, height }, theme, model) {
  const stretches = withoutGaps(shown);
  model.classes.forEach(({ colour, symbol }, i) => {
    for (const stretch of stretches) {
      const line2 = stretch.map((one) => (
        /** @type {Place} */
        [place(one.end), y + height * (1 - one.probabilities[i])]
      ));
      pen.strokeStyle = colour;
      pen.lineWidth = 2.2;
      pen.lineJoin = "round";
      pen.beginPath();
      line2.forEach((at) => pen.lineTo(...at));
      pen.stroke();
      for (const at of /* @__PURE__ */ new Set([line2[0], line2[line2.length - 1]])) mark(pen, symbol, at, 4.5, colour, theme.edge);
    }
  });
}
function withoutGaps(shown) {
  const stretches = [];
  shown.forEach((one, n) => {
    if (!isJudged(one)) return;
    const former = shown[n - 1];
    if (former && isJudged(former) && one.end - former.end < APART) stretches[stretches.length - 1].push(one);
    else stretches.push([one]);
  });
  return stretches;
}
function isJudged(one) {
  return one.probabilities !== void 0;
}
function drawStates(pen, shown, place, { y, height }, theme) {
  const { accent, bad, warn, line: line2 } = theme;
  const colours = { speech: accent, clipped: bad, "too quiet": warn, "not speech": line2, silence: line2 };
  shown.forEach((one) => {
    const left = place(one.end - HOP_SECONDS);
    const width = place(one.end) - left + 0.5;
    pen.fillStyle = colours[one.state];
    const share = STATE_HEIGHTS[one.state];
    pen.fillRect(left, y + height * (1 - share), width, height * share);
    if (one.state === "clipped") {
      pen.fillStyle = theme.paper;
      for (let x = left; x < left + width; x += 4) pen.fillRect(x, y, 1, height);
    }
  });
}

// ui/components/live_microphone/browser/controls.js
function listenToControls(live) {
  const { find, settings } = live;
  const { signal } = live.ended;
  const on = listener(signal);
  on(find(".listen"), "click", () => live.phase === "idle" ? start(live, false) : stop(live));
  on(find(".trouble button"), "click", () => start(live, live.sender.next > 0 || live.sender.arrived > 0));
  on(find(".learn"), "click", () => live.learnOrForget());
  on(find(".pause"), "click", () => live.hold(live.view.following));
  on(find(".follow"), "click", () => live.hold(false));
  const scroll = find(".scroll", HTMLInputElement);
  on(scroll, "input", () => live.look(scroll.valueAsNumber));
  const axis = find(".axis", HTMLSelectElement);
  axis.value = settings.axis;
  on(axis, "input", () => {
    settings.axis = axis.value === "linear" ? "linear" : "mel";
    live.recolour();
    live.draw();
  });
  for (
    const name of
    /** @type {const} */
    ["darkest", "brightest"]
  ) {
    const slider = find(`.${name}`, HTMLInputElement);
    slider.valueAsNumber = settings[name];
    on(slider, "input", () => {
      settings[name] = slider.valueAsNumber;
      live.recolour();
      live.draw();
    });
  }
  const span = find(".span", HTMLSelectElement);
  span.value = String(settings.span);
  on(span, "input", () => {
    live.view.span = settings.span = Number(span.value);
    live.draw();
  });
  const device = find(".device", HTMLSelectElement);
  on(device, "change", () => change(live, device.value));
  if (navigator.mediaDevices) on(navigator.mediaDevices, "devicechange", () => offerMicrophones(live));
  on(document, "visibilitychange", () => live.draw());
  listenToTimeline(live);
  const resized = new ResizeObserver(() => live.draw());
  resized.observe(live.figure);
  signal.addEventListener("abort", () => resized.disconnect());
}
function listenToTimeline(live) {
  const on = listener(live.ended.signal);
  const canvas = live.find(".timeline", HTMLCanvasElement);
  const perPixel = () => live.view.span / Math.max(1, sizeOf(canvas).width - LEFT - RIGHT) / enlargement();
  let dragged = 0;
  on(canvas, "keydown", (event) => scrollByKey(live, event));
  on(canvas, "pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    dragged = event.clientX;
  });
  on(canvas, "pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    live.look(live.view.edge - (event.clientX - dragged) * perPixel());
    dragged = event.clientX;
  });
  const scroll = (event) => {
    const across = event.shiftKey ? event.deltaY : event.deltaX;
    if (!across) return;
    event.preventDefault();
    live.look(live.view.edge + across * perPixel());
  };
  on(canvas, "wheel", scroll, { passive: false });
}
function scrollByKey(live, event) {
  const { view } = live;
  switch (event.key) {
    case "ArrowLeft":
      live.look(view.edge - view.span / 10);
      break;
    case "ArrowRight":
      live.look(view.edge + view.span / 10);
      break;
    case "PageUp":
      live.look(view.edge - view.span);
      break;
    case "PageDown":
      live.look(view.edge + view.span);
      break;
    case "Home":
      live.look(view.first);
      break;
    case "End":
      live.hold(false);
      break;
    case " ":
      live.hold(view.following);
      break;
    default:
      return;
  }
  event.preventDefault();
}

// ui/components/live_microphone/browser/latency.js
var COUNTED = 300;
var Latency = class {
  constructor() {
    this.milliseconds = [];
  }
  /** @param {number} milliseconds */
  add(milliseconds) {
    this.milliseconds.push(milliseconds);
    if (this.milliseconds.length > COUNTED) this.milliseconds.shift();
  }
  /** @param {number} share */
  quantile(share) {
    const sorted = [...this.milliseconds].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }
  get text() {
    if (!this.milliseconds.length) return "";
    const [half, most] = [this.quantile(0.5), this.quantile(0.95)].map(Math.round);
    return `From the end of a 200 ms block to its probabilities on the screen: median ${half} ms, 95th percentile ${most} ms (${this.milliseconds.length} blocks)`;
  }
};

// ui/components/live_microphone/browser/message_sender.js
var BLOCK = 3200;
var WAITING = 300;
var AT_ONCE = 40;
var PATIENCE = 8e3;
var SOON = 400;
var SLOW = 3e3;
var MessageSender = class {
  /** @param {(message: Message) => void} post */
  constructor(post) {
    this.post = post;
    this.number = 0;
    this.session = "";
    this.waiting = [];
    this.next = 0;
    this.block = new Float32Array(BLOCK);
    this.filled = 0;
    this.ends = /* @__PURE__ */ new Map();
    this.act = "listen";
    this.confirmed = true;
    this.arrived = 0;
    this.sentAt = null;
    this.answeredAt = performance.now();
  }
  /**
   * A new session.
   *
   * @param {string} session its name
   */
  begin(session) {
    this.session = session;
    this.waiting = [];
    this.next = 0;
    this.filled = 0;
    this.ends.clear();
    this.act = "listen";
    this.confirmed = true;
    this.arrived = 0;
    this.sentAt = null;
    this.answeredAt = performance.now();
  }
  /**
   * @param {Float32Array} samples at 16 kHz
   * @param {number} at when the last of them was heard
   */
  hear(samples, at) {
    for (let taken = 0; taken < samples.length; ) {
      const part = Math.min(samples.length - taken, BLOCK - this.filled);
      this.block.set(samples.subarray(taken, taken + part), this.filled);
      this.filled += part;
      taken += part;
      if (this.filled === BLOCK) this.close(at - (samples.length - taken) / 16);
    }
  }
  /** @param {number} end time of the block's last sample */
  close(end) {
    this.waiting.push({ number: this.next, text: toBase64(toPcm16(this.block.subarray(0, this.filled))) });
    this.ends.set(this.next, end);
    this.ends.delete(this.next - 300);
    this.next++;
    this.filled = 0;
    while (this.waiting.length > WAITING) this.waiting.shift();
    this.send();
  }
  // Send the last, shorter block, and that no sound follows.
  finish() {
    if (this.filled) this.close(performance.now());
    this.request("stop");
  }
  /** @param {Act} act */
  request(act) {
    this.act = act;
    this.confirmed = false;
    this.send();
  }
  /**
   * To be called regularly: sends again what did not arrive.
   *
   * @param {boolean} asking whether to send a message even if there is nothing new
   */
  tick(asking) {
    if (asking || this.waiting.length || !this.confirmed) this.send();
  }
  send() {
    const now = performance.now();
    if (this.sentAt !== null && now - this.sentAt < PATIENCE) return;
    const blocks = this.waiting.slice(0, AT_ONCE);
    this.sentAt = now;
    this.number++;
    this.post({
      number: this.number,
      session: this.session,
      act: this.act,
      first: blocks.length ? blocks[0].number : this.next,
      blocks: blocks.map((block) => block.text),
      arrived: this.arrived
    });
  }
  /**
   * The server has answered: confirmed blocks are dropped, and the next message can go.
   *
   * @param {Answer} answer
   */
  answered({ session, number, act, next }) {
    if (session !== this.session) return;
    this.answeredAt = performance.now();
    this.confirmed = act === this.act;
    this.waiting = this.waiting.filter((block) => block.number >= next);
    if (number !== this.number) return;
    this.sentAt = null;
    this.tick(false);
  }
  // The server has drawn without an answer to the message that is on its way: a run of the page that another widget
  // started ends the run of a message. A block that arrives twice is used once.
  overtaken() {
    if (this.sentAt !== null) this.sentAt = Math.min(this.sentAt, performance.now() - PATIENCE + SOON);
  }
  // Seconds since the last answer, if one is late.
  overdue() {
    const waited = performance.now() - this.answeredAt;
    return this.sentAt !== null && waited > SLOW ? waited / 1e3 : 0;
  }
};

// ui/components/live_microphone/browser/meter.js
var FULL_SCALE = 0.99;
var METER_LOWEST = -70;
var AVERAGED = 10;
var HELD = 2e3;
var Meter = class {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    const find = finder(place);
    this.reads = find(".reads");
    this.bar = find("[role=meter]");
    this.text = "";
    this.powers = [];
    this.peak = { decibels: -Infinity, at: 0 };
    this.clippedAt = -Infinity;
  }
  /** @param {Float32Array} samples */
  hear(samples) {
    let [power, peak, run] = [0, 0, 0];
    for (const sample of samples) {
      const size = Math.abs(sample);
      power += sample * sample;
      if (size > peak) peak = size;
      run = size >= FULL_SCALE ? run + 1 : 0;
      if (run > 1) this.clippedAt = performance.now();
    }
    this.powers.push(power / samples.length);
    if (this.powers.length > AVERAGED) this.powers.shift();
    const decibels = toDecibels(peak ** 2);
    if (decibels >= this.peak.decibels || performance.now() - this.peak.at > HELD) {
      this.peak = { decibels, at: performance.now() };
    }
  }
  rest() {
    this.powers = [];
    this.peak.decibels = -Infinity;
  }
  draw() {
    const mean = this.powers.reduce((sum, power) => sum + power, 0) / (this.powers.length || 1);
    const level = toDecibels(mean);
    const share = (decibels) => Math.max(0, Math.min(1, 1 - decibels / METER_LOWEST));
    const clipped2 = performance.now() - this.clippedAt < HELD;
    this.place.style.setProperty("--level", String(share(level)));
    this.place.style.setProperty("--peak", String(share(this.peak.decibels)));
    this.place.classList.toggle("clipped", clipped2);
    const words = mean > 0 ? `${Math.round(level)} dB` : "no sound";
    const text = !clipped2 ? words : mean > 0 ? `${words}, clipped` : "clipped just now";
    if (this.text !== text) {
      this.text = text;
      this.reads.textContent = text;
      this.bar.setAttribute("aria-valuenow", String(Math.round(Math.max(METER_LOWEST, level))));
      this.bar.setAttribute("aria-valuetext", `${text} below full scale`);
    }
  }
};

// ui/components/live_microphone/browser/predictions.js
var Predictions = class {
  constructor() {
    this.windows = [];
    this.utterances = [];
    this.seen = 0;
  }
  /**
   * Adds predictions; those that came before are ignored.
   *
   * @param {number} first number of the first of them
   * @param {Prediction[]} given
   */
  add(first, given) {
    const fresh = given.slice(Math.max(0, this.seen - first));
    this.seen = Math.max(this.seen, first + given.length);
    for (const prediction of fresh) (prediction.kind === "window" ? this.windows : this.utterances).push(prediction);
    const oldest = (fresh.at(-1)?.end ?? 0) - KEPT_SECONDS;
    for (const list of [this.windows, this.utterances]) while (list.length && list[0].end < oldest) list.shift();
    return fresh;
  }
  /**
   * The newest window that ends before a time.
   *
   * @param {number} seconds
   */
  at(seconds) {
    for (let i = this.windows.length - 1; i >= 0; i--) if (this.windows[i].end <= seconds + 1e-6) return this.windows[i];
    return null;
  }
  /**
   * The windows that end in a span of time, and one on either side, so that lines reach the edge.
   *
   * @param {number} start
   * @param {number} end
   */
  between(start2, end) {
    const first = this.windows.findIndex((prediction) => prediction.end >= start2);
    if (first < 0) return [];
    const behind = this.windows.findIndex((prediction) => prediction.end > end);
    return this.windows.slice(Math.max(0, first - 1), behind < 0 ? void 0 : behind + 1);
  }
};

// ui/components/live_microphone/browser/words.js
var ADVICE = {
  silence: ["", "Silence: nobody speaks."],
  speech: ["", "Speech."],
  "not speech": ["warn", "Not speech: sound without a voice is not judged."],
  clipped: ["bad", "Clipped: cut off at full scale. Go further away or turn the microphone down; this judgement is uncertain."],
  "too quiet": ["warn", "Too quiet to judge. Speak up, come closer or turn the microphone up."]
};
var LEAST_LOST = 100;
var NO_SOUND = 1500;
function stateOf2(live, prediction, now) {
  const { phase, sender } = live;
  const overdue = sender.overdue();
  if (phase === "idle" && live.failed) return ["", ""];
  if (phase === "opening") return ["", "Waiting for the microphone. Your browser may ask for it."];
  if (phase === "listening" && overdue) {
    const kept = live.source === "browser" ? " Sound is kept for it, at most 60 s." : "";
    return ["bad", `The app has not answered for ${Math.round(overdue)} s.${kept}`];
  }
  if (phase === "listening" && live.muted) return ["warn", "The microphone is muted: switch it on at the device or in the system."];
  if (phase === "listening" && now - live.heardAt > NO_SOUND) return ["warn", "No sound comes from the microphone."];
  if (!live.view.following && live.view.newest) return ["", pausedWords(live, prediction)];
  if (phase === "listening") return prediction ? ADVICE[prediction.state] : ["", "Listening."];
  if (live.view.newest) return ["", "Stopped."];
  return ["", live.source === "nobody" ? "No microphone can be heard." : "Press “Start listening” and speak."];
}
function endedBy(source) {
  const next = source === "nobody" ? "Choose a microphone that is there" : "Press “Start listening” to hear the other one";
  return new Refusal(
    "Listening has ended: another microphone was chosen.",
    `What was heard until then is kept below. ${next}; that begins a new recording.`,
    true
  );
}
function pausedWords({ phase, view }, prediction) {
  const state = prediction ? ADVICE[prediction.state][1] : "";
  return `At ${clock(view.edge)}${phase === "listening" ? "; listening goes on" : ""}. ${state}`;
}
function lastUtterance(predictions, model, at) {
  const last = predictions.utterances.findLast((one) => one.end <= at + 0.5 && one.angles);
  if (!last) return "";
  return `Last utterance, ${clock(last.start)} to ${clock(last.end)}: ${last.verdict}. ${verdictOf(last, model).sentence}`;
}
function technicalWords(latency, counted, lostInBrowser) {
  if (!counted) return "";
  const { lost, skipped, milliseconds, overloads } = counted;
  const parts = [
    latency.text,
    milliseconds ? `Model: ${Math.round(milliseconds)} ms` : "",
    `Blocks lost: ${lost}`,
    `Windows left out: ${skipped}`,
    lostInBrowser >= LEAST_LOST ? `Sound that the busy browser lost: ${fixed(lostInBrowser / 1e3, 1)} s` : "",
    overloads ? `Overloads of the device: ${overloads}` : ""
  ];
  return parts.filter(Boolean).join(" · ");
}

// ui/components/live_microphone/browser/readings.js
var NONE = "none of these";
var READ = 200;
var Readings = class {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    const find = finder(figure);
    this.verdict = find(".verdict");
    this.sentence = find(".sentence");
    this.state = find(".state");
    this.technical = find(".technical");
    this.scroll = find(".scroll", HTMLInputElement);
    this.when = find(".when");
    this.follow = find(".follow", HTMLButtonElement);
    this.pause = find(".pause", HTMLButtonElement);
    this.scrolledAt = -Infinity;
  }
  /**
   * @param {Live} live
   * @param {Model} model
   * @param {Prediction | null} prediction
   * @param {number} now milliseconds
   */
  write(live, model, prediction, now) {
    const { view } = live;
    const [severity, words] = stateOf2(live, prediction, now);
    setText(this.state, words);
    this.state.className = `state ${severity}`;
    const { verdict, sentence } = verdictOf(prediction, model);
    this.writeVerdict(model, verdict || (view.newest ? "–" : ""));
    setText(this.sentence, sentence || lastUtterance(live.predictions, model, view.edge));
    setText(this.technical, technicalWords(live.latency, live.counted, live.lostInBrowser));
    if (view.following && live.phase === "listening" && now - this.scrolledAt < READ) return;
    this.scrolledAt = now;
    this.writeScrolling(view);
  }
  /**
   * @param {Model} model
   * @param {string} shown
   */
  writeVerdict(model, shown) {
    if (this.verdict.dataset.is === shown) return;
    this.verdict.dataset.is = shown;
    const found = model.classes.find((one) => one.name === shown);
    const sign = found ? [symbolPicture(found.symbol, found.colour)] : shown === NONE ? [nonePicture()] : [];
    this.verdict.replaceChildren(...sign, shown);
  }
  /** @param {View} view */
  writeScrolling(view) {
    const { scroll } = this;
    const oldest = Math.min(view.newest, view.first + view.span);
    scroll.min = String(oldest);
    scroll.max = String(view.newest);
    scroll.disabled = view.newest <= oldest;
    scroll.value = String(view.following ? view.newest : view.edge);
    scroll.setAttribute("aria-valuetext", `up to ${clock(view.edge)} of ${clock(view.newest)}`);
    const from = clock(Math.max(view.first, view.start));
    setText(this.when, view.newest ? `${from} to ${clock(view.edge)} of ${clock(view.newest)}` : "");
    this.follow.disabled = view.following;
    this.pause.disabled = !view.newest;
    this.pause.setAttribute("aria-pressed", String(!view.following));
  }
};

// ui/components/in_browser/shared/plane.js
var MARGIN = 14;
var EDGE = 6;
var RADIUS = 3;
var FAINT = 0.4;
var Plane = class {
  /**
   * @param {Place[]} points what is to be seen
   * @param {Size} size of the canvas
   */
  constructor(points, { width, height }) {
    const [left, right] = reachOf(points.map(([x]) => x)), [low, high] = reachOf(points.map(([, y]) => y));
    this.size = { width, height };
    this.scale = Math.min((width - 2 * MARGIN) / (right - left || 1), (height - 2 * MARGIN) / (high - low || 1));
    this.middle = [(left + right) / 2, (low + high) / 2];
  }
  /**
   * @param {Place} point
   * @returns {Place}
   */
  placeOf([x, y]) {
    const { width, height } = this.size, [across, up] = this.middle;
    const within2 = (value, limit) => Math.max(EDGE, Math.min(limit - EDGE, value));
    return [within2(width / 2 + (x - across) * this.scale, width), within2(height / 2 - (y - up) * this.scale, height)];
  }
};
function reachOf(values) {
  return values.length ? [Math.min(...values), Math.max(...values)] : [-1, 1];
}
function groundOf(canvas, plane, { points, classes: numbers }, classes, theme) {
  const ground = document.createElement("canvas");
  [ground.width, ground.height] = [canvas.width, canvas.height];
  const pen = penOf(ground), { width, height } = plane.size;
  pen.setTransform(canvas.width / width, 0, 0, canvas.height / height, 0, 0);
  pen.globalAlpha = FAINT;
  points.forEach((point, i) => {
    const known = classes[numbers[i]];
    mark(pen, known?.symbol ?? "circle", plane.placeOf(point), RADIUS, known?.colour ?? theme.text, theme.edge);
  });
  return ground;
}

// ui/components/live_microphone/browser/trail.js
var TRAIL = 8;
var NONE_RADIUS = 12;
var Trail = class {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Predictions} predictions
   */
  constructor(canvas, predictions) {
    this.canvas = canvas;
    this.predictions = predictions;
    this.ground = void 0;
    this.size = "";
    this.shown = void 0;
    this.dress = void 0;
  }
  /**
   * @param {Model} model
   * @param {Theme} theme
   */
  set(model, theme) {
    this.dress = { model, theme };
    this.size = "";
    this.shown = void 0;
  }
  /**
   * The map and the trail that ends with a prediction.
   *
   * @param {Prediction | null} prediction
   */
  show(prediction) {
    if (!this.dress) return;
    const { model, theme } = this.dress;
    const size = stateOf(this.canvas);
    if (prediction === this.shown && size === this.size) return;
    const pen = penOf(this.canvas);
    const { width, height } = fitToScreen(this.canvas, pen);
    if (size !== this.size || !this.ground) {
      const plane = new Plane(model.map.points, { width, height });
      this.ground = { plane, picture: groundOf(this.canvas, plane, model.map, model.classes, theme) };
    }
    this.shown = prediction;
    this.size = size;
    pen.clearRect(0, 0, width, height);
    pen.drawImage(this.ground.picture, 0, 0, width, height);
    if (prediction) this.drawTrail(pen, this.ground.plane, prediction, model, theme);
  }
  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {Plane} plane
   * @param {Prediction} prediction
   * @param {Model} model
   * @param {Theme} theme
   */
  drawTrail(pen, plane, prediction, model, theme) {
    const near = this.predictions.between(prediction.end - TRAIL, prediction.end);
    const steps = near.filter(isPlaced).filter((one) => one.end <= prediction.end);
    const age = (one) => Math.min(1, (prediction.end - one.end) / TRAIL);
    for (let i = 1; i < steps.length; i++) {
      if (steps[i].end - steps[i - 1].end > APART) continue;
      pen.globalAlpha = 1 - 0.85 * age(steps[i]);
      for (const { line: line2, colour } of [{ line: 5, colour: theme.paper }, { line: 2.5, colour: theme.text }]) {
        pen.lineWidth = line2;
        pen.strokeStyle = colour;
        pen.lineCap = "round";
        pen.beginPath();
        pen.moveTo(...plane.placeOf(steps[i - 1].place));
        pen.lineTo(...plane.placeOf(steps[i].place));
        pen.stroke();
      }
    }
    pen.globalAlpha = 1;
    const last = steps.at(-1);
    if (!last || last !== prediction) return;
    const known = model.classes.find((one) => one.name === last.verdict);
    const place = plane.placeOf(last.place);
    if (known) mark(pen, known.symbol, place, 9, known.colour, theme.text);
    else markNone(pen, place, NONE_RADIUS, theme.text, theme.paper);
  }
};
function isPlaced(one) {
  return one.place !== void 0;
}

// ui/components/live_microphone/browser/voice_panel.js
var ENOUGH = 60;
var ASKED = "Your first minute shows how you always sound; that is taken out of later answers. Only numbers are kept, until you leave.";
var VoicePanel = class {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    const find = finder(figure);
    this.button = find(".learn");
    this.told = find(".told");
    this.wanted = void 0;
    this.learned = void 0;
    this.write();
  }
  /** @param {boolean} possible */
  offer(possible) {
    this.button.hidden = this.told.hidden = !possible;
  }
  press() {
    this.wanted = !this.wanted;
    this.learned = void 0;
    this.write();
  }
  /** @param {Learned} learned */
  take(learned) {
    this.learned = learned.learning === Boolean(this.wanted) ? learned : void 0;
    this.write();
  }
  get since() {
    return this.learned?.since ?? null;
  }
  write() {
    this.button.setAttribute("aria-pressed", String(Boolean(this.wanted)));
    setText(this.button, this.wanted ? "Forget my voice" : "Learn my voice");
    setText(this.told, this.wanted ? learnedWords(this.learned) : ASKED);
  }
};
function learnedWords(learned) {
  if (!learned?.utterances) return "Nothing is known yet: say sentences in different ways, with pauses.";
  if (!learned.since) return `${learned.utterances === 1 ? "One utterance" : `${learned.utterances} utterances`} heard, too alike to tell your voice from one emotion: say one quite differently.`;
  const { since, utterances, seconds, enough } = learned;
  const from = `Since ${clock(since)} the answers know your voice, from ${utterances} utterance${utterances === 1 ? "" : "s"}`;
  return enough ? `${from}: the first minute is full.` : `${from}, ${Math.round(seconds)} of ${ENOUGH} s.`;
}

// ui/components/live_microphone/browser/live.js
var ASK = 200;
var AWAY = 1e4;
var Live = class {
  /**
   * @param {HTMLElement} figure
   * @param {Settings} settings
   */
  constructor(figure, settings) {
    this.figure = figure;
    this.settings = settings;
    Object.assign(figure, { live: this });
    this.find = finder(figure);
    this.colours = new Variables(figure, ["--st-border-color", "--good", "--bad", "--warn", "--edge"]);
    this.phase = "idle";
    this.sender = new MessageSender((message) => this.post(message));
    this.latency = new Latency();
    this.meter = new Meter(this.find(".meter"));
    this.classes = new ClassPanel(this.find(".classes"));
    this.dial = new Dial(this.find(".dial", HTMLCanvasElement));
    this.readings = new Readings(figure);
    this.voice = new VoicePanel(figure);
    this.ended = new AbortController();
    this.path = window.location.pathname;
    this.setTriggerValue = void 0;
    this.source = void 0;
    this.heard = void 0;
    this.microphone = null;
    this.clock = new AudioClock();
    this.lostBefore = 0;
    this.heardAt = 0;
    this.failed = false;
    this.model = void 0;
    this.theme = void 0;
    this.frame = null;
    const { spectra, predictions, view, timeline, trail } = this.blank();
    this.spectra = spectra;
    this.predictions = predictions;
    this.view = view;
    this.timeline = timeline;
    this.trail = trail;
    this.dressed = "";
    this.counted = null;
    this.fresh = null;
    this.muted = false;
    listenToControls(this);
    this.timer = setInterval(() => this.tick(), ASK);
  }
  /** What there is without sound. */
  blank() {
    const spectra = new Spectra();
    const predictions = new Predictions();
    const view = new View(spectra, this.settings.span);
    const timeline = new Timeline(this.find(".timeline", HTMLCanvasElement), spectra, predictions, view);
    const trail = new Trail(this.find(".trail", HTMLCanvasElement), predictions);
    return { spectra, predictions, view, timeline, trail, dressed: "", counted: null, fresh: null, muted: false };
  }
  /**
   * Another call of the component: an answer, another model, another theme.
   *
   * @param {Omit<LiveData, 'model'> & { model: Model | undefined }} data
   * @param {Send} setTriggerValue
   */
  update(data, setTriggerValue) {
    this.setTriggerValue = setTriggerValue;
    this.find(".technical").hidden = !data.experts;
    if (data.source !== this.source) this.hearFrom(data.source);
    if (data.model) this.take(data.model);
    this.recolour();
    if (data.answer?.act === "listen" && !this.sender.session) this.endFormer(data.answer);
    const overtaken = data.answer?.number !== this.sender.number;
    if (data.answer) this.answer(data.answer);
    if (overtaken) this.sender.overtaken();
    this.draw();
  }
  /**
   * Another microphone was chosen; `nobody`: the chosen one is missing.
   *
   * @param {Source} source
   */
  hearFrom(source) {
    const ended = this.source !== void 0 && this.phase !== "idle";
    if (ended) stop(this);
    this.source = source;
    this.find(".listen", HTMLButtonElement).disabled = source === "nobody";
    if (source !== "browser") this.find(".which").hidden = true;
    const insecure = source === "browser" && !window.isSecureContext;
    showTrouble(this, insecure ? whyInsecure(window.location) : ended ? endedBy(source) : null);
  }
  /**
   * The session of an earlier view has ended when its page was left: tell the app, which then shows the recording.
   *
   * @param {Answer} answer to its last message
   */
  endFormer({ session, first, predictions }) {
    this.sender.begin(session);
    this.predictions.seen = first + predictions.length;
    this.sender.request("stop");
  }
  /** @param {Model} model */
  take(model) {
    if (model.key === this.model?.key) return;
    const changed = this.model !== void 0;
    this.model = model;
    this.classes.set(model);
    this.voice.offer(!model.corrected);
    this.find(".trail").setAttribute("aria-label", model.map.title);
    if (!changed) return;
    this.predictions = new Predictions();
    this.timeline.predictions = this.trail.predictions = this.predictions;
    this.fresh = null;
    const since = this.phase === "idle" ? "Now chosen:" : `Since ${clock(this.spectra.seconds)} judged by`;
    if (this.spectra.seconds) this.showModel(`${since} ${model.name}. Earlier judgements are not shown.`);
  }
  /** @param {string} words */
  showModel(words) {
    const place = this.find(".judge");
    place.textContent = words;
    place.hidden = !words;
  }
  recolour() {
    if (!this.model) return;
    const style = getComputedStyle(this.figure);
    const [line2, accent, bad, warn, edge] = this.colours.read();
    const theme = { text: style.color, paper: style.backgroundColor, font: style.fontFamily, line: line2, accent, bad, warn, edge };
    const { axis, darkest, brightest } = this.settings;
    const look = { axis, darkest, brightest, colours: this.model.colours };
    const dressed = JSON.stringify([look, theme, this.model.key]);
    if (dressed === this.dressed) return;
    this.theme = theme;
    this.dressed = dressed;
    this.timeline.set(look, this.theme, this.model);
    this.trail.set(this.model, this.theme);
    this.dial.set(this.model.classes, this.theme);
    for (
      const name of
      /** @type {const} */
      ["darkest", "brightest"]
    ) {
      this.find(`.${name} + output`).textContent = `${String(this.settings[name]).replace("-", "−")} dB`;
    }
  }
  /** @param {Message} message */
  post(message) {
    this.setTriggerValue?.("message", { ...message, source: this.heard, model: this.model?.key ?? "", seen: this.predictions.seen, learn: this.voice.wanted });
  }
  /** @param {Answer} answer */
  answer(answer) {
    if (answer.session !== this.sender.session) return;
    this.counted = answer.counted;
    this.voice.take(answer.voice);
    this.timeline.knownSince = this.voice.since;
    for (const text of answer.sound.blocks.slice(Math.max(0, this.sender.arrived - answer.sound.first))) {
      hear(this, fromPcm16(fromBase64(text)));
    }
    this.sender.arrived = Math.max(this.sender.arrived, answer.sound.first + answer.sound.blocks.length);
    if (answer.model === this.model?.key) {
      const windows = this.predictions.add(answer.first, answer.predictions).filter((prediction) => prediction.kind === "window");
      this.fresh = windows.at(-1) ?? this.fresh;
    }
    this.sender.answered(answer);
    if (answer.trouble && this.phase === "listening") fail(this, answer.trouble);
  }
  tick() {
    if (!this.figure.isConnected && this.isElsewhere()) {
      this.end();
      return;
    }
    if (!this.sender.session) return;
    if (!this.figure.isConnected) this.sender.overtaken();
    this.sender.tick(this.phase === "listening" && this.source === "computer");
    if (document.hidden) return;
    this.draw();
  }
  // Milliseconds of sound that the audio thread did not deliver.
  get lostInBrowser() {
    return this.lostBefore + this.clock.lost;
  }
  draw() {
    this.frame ??= requestAnimationFrame((now) => {
      this.frame = null;
      if (this.model && this.theme) this.drawNow(now, this.model);
      if (this.phase === "listening" && this.view.following) this.draw();
    });
  }
  /**
   * @param {number} now milliseconds
   * @param {Model} model
   */
  drawNow(now, model) {
    const { view } = this;
    view.advance(now, this.phase === "listening");
    const prediction = this.predictions.at(view.following ? Infinity : view.edge);
    this.timeline.draw();
    this.trail.show(prediction);
    this.dial.show(prediction);
    this.classes.show(prediction);
    this.find(".pictures").classList.toggle("empty", this.phase === "idle" && !view.newest);
    this.meter.draw();
    this.readings.write(this, model, prediction, now);
    this.figure.dataset.predictions = String(this.predictions.seen);
    if (this.fresh) this.measure(this.fresh);
  }
  /** @param {Prediction} fresh a window that was drawn for the first time */
  measure(fresh) {
    const block = Math.round(fresh.end * RATE / BLOCK) - 1;
    const heard = this.sender.ends.get(block);
    this.fresh = null;
    if (heard === void 0) return;
    this.latency.add(performance.now() - heard);
  }
  /** The visitor lets the voice be learned, or has it forgotten. */
  learnOrForget() {
    this.voice.press();
    this.timeline.knownSince = this.voice.since;
    if (this.sender.session) this.sender.request(this.phase === "idle" ? "stop" : "listen");
    this.draw();
  }
  /** @param {boolean} paused */
  hold(paused) {
    if (paused) this.view.pause();
    else this.view.follow();
    this.draw();
  }
  /** @param {number} edge seconds */
  look(edge) {
    if (!this.view.newest) return;
    this.view.look(edge);
    this.draw();
  }
  // If a message starts a run before all that the former run drew was sent, Streamlit (1.67) removes this view from the
  // page and inserts another one in its place. The visitor must not notice this: see `isAwaited`.
  leave() {
    if (this.isElsewhere()) this.end();
    else setTimeout(() => this.figure.isConnected || this.end(), AWAY);
  }
  // Whether it was removed from its page but has not ended: it will replace the next view.
  isAwaited() {
    return !this.figure.isConnected && !this.ended.signal.aborted && !this.isElsewhere();
  }
  isElsewhere() {
    return window.location.pathname !== this.path;
  }
  end() {
    if (this.ended.signal.aborted) return;
    this.ended.abort();
    stop(this);
    clearInterval(this.timer);
    if (this.frame !== null) cancelAnimationFrame(this.frame);
  }
};

// ui/components/live_microphone/browser/settings.js
function firstSettings() {
  return { axis: "mel", span: 10, darkest: -95, brightest: -25, device: "" };
}

// ui/components/live_microphone/browser/main.js
var LivePage = class {
  constructor() {
    this.settings = firstSettings();
    this.models = /* @__PURE__ */ new Map();
    this.live = null;
  }
  /** @param {Call<SentData>} call */
  draw({ parentElement, data, setTriggerValue }) {
    const figure = finder(parentElement)("figure.live");
    if (data.model.classes) this.models.set(data.model.key, data.model);
    if (this.live?.figure !== figure) {
      if (this.live?.isAwaited()) figure.replaceWith(this.live.figure);
      else this.live = new Live(figure, this.settings);
    }
    const drawn = (
      /** @type {Live} */
      this.live
    );
    drawn.update({ ...data, model: this.models.get(data.model.key) }, setTriggerValue);
    return () => {
      setTimeout(() => drawn.figure.isConnected || drawn.leave());
    };
  }
};
var page = new LivePage();
var main_default = (call) => page.draw(call);
export {
  main_default as default
};
