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
function fit(canvas, { width, height }, ratio) {
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
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

// ui/components/in_browser/shared/marker.js
function mark(pen, symbol, place, radius, colour, edge) {
  traceSymbol(pen, symbol, place, radius);
  pen.fillStyle = colour;
  pen.fill();
  pen.lineWidth = 1;
  pen.strokeStyle = edge;
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

// ui/components/angle_dial/browser/main.js
var JudgedDial = class {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    this.dial = new Dial(finder(figure)("canvas", HTMLCanvasElement));
    Object.assign(figure, { dial: this.dial });
    this.judged = void 0;
    this.ended = new AbortController();
    figure.addEventListener("transitionend", () => this.draw(), { signal: this.ended.signal });
    this.resized = new ResizeObserver(() => this.draw());
    this.resized.observe(this.dial.canvas);
  }
  /** @param {Judged} judged */
  update(judged) {
    this.judged = judged;
    this.draw();
  }
  draw() {
    if (!this.judged) return;
    const style = getComputedStyle(this.figure);
    const line2 = style.getPropertyValue("--st-border-color");
    this.dial.set(this.judged.classes, { text: style.color, paper: style.backgroundColor, font: style.fontFamily, line: line2 });
    this.dial.show(this.judged);
    this.figure.dataset.drawn = this.judged.verdict ?? "";
  }
  end() {
    this.ended.abort();
    this.resized.disconnect();
  }
};
var main_default = mounting("figure.dial", (figure) => new JudgedDial(figure));
export {
  main_default as default
};
