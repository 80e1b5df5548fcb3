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

// ui/components/in_browser/shared/colours.js
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
    const within = (value, limit) => Math.max(EDGE, Math.min(limit - EDGE, value));
    return [within(width / 2 + (x - across) * this.scale, width), within(height / 2 - (y - up) * this.scale, height)];
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

// ui/components/after_clips/browser/steps.js
function between({ steps }, at) {
  const last = steps.length - 1, held = Math.max(0, Math.min(last, at));
  const from = steps[Math.floor(held)], to = steps[Math.ceil(held)], share = held - Math.floor(held);
  const mixed = (a, b) => a + share * (b - a);
  return {
    clips: (share < 0.5 ? from : to).clips,
    verdict: (share < 0.5 ? from : to).verdict,
    angles: from.angles.map((angle, i) => mixed(angle, to.angles[i])),
    probabilities: from.probabilities.map((chance, i) => mixed(chance, to.probabilities[i])),
    apart: (share < 0.5 ? from : to).apart,
    place: from.place && to.place ? [mixed(from.place[0], to.place[0]), mixed(from.place[1], to.place[1])] : null
  };
}
function counted(clips) {
  if (!clips) return "Nothing is known of this voice";
  return `After ${clips} clip${clips === 1 ? "" : "s"} of this voice`;
}
function tell(place, { clips, verdict, apart }, spoken, sign) {
  const words = `${counted(clips)}: ${verdict} ${apart}`;
  if (place.dataset.told === `${words} ${spoken}`) return;
  place.dataset.told = `${words} ${spoken}`;
  const [before, answer, after, why] = ["before", "answer", "after", "why"].map((name) => {
    const part = document.createElement("span");
    part.className = name;
    return part;
  });
  setText(before, `${counted(clips)}:`);
  if (sign) answer.append(sign);
  answer.append(verdict);
  const right = verdict === spoken;
  if (spoken) {
    after.classList.add(right ? "right" : "wrong");
    setText(after, right ? "✓ as it was spoken" : `✗ but spoken: ${spoken}`);
  }
  setText(why, apart);
  place.replaceChildren(before, answer, after, why);
}

// ui/components/after_clips/browser/cloud.js
var PRESSED = 22;
var Cloud = class {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.pen = penOf(canvas);
    this.shown = [];
    this.ground = void 0;
    this.drawn = "";
  }
  /** The clip nearest to a pointer; null if none is near. @param {MouseEvent} event @returns {Clip | null} */
  clipAt(event) {
    const [x, y] = pointedAt(event);
    const away = this.shown.map(({ place }) => Math.hypot(place[0] - x, place[1] - y));
    const nearest = away.indexOf(Math.min(...away));
    return nearest >= 0 && away[nearest] <= PRESSED ? this.shown[nearest].clip : null;
  }
  /** Other clips or another map come. */
  renew() {
    this.ground = void 0;
  }
  /**
   * @param {DialClass[]} classes
   * @param {Ground} ground
   * @param {Clip[]} clips of all voices, who share one scale
   * @param {Clip} chosen whose voice is seen
   * @param {number} at the step that is shown, or between two
   * @param {Theme} theme
   */
  draw(classes, ground, clips, chosen, at, theme) {
    const { pen, canvas } = this, size = fitToScreen(canvas, pen);
    const drawn = `${stateOf(canvas)} ${JSON.stringify(theme)}`;
    if (drawn !== this.drawn || !this.ground) {
      const steps = clips.flatMap(({ steps: steps2 }) => steps2.flatMap(({ place }) => place ? [place] : []));
      const plane2 = new Plane([...ground.points, ...steps], size);
      this.ground = { plane: plane2, picture: groundOf(canvas, plane2, ground, classes, theme) };
      this.drawn = drawn;
    }
    const { plane, picture } = this.ground;
    pen.clearRect(0, 0, size.width, size.height);
    pen.drawImage(picture, 0, 0, size.width, size.height);
    const seen = clips.filter((one) => one.voice === chosen.voice && one !== chosen);
    this.shown = [...seen, chosen].map((clip) => ({ clip, place: this.drawClip(classes, clip, plane, at, clip === chosen, theme) }));
    canvas.setAttribute("aria-label", `${ground.title} ${this.shown.length} clips of the voice on it; chosen: ${chosen.name}.`);
  }
  /**
   * @param {DialClass[]} classes
   * @param {Clip} clip
   * @param {Plane} plane
   * @param {number} at
   * @param {boolean} chosen
   * @param {Theme} theme
   */
  drawClip(classes, clip, plane, at, chosen, theme) {
    const { pen } = this, spoken = classes.find((one) => one.name === clip.spoken);
    const start = clip.steps[0].place, now = between(clip, at).place;
    if (!start || !now) return (
      /** @type {Place} */
      [NaN, NaN]
    );
    const [from, to] = [plane.placeOf(start), plane.placeOf(now)];
    pen.strokeStyle = theme.text;
    pen.lineWidth = chosen ? 3 : 1.5;
    pen.beginPath();
    pen.moveTo(...from);
    pen.lineTo(...to);
    pen.stroke();
    mark(pen, spoken?.symbol ?? "circle", to, chosen ? 12 : 8, spoken?.colour ?? theme.paper, theme.text);
    if (chosen) {
      pen.beginPath();
      pen.arc(...to, 17, 0, 2 * Math.PI);
      pen.lineWidth = 2.5;
      pen.strokeStyle = theme.accent;
      pen.stroke();
    }
    return to;
  }
};

// ui/components/after_clips/browser/lines.js
var MOST = 4;
var LEFT = 48;
var RIGHT = 92;
var TOP = 10;
var BOTTOM = 42;
var NAME2 = 17;
var Lines = class {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.pen = penOf(canvas);
  }
  /**
   * Which of so many steps lies nearest to a pointer.
   *
   * @param {MouseEvent} event
   * @param {number} steps
   */
  stepAt(event, steps) {
    const [x] = pointedAt(event), wide = sizeOf(this.canvas).width - LEFT - RIGHT;
    return Math.max(0, Math.min(steps - 1, Math.round((x - LEFT) / wide * (steps - 1))));
  }
  /**
   * @param {DialClass[]} classes
   * @param {Clip} clip
   * @param {number} at the step that is shown, or between two
   * @param {Theme} theme
   */
  draw(classes, { steps }, at, theme) {
    const { pen } = this, { width, height } = fitToScreen(this.canvas, this.pen);
    const right = width - RIGHT, floor = height - BOTTOM;
    const x = (step) => LEFT + step / Math.max(1, steps.length - 1) * (right - LEFT);
    const y = (chance) => floor - chance * (floor - TOP);
    pen.clearRect(0, 0, width, height);
    pen.font = `13px ${theme.font}`;
    pen.textBaseline = "middle";
    for (const share of [0, 0.5, 1]) {
      stroke(pen, [[LEFT, y(share)], [right, y(share)]], theme.line, 1);
      pen.fillStyle = theme.text;
      pen.textAlign = "right";
      pen.fillText(`${100 * share} %`, LEFT - 8, y(share));
    }
    pen.textAlign = "center";
    steps.forEach(({ clips }, step) => pen.fillText(String(clips), x(step), floor + 14));
    pen.fillText("known clips of the voice", (LEFT + right) / 2, floor + 32);
    stroke(pen, [[x(at), TOP - 4], [x(at), floor + 4]], theme.accent, 3);
    const drawn = mostProbable(classes, steps);
    for (const i of drawn) {
      const { colour, symbol } = classes[i];
      const line2 = steps.map((one, step) => (
        /** @type {Place} */
        [x(step), y(one.probabilities[i])]
      ));
      stroke(pen, line2, colour, 3);
      for (const place of line2) mark(pen, symbol, place, 6, colour, theme.edge);
    }
    this.drawNames(classes, drawn, steps[steps.length - 1].probabilities, { x: right + 12, y, floor }, theme);
    this.canvas.setAttribute("aria-label", described(classes, drawn, steps));
  }
  /**
   * @param {DialClass[]} classes
   * @param {number[]} drawn
   * @param {number[]} last probabilities at the right end
   * @param {{ x: number, y: (chance: number) => number, floor: number }} frame
   * @param {Theme} theme
   */
  drawNames(classes, drawn, last, { x, y, floor }, theme) {
    const order = [...drawn].sort((a, b) => last[b] - last[a]);
    const heights = order.map((i) => y(last[i]));
    heights.forEach((height, n) => {
      if (n) heights[n] = Math.max(height, heights[n - 1] + NAME2);
    });
    for (let n = heights.length - 1, below = floor; n >= 0; n--, below -= NAME2) heights[n] = Math.min(heights[n], below);
    this.pen.textAlign = "left";
    this.pen.fillStyle = theme.text;
    order.forEach((i, n) => this.pen.fillText(classes[i].name, x, heights[n]));
  }
};
function mostProbable(classes, steps) {
  const highest = classes.map((_, i) => Math.max(...steps.map((one) => one.probabilities[i])));
  return [...highest.keys()].sort((a, b) => highest[b] - highest[a]).slice(0, MOST);
}
function described(classes, drawn, steps) {
  const told = steps.map(({ clips, probabilities }) => {
    const shares = drawn.map((i) => `${classes[i].name} ${Math.round(100 * probabilities[i])} %`);
    return `${counted(clips)}: ${shares.join(", ")}`;
  });
  return `Probabilities over the number of known clips. ${told.join("; ")}.`;
}
function stroke(pen, line2, colour, wide) {
  pen.strokeStyle = colour;
  pen.lineWidth = wide;
  pen.lineJoin = "round";
  pen.beginPath();
  for (const place of line2) pen.lineTo(...place);
  pen.stroke();
}

// ui/components/after_clips/browser/after_clips.js
var NONE = "none of these";
var MOVE = 700;
var REST = 900;
var AfterClips = class {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    Object.assign(figure, { afterClips: this });
    this.find = finder(figure);
    this.dial = new Dial(this.find(".dial", HTMLCanvasElement));
    this.lines = new Lines(this.find(".lines", HTMLCanvasElement));
    this.cloud = new Cloud(this.find(".cloud", HTMLCanvasElement));
    this.audio = this.find("audio", HTMLAudioElement);
    this.colours = new Variables(figure, ["--st-border-color", "--edge", "--st-primary-color"]);
    this.data = void 0;
    this.sent = "";
    this.chosen = 0;
    this.step = 0;
    this.at = 0;
    this.frame = 0;
    this.resting = 0;
    this.playing = false;
    this.dressed = "";
    this.ended = new AbortController();
    this.listen();
    this.watched = new ResizeObserver(() => this.draw());
    this.watched.observe(figure);
  }
  listen() {
    const on = listener(this.ended.signal), { find, figure } = this;
    on(find(".hear"), "click", () => this.hear());
    on(find(".play"), "click", () => this.playing ? this.stop() : this.play());
    const select = find(".clip", HTMLSelectElement);
    on(select, "change", () => this.choose(select.selectedIndex));
    on(find(".lines"), "click", (event) => this.go(this.lines.stepAt(event, this.clip.steps.length)));
    on(find(".cloud"), "click", (event) => {
      const pressed = this.cloud.clipAt(event);
      if (!pressed || !this.data) return;
      this.choose(this.data.clips.indexOf(pressed));
      this.hear();
    });
    on(find(".steps"), "click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("button") : null;
      if (button) this.go([...buttonsIn(find(".steps"), "")].indexOf(button));
    });
    on(find(".steps"), "keydown", (event) => this.walk(event));
    on(figure, "keydown", (event) => {
      if (event.target instanceof HTMLSelectElement || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "h") this.hear();
      if (event.key === "r") this.find(".play").click();
    });
    on(figure, "transitionend", () => this.draw());
  }
  /** @param {KeyboardEvent} event */
  walk(event) {
    const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    this.go(Math.max(0, Math.min(this.clip.steps.length - 1, this.step + way)));
    buttonsIn(this.find(".steps"), "")[this.step].focus();
  }
  get clip() {
    if (!this.data) throw new Error("Expected data from the page before anything is pressed; got none.");
    return this.data.clips[this.chosen];
  }
  /** @param {AfterClipsData} data */
  update(data) {
    const sent = JSON.stringify(data);
    if (sent === this.sent) return;
    this.sent = sent;
    this.data = data;
    const select = this.find(".clip", HTMLSelectElement);
    select.replaceChildren(...data.clips.map(({ name }) => new Option(name)));
    this.find(".which").hidden = data.clips.length < 2;
    this.find(".cloud").hidden = !data.ground;
    this.find(".pictures").classList.toggle("mapped", data.ground !== null);
    this.dressed = "";
    this.cloud.renew();
    this.choose(data.chosen);
    this.at = this.step = 0;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.go(this.clip.steps.length - 1);
    else this.play();
  }
  /** @param {number} chosen */
  choose(chosen) {
    this.chosen = chosen;
    this.find(".clip", HTMLSelectElement).selectedIndex = chosen;
    const { address, steps } = this.clip;
    this.audio.pause();
    if (address) this.audio.src = address;
    this.find(".hear", HTMLButtonElement).disabled = !address;
    this.find(".steps").replaceChildren(...steps.map(({ clips }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("role", "radio");
      button.textContent = String(clips);
      return button;
    }));
    this.find(".said").classList.toggle("explained", steps.some((one) => one.apart));
    this.step = Math.min(this.step, steps.length - 1);
    this.at = Math.min(this.at, steps.length - 1);
    this.draw();
  }
  hear() {
    if (!this.audio.src) return;
    this.audio.currentTime = 0;
    void this.audio.play().catch(() => {
    });
  }
  /** From no clip to all; the picture rests at each number. */
  play() {
    this.stop();
    this.playing = true;
    if (this.step >= this.clip.steps.length - 1) this.at = this.step = 0;
    this.rest();
    this.draw();
  }
  rest() {
    this.resting = window.setTimeout(() => {
      if (this.step >= this.clip.steps.length - 1) this.stop();
      else this.move(this.step + 1);
    }, REST);
  }
  stop() {
    this.playing = false;
    clearTimeout(this.resting);
    setText(this.find(".play"), "Play");
  }
  /** @param {number} step */
  go(step) {
    this.stop();
    this.move(step);
  }
  /** @param {number} step */
  move(step) {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.resting);
    const from = this.at, begun = performance.now();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.step = step;
    const onwards = () => {
      const share = still ? 1 : Math.min(1, (performance.now() - begun) / MOVE);
      this.at = from + (step - from) * share * share * (3 - 2 * share);
      this.draw();
      if (share < 1) this.frame = requestAnimationFrame(onwards);
      else if (this.playing) this.rest();
    };
    onwards();
  }
  draw() {
    if (!this.data) return;
    const { classes, clips, ground } = this.data, { clip, at } = this;
    const style = getComputedStyle(this.figure);
    const [line2, edge, accent] = this.colours.read();
    const theme = { text: style.color, paper: style.backgroundColor, font: style.fontFamily, line: line2, edge, accent };
    const dressed = JSON.stringify(theme);
    if (dressed !== this.dressed) this.dial.set(classes, theme);
    this.dressed = dressed;
    this.dial.show(between(clip, at));
    this.lines.draw(classes, clip, at, theme);
    if (ground) this.cloud.draw(classes, ground, clips, clip, at, theme);
    this.write(clip);
  }
  /** @param {Clip} clip */
  write(clip) {
    const step = clip.steps[this.step];
    const found = this.data?.classes.find((one) => one.name === step.verdict);
    const sign = found ? symbolPicture(found.symbol, found.colour) : step.verdict === NONE ? nonePicture() : null;
    tell(this.find(".said"), step, clip.spoken, sign);
    buttonsIn(this.find(".steps"), "").forEach((button, i) => {
      button.setAttribute("aria-checked", String(i === this.step));
      button.tabIndex = i === this.step ? 0 : -1;
    });
    setText(this.find(".play"), this.playing ? "Stop" : "Play");
    this.figure.dataset.step = String(step.clips);
  }
  end() {
    this.stop();
    cancelAnimationFrame(this.frame);
    this.audio.pause();
    this.ended.abort();
    this.watched.disconnect();
  }
};

// ui/components/after_clips/browser/main.js
var main_default = mounting("figure.after-clips", (figure) => new AfterClips(figure));
export {
  main_default as default
};
