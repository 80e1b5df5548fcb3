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
function mixed([r, g, b], second, share) {
  return [r + share * (second[0] - r), g + share * (second[1] - g), b + share * (second[2] - b)];
}
function writtenOn(colour) {
  const [r, g, b] = colour.map((part) => part <= 10.31 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05 > Math.sqrt(1.05 * 0.05) ? "#000" : "#fff";
}
function writtenOver(ground, colour, share) {
  const [r, g, b] = mixed(ground, colour, share);
  return writtenOn([255 * r, 255 * g, 255 * b]);
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

// ui/components/in_browser/shared/legend.js
function showLegend(list, classes) {
  const written = classes.map((one) => one.name).join();
  if (list.dataset.names === written) return;
  list.dataset.names = written;
  list.replaceChildren(...classes.map((one) => {
    const item = document.createElement("li");
    item.append(symbolPicture(one.symbol, one.colour), one.name);
    return item;
  }));
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

// ui/components/in_browser/shared/numbers.js
function fixed(value, decimals) {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

// ui/components/forming_space/browser/epochs.js
var mixed2 = (from, to, share) => from + share * (to - from);
function between(epochs, place) {
  const last = epochs.length - 1;
  const first = epochs[Math.max(0, Math.min(last, Math.floor(place)))];
  const second = epochs[Math.max(0, Math.min(last, Math.floor(place) + 1))];
  const share = place - Math.floor(place);
  if (first === second || share === 0) return first;
  const nearest = share < 0.5 ? first : second;
  const places = (name) => first[name].map((from, i) => mixed2(from, second[name][i], share));
  const part = (which) => mixedPart(first.parts[which], second.parts[which], share);
  const heard = part(0) ?? nearest.parts[0];
  return { ...nearest, points: places("points"), directions: places("directions"), parts: [heard, part(1)] };
}
function mixedPart(first, second, share) {
  if (!first || !second) return first ?? second;
  const angles = first.angles.map((row, r) => row.map((from, c) => {
    const to = second.angles[r][c];
    return from === null || to === null ? null : mixed2(from, to, share);
  }));
  return {
    angles,
    ratio: mixed2(first.ratio, second.ratio, share),
    accuracy: mixed2(first.accuracy, second.accuracy, share),
    own: mixed2(first.own, second.own, share)
  };
}
function reachOf(epochs) {
  let reach = 100;
  for (const { points, directions } of epochs) {
    for (const places of [points, directions]) {
      for (let i = 0; i < places.length; i += 2) reach = Math.max(reach, Math.hypot(places[i], places[i + 1]));
    }
  }
  return Math.min(1e3, reach);
}
var percent = (share) => `${Math.round(100 * share)} %`;
function sentence(data, epoch) {
  const parts = epoch.parts.map((part, which) => part ? ` ${data.titles[which]}: ${percent(part.accuracy)} right, scatter within / between ${fixed(part.ratio, 2)}.` : "");
  return `${epoch.title}.${parts.join("")} Guessing: ${percent(data.chance)}.`;
}

// ui/components/forming_space/browser/drawing.js
var NARROW = 640;
var SMALLEST = 100;
var GAP = 12;
var TITLE = 44;
var SMALL = 13;
var CELL = { width: 22, height: SMALL };
var AROUND = { width: 20, height: 44 };
var FLAT = 70;
var FAR = 90;
function draw(pen, size, moment) {
  pen.clearRect(0, 0, size.width, size.height);
  if (size.width < SMALLEST || size.height < SMALLEST) return;
  const boxes = laidOut(size, moment.epoch.parts[1] !== null, moment.data.classes.length);
  moment.epoch.parts.forEach((part, which) => {
    if (!part) return;
    drawMap(pen, boxes.maps[which], moment, which);
    drawAngles(pen, boxes.angles[which], moment, which);
  });
  drawScatter(pen, boxes.scatter, moment);
}
function laidOut({ width, height }, two, classes) {
  const count = two ? 2 : 1;
  const high = AROUND.height + CELL.height * (classes - 1);
  const wide = count * (AROUND.width + CELL.width * (classes - 1)) + (count - 1) * GAP;
  const row = (left2, top, wide2, high2) => Array.from({ length: count }, (_, i) => {
    const each = (wide2 - (count - 1) * GAP) / count;
    return { x: left2 + i * (each + GAP), y: top, width: each, height: high2 };
  });
  if (width < NARROW) {
    const second = Math.max(0.3 * height - GAP, Math.min(high, 0.45 * height)) + GAP;
    const first = Math.min(0.46 * height, height - second - FLAT - GAP);
    return {
      maps: row(0, 0, width, first),
      angles: row(0, first + GAP, width, second - GAP),
      scatter: { x: 0, y: first + second + GAP, width, height: height - first - second - GAP }
    };
  }
  const side = Math.max(0.3 * width, 300, Math.min(wide, 0.6 * width));
  const left = width - side;
  const upper = Math.max(0.56 * height, Math.min(high, height - FLAT - GAP));
  return {
    maps: row(0, 0, left - GAP, height),
    angles: row(left, 0, side, upper),
    scatter: { x: left, y: upper + GAP, width: side, height: height - upper - GAP }
  };
}
function drawMap(pen, box, { data, epoch, reach, look }, which) {
  const part = epoch.parts[which];
  if (!part) return;
  write(pen, look, data.titles[which], box.x, box.y + 15, { bold: true, size: 15, most: box.width });
  const guessing = which || !epoch.parts[1] ? ` (guessing: ${percent(data.chance)})` : "";
  write(pen, look, `${percent(part.accuracy)} right${guessing}`, box.x, box.y + 35, { size: 15, most: box.width });
  const area = { ...box, y: box.y + TITLE, height: box.height - TITLE };
  const [x, y] = [area.x + area.width / 2, area.y + area.height / 2];
  const scale = Math.max(1, Math.min(area.width, area.height) / 2 - 8) / reach;
  const placed = (places, i) => [x + scale * places[2 * i], y - scale * places[2 * i + 1]];
  within(pen, area, () => {
    pen.globalAlpha = 0.25;
    pen.strokeStyle = look.ink;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.arc(x, y, 1e3 * scale, 0, 2 * Math.PI);
    pen.stroke();
    const radius = Math.max(3.5, Math.min(6, area.width / 75));
    pen.globalAlpha = 0.8;
    data.codes.forEach((code, i) => {
      if (data.heard[i] === which) return;
      const { symbol, colour } = data.classes[code];
      mark(pen, symbol, placed(epoch.points, i), radius, colour, look.edge);
    });
    pen.globalAlpha = 1;
    data.classes.forEach((one, code) => drawDirection(pen, [x, y], placed(epoch.directions, code), one.colour));
  });
}
function drawDirection(pen, from, to, colour) {
  const towards = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const tip = 9;
  pen.strokeStyle = colour;
  pen.lineWidth = 3;
  pen.beginPath();
  pen.moveTo(...from);
  pen.lineTo(...to);
  for (const turn of [2.6, -2.6]) {
    pen.moveTo(...to);
    pen.lineTo(to[0] + tip * Math.cos(towards + turn), to[1] + tip * Math.sin(towards + turn));
  }
  pen.stroke();
}
function drawAngles(pen, box, moment, which) {
  const { epoch, look } = moment;
  const angles = epoch.parts[which]?.angles;
  if (!angles) return;
  write(pen, look, which ? "Angles, other voices" : "Angles between emotions", box.x, box.y + 14, { size: SMALL, bold: true, most: box.width });
  const count = angles.length;
  const wide = Math.max(4, Math.min((box.width - AROUND.width) / (count - 1), 44));
  const high = Math.max(4, Math.min((box.height - AROUND.height) / (count - 1), wide));
  const [left, top] = [box.x + AROUND.width, box.y + AROUND.height / 2];
  const [ground, accent] = [channels(look.paper), channels(look.accent)];
  for (let row = 1; row < count; row++) {
    drawMark(pen, moment, row, [box.x + 9, top + (row - 0.5) * high]);
    for (let column = 0; column < row; column++) {
      const angle = angles[row][column];
      if (angle === null) continue;
      const [x, y] = [left + column * wide, top + (row - 1) * high];
      const share = Math.max(0, 1 - angle / FAR) * 0.85 + 0.06;
      pen.globalAlpha = share;
      pen.fillStyle = look.accent;
      pen.fillRect(x + 1, y + 1, wide - 2, high - 2);
      pen.globalAlpha = 1;
      if (wide > CELL.width - 1 && high > CELL.height - 1) {
        write(pen, { ...look, ink: writtenOver(ground, accent, share) }, fixed(angle, 0), x + wide / 2, y + high / 2 + 4.5, { size: SMALL, centred: true });
      }
    }
  }
  for (let column = 0; column < count - 1; column++) {
    drawMark(pen, moment, column, [left + (column + 0.5) * wide, top + (count - 1) * high + 10]);
  }
}
function drawMark(pen, { data, look }, code, place) {
  mark(pen, data.classes[code].symbol, place, 6, data.classes[code].colour, look.edge);
}
function drawScatter(pen, box, { data, place, look }) {
  write(pen, look, "Scatter within / between (less: tighter)", box.x, box.y + 14, { size: SMALL, bold: true, most: box.width });
  const ratios = data.epochs.flatMap((one) => one.parts.flatMap((part) => part && part.ratio > 0 ? [part.ratio] : []));
  if (!ratios.length) return;
  const [low, high] = [Math.log(Math.min(...ratios) * 0.8), Math.log(Math.max(...ratios) * 1.25)];
  const area = { x: box.x + 34, y: box.y + 24, width: box.width - 44, height: box.height - 46 };
  const last = Math.max(1, data.epochs.length - 1);
  const across = (at) => area.x + area.width * at / last;
  const up = (ratio) => area.y + area.height * (1 - (Math.log(ratio) - low) / (high - low));
  pen.lineWidth = 1;
  let former = Infinity;
  for (const tick of [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]) {
    if (Math.log(tick) < low || Math.log(tick) > high || former - up(tick) < SMALL) continue;
    former = up(tick);
    line(pen, look.ink, 0.15, [[area.x, up(tick)], [area.x + area.width, up(tick)]]);
    write(pen, look, String(tick), area.x - 6, up(tick) + 4, { size: SMALL, right: true });
  }
  data.epochs.forEach((one, i) => {
    if (i > 1 && one.stage !== data.epochs[i - 1].stage) {
      pen.setLineDash([4, 4]);
      line(pen, look.ink, 0.6, [[across(i - 1), area.y], [across(i - 1), area.y + area.height]]);
      pen.setLineDash([]);
      write(pen, look, one.stage, Math.min(across(i - 1) + 4, area.x + area.width - 60), area.y + 10, { size: SMALL });
    }
  });
  line(pen, look.ink, 0.5, [[across(place), area.y], [across(place), area.y + area.height]]);
  [0, 1].forEach((which) => {
    const having = data.epochs.flatMap((one, i) => {
      const ratio = one.parts[which]?.ratio;
      return ratio ? [
        /** @type {[number, number]} */
        [across(i), up(ratio)]
      ] : [];
    });
    if (!having.length) return;
    pen.lineWidth = 2.5;
    pen.setLineDash(which ? [7, 4] : []);
    line(pen, which ? look.ink : look.accent, 1, having);
    pen.setLineDash([]);
  });
  const names = data.epochs[0].parts[1] ? "— learned from   - - others" : "";
  write(pen, look, names, area.x, box.y + box.height - 4, { size: SMALL, most: area.width });
}
function line(pen, colour, alpha, places) {
  pen.globalAlpha = alpha;
  pen.strokeStyle = colour;
  pen.beginPath();
  for (const place of places) pen.lineTo(...place);
  pen.stroke();
  pen.globalAlpha = 1;
}
function write(pen, look, text, x, y, { size = 14, bold = false, centred = false, right = false, most } = {}) {
  pen.font = `${bold ? "600 " : ""}${size}px ${look.font}`;
  pen.textAlign = centred ? "center" : right ? "right" : "left";
  pen.fillStyle = look.ink;
  pen.fillText(text, x, y, most);
}

// ui/components/forming_space/browser/forming.js
var SECONDS = 0.7;
var LONGEST = 0.1;
var Forming = class {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    this.ended = new AbortController();
    this.find = finder(figure);
    this.colours = new Variables(figure, ["--edge"]);
    this.canvas = this.find("canvas", HTMLCanvasElement);
    this.scrub = this.find(".scrub", HTMLInputElement);
    this.pen = penOf(this.canvas);
    this.data = null;
    this.place = 0;
    this.goal = 0;
    this.playing = false;
    this.frame = 0;
    this.before = 0;
    this.send = () => {
    };
    const on = listener(this.ended.signal);
    on(this.find(".play", HTMLButtonElement), "click", () => this.press());
    on(this.find(".back", HTMLButtonElement), "click", () => this.stepBy(-1));
    on(this.find(".step", HTMLButtonElement), "click", () => this.stepBy(1));
    on(this.scrub, "input", () => this.goTo(Number(this.scrub.value)));
    on(this.scrub, "change", () => this.tell());
    on(this.canvas, "keydown", (event) => this.key(event));
    this.watched = new ResizeObserver(() => this.drawn());
    this.watched.observe(this.canvas);
    this.watched.observe(this.find(".tools"));
  }
  /**
   * @param {Data} data
   * @param {Send} setStateValue
   */
  update(data, setStateValue) {
    this.send = setStateValue;
    const former = this.data;
    this.data = data;
    const last = data.epochs.length - 1;
    const another = former?.run !== data.run;
    setText(this.find(".waiting"), last < 0 ? data.waiting : "");
    this.find(".tools").style.visibility = last < 0 ? "hidden" : "visible";
    this.scrub.max = String(Math.max(0, last));
    if (another) this.begin(data, last);
    else if (data.learning && last > (former?.epochs.length ?? 0) - 1) this.glideTo(last);
    this.place = Math.min(this.place, Math.max(0, last));
    this.goal = Math.min(this.goal, Math.max(0, last));
    this.reach = reachOf(data.epochs);
    showLegend(this.find(".legend"), data.classes);
    this.drawn();
    if (data.arrive && data.arrive !== former?.arrive) {
      this.figure.scrollIntoView({ block: "nearest", behavior: this.calm() ? "auto" : "smooth" });
    }
  }
  end() {
    this.ended.abort();
    this.watched.disconnect();
    cancelAnimationFrame(this.frame);
  }
  /**
   * @param {Data} data
   * @param {number} last
   */
  begin(data, last) {
    const asked = data.epochs.findIndex((one) => one.epoch === data.shown);
    this.pause();
    this.place = this.goal = asked >= 0 ? asked : data.plays ? 0 : Math.max(0, last);
    if (data.plays && asked < 0 && last > 0) this.play();
  }
  calm() {
    return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  }
  get last() {
    return Math.max(0, (this.data?.epochs.length ?? 0) - 1);
  }
  press() {
    if (this.playing) {
      this.pause();
      this.tell();
    } else this.play();
  }
  play() {
    if (this.place >= this.last) this.place = 0;
    this.playing = true;
    this.goal = this.last;
    setText(this.find(".play"), "Pause");
    this.move();
  }
  pause() {
    this.playing = false;
    this.goal = this.place = Math.round(this.place);
    setText(this.find(".play"), "Play");
    this.drawn();
  }
  /** @param {number} by */
  stepBy(by) {
    const from = this.playing ? this.place : this.goal;
    this.pause();
    this.glideTo(Math.max(0, Math.min(this.last, Math.round(from) + by)));
    this.tell();
  }
  /** @param {number} place */
  goTo(place) {
    this.pause();
    this.place = this.goal = place;
    this.drawn();
  }
  /** @param {number} place */
  glideTo(place) {
    this.playing = false;
    setText(this.find(".play"), "Play");
    this.goal = place;
    this.move();
  }
  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const acts = {
      " ": () => this.press(),
      ArrowLeft: () => this.stepBy(-1),
      ArrowRight: () => this.stepBy(1),
      Home: () => this.stepBy(-this.last),
      End: () => this.stepBy(this.last)
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
  /** Lets the page know which epoch a person has stopped at, so that a link can bring it back. */
  tell() {
    const epoch = this.data?.epochs[Math.round(this.goal)]?.epoch;
    if (epoch !== void 0 && !this.data?.learning) this.send("shown", epoch);
  }
  move() {
    cancelAnimationFrame(this.frame);
    this.before = performance.now();
    this.frame = requestAnimationFrame((now) => this.advance(now));
  }
  /** @param {number} now milliseconds */
  advance(now) {
    const by = Math.max(0, Math.min(LONGEST, (now - this.before) / 1e3)) / SECONDS;
    this.before = now;
    const way = this.goal - this.place;
    const speed = this.playing ? 1 : Math.max(1, Math.abs(way) / 2);
    this.place = Math.abs(way) <= by * speed ? this.goal : this.place + Math.sign(way) * by * speed;
    if (this.place !== this.goal) this.frame = requestAnimationFrame((next) => this.advance(next));
    else if (this.playing) {
      this.pause();
      this.tell();
    }
    this.drawn();
  }
  drawn() {
    const { data } = this;
    if (!data) return;
    const size = fitToScreen(this.canvas, this.pen);
    if (!data.epochs.length) {
      this.pen.clearRect(0, 0, size.width, size.height);
      return;
    }
    const still = this.calm() ? Math.round(this.place) : this.place;
    const epoch = between(data.epochs, still);
    draw(this.pen, size, { data, epoch, place: still, reach: this.reach ?? 1e3, look: this.look() });
    const at = Math.round(this.place);
    this.figure.dataset.epoch = String(data.epochs[at].epoch);
    if (this.scrub.valueAsNumber !== at) this.scrub.value = String(at);
    this.scrub.setAttribute("aria-valuetext", data.epochs[at].title);
    setText(this.find(".told"), data.epochs[at].title);
    if (this.place === this.goal) this.canvas.setAttribute("aria-label", sentence(data, data.epochs[at]));
  }
  /** @returns {Look} */
  look() {
    const style = getComputedStyle(this.figure);
    return {
      ink: style.color,
      paper: style.backgroundColor,
      accent: style.getPropertyValue("--st-primary-color").trim() || style.color,
      edge: this.colours.read()[0],
      font: style.fontFamily
    };
  }
};

// ui/components/forming_space/browser/main.js
var main_default = mounting(".forming", (figure) => new Forming(figure));
export {
  main_default as default
};
