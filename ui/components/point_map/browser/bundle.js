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
    const written2 = JSON.stringify(answer);
    if (written2 === this.sent) return;
    this.sent = written2;
    setStateValue("answer", answer);
  }
};

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
function edgeOf(paper, ink) {
  return mixed(paper, ink, 0.5);
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
var SYMBOLS_PER_SIDE = 4;
var SYMBOL_CELL = 64;
var SYMBOL_RADIUS = 25;
function symbolSheet() {
  const side = SYMBOLS_PER_SIDE * SYMBOL_CELL;
  const canvas = new OffscreenCanvas(side, side);
  const pen = penOf(canvas);
  pen.fillStyle = "#000";
  pen.fillRect(0, 0, side, side);
  pen.lineJoin = "round";
  pen.lineWidth = 9;
  SYMBOL_NAMES.forEach((name, i) => {
    const x = (i % SYMBOLS_PER_SIDE + 0.5) * SYMBOL_CELL;
    const y = (Math.floor(i / SYMBOLS_PER_SIDE) + 0.5) * SYMBOL_CELL;
    traceSymbol(pen, name, [x, y], SYMBOL_RADIUS);
    pen.strokeStyle = "#0f0";
    pen.stroke();
    pen.fillStyle = "#f00";
    pen.fill();
  });
  return canvas;
}
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

// ui/components/point_map/browser/columns.js
var MARKER_OF_NUMBERS = 0;
var MISSING_MARKER = SYMBOL_NAMES.indexOf("x");
var STRONG_EDGE = 128;
var SMALLER = 64;
function looksOf(column, scale, missing, edged, smaller, count) {
  const looks = new Uint8Array(4 * count);
  if (!column) looks.fill(110);
  const put = (i, colour, marker) => {
    [looks[4 * i], looks[4 * i + 1], looks[4 * i + 2]] = colour;
    looks[4 * i + 3] = marker + (edged(i) ? STRONG_EDGE : 0) + (smaller?.[i] ? SMALLER : 0);
  };
  if (column?.kind === "category") {
    const colours = column.entries.map((entry) => numbersOf(entry.colour));
    const markers = column.entries.map((entry) => Math.max(0, SYMBOL_NAMES.indexOf(entry.symbol)));
    for (let i = 0; i < count; i++) put(i, colours[column.values[i]], markers[column.values[i]]);
  } else if (column) {
    const colours = between(scale.map(numbersOf), 256);
    const factor = 255 / (column.high - column.low || 1);
    for (let i = 0; i < count; i++) {
      const value = column.values[i];
      if (Number.isNaN(value)) put(i, missing, MISSING_MARKER);
      else put(i, colours[Math.max(0, Math.min(255, Math.round((value - column.low) * factor)))], MARKER_OF_NUMBERS);
    }
  }
  return looks;
}
function shuffled(count) {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  let state = 1;
  for (let i = count - 1; i > 0; i--) {
    state = Math.imul(state, 1664525) + 1013904223 >>> 0;
    const j = Math.floor(state / 2 ** 32 * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
function visibleOf(columns, hidden, limits, order) {
  const shown = [];
  for (const { name, kind, values } of columns) {
    const codes = hidden.get(name), ends = limits.get(name);
    if (kind === "category" && codes?.size) shown.push((i) => !codes.has(values[i]));
    if (kind === "number" && ends) shown.push((i) => values[i] >= ends[0] && values[i] <= ends[1]);
  }
  if (!shown.length) return order.slice();
  return order.filter((i) => shown.every((keeps) => keeps(i)));
}
function countsOf(column) {
  const counts = new Uint32Array(column.entries.length);
  for (const code of column.values) counts[code]++;
  return counts;
}
function searchable(map) {
  const places = map.searched.map((name) => {
    const text = map.texts.find((text2) => text2.name === name);
    if (text) return text.of;
    const column = map.columns.find((column2) => column2.name === name);
    return (i) => column?.kind === "category" ? column.entries[column.values[i]].name : "";
  });
  return Array.from({ length: map.count }, (_, i) => places.map((of) => of(i)).join("\n").toLowerCase());
}
function describedBy(map, index) {
  const lines = [];
  for (const name of map.told) {
    const text = map.texts.find((text2) => text2.name === name);
    const column = map.columns.find((column2) => column2.name === name);
    const value = text ? text.of(index) : column ? valueOf(column, index) : "";
    if (value && name !== "heard") lines.push([name, value]);
  }
  const file = map.texts.find((text) => text.name === "file");
  return { name: file?.of(index) || `point ${map.ids[index]}`, lines };
}
function valueOf(column, index) {
  const value = column.values[index];
  return column.kind === "category" ? column.entries[value].name : Number.isNaN(value) ? "not given" : shortly(value);
}
function shortly(number) {
  return String(Number(number.toPrecision(3)));
}

// ui/components/point_map/browser/geometry.js
function insidePolygon(x, y, line) {
  let inside = false;
  const last = line.length - 2;
  for (let i = 0, j = last; i <= last; j = i, i += 2) {
    const yi = line[i + 1], yj = line[j + 1];
    if (yi > y !== yj > y && x < (line[j] - line[i]) * (y - yi) / (yj - yi) + line[i]) inside = !inside;
  }
  return inside;
}
function boundsOf(line) {
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  for (let i = 0; i < line.length; i += 2) {
    left = Math.min(left, line[i]);
    right = Math.max(right, line[i]);
    top = Math.min(top, line[i + 1]);
    bottom = Math.max(bottom, line[i + 1]);
  }
  return [left, top, right, bottom];
}
function thinned(line, gap) {
  const kept = line.slice(0, 2);
  for (let i = 2; i < line.length; i += 2) {
    if (Math.hypot(line[i] - kept[kept.length - 2], line[i + 1] - kept[kept.length - 1]) >= gap) {
      kept.push(line[i], line[i + 1]);
    }
  }
  return kept;
}
var NO_LINES = new Float32Array(0);
function linesOf(origins, points, dimensions, indices) {
  const ends = new Float32Array(6 * indices.length);
  indices.forEach((index, i) => {
    for (let axis = 0; axis < dimensions; axis++) {
      ends[6 * i + axis] = origins[dimensions * index + axis];
      ends[6 * i + 3 + axis] = points[dimensions * index + axis];
    }
  });
  return ends;
}
function stretchedTo(map, { width, height }) {
  const longer = Math.max(width, height);
  const [x, y] = [width / longer, height / longer];
  const factors = [x / map.reach[0], y / map.reach[1]];
  return { ...map, points: map.points.map((value, i) => value * factors[i % 2]), reach: [x, y, map.reach[2]] };
}
function boxLine(x0, y0, x1, y1) {
  return [x0, y0, x1, y0, x1, y1, x0, y1];
}
function project(points, dimensions, matrix, width, height, screen) {
  const m = matrix;
  for (let p = 0, s = 0; p < points.length; p += dimensions, s += 3) {
    const x = points[p], y = points[p + 1], z = dimensions === 3 ? points[p + 2] : 0;
    const w = m[3] * x + m[7] * y + m[11] * z + m[15];
    screen[s] = ((m[0] * x + m[4] * y + m[8] * z + m[12]) / w * 0.5 + 0.5) * width;
    screen[s + 1] = (0.5 - (m[1] * x + m[5] * y + m[9] * z + m[13]) / w * 0.5) * height;
    screen[s + 2] = (m[2] * x + m[6] * y + m[10] * z + m[14]) / w;
  }
  return screen;
}
function enclosed(screen, indices, line) {
  const [left, top, right, bottom] = boundsOf(line);
  const found = [];
  for (const index of indices) {
    const x = screen[3 * index], y = screen[3 * index + 1];
    if (x >= left && x <= right && y >= top && y <= bottom && insidePolygon(x, y, line)) found.push(index);
  }
  return found;
}
function nearestTo(screen, indices, x, y, reach) {
  let best = -1, least = reach * reach, depth = Infinity;
  for (const index of indices) {
    const dx = screen[3 * index] - x, dy = screen[3 * index + 1] - y;
    const distance = dx * dx + dy * dy;
    if (distance < least || distance === least && screen[3 * index + 2] <= depth) {
      [best, least, depth] = [index, distance, screen[3 * index + 2]];
    }
  }
  return best;
}

// ui/components/point_map/browser/legend.js
function fillLegend(place, map, column, memory, changed) {
  place.replaceChildren();
  if (!column) return;
  if (column.kind === "number") {
    place.append(colourBar(column, map));
    return;
  }
  const hidden = memory.hidden.get(column.name) ?? /* @__PURE__ */ new Set();
  memory.hidden.set(column.name, hidden);
  const counts = countsOf(column);
  column.entries.forEach((entry, code) => {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-pressed", String(!hidden.has(code)));
    const count = document.createElement("small");
    count.textContent = counts[code].toLocaleString("en");
    button.append(symbolPicture(entry.symbol, entry.colour), entry.name, count);
    button.title = "Press to hide or show; twice to see it alone";
    button.addEventListener("click", (event) => {
      if (event.detail > 1) return;
      if (!hidden.delete(code)) hidden.add(code);
      changed();
    });
    button.addEventListener("dblclick", () => {
      hidden.clear();
      column.entries.forEach((_, other) => {
        if (other !== code) hidden.add(other);
      });
      changed();
    });
    place.append(button);
  });
}
function markLegend(place, column, memory) {
  if (column?.kind !== "category") return;
  const hidden = memory.hidden.get(column.name);
  [...place.children].forEach((button, code) => button.setAttribute("aria-pressed", String(!hidden?.has(code))));
}
function colourBar(column, map) {
  const bar = document.createElement("div");
  bar.className = "bar";
  const band = document.createElement("div");
  band.style.background = `linear-gradient(to right, ${map.scale.join(", ")})`;
  const words = document.createElement("p");
  const missing = column.values.filter(Number.isNaN).length;
  for (const text of [shortly(column.low), wordsOf(column.name), shortly(column.high)]) {
    const part = document.createElement("span");
    part.textContent = text;
    words.append(part);
  }
  bar.append(band, words);
  if (missing) bar.append(`not given: ${missing.toLocaleString("en")}, drawn as crosses`);
  return bar;
}
function fillFilters(place, map, column, memory, changed) {
  place.replaceChildren();
  for (const other of map.columns) {
    const hidden = memory.hidden.get(other.name);
    if (other.kind !== "category" || other === column || !hidden?.size) continue;
    const names = [...hidden].map((code) => other.entries[code]?.name).filter(Boolean);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `Hidden ${wordsOf(other.name)}: ${names.length > 3 ? names.length : names.join(", ")} ×`;
    button.setAttribute("aria-label", `Show ${names.join(", ")} again`);
    button.addEventListener("click", () => {
      hidden.clear();
      changed();
    });
    place.append(button);
  }
  for (const [name, ends] of memory.limits) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${wordsOf(name)}: ${ends.map(shortly).join(" to ")} ×`;
    button.setAttribute("aria-label", `Show all values of ${wordsOf(name)} again`);
    button.addEventListener("click", () => {
      memory.limits.delete(name);
      changed();
    });
    place.append(button);
  }
}
function wordsOf(name) {
  return name === "predicted" ? "heard as" : name.replaceAll("_", " ");
}

// ui/components/in_browser/shared/numbers.js
function fixed(value, decimals) {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

// ui/components/point_map/browser/sphere.js
var DEGREES = 180 / Math.PI;
var GRID = 30;
var PIECE = 6;
var ROUNDING = 1e-6;
var dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
var cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
var scaled = (a, factor) => [a[0] * factor, a[1] * factor, a[2] * factor];
function across(a) {
  const least = Math.min(...a.map(Math.abs));
  const axis = (
    /** @type {Vector} */
    a.map((part) => Number(Math.abs(part) === least))
  );
  const found = cross(a, axis);
  return scaled(found, 1 / Math.hypot(...found));
}
function degreesBetween(a, b) {
  return DEGREES * Math.atan2(Math.hypot(...cross(a, b)), dot(a, b));
}
function greatCircle(from, to, pieces) {
  const angle = degreesBetween(from, to) / DEGREES;
  const side = cross(cross(from, to), from);
  const far = Math.hypot(...side);
  const way = far > ROUNDING ? scaled(side, 1 / far) : across(from);
  return Array.from({ length: pieces + 1 }, (_, i) => {
    const [along, up] = [Math.cos(angle * i / pieces), Math.sin(angle * i / pieces)];
    return (
      /** @type {Vector} */
      from.map((part, axis) => along * part + up * way[axis])
    );
  });
}
function isHidden(point, eye) {
  const ray = (
    /** @type {Vector} */
    point.map((part, axis) => part - eye[axis])
  );
  const [a, b, c] = [dot(ray, ray), dot(ray, eye), dot(eye, eye) - 1];
  const root = b * b - a * c;
  return root > 0 && (-b - Math.sqrt(root)) / a < 1 - ROUNDING;
}
function facing(points, [x, y, z], indices) {
  return indices.filter((index) => points[3 * index] * x + points[3 * index + 1] * y + points[3 * index + 2] * z > 1);
}
function rim(eye, pieces) {
  const away = Math.hypot(...eye);
  const middle = scaled(eye, 1 / (away * away));
  const radius = Math.sqrt(1 - 1 / (away * away));
  const right = across(eye), up = cross(scaled(eye, 1 / away), right);
  return Array.from({ length: pieces + 1 }, (_, i) => {
    const angle = 2 * Math.PI * (i % pieces) / pieces;
    const [c, s] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    return (
      /** @type {Vector} */
      middle.map((part, axis) => part + c * right[axis] + s * up[axis])
    );
  });
}
function graticule() {
  const at = (latitude, longitude) => {
    const [up, around2] = [latitude / DEGREES, longitude / DEGREES];
    return [Math.cos(up) * Math.sin(around2), Math.sin(up), Math.cos(up) * Math.cos(around2)];
  };
  const ends = [];
  for (let longitude = 0; longitude < 360; longitude += GRID) {
    for (let up = -90; up < 90; up += PIECE) ends.push(...at(up, longitude), ...at(up + PIECE, longitude));
  }
  for (let latitude = GRID - 90; latitude < 90; latitude += GRID) {
    for (let around2 = 0; around2 < 360; around2 += PIECE) ends.push(...at(latitude, around2), ...at(latitude, around2 + PIECE));
  }
  return new Float32Array(ends);
}

// ui/components/point_map/browser/arcs.js
function allPairs({ arrows }) {
  return arrows.flatMap((_, one) => arrows.slice(one + 1).map((_2, more) => (
    /** @type {Pair} */
    [one, one + 1 + more]
  )));
}
function writtenPairs(globe, classes, from) {
  const names = classes?.column === globe.column ? classes.names : [];
  return allPairs(globe).filter((pair) => {
    const [one, other] = pair.map((number) => globe.arrows[number].name);
    return one === from || other === from || names.includes(one) && names.includes(other);
  });
}
function written({ degrees }, [one, other]) {
  return `${fixed(degrees[one][other], 0)}°`;
}
function arcsInWords(globe, pairs) {
  const { arrows } = globe;
  return pairs.map((pair) => {
    const [one, other] = pair.map((number) => arrows[number]);
    const drawn = degreesBetween(one.at, other.at);
    return `${one.name} and ${other.name}: ${written(globe, pair)}, drawn as ${fixed(drawn, 0)}°`;
  }).join("; ");
}

// ui/components/point_map/browser/shaders.js
var POINT_VERTEX = `#version 300 es
layout(location = 0) in vec3 place;
layout(location = 1) in uvec4 look;  // red, green, blue; marker, with 128 added for a strong edge and 64 for a small point
uniform mat4 matrix;
uniform float size;
uniform bool solid;
uniform vec4 eye;  // of a globe, with 1 behind it; 0 elsewhere
flat out vec3 colour;
flat out uint marker;
flat out float outlined;
flat out float hidden;
void main() {
  gl_Position = matrix * vec4(place, 1.0);
  gl_PointSize = (solid ? size / gl_Position.w : size) * ((look.a & 64u) > 0u ? 0.6 : 1.0);
  colour = vec3(look.rgb) / 255.0;
  marker = look.a & 63u;
  outlined = look.a >= 128u ? 1.0 : 0.0;
  hidden = dot(place, eye.xyz) < eye.w ? 1.0 : 0.0;  // beyond the rim of the sphere
}`;
var pointFragment = (dots) => `#version 300 es
precision mediump float;
flat in vec3 colour;
flat in uint marker;
flat in float outlined;
flat in float hidden;
uniform sampler2D sheet;
uniform vec3 paper, edge, ink, grey;
uniform float opacity, faded;
uniform bool solid;
out vec4 result;
void main() {
  ${dots ? `vec2 drawn = vec2(clamp((0.5 - distance(gl_PointCoord, vec2(0.5))) * 4.0, 0.0, 1.0), 0.0);` : `vec2 cell = vec2(marker & 3u, marker >> 2u);
         vec2 drawn = texture(sheet, (cell + gl_PointCoord) / 4.0).rg;`}
  float cover = min(1.0, drawn.r + drawn.g);
  if (cover < (solid ? 0.4 : 0.02)) discard;
  vec3 inside = mix(colour, grey, 0.8 * faded);
  vec3 around = mix(edge, ink, outlined * (1.0 - 0.7 * faded));
  vec3 shade = (inside * drawn.r + around * drawn.g) / max(drawn.r + drawn.g, 0.01);
  shade = mix(shade, paper, 0.65 * hidden);
  float alpha = (solid ? 1.0 : cover) * opacity;
  result = vec4(shade * alpha, alpha);
}`;
var PLAIN_VERTEX = `#version 300 es
layout(location = 0) in vec3 place;
uniform mat4 matrix;
uniform vec3 reach;
uniform vec4 eye;
out vec2 at;
out float hidden;
void main() {
  at = place.xy * 0.5 + 0.5;
  hidden = dot(place, eye.xyz) < eye.w ? 1.0 : 0.0;
  gl_Position = matrix * vec4(place * reach, 1.0);
}`;
var PLAIN_FRAGMENT = `#version 300 es
precision mediump float;
in vec2 at;
in float hidden;
uniform sampler2D shades;
uniform bool shaded;
uniform vec3 ink;
uniform float opacity;
out vec4 result;
void main() {
  float alpha = opacity * (shaded ? texture(shades, at).r : 1.0) * (1.0 - 0.6 * hidden);
  result = vec4(ink * alpha, alpha);
}`;

// ui/components/point_map/browser/renderer.js
var ANYWHERE = [0, 0, 0, 0];
var GRATICULE = graticule();
var SMALL = 5;
var SQUARE = new Float32Array([-1, -1, 0, 1, -1, 0, -1, 1, 0, 1, 1, 0]);
var CUBE = new Float32Array(
  [0, 1, 2].flatMap(
    (axis) => [[-1, -1], [-1, 1], [1, -1], [1, 1]].flatMap((corner) => [-1, 1].flatMap((end) => [...corner.slice(0, axis), end, ...corner.slice(axis)]))
  )
);
var Renderer = class {
  /**
   * Throws where there is no WebGL2.
   *
   * @param {HTMLCanvasElement} canvas
   */
  constructor(canvas) {
    const gl = canvas.getContext("webgl2", { alpha: true, antialias: false, depth: true, premultipliedAlpha: true });
    if (!gl) throw new Error("This browser draws without WebGL2.");
    this.gl = gl;
    this.canvas = canvas;
    this.dimensions = 2;
    this.reach = [1, 1, 1];
    this.made = madeWith(gl);
    this.setDensity(null);
    this.lined = 0;
    this.counts = [0, 0];
  }
  /** Makes everything again after the graphics were lost. */
  build() {
    this.made = madeWith(this.gl);
    this.setDensity(null);
    this.lined = 0;
    this.counts = [0, 0];
  }
  /**
   * @param {Float32Array} points
   * @param {2 | 3} dimensions
   * @param {Reach} reach of the box around them
   */
  setPoints(points, dimensions, reach) {
    const { gl } = this;
    this.reach = reach;
    this.dimensions = dimensions;
    gl.bindVertexArray(this.made.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.made.places);
    gl.bufferData(gl.ARRAY_BUFFER, points, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, dimensions, gl.FLOAT, false, 0, 0);
    gl.bindVertexArray(null);
  }
  /** @param {Float32Array} ends x, y and z of where each line begins and of where it ends */
  setLines(ends) {
    const { gl } = this;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.made.lines.corners);
    gl.bufferData(gl.ARRAY_BUFFER, ends, gl.DYNAMIC_DRAW);
    this.lined = ends.length / 3;
  }
  /** @param {Uint8Array} looks of the points; see `looksOf` */
  setLooks(looks) {
    const { gl } = this;
    gl.bindVertexArray(this.made.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.made.looks);
    gl.bufferData(gl.ARRAY_BUFFER, looks, gl.DYNAMIC_DRAW);
    gl.enableVertexAttribArray(1);
    gl.vertexAttribIPointer(1, 4, gl.UNSIGNED_BYTE, 0, 0);
    gl.bindVertexArray(null);
  }
  /**
   * What is drawn: those behind first and faded if anything lies in front, then those in front.
   *
   * @param {Uint32Array} behind
   * @param {Uint32Array} front
   */
  setOrder(behind, front) {
    const { gl } = this;
    const joined = new Uint32Array(behind.length + front.length);
    joined.set(behind);
    joined.set(front, behind.length);
    gl.bindVertexArray(this.made.array);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.made.order);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, joined, gl.DYNAMIC_DRAW);
    gl.bindVertexArray(null);
    this.counts = [behind.length, front.length];
  }
  /** @param {Density | null} density */
  setDensity(density) {
    const { gl } = this;
    this.dense = density !== null;
    const side = density?.cells ?? 1;
    gl.bindTexture(gl.TEXTURE_2D, this.made.shades);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    const values = density?.values ?? new Uint8Array(1);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8, side, side, 0, gl.RED, gl.UNSIGNED_BYTE, values);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  }
  /** @param {Scene} scene */
  draw({ matrix, eye, size, ratio, theme, fade, most }) {
    const { gl } = this;
    const solid = this.dimensions === 3;
    gl.viewport(0, 0, this.canvas.width, this.canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.disable(gl.DEPTH_TEST);
    const plain = (shape2, count, look2) => this.drawPlain(shape2.array, count, matrix, look2);
    const { grey, ink } = theme;
    if (this.dense && !solid) plain(this.made.square, 4, { colour: grey, opacity: 0.75, shaded: true });
    if (eye) plain(this.made.graticule, GRATICULE.length / 3, { colour: grey, opacity: 0.5, eye });
    else if (solid) plain(this.made.cube, 24, { colour: grey, opacity: 0.45, reach: this.reach });
    if (this.lined) plain(this.made.lines, this.lined, { colour: ink, opacity: 0.5 });
    if (solid) gl.enable(gl.DEPTH_TEST);
    const small = size < SMALL;
    const { use, at } = small ? this.made.dots : this.made.markers;
    const pixels = ratio * (small ? 1.1 : SYMBOL_CELL / (2 * SYMBOL_RADIUS));
    gl.useProgram(use);
    gl.uniformMatrix4fv(at("matrix"), false, matrix);
    gl.uniform1i(at("solid"), Number(solid));
    gl.uniform4fv(at("eye"), eye ? [...eye, 1] : ANYWHERE);
    gl.uniform1i(at("sheet"), 0);
    for (
      const name of
      /** @type {const} */
      ["paper", "edge", "ink", "grey"]
    ) gl.uniform3fv(at(name), theme[name]);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.made.sheet);
    gl.bindVertexArray(this.made.array);
    const [behind, front] = this.counts;
    const dense = behind + front > 3e4;
    gl.uniform1f(at("size"), size * pixels);
    gl.uniform1f(at("faded"), fade);
    gl.uniform1f(at("opacity"), solid ? 1 : (0.92 - 0.52 * fade) * (dense ? 0.75 : 1));
    if (behind) gl.drawElements(gl.POINTS, Math.min(behind, most), gl.UNSIGNED_INT, 0);
    if (front) {
      gl.clear(gl.DEPTH_BUFFER_BIT);
      gl.uniform1f(at("size"), (size + 1) * pixels);
      gl.uniform1f(at("faded"), 0);
      gl.uniform1f(at("opacity"), 1);
      gl.drawElements(gl.POINTS, front, gl.UNSIGNED_INT, 4 * behind);
    }
    gl.bindVertexArray(null);
  }
  /**
   * @param {WebGLVertexArrayObject} array
   * @param {number} count
   * @param {Float32Array} matrix
   * @param {PlainLook} look
   */
  drawPlain(array, count, matrix, { colour, opacity, reach = [1, 1, 1], eye = null, shaded = false }) {
    const { gl } = this;
    const { use, at } = this.made.plain;
    gl.useProgram(use);
    gl.uniformMatrix4fv(at("matrix"), false, matrix);
    gl.uniform3fv(at("ink"), colour);
    gl.uniform1f(at("opacity"), opacity);
    gl.uniform1i(at("shaded"), Number(shaded));
    gl.uniform3fv(at("reach"), reach);
    gl.uniform4fv(at("eye"), eye ? [...eye, 1] : ANYWHERE);
    gl.uniform1i(at("shades"), 0);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.made.shades);
    gl.bindVertexArray(array);
    gl.drawArrays(shaded ? gl.TRIANGLE_STRIP : gl.LINES, 0, count);
    gl.bindVertexArray(null);
  }
  /** Frees the graphics now: a browser allows only some sixteen contexts at once. */
  end() {
    this.gl.getExtension("WEBGL_lose_context")?.loseContext();
  }
};
function program(gl, vertex, fragment) {
  const use = gl.createProgram();
  for (const { type, source } of [{ type: gl.VERTEX_SHADER, source: vertex }, { type: gl.FRAGMENT_SHADER, source: fragment }]) {
    const shader = gl.createShader(type);
    if (!shader) break;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(use, shader);
  }
  gl.linkProgram(use);
  if (!gl.getProgramParameter(use, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`The map's shaders do not fit this computer: ${gl.getProgramInfoLog(use)}`);
  }
  const places = /* @__PURE__ */ new Map();
  const at = (name) => {
    const place = places.get(name) ?? gl.getUniformLocation(use, name);
    places.set(name, place);
    return place;
  };
  return { use, at };
}
function shape(gl, places) {
  const array = gl.createVertexArray();
  const corners = gl.createBuffer();
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, corners);
  gl.bufferData(gl.ARRAY_BUFFER, places, gl.STATIC_DRAW);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 3, gl.FLOAT, false, 0, 0);
  gl.bindVertexArray(null);
  return { array, corners };
}
function madeWith(gl) {
  return {
    markers: program(gl, POINT_VERTEX, pointFragment(false)),
    dots: program(gl, POINT_VERTEX, pointFragment(true)),
    plain: program(gl, PLAIN_VERTEX, PLAIN_FRAGMENT),
    places: gl.createBuffer(),
    looks: gl.createBuffer(),
    order: gl.createBuffer(),
    array: gl.createVertexArray(),
    square: shape(gl, SQUARE),
    cube: shape(gl, CUBE),
    graticule: shape(gl, GRATICULE),
    lines: shape(gl, NO_LINES),
    sheet: markerSheet(gl),
    shades: gl.createTexture()
  };
}
function markerSheet(gl) {
  const sheet = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, sheet);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, symbolSheet());
  gl.generateMipmap(gl.TEXTURE_2D);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAX_LEVEL, 4);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
  return sheet;
}

// ui/components/point_map/browser/surroundings.js
var MOVING = "Arrow keys move the map";
var TURNING = "Arrow keys turn the globe, with Shift also after a press";
var HELP = ", plus and minus zoom, 0 shows all of it, Enter selects the point nearest to the middle and plays it. Then arrow keys go from one of its neighbours to the next, each is heard, and Enter takes it into the selection. Escape ends the selection.";
var counted = (value) => value.toLocaleString("en");
function fillTools({ find, figure, canvas, map, memory }) {
  figure.setAttribute("aria-label", map.title);
  canvas.setAttribute("aria-label", `${map.title} ${map.globe ? TURNING : MOVING}${HELP}`);
  find(".colour").replaceChildren(
    ...map.columns.map(({ name }) => new Option(wordsOf(name), name, false, name === memory.colour))
  );
  const from = find(".from", HTMLSelectElement), names = (map.globe?.arrows ?? []).map(({ name }) => name);
  if (!names.includes(memory.from)) memory.from = "";
  from.hidden = names.length < 2;
  from.replaceChildren(new Option("Angles from …", ""), ...names.map((name) => new Option(`Angles from ${name}`, name)));
  from.value = memory.from;
  find(".keep").hidden = map.glides;
  find(".told").setAttribute("aria-live", map.silent ? "off" : "polite");
  find('[data-tool="move"]').textContent = map.dimensions === 3 ? "Turn" : "Move";
  const sample = find(".sample");
  sample.hidden = map.count === map.total;
  const known = "election and search know the drawn ones.";
  sample.textContent = `Drawn: ${counted(map.count)} of ${counted(map.total)} points, chosen at random. ` + (map.density ? `The grey shading counts all of them; s${known}` : `S${known}`);
}
function showTool({ canvas, memory, buttons }) {
  for (const button of buttons("[data-tool]")) {
    const chosen = button.dataset.tool === memory.tool;
    button.setAttribute("aria-checked", String(chosen));
    button.tabIndex = chosen ? 0 : -1;
  }
  canvas.dataset.tool = memory.tool;
}
function describe(shown) {
  const { find, map, visible, selected, matches, memory } = shown;
  const hidden = map.count - visible.length;
  find(".told").textContent = [
    `${counted(visible.length)} points.`,
    hidden ? `${counted(hidden)} hidden.` : "",
    selected.length ? `${counted(selected.length)} selected.` : "",
    arcNote(shown),
    edgeNote(shown)
  ].join(" ");
  find(".clear", HTMLButtonElement).disabled = !selected.length && shown.clicked < 0;
  const found = find(".found", HTMLButtonElement);
  found.hidden = !memory.query;
  found.disabled = !matches.length;
  found.textContent = `Select ${counted(matches.length)} found`;
  find(".unseen").textContent = unseen(shown);
}
function showWalk({ find, map, walk, selected, sound }) {
  const place = find(".walked");
  const count = walk.indices.length;
  place.hidden = !count;
  if (!count) return;
  const { index } = walk;
  if (index < 0) {
    const heard = walk.indices.some((one) => sound.addresses.has(map.ids[one]));
    setText(place, `${count} nearest: → and ← walk through them${heard ? " with sound" : ""}.`);
    return;
  }
  const { name, lines } = describedBy(map, index);
  const emotion = lines.find(([key]) => key === "emotion")?.[1];
  const taken = selected.includes(index) ? "in the selection" : "Enter selects it";
  setText(
    place,
    `Neighbour ${walk.at + 1} of ${count}: ${emotion ? `${emotion}, ` : ""}${name}, ${fixed(walk.degrees[walk.at], 0)}°; ${taken}.`
  );
}
function arcNote({ map: { globe }, marked, memory }) {
  const pairs = globe ? writtenPairs(globe, marked.classes, memory.from) : [];
  return globe && pairs.length ? `Angles between directions: ${arcsInWords(globe, pairs)}.` : "";
}
function edgeNote(shown) {
  if (!shown.map.columns.some((column) => column.name === "heard")) return "";
  return `${shown.stage.pointSize() < SMALL ? "Zoomed in, points have markers; a" : "A"} strong edge: heard wrongly.`;
}
function unseen({ map, column, selected }) {
  const heard = selected.slice(0, 20).map((index) => describedBy(map, index).name);
  const more = selected.length > heard.length ? ` and ${counted(selected.length - heard.length)} more` : "";
  const chosen = heard.length ? `Selected: ${heard.join(", ")}${more}.` : "Nothing is selected.";
  const names = (map.globe?.arrows ?? []).map(({ name }) => name);
  const arrows = names.length ? ` Arrows: ${names.join(", ")}.` : "";
  return `${map.title} ${counted(map.count)} points${coloursInWords(column)}.${arrows} ${chosen}`;
}
function coloursInWords(column) {
  if (!column) return "";
  const name = ` coloured by ${wordsOf(column.name)}`;
  if (column.kind === "number") return `${name}, from ${shortly(column.low)} to ${shortly(column.high)}`;
  const counts = countsOf(column);
  return `${name}; ${column.entries.map((entry, code) => `${entry.name}: ${counted(counts[code])}`).join(", ")}`;
}
function placeTip(tip, [x, y], { width, height }) {
  const unit = enlargement(), wide = tip.offsetWidth / unit, high = tip.offsetHeight / unit;
  tip.style.left = `${unit * Math.max(0, Math.min(x + 14, width - wide - 4))}px`;
  const below = y + 16;
  tip.style.top = `${unit * (below + high < height ? below : Math.max(0, y - high - 10))}px`;
}
function fillTip(tip, { name, lines }) {
  const title = document.createElement("b");
  title.textContent = name;
  tip.replaceChildren(title);
  lines.forEach(([key, value]) => {
    const line = document.createElement("div");
    line.textContent = `${wordsOf(key)}: ${value}`;
    tip.append(line);
  });
}

// ui/components/point_map/browser/appearance.js
var LIGHTLY = 0.4;
function recolour(map) {
  const { map: data, memory, theme } = map;
  if (!theme) return;
  map.find(".colour", HTMLSelectElement).value = memory.colour ?? "";
  const heard = data.columns.find((column) => column.name === "heard");
  const wrong = heard?.kind === "category" ? heard.entries.findIndex((entry) => entry.name === "wrongly") : -1;
  const edged = (index) => wrong >= 0 && heard?.values[index] === wrong;
  const [r, g, b] = theme.grey.map((part) => Math.round(part * 255));
  const grey = [r, g, b];
  map.renderer?.setLooks(looksOf(map.column, data.scale, grey, edged, data.smaller, data.count));
  fillLegend(map.find(".legend"), data, map.column, memory, () => map.everywhere(applyFilters));
  applyFilters(map);
}
function applyFilters(map) {
  const { map: data, memory } = map;
  map.visible = visibleOf(data.columns, memory.hidden, memory.limits, map.shown.order);
  map.shows = new Uint8Array(data.count);
  for (const index of map.visible) map.shows[index] = 1;
  markLegend(map.find(".legend"), map.column, memory);
  fillFilters(map.find(".filters"), data, map.column, memory, () => map.everywhere(applyFilters));
  arrange(map);
}
function search(map, query) {
  map.memory.query = query;
  map.everywhere((one) => {
    match(one);
    arrange(one);
  });
}
function match(map) {
  const field = map.find(".find", HTMLInputElement);
  if (field.value !== map.memory.query) field.value = map.memory.query;
  const query = map.memory.query.trim().toLowerCase();
  const texts = query ? map.shown.texts ??= searchable(map.map) : null;
  map.found = texts && Uint8Array.from(texts, (text) => Number(text.includes(query)));
}
function arrange(map) {
  const { found } = map;
  const front = found ? found.slice() : new Uint8Array(map.map.count);
  for (const index of map.selected) front[index] = 1;
  map.ringed = ofClasses(map);
  for (const index of map.ringed) front[index] = 1;
  const behind = map.visible.filter((index) => !front[index]);
  const before = map.visible.filter((index) => front[index]);
  map.matches = found ? map.visible.filter((index) => found[index]).sort() : new Uint32Array(0);
  const pressed = map.selected.length === 1 && map.selected[0] === map.clicked;
  map.fade = found || map.ringed.length || map.selected.length && !pressed ? 1 : pressed ? LIGHTLY : 0;
  map.renderer?.setOrder(behind, before);
  layLines(map);
  describe(map);
  map.panel.mark();
  map.stage.draw();
}
function layLines(map) {
  const { map: data, marked } = map;
  if (!data.origins) return;
  const lined = marked.lined ?? [.../* @__PURE__ */ new Set([...map.selected, ...marked.ringed])];
  const seen = lined.filter((index) => map.shows[index]);
  map.renderer?.setLines(linesOf(data.origins, data.points, data.dimensions, seen));
}
function ofClasses(map) {
  const { classes } = map.marked;
  const column = map.map.columns.find(({ name }) => name === classes?.column);
  if (!classes || column?.kind !== "category") return [];
  const codes = new Set(column.entries.flatMap(({ name }, code) => classes.names.includes(name) ? [code] : []));
  return [...map.visible].filter((index) => codes.has(column.values[index]));
}

// ui/components/point_map/browser/marked.js
var MARKS = "utterance-map-marks";
var ASK = "utterance-map-asks";
var CELL = "utterance-map-cell";
var NOTHING_MARKED = { ringed: [], placed: null, lined: [], classes: null };
function askForMarks() {
  document.dispatchEvent(new Event(ASK));
}
function onMarks(signal, take2) {
  document.addEventListener(MARKS, (event) => take2(
    /** @type {CustomEvent<PageMarks | PagePress>} */
    event.detail
  ), { signal });
}
function onCell(signal, take2) {
  document.addEventListener(
    CELL,
    (event) => take2(
      /** @type {CustomEvent<{ space: string, classes: Classes | null }>} */
      event.detail
    ),
    { signal }
  );
}
function withPlace([x, y, z], placed) {
  const far = (axis) => Math.min(4, Math.abs(placed?.at[axis] ?? 0)) * 1.05;
  return [Math.max(x, far(0)), Math.max(y, far(1)), Math.max(z, far(2))];
}

// ui/components/point_map/browser/memory.js
var Memory = class {
  constructor() {
    this.colour = null;
    this.first = null;
    this.tool = "move";
    this.query = "";
    this.from = "";
    this.selected = [];
    this.clicked = null;
    this.hidden = /* @__PURE__ */ new Map();
    this.limits = /* @__PURE__ */ new Map();
    this.views = /* @__PURE__ */ new Map();
    this.look = null;
    this.maps = /* @__PURE__ */ new Set();
  }
};
var Memories = class {
  constructor() {
    this.spaces = /* @__PURE__ */ new Map();
  }
  /** @param {string} space */
  of(space) {
    const memory = this.spaces.get(space) ?? new Memory();
    this.spaces.set(space, memory);
    return memory;
  }
};
function takeLook(memory, { look: look2, columns }) {
  if (!look2 || memory.look === look2.token) return;
  memory.look = look2.token;
  memory.colour = look2.colour || null;
  memory.first = null;
  memory.query = look2.search;
  memory.selected = look2.selected;
  memory.clicked = look2.clicked;
  memory.hidden = /* @__PURE__ */ new Map();
  memory.limits = new Map(Object.entries(look2.limits));
  for (const column of columns) {
    if (column.kind !== "category" || !Object.hasOwn(look2.hidden, column.name)) continue;
    const names = new Set(look2.hidden[column.name]);
    const codes = column.entries.flatMap((entry, code) => names.has(entry.name) ? [code] : []);
    memory.hidden.set(column.name, new Set(codes));
  }
  if (look2.camera) memory.views.set(look2.view, look2.camera);
  else memory.views.delete(look2.view);
}
function colourByFirst(memory, { columns }) {
  const first = columns[0]?.name ?? null, there = columns.some((column) => column.name === memory.colour);
  if (!there || memory.colour === memory.first) memory.colour = first;
  memory.first = first;
}
function lookOf(map, memory, camera) {
  const hidden = {};
  for (const column of map.columns) {
    const codes = memory.hidden.get(column.name);
    if (column.kind === "category" && codes?.size) hidden[column.name] = [...codes].map((code) => column.entries[code].name);
  }
  const { centre, zoom, turn } = camera.state();
  const seen = { centre: centre.map(shortened), zoom: shortened(zoom), turn: turn.map(shortened) };
  const limits = Object.fromEntries([...memory.limits].map(([name, ends]) => [name, ends.map(shortened)]));
  return { colour: memory.colour ?? "", search: memory.query, hidden, limits, camera: seen };
}
function shortened(value) {
  return Number(value.toPrecision(6));
}

// ui/components/point_map/browser/theme.js
function themeOf(figure) {
  const style = getComputedStyle(figure);
  return themed(style.backgroundColor, style.color);
}
var printed = () => themed("#FFFFFF", "#0E161C");
function themed(ground, text) {
  const paper = channels(ground), ink = channels(text);
  return { paper, ink, edge: edgeOf(paper, ink), grey: mixed(paper, ink, 0.35), text };
}
function colourOf(parts) {
  return `rgb(${parts.map((part) => Math.round(255 * part)).join(", ")})`;
}

// ui/components/point_map/browser/picture.js
var PICTURE_SIDE = 2400;
var EDGE = 16;
var ROW = 22;
function savePicture(map) {
  drawnPicture(map, printed()).toBlob((content) => {
    if (!content) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = `${map.map.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").slice(0, 80)}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
  }, "image/png");
}
function drawnPicture(map, theme) {
  const { width, height } = map.stage.size();
  const wide = width + 2 * EDGE;
  const ratio = Math.max(pixelsOfUnit(), PICTURE_SIDE / wide);
  const pen = penOf(new OffscreenCanvas(1, 1));
  pen.font = fontOf(14);
  const title = brokenText(pen, titleOf(map), width);
  const legend = legendRows(pen, map, width);
  const told = brokenText(pen, (map.find(".told").textContent ?? "").trim(), width);
  const top = EDGE + title.length * ROW;
  const below = top + height + EDGE;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(wide * ratio);
  canvas.height = Math.round((below + (legend.length + told.length) * ROW + EDGE) * ratio);
  const ink = penOf(canvas);
  ink.scale(ratio, ratio);
  ink.fillStyle = colourOf(theme.paper);
  ink.fillRect(0, 0, canvas.width, canvas.height);
  map.stage.paint(theme, width, height, ratio, Infinity);
  for (const layer of [map.canvas, map.marks]) ink.drawImage(layer, EDGE, top, width, height);
  map.stage.draw();
  ink.strokeStyle = colourOf(theme.grey);
  ink.strokeRect(EDGE, top, width, height);
  ink.fillStyle = theme.text;
  ink.textBaseline = "middle";
  title.forEach((line, i) => write(ink, line, EDGE, EDGE + i * ROW, 600));
  legend.forEach((row, i) => row.forEach((part) => part.draw(ink, EDGE + part.x, below + i * ROW)));
  told.forEach((line, i) => write(ink, line, EDGE, below + (legend.length + i) * ROW));
  return canvas;
}
function titleOf({ map, column, memory }) {
  const colour = column ? ` Coloured by ${wordsOf(column.name)}.` : "";
  return `${map.title}${colour}${memory.query ? ` Found: “${memory.query}”.` : ""}`;
}
function legendRows(pen, map, width) {
  const { column } = map;
  if (!column) return [];
  if (column.kind === "number") return [[{ x: 0, draw: (ink, x2, y) => drawBar(ink, column, map, x2, y) }]];
  const hidden = map.memory.hidden.get(column.name) ?? /* @__PURE__ */ new Set();
  const counts = countsOf(column);
  let row = [];
  const rows = [row];
  let x = 0;
  column.entries.forEach((entry, code) => {
    if (hidden.has(code) || !counts[code]) return;
    const text = `${entry.name} ${counted(counts[code])}`;
    const wide = 44 + pen.measureText(text).width;
    if (x && x + wide > width) {
      rows.push(row = []);
      x = 0;
    }
    row.push({ x, draw: (ink, left, top) => drawEntry(ink, entry, text, left, top) });
    x += wide;
  });
  return rows;
}
function drawEntry(ink, entry, text, x, y) {
  traceSymbol(ink, entry.symbol, [x + 8, y + ROW / 2], 6);
  const letters = ink.fillStyle;
  ink.fillStyle = entry.colour;
  ink.fill();
  ink.fillStyle = letters;
  write(ink, text, x + 20, y);
}
function drawBar(ink, column, map, x, y) {
  write(ink, shortly(column.low), x, y);
  const left = x + 12 + ink.measureText(shortly(column.low)).width;
  const shades = ink.createLinearGradient(left, 0, left + 200, 0);
  map.map.scale.forEach((colour, i) => shades.addColorStop(i / (map.map.scale.length - 1), colour));
  const letters = ink.fillStyle;
  ink.fillStyle = shades;
  ink.fillRect(left, y + 4, 200, ROW - 8);
  ink.fillStyle = letters;
  write(ink, shortly(column.high), left + 212, y);
}
function write(ink, text, x, y, weight = 400) {
  ink.font = fontOf(14, weight);
  ink.fillText(text, x, y + ROW / 2);
}
function fontOf(size, weight = 400) {
  return `${weight} ${size}px sans-serif`;
}
function brokenText(pen, text, width) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1], longer = `${last} ${word}`.trim();
    if (last && pen.measureText(longer).width > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.filter(Boolean);
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

// ui/components/point_map/browser/names.js
var GAP = 14;
function besideTips(labels, stage) {
  const taken = labels.map(({ at }) => ({ middle: at, size: { width: GAP, height: GAP } }));
  return labels.map((size) => {
    const { at: [x, y], way, width, height } = size;
    const [aside, away] = [way * (GAP + width / 2), GAP + height / 2];
    const ways = [[aside, 0], [-aside, 0], [0, -away], [0, away], [aside, away], [-aside, away], [aside, -away], [-aside, -away]];
    const places = ways.map(([dx, dy]) => (
      /** @type {Place} */
      [x + dx, y + dy]
    ));
    const free = places.find((place) => lies(place, size, stage) && !taken.some((other) => overlap(place, size, other.middle, other.size)));
    const middle = free ?? places.find((place) => lies(place, size, stage)) ?? places[0];
    taken.push({ middle, size });
    return middle;
  });
}
function lies([x, y], { width, height }, stage) {
  const [left, top] = [x - width / 2 - stage.x, y - height / 2 - stage.y];
  return left >= 0 && left + width <= stage.width && top >= 0 && top + height <= stage.height;
}
function overlap(one, size, other, sizeOfOther) {
  return Math.abs(one[0] - other[0]) < (size.width + sizeOfOther.width) / 2 && Math.abs(one[1] - other[1]) < (size.height + sizeOfOther.height) / 2;
}

// ui/components/point_map/browser/globe.js
var PIECES = 48;
var END = 1.1;
var TIP = 1.2;
var HEAD = 11;
var FAR = 0.4;
var FAR_ARROW = 0.55;
var TEXT = "600 16px sans-serif";
var LINE = 20;
function seenArrows(map) {
  const { globe } = map.map;
  if (!globe) return [];
  const eye = map.camera.eye(), see = sight(map);
  return globe.arrows.map((arrow) => ({
    ...arrow,
    hidden: isHidden(scaled(arrow.at, TIP), eye),
    end: see(scaled(arrow.at, END)),
    tip: see(scaled(arrow.at, TIP))
  })).sort((a, b) => Number(b.hidden) - Number(a.hidden));
}
function arrowAt(map, x, y, reach) {
  return seenArrows(map).findLast(({ tip }) => Math.hypot(tip[0] - x, tip[1] - y) < reach)?.name ?? "";
}
function drawGlobe(map, theme) {
  const { globe } = map.map;
  if (!globe) return;
  const pen = penOf(map.marks), see = sight(map), eye = map.camera.eye();
  const arrows = seenArrows(map);
  pen.save();
  pen.lineJoin = pen.lineCap = "round";
  pen.strokeStyle = colourOf(theme.grey);
  pen.lineWidth = 1;
  trace(pen, rim(eye, 2 * PIECES).map(see));
  const chosen = writtenPairs(globe, map.marked.classes, map.memory.from);
  const strong = new Set(chosen.map(String));
  for (const pair of allPairs(globe)) {
    const [one, other] = pair.map((number) => globe.arrows[number].at);
    const isStrong = strong.has(String(pair));
    drawArc(pen, greatCircle(one, other, PIECES), eye, see, isStrong ? theme.text : colourOf(theme.grey), isStrong ? 3 : 1.5);
  }
  for (const arrow of arrows) drawArrow(pen, arrow, see([0, 0, 0]), theme);
  for (const pair of chosen) {
    const place = placeOfAngle(globe, pair, map.memory.from);
    pen.globalAlpha = isHidden(place, eye) ? 2 * FAR : 1;
    write2(pen, written(globe, pair), see(place), theme);
  }
  writeNames(pen, map, arrows, theme);
  pen.restore();
}
function placeOfAngle({ arrows }, pair, from) {
  const [one, other] = pair.map((number) => arrows[number]);
  if (one.name === from) return greatCircle(one.at, other.at, 3)[2];
  return other.name === from ? greatCircle(one.at, other.at, 3)[1] : greatCircle(one.at, other.at, 2)[1];
}
function sight(map) {
  const { width, height } = map.stage.size();
  const matrix = map.camera.matrix(width, height), screen = new Float32Array(3);
  return (point) => {
    const [x, y] = project(point, 3, matrix, width, height, screen);
    return [x, y];
  };
}
function trace(pen, line) {
  pen.beginPath();
  for (const place of line) pen.lineTo(...place);
  pen.stroke();
}
function drawArc(pen, arc, eye, see, colour, wide) {
  pen.strokeStyle = colour;
  pen.lineWidth = wide;
  let run = [see(arc[0])];
  let hidden = isHidden(arc[0], eye);
  const end = () => {
    pen.globalAlpha = hidden ? FAR : 1;
    trace(pen, run);
  };
  for (const point of arc.slice(1)) {
    run.push(see(point));
    if (isHidden(point, eye) === hidden) continue;
    end();
    hidden = !hidden;
    run = [see(point)];
  }
  end();
  pen.globalAlpha = 1;
}
function drawArrow(pen, { hidden, colour, symbol, end, tip }, middle, theme) {
  pen.globalAlpha = hidden ? FAR_ARROW : 1;
  const towards = Math.atan2(end[1] - middle[1], end[0] - middle[0]);
  const corner = (angle) => [end[0] - HEAD * Math.cos(towards + angle), end[1] - HEAD * Math.sin(towards + angle)];
  for (const { stroke, wide } of [{ stroke: colourOf(theme.paper), wide: 6 }, { stroke: colour, wide: 3 }]) {
    pen.strokeStyle = stroke;
    pen.lineWidth = wide;
    trace(pen, [middle, end]);
    trace(pen, [corner(0.5), end, corner(-0.5)]);
  }
  mark(pen, symbol, tip, 9, colour, theme.text);
  pen.globalAlpha = 1;
}
function writeNames(pen, map, arrows, theme) {
  pen.font = TEXT;
  const named = arrows.toReversed();
  const [middle] = sight(map)([0, 0, 0]);
  const labels = named.map(({ name, tip }) => ({
    at: tip,
    way: tip[0] < middle ? -1 : 1,
    width: pen.measureText(name).width,
    height: LINE
  }));
  const { width, height } = map.stage.size(), { above, below } = map.camera;
  besideTips(labels, { x: 0, y: above, width, height: height - above - below }).forEach((place, i) => {
    pen.globalAlpha = named[i].hidden ? 1.5 * FAR : 1;
    write2(pen, named[i].name, place, theme);
  });
  pen.globalAlpha = 1;
}
function write2(pen, text, [x, y], theme) {
  pen.font = TEXT;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineWidth = 4;
  pen.strokeStyle = colourOf(theme.paper);
  pen.strokeText(text, x, y);
  pen.fillStyle = theme.text;
  pen.fillText(text, x, y);
}

// ui/components/point_map/browser/selecting.js
function enclose(map, line, event) {
  const inside = enclosed(map.stage.places(), map.stage.facing(), line).sort((a, b) => a - b);
  const without = new Set(inside);
  if (event.altKey) map.choose(map.selected.filter((index) => !without.has(index)));
  else if (event.shiftKey) map.choose([.../* @__PURE__ */ new Set([...map.selected, ...inside])].sort((a, b) => a - b));
  else map.choose(inside);
}
function press(map, x, y, reach, adding) {
  const arrow = arrowAt(map, x, y, reach);
  if (arrow) measureFrom(map, arrow === map.memory.from ? "" : arrow);
  const index = arrow ? -1 : map.stage.nearest(x, y, reach);
  if (index >= 0) pick(map, index, adding);
}
function pick(map, index, adding) {
  map.sound.play(map.map.ids[index]);
  const others = map.selected.filter((other) => other !== index);
  if (adding) {
    const removed = others.length < map.selected.length;
    map.choose(removed ? others : [...others, index], removed ? -1 : index);
  } else {
    const inside = others.length < map.selected.length;
    map.choose(inside ? map.selected : [index], index);
  }
}
function goTo(map, step) {
  if (!map.walk.step(step)) return;
  map.sound.play(map.map.ids[map.walk.index]);
  showWalk(map);
  map.stage.mark();
}
function takeNeighbour(map) {
  const { index } = map.walk;
  const others = map.selected.filter((other) => other !== index);
  map.choose(others.length < map.selected.length ? others : [...others, index], map.clicked);
}
function measureFrom(map, name) {
  map.memory.from = name;
  map.everywhere((one) => {
    one.find(".from", HTMLSelectElement).value = name;
    describe(one);
    one.stage.mark();
  });
}

// ui/components/point_map/browser/controls.js
var TOOLS = ["move", "lasso", "box"];
function listenToControls(map) {
  const { signal } = map.ended;
  const on = listener(signal);
  const { canvas } = map;
  const colour = map.find(".colour", HTMLSelectElement), field = map.find(".find", HTMLInputElement);
  on(colour, "change", () => {
    map.memory.colour = colour.value;
    map.everywhere(recolour);
  });
  const from = map.find(".from", HTMLSelectElement);
  on(from, "change", () => measureFrom(map, from.value));
  on(field, "input", () => search(map, field.value));
  on(field, "keydown", (event) => {
    if (event.key === "Enter") map.choose([...map.matches]);
  });
  on(map.find(".found"), "click", () => map.choose([...map.matches]));
  on(map.find(".clear"), "click", () => map.choose([]));
  on(map.find(".keep"), "click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    if (map.opened) map.setTriggerValue?.("kept", lookOf(map.map, map.memory, map.camera));
  });
  on(map.find(".picture"), "click", () => {
    if (map.opened && map.theme && !map.trouble.lost) savePicture(map);
  });
  onMarks(signal, (marks) => map.markedBy(marks));
  onCell(signal, (pressed) => map.ringClasses(pressed));
  const more = map.find(".more"), tools = map.find(".tools");
  on(more, "click", () => {
    more.setAttribute("aria-expanded", String(tools.toggleAttribute("data-open")));
    map.stage.draw();
  });
  const full = map.find(".full");
  full.hidden = !document.fullscreenEnabled;
  on(full, "click", () => document.fullscreenElement ? document.exitFullscreen() : map.figure.requestFullscreen());
  on(map.figure, "fullscreenchange", () => {
    full.setAttribute("aria-pressed", String(map.figure.matches(":fullscreen")));
    map.stage.draw();
  });
  on(map.find(".trouble button"), "click", () => map.trouble.report());
  for (const button of map.buttons("[data-tool]")) {
    on(button, "click", () => take(
      map,
      /** @type {Tool} */
      button.dataset.tool
    ));
    on(button, "keydown", (event) => takeByKey(map, event));
  }
  for (const button of map.buttons("[data-view]")) {
    on(button, "click", () => look(map, button.dataset.view));
  }
  on(map.figure, "keydown", (event) => {
    if (event.key === "Escape") escape(map, event);
  });
  on(canvas, "webglcontextlost", (event) => map.trouble.lose(event));
  on(canvas, "webglcontextrestored", () => map.trouble.recover());
  const resized = new ResizeObserver(() => map.stage.draw());
  resized.observe(canvas);
  signal.addEventListener("abort", () => resized.disconnect());
}
function take(map, tool) {
  map.memory.tool = tool;
  map.everywhere(showTool);
}
function takeByKey(map, event) {
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  take(map, TOOLS[(TOOLS.indexOf(map.memory.tool) + step + TOOLS.length) % TOOLS.length]);
  map.find(`[data-tool="${map.memory.tool}"]`).focus();
}
function look(map, how) {
  const { width, height } = map.stage.size();
  if (how === "all") map.camera.reset();
  else map.camera.zoomBy(how === "in" ? 1.4 : 1 / 1.4, ...map.camera.middle(width, height), width, height);
  map.moved();
}
function escape(map, event) {
  if (map.gestures.line) map.gestures.end();
  else if (!map.panel.place.hidden) map.panel.close();
  else if (map.memory.query && event.target === map.find(".find")) search(map, "");
  else map.choose([]);
  map.stage.mark();
}
function hover(map, index, at) {
  const tip = map.find(".tip");
  if (index !== map.hovered) {
    const id = map.map.ids[index];
    map.everywhere((one) => ring(one, id));
    map.canvas.toggleAttribute("data-over", index >= 0);
    if (index >= 0) fillTip(tip, describedBy(map.map, index));
  }
  tip.hidden = index < 0;
  if (index >= 0 && at) placeTip(tip, at, map.stage.size());
}
function ring(map, id) {
  map.hovered = map.shown.indexOf.get(id) ?? -1;
  map.stage.mark();
}

// ui/components/point_map/browser/filter_panel.js
var BINS = 24;
var SVG = "http://www.w3.org/2000/svg";
var FilterPanel = class {
  /** @param {PointMap} map */
  constructor(map) {
    this.map = map;
    this.place = map.find(".panel");
    this.button = map.find(".filter");
    this.marks = [];
    this.on = listener(map.ended.signal);
    this.on(this.button, "click", () => this.place.hidden ? this.open() : this.close());
  }
  open() {
    this.place.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.fill();
    this.place.querySelector("input")?.focus();
  }
  close() {
    this.place.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    this.button.focus();
  }
  /** Makes the parts for the columns of the open map; nothing while the panel is closed. */
  fill() {
    this.marks = [];
    this.place.replaceChildren();
    if (this.place.hidden || !this.map.opened) return;
    const all = document.createElement("button");
    all.type = "button";
    all.textContent = "Show all";
    all.addEventListener("click", () => {
      this.map.memory.hidden.forEach((codes) => codes.clear());
      this.map.memory.limits.clear();
      this.changed();
    });
    this.place.append(all);
    for (const column of this.map.map.columns) {
      const part = document.createElement("fieldset");
      const title = document.createElement("legend");
      title.textContent = wordsOf(column.name);
      part.append(title);
      if (column.kind === "category") this.fillNames(part, column);
      else this.fillNumbers(part, column);
      this.place.append(part);
    }
    this.mark();
  }
  mark() {
    for (const mark2 of this.marks) mark2();
  }
  changed() {
    this.map.everywhere(applyFilters);
  }
  /**
   * @param {HTMLElement} part
   * @param {CategoryColumn} column
   */
  fillNames(part, column) {
    const { memory } = this.map;
    const hidden = memory.hidden.get(column.name) ?? /* @__PURE__ */ new Set();
    memory.hidden.set(column.name, hidden);
    const counts = countsOf(column), most = Math.max(...counts, 1);
    const names = document.createElement("div");
    names.className = "names";
    const boxes = column.entries.map((entry, code) => {
      const label2 = document.createElement("label"), box = document.createElement("input");
      box.type = "checkbox";
      box.addEventListener("change", () => {
        if (box.checked) hidden.delete(code);
        else hidden.add(code);
        this.changed();
      });
      const name = document.createElement("span");
      name.className = "name";
      name.textContent = name.title = entry.name;
      const share = document.createElement("span"), count = document.createElement("span");
      share.className = "share";
      share.style.setProperty("--share", `${100 * counts[code] / most}%`);
      count.textContent = counts[code].toLocaleString("en");
      label2.append(box, name, share, count);
      names.append(label2);
      return box;
    });
    part.append(names);
    this.marks.push(() => boxes.forEach((box, code) => box.checked = !hidden.has(code)));
  }
  /**
   * @param {HTMLElement} part
   * @param {NumberColumn} column
   */
  fillNumbers(part, column) {
    const { memory } = this.map;
    const { low, high, name } = column;
    const picture = document.createElementNS(SVG, "svg");
    const bars = histogram(column);
    const most = Math.max(...bars, 1);
    picture.setAttribute("viewBox", `0 0 ${BINS} 1`);
    picture.setAttribute("preserveAspectRatio", "none");
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", `Histogram of ${wordsOf(name)}, from ${shortly(low)} to ${shortly(high)}`);
    const shown = [...bars].map((count, bin) => {
      const bar = document.createElementNS(SVG, "rect");
      const tall = count / most;
      for (const [key, value] of Object.entries({ x: bin + 0.05, y: 1 - tall, width: 0.9, height: tall })) {
        bar.setAttribute(key, String(value));
      }
      picture.append(bar);
      return bar;
    });
    const [from, to] = [low, high].map((value, end) => {
      const field = document.createElement("input");
      field.type = "number";
      field.step = "any";
      field.setAttribute("aria-label", `${wordsOf(name)}, ${end ? "at most" : "at least"}`);
      field.addEventListener("change", () => this.limit(column, Number(from.value || low), Number(to.value || high)));
      return field;
    });
    const ends = document.createElement("div");
    ends.className = "ends";
    ends.append(from, "to", to);
    part.append(picture, ends);
    this.drag(picture, column);
    this.marks.push(() => {
      const [least, greatest] = memory.limits.get(name) ?? [low, high];
      [from.value, to.value] = [shortly(least), shortly(greatest)];
      const width = (high - low || 1) / BINS;
      shown.forEach((bar, bin) => {
        const middle = low + (bin + 0.5) * width;
        bar.classList.toggle("kept", middle + width / 2 >= least && middle - width / 2 <= greatest);
      });
    });
  }
  /**
   * A stroke over the histogram keeps what it goes over; a press without a stroke shows all again.
   *
   * @param {SVGSVGElement} picture
   * @param {NumberColumn} column
   */
  drag(picture, column) {
    const { low, high } = column;
    let begin = null;
    const valueAt = (event) => {
      const { left, width } = picture.getBoundingClientRect();
      return low + Math.max(0, Math.min(1, (event.clientX - left) / width)) * (high - low);
    };
    picture.addEventListener("pointerdown", (event) => {
      picture.setPointerCapture(event.pointerId);
      begin = valueAt(event);
    });
    picture.addEventListener("pointermove", (event) => {
      if (begin === null) return;
      const now = valueAt(event);
      this.limit(column, Math.min(begin, now), Math.max(begin, now));
    });
    picture.addEventListener("pointerup", (event) => {
      if (begin !== null && Math.abs(valueAt(event) - begin) < (high - low) / 100) this.limit(column, low, high);
      begin = null;
    });
  }
  /**
   * @param {NumberColumn} column
   * @param {number} least
   * @param {number} greatest
   */
  limit({ name, low, high }, least, greatest) {
    if (!Number.isFinite(least) || !Number.isFinite(greatest) || least > greatest) {
      this.mark();
      return;
    }
    if (least <= low && greatest >= high) this.map.memory.limits.delete(name);
    else this.map.memory.limits.set(name, [least, greatest]);
    this.changed();
  }
};
function histogram({ values, low, high }) {
  const counts = new Uint32Array(BINS);
  const factor = BINS / (high - low || 1);
  for (const value of values) if (!Number.isNaN(value)) counts[Math.min(BINS - 1, Math.floor((value - low) * factor))]++;
  return counts;
}

// ui/components/point_map/browser/gestures.js
var PRESS = 5;
var REACH = { mouse: 9, pen: 12, touch: 20 };
var STEP = 40;
var ARROWS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
var LOOKS = { "+": "in", "=": "in", "-": "out", 0: "all" };
var Gestures = class {
  /** @param {PointMap} map */
  constructor(map) {
    this.map = map;
    this.pointers = /* @__PURE__ */ new Map();
    this.began = null;
    this.line = null;
    this.cross = false;
    const { canvas, ended } = map;
    const on = listener(ended.signal);
    on(canvas, "keydown", (event) => this.key(event));
    on(canvas, "focus", () => this.showCross(canvas.matches(":focus-visible")));
    on(canvas, "blur", () => this.showCross(false));
    on(canvas, "pointerdown", (event) => this.down(event));
    on(canvas, "pointermove", (event) => this.move(event));
    on(canvas, "pointerup", (event) => this.up(event));
    on(canvas, "pointercancel", (event) => this.up(event, true));
    on(canvas, "pointerleave", () => hover(map, -1));
    on(canvas, "contextmenu", (event) => event.preventDefault());
    on(canvas, "wheel", (event) => this.wheel(event), { passive: false });
  }
  end() {
    this.line = this.began = null;
  }
  /** @param {boolean} shown */
  showCross(shown) {
    this.cross = shown;
    this.map.stage.mark();
  }
  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { map } = this;
    const { width, height } = map.stage.size();
    const way = ARROWS[event.key], how = LOOKS[event.key];
    if (map.walk.indices.length && (way || event.key === "Enter" && map.walk.index >= 0) && !event.shiftKey) {
      event.preventDefault();
      if (way) goTo(map, way[0] + way[1] < 0 ? 1 : -1);
      else takeNeighbour(map);
      return;
    }
    if (way && (map.map.globe || event.shiftKey && map.map.dimensions === 3)) map.camera.orbit(-STEP * way[0], -STEP * way[1]);
    else if (way) map.camera.pan(STEP * way[0], STEP * way[1], width, height);
    else if (how) look(map, how);
    else if (event.key === "Enter") press(map, ...map.camera.middle(width, height), Math.max(width, height), event.shiftKey);
    else return;
    event.preventDefault();
    this.showCross(true);
    map.moved();
  }
  /** @param {WheelEvent} event */
  wheel(event) {
    const { map } = this;
    if (!event.ctrlKey && !hasFocus(map.canvas)) return;
    event.preventDefault();
    const { width, height } = map.stage.size();
    const lines = event.deltaMode === 1 ? 20 : 1;
    map.camera.zoomBy(Math.exp(-event.deltaY * lines * 15e-4), ...pointedAt(event), width, height);
    map.moved(true);
  }
  /** @param {PointerEvent} event */
  down(event) {
    const { map } = this;
    map.canvas.setPointerCapture(event.pointerId);
    const at = pointedAt(event);
    this.pointers.set(event.pointerId, at);
    this.end();
    this.showCross(false);
    hover(map, -1);
    if (this.pointers.size > 1) return;
    this.began = { at, other: event.button > 0 || event.shiftKey, path: [...at], moved: false };
  }
  /** @param {PointerEvent} event */
  move(event) {
    const at = pointedAt(event);
    const former = this.pointers.get(event.pointerId);
    if (!former) {
      if (event.pointerType !== "touch") hover(this.map, this.map.stage.nearest(...at, REACH.mouse), at);
      return;
    }
    if (this.pointers.size > 1) this.pinch(event.pointerId, at);
    else if (this.began) this.drag(former, at);
    this.pointers.set(event.pointerId, at);
  }
  /**
   * @param {At} former
   * @param {At} at
   */
  drag(former, at) {
    const { began, map } = this;
    if (!began) return;
    const { width, height } = map.stage.size();
    const [dx, dy] = [at[0] - former[0], at[1] - former[1]];
    began.moved ||= Math.hypot(at[0] - began.at[0], at[1] - began.at[1]) > PRESS;
    if (!began.moved) return;
    if (map.memory.tool === "move") {
      if (map.map.dimensions === 3 && !began.other) map.camera.orbit(dx, dy);
      else map.camera.pan(dx, dy, width, height);
      map.moved(true);
      return;
    }
    began.path.push(...at);
    this.line = map.memory.tool === "box" ? boxLine(...began.at, ...at) : began.path;
    map.stage.mark();
  }
  /**
   * @param {number} id of the finger that moves
   * @param {At} at
   */
  pinch(id, at) {
    const { map } = this;
    const before = this.pointers.get(id) ?? at;
    const [other] = [...this.pointers].filter(([number]) => number !== id).map(([, place]) => place);
    const { width, height } = map.stage.size();
    const apart = (place) => Math.max(10, Math.hypot(place[0] - other[0], place[1] - other[1]));
    map.camera.pan((at[0] - before[0]) / 2, (at[1] - before[1]) / 2, width, height);
    map.camera.zoomBy(apart(at) / apart(before), (at[0] + other[0]) / 2, (at[1] + other[1]) / 2, width, height);
    map.moved(true);
  }
  /**
   * @param {PointerEvent} event
   * @param {boolean} [broken] whether the browser took it away
   */
  up(event, broken = false) {
    const { began, line, map } = this;
    if (!this.pointers.delete(event.pointerId) || !began) return;
    this.end();
    if (!broken && !began.moved) {
      const adding = event.shiftKey || event.ctrlKey || event.metaKey;
      press(map, ...pointedAt(event), REACH[event.pointerType] ?? REACH.mouse, adding);
    } else if (!broken && line) enclose(map, thinned(line, 2), event);
    map.stage.mark();
  }
};

// ui/components/point_map/browser/glide.js
var GLIDE = 600;
var still = matchMedia("(prefers-reduced-motion: reduce)");
var eased = (t) => t * t * (3 - 2 * t);
function between2(from, to, share) {
  return share >= 1 ? to : Float32Array.from(to, (value, i) => from[i] + share * (value - from[i]));
}
var Glide = class {
  /** @param {(share: number) => void} draw */
  constructor(draw) {
    this.begin = performance.now();
    this.draw = draw;
    this.step = this.step.bind(this);
    this.asked = requestAnimationFrame(this.step);
  }
  /** @param {number} now */
  step(now) {
    const share = still.matches ? 1 : Math.max(0, Math.min(1, (now - this.begin) / GLIDE));
    this.draw(eased(share));
    if (share < 1) this.asked = requestAnimationFrame(this.step);
  }
  end() {
    cancelAnimationFrame(this.asked);
  }
};
function canGlide(former, map) {
  return map.glides && former.space === map.space && former.dimensions === map.dimensions && former.ids.length === map.ids.length && former.ids.every((id, i) => id === map.ids[i]);
}

// ui/components/point_map/browser/camera.js
var DISTANCE = 4;
var FILLED = 0.94;
var BEGIN = { centre: [0, 0, 0], zoom: 1, turn: [-0.6, 0.35] };
var Camera = class {
  /**
   * @param {2 | 3} dimensions
   * @param {Reach | [x: number, y: number]} reach how far the map goes from its middle along each axis, 1 at most
   * @param {CameraState} [state]
   * @param {boolean} [round] whether it lies on a sphere, and goes as far in every direction
   */
  constructor(dimensions, reach, state = BEGIN, round = false) {
    this.dimensions = dimensions;
    this.round = round;
    this.reach = this.seenReach(reach);
    this.centre = [...state.centre];
    this.zoom = state.zoom;
    this.turn = [...state.turn];
    this.above = this.below = 0;
  }
  /**
   * Where the middle of the map is seen before it is moved.
   *
   * @param {number} width
   * @param {number} height
   * @returns {[x: number, y: number]}
   */
  middle(width, height) {
    return [width / 2, (height + this.above - this.below) / 2];
  }
  /** @param {Reach} reach */
  setReach(reach) {
    this.reach = this.seenReach(reach);
  }
  /**
   * @param {Reach | [x: number, y: number]} reach
   * @returns {number[]}
   */
  seenReach(reach) {
    const around2 = this.round ? Math.max(...reach) : Math.hypot(...reach);
    return this.dimensions === 3 ? [around2, around2] : reach;
  }
  /** @returns {CameraState} */
  state() {
    return { centre: [...this.centre], zoom: this.zoom, turn: [...this.turn] };
  }
  /** @param {CameraState} state */
  restore(state) {
    this.centre = [...state.centre];
    this.zoom = state.zoom;
    this.turn = [...state.turn];
  }
  reset() {
    this.restore(BEGIN);
  }
  /**
   * Pixels for one unit of the map, at the middle.
   *
   * @param {number} width
   * @param {number} height
   */
  scale(width, height) {
    const free = Math.max(0.4 * height, height - this.above - this.below);
    return Math.min(width / this.reach[0], free / this.reach[1]) * 0.5 * FILLED * this.zoom;
  }
  /**
   * The rows of the rotation: which way on the map is right, up, and towards the eye.
   *
   * @returns {[right: Vector, up: Vector, near: Vector]}
   */
  axes() {
    if (this.dimensions === 2) return [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
    const [yaw, pitch] = this.turn;
    const [c, s, C, S] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
    return [[c, 0, s], [s * S, C, -c * S], [-s * C, S, c * C]];
  }
  /**
   * Where a map in space is looked at from.
   *
   * @returns {Vector}
   */
  eye() {
    const near = this.axes()[2], [x, y, z] = this.centre;
    return [x + DISTANCE * near[0], y + DISTANCE * near[1], z + DISTANCE * near[2]];
  }
  /**
   * @param {number} width
   * @param {number} height
   */
  matrix(width, height) {
    const scale = this.scale(width, height);
    const axes = this.axes();
    const [right, up, near] = axes.map((axis) => [...axis, -dot2(axis, this.centre)]);
    const solid = this.dimensions === 3;
    const rows = [
      right.map((value) => value * 2 * scale / width),
      up.map((value) => value * 2 * scale / height),
      solid ? near.map((value) => -value / DISTANCE) : [0, 0, 0, 0],
      solid ? near.map((value, column) => (column === 3 ? 1 : 0) - value / DISTANCE) : [0, 0, 0, 1]
    ];
    const lift = (this.below - this.above) / height;
    rows[1] = rows[1].map((value, column) => value + lift * rows[3][column]);
    const matrix = new Float32Array(16);
    rows.forEach((row, i) => row.forEach((value, j) => matrix[4 * j + i] = value));
    return matrix;
  }
  /**
   * Moves the map by pixels.
   *
   * @param {number} dx
   * @param {number} dy
   * @param {number} width
   * @param {number} height
   */
  pan(dx, dy, width, height) {
    const scale = this.scale(width, height);
    const [right, up] = this.axes();
    const moved = (i) => Math.max(-1, Math.min(1, this.centre[i] - (right[i] * dx - up[i] * dy) / scale));
    this.centre = [moved(0), moved(1), moved(2)];
  }
  /**
   * Zooms; what is seen at a place of the plane stays there.
   *
   * @param {number} factor
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @param {number} height
   */
  zoomBy(factor, x, y, width, height) {
    const zoom = Math.max(0.5, Math.min(2e3, this.zoom * factor));
    if (this.dimensions === 2) {
      const [middleX, middleY] = this.middle(width, height);
      const [dx, dy] = [x - middleX, y - middleY];
      const before = this.scale(width, height);
      this.zoom = zoom;
      const change = 1 / before - 1 / this.scale(width, height);
      this.centre = [this.centre[0] + dx * change, this.centre[1] - dy * change, 0];
      this.pan(0, 0, width, height);
    }
    this.zoom = zoom;
  }
  /**
   * Turns the map in space by pixels.
   *
   * @param {number} dx
   * @param {number} dy
   */
  orbit(dx, dy) {
    const limit = Math.PI / 2;
    this.turn = [this.turn[0] + dx * 8e-3, Math.max(-limit, Math.min(limit, this.turn[1] + dy * 8e-3))];
  }
};
function dot2(a, b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

// ui/components/point_map/browser/opened.js
var OpenedMap = class {
  /**
   * @param {MapData} map
   * @param {Memory} memory of what a visitor did with maps of its space
   */
  constructor(map, memory) {
    this.map = map;
    this.memory = memory;
    this.camera = new Camera(map.dimensions, map.reach, memory.views.get(map.view), map.globe !== null);
    this.screen = new Float32Array(3 * map.count);
    this.order = shuffled(map.count);
    this.indexOf = new Map(Array.from(map.ids, (id, index) => [id, index]));
    this.texts = null;
  }
};

// ui/components/point_map/browser/payload.js
function readPayload(bytes) {
  const read = (
    /** @type {ReturnType<typeof readColumns<Described & Columns>>} */
    readColumns(bytes)
  );
  const { header, body, array } = read;
  return {
    ...header,
    points: array(header.points, Float32Array),
    origins: header.origins && array(header.origins, Float32Array),
    ids: array(header.ids, Uint32Array),
    smaller: header.smaller && array(header.smaller, Uint8Array),
    density: header.density ? { cells: header.density.cells, values: array(header.density, Uint8Array) } : null,
    columns: header.columns.map(
      (column) => column.kind === "number" ? { ...column, values: array(column, Float32Array) } : { ...column, values: array(column, Uint8Array) }
    ),
    texts: header.texts.map(
      ({ name, at, bytes: length, ends }) => readTexts(name, new Uint8Array(body, at, length), array(ends, Uint32Array))
    )
  };
}
function readTexts(name, letters, ends) {
  const decoder = new TextDecoder();
  const of = (index) => decoder.decode(letters.subarray(index ? ends[index - 1] : 0, ends[index]));
  return { name, count: ends.length, of };
}

// ui/components/point_map/browser/sound.js
var PointSound = class {
  constructor() {
    this.player = new Audio();
    this.addresses = /* @__PURE__ */ new Map();
    this.awaited = null;
  }
  /**
   * What the page says where sounds are; one that is awaited is played.
   *
   * @param {Record<string, string>} addresses by id
   */
  learn(addresses) {
    for (const [id, address] of Object.entries(addresses)) this.addresses.set(Number(id), address);
    if (this.awaited !== null && this.addresses.has(this.awaited)) this.play(this.awaited);
  }
  /**
   * Plays a sound, now or as soon as the page has said where it is.
   *
   * @param {number} id
   */
  play(id) {
    const address = this.addresses.get(id);
    this.player.pause();
    this.awaited = address === void 0 ? id : null;
    if (address === void 0) return;
    this.player.src = address;
    this.player.play().catch(() => {
    });
  }
  end() {
    this.awaited = null;
    this.player.pause();
  }
};

// ui/components/point_map/browser/marks.js
var MOST_RINGS = 1e3;
var NEAR = 9;
var HEARD = 14;
function drawMarks(map, theme, width, height, ratio) {
  const pen = penOf(map.marks);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  drawGlobe(map, theme);
  pen.strokeStyle = pen.fillStyle = theme.text;
  pen.lineWidth = 2;
  for (const [index, radius] of [[map.clicked, 10], [map.hovered, 8]]) {
    if (index < 0) continue;
    pen.beginPath();
    pen.arc(...map.stage.placeOf(index), radius, 0, 2 * Math.PI);
    pen.stroke();
  }
  drawClasses(pen, map, theme);
  drawWalk(pen, map, theme, width);
  for (const index of map.marked.ringed) drawHeard(pen, map.stage.placeOf(index), theme);
  if (map.marked.placed) drawPlaced(pen, map, map.marked.placed, theme, width, height);
  const { line, cross: cross2 } = map.gestures;
  if (line) drawLine(pen, line);
  if (cross2) {
    const [x, y] = map.camera.middle(width, height);
    pen.beginPath();
    for (const [dx, dy] of [[9, 0], [0, 9]]) {
      pen.moveTo(x - dx, y - dy);
      pen.lineTo(x + dx, y + dy);
    }
    pen.stroke();
  }
}
function drawClasses(pen, map, theme) {
  const indices = map.ringed;
  if (!indices.length || indices.length > MOST_RINGS) return;
  const radius = map.stage.pointSize() / 2 + 3;
  pen.strokeStyle = theme.text;
  pen.lineWidth = 1.25;
  pen.beginPath();
  for (const index of indices) {
    const [x, y] = map.stage.placeOf(index);
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
  }
  pen.stroke();
  pen.lineWidth = 2;
}
function drawWalk(pen, map, theme, width) {
  const { walk } = map;
  if (map.clicked < 0 || map.map.ids[map.clicked] !== walk.of) return;
  const from = map.stage.placeOf(map.clicked);
  pen.strokeStyle = theme.text;
  walk.indices.forEach((index, place) => {
    if (!map.shows[index]) return;
    const to = map.stage.placeOf(index), looked = place === walk.at;
    pen.globalAlpha = looked ? 1 : 0.55;
    pen.lineWidth = looked ? 3 : 1.5;
    pen.beginPath();
    pen.moveTo(...from);
    pen.lineTo(...to);
    pen.moveTo(to[0] + NEAR, to[1]);
    pen.arc(...to, NEAR, 0, 2 * Math.PI);
    pen.stroke();
  });
  pen.globalAlpha = 1;
  pen.lineWidth = 2;
  if (walk.index >= 0 && map.shows[walk.index]) {
    const [x, y] = map.stage.placeOf(walk.index);
    label(pen, `${fixed(walk.degrees[walk.at], 0)}°`, x, y, width, theme);
  }
}
function drawHeard(pen, place, theme) {
  for (const { colour, line } of [{ colour: colourOf(theme.paper), line: 6 }, { colour: theme.text, line: 3 }]) {
    pen.strokeStyle = colour;
    pen.lineWidth = line;
    pen.beginPath();
    pen.arc(...place, HEARD, 0, 2 * Math.PI);
    pen.stroke();
  }
  pen.lineWidth = 2;
}
function drawPlaced(pen, map, { at, name }, theme, width, height) {
  const matrix = map.camera.matrix(width, height);
  const [x, y] = project(Float32Array.from(at), at.length, matrix, width, height, new Float32Array(3));
  const [seenX, seenY] = [Math.max(14, Math.min(width - 14, x)), Math.max(14, Math.min(height - 14, y))];
  for (const { colour, line } of [{ colour: colourOf(theme.paper), line: 7 }, { colour: theme.text, line: 3 }]) {
    pen.strokeStyle = colour;
    pen.lineWidth = line;
    pen.beginPath();
    if (seenX === x && seenY === y) drawTarget(pen, x, y);
    else drawArrow2(pen, seenX, seenY, Math.atan2(y - seenY, x - seenX));
    pen.stroke();
  }
  pen.lineWidth = 2;
  pen.strokeStyle = theme.text;
  label(pen, name, seenX, seenY, width, theme);
}
function drawTarget(pen, x, y) {
  pen.arc(x, y, 8, 0, 2 * Math.PI);
  for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
    pen.moveTo(x + 4 * dx, y + 4 * dy);
    pen.lineTo(x + 15 * dx, y + 15 * dy);
  }
}
function drawArrow2(pen, x, y, towards) {
  const end = (angle, far) => [x + far * Math.cos(towards + angle), y + far * Math.sin(towards + angle)];
  pen.moveTo(...end(2.6, 12));
  pen.lineTo(...end(0, 10));
  pen.lineTo(...end(-2.6, 12));
}
function label(pen, name, x, y, width, theme) {
  pen.font = "600 16px sans-serif";
  pen.textBaseline = "middle";
  const wide = pen.measureText(name).width;
  const left = x + 20 + wide < width ? x + 20 : Math.max(4, x - 20 - wide);
  pen.globalAlpha = 0.85;
  pen.fillStyle = colourOf(theme.paper);
  pen.fillRect(left - 3, y - 10, wide + 6, 20);
  pen.globalAlpha = 1;
  pen.fillStyle = theme.text;
  pen.fillText(name, left, y);
}
function drawLine(pen, line) {
  pen.beginPath();
  for (let i = 0; i < line.length; i += 2) pen.lineTo(line[i], line[i + 1]);
  pen.closePath();
  pen.setLineDash([5, 4]);
  pen.stroke();
  pen.setLineDash([]);
  pen.globalAlpha = 0.08;
  pen.fill();
  pen.globalAlpha = 1;
}

// ui/components/point_map/browser/stage.js
var SLOW = 90;
var FEW = 2e4;
var Stage = class {
  /** @param {PointMap} map */
  constructor(map) {
    this.map = map;
    this.seen = null;
    this.frame = null;
    this.marking = null;
    this.moving = false;
    this.asked = 0;
    this.slow = false;
  }
  /** @param {boolean} [moving] while points only change their place: where that is slow, few of them are drawn until it ends */
  draw(moving = false) {
    const { map } = this;
    clearTimeout(this.rest);
    this.moving = moving;
    if (!this.frame) this.asked = performance.now();
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (map.opened && map.theme && !map.trouble.lost) this.drawNow(map.theme);
    });
  }
  // Draw only what lies over the points.
  mark() {
    const { map } = this;
    this.marking ??= requestAnimationFrame(() => {
      this.marking = null;
      const { width, height } = this.size();
      if (map.opened && map.theme) drawMarks(map, map.theme, width, height, pixelsOfUnit());
    });
  }
  /** @param {Theme} theme */
  drawNow(theme) {
    const { width, height } = this.size();
    if (!this.moving) this.makeRoom();
    this.seen = null;
    if (this.moving) this.slow ||= performance.now() - this.asked > SLOW;
    const few = this.moving && this.slow;
    if (few) this.rest = setTimeout(() => this.draw(), 2 * SLOW);
    this.paint(theme, width, height, pixelsOfUnit(), few ? FEW : Infinity);
    this.map.figure.dataset.drawn = this.map.map.digest;
  }
  /**
   * @param {Theme} theme
   * @param {number} width
   * @param {number} height
   * @param {number} ratio pixels of the picture for a unit
   * @param {number} most points that are drawn
   */
  paint(theme, width, height, ratio, most) {
    const { map } = this;
    for (const canvas of [map.canvas, map.marks]) fit(canvas, { width, height }, ratio);
    const matrix = map.camera.matrix(width, height);
    const eye = map.map.globe && map.camera.eye();
    map.renderer?.draw({ matrix, eye, size: this.pointSize(), ratio, theme, fade: map.fade, most });
    drawMarks(map, theme, width, height, ratio);
  }
  /** Tools and legend lie over the map: the whole of it is seen between them. */
  makeRoom() {
    const { camera, find } = this.map;
    const unit = enlargement();
    camera.above = find(".tools").offsetHeight / unit + 4;
    camera.below = find(".legend").offsetHeight / unit + 4;
  }
  size() {
    return sizeOf(this.map.canvas);
  }
  pointSize() {
    const { count } = this.map.map;
    const few = count < 600 ? 11 : count < 6e3 ? 8 : count < 3e4 ? 5 : 3.5;
    return Math.min(14, few * Math.sqrt(Math.max(1, this.map.camera.zoom)));
  }
  places() {
    if (!this.seen) {
      const { width, height } = this.size();
      const { map } = this;
      const matrix = map.camera.matrix(width, height);
      const points = map.laid ?? map.map.points;
      this.seen = project(points, map.map.dimensions, matrix, width, height, map.shown.screen);
    }
    return this.seen;
  }
  /**
   * @param {number} index
   * @returns {Place}
   */
  placeOf(index) {
    const places = this.places();
    return [places[3 * index], places[3 * index + 1]];
  }
  /**
   * The point seen nearest to a place, or -1.
   *
   * @param {number} x
   * @param {number} y
   * @param {number} reach pixels
   */
  nearest(x, y, reach) {
    const { map } = this;
    if (!map.opened) return -1;
    const places = this.places();
    const near = nearestTo(places, this.facing(), x, y, reach);
    return near < 0 && map.map.globe ? nearestTo(places, map.visible, x, y, reach) : near;
  }
  /** The points that are seen: of a globe, those on the half that is turned to the eye. */
  facing() {
    const { map } = this;
    return map.map.globe ? facing(map.map.points, map.camera.eye(), map.visible) : map.visible;
  }
  end() {
    clearTimeout(this.rest);
    for (const asked of [this.frame, this.marking]) if (asked !== null) cancelAnimationFrame(asked);
  }
};

// ui/components/point_map/browser/trouble.js
var PATIENCE = 5e3;
var EMPTY = { selected: [], clicked: null, missing: false };
var Trouble = class {
  /** @param {PointMap} map */
  constructor(map) {
    this.map = map;
    this.lost = false;
    this.gaveUp = false;
  }
  /** @param {Event} event */
  lose(event) {
    event.preventDefault();
    this.lost = true;
    this.say("The graphics of this browser have stopped; they are being started again.", false);
    this.waiting = setTimeout(
      () => this.say("The graphics of this browser have stopped and did not come back.", true),
      PATIENCE
    );
  }
  recover() {
    clearTimeout(this.waiting);
    this.lost = false;
    this.map.find(".trouble").hidden = true;
    this.map.renderer?.build();
    this.map.fillRenderer();
    recolour(this.map);
  }
  /** @param {string} words */
  giveUp(words) {
    this.say(words, true);
    this.report();
  }
  report() {
    if (this.gaveUp) return;
    this.gaveUp = true;
    this.map.setStateValue?.("answer", { ...EMPTY, missing: true });
  }
  /**
   * @param {string} words
   * @param {boolean} hopeless whether to offer the simple map
   */
  say(words, hopeless) {
    const { find } = this.map;
    find(".trouble").hidden = false;
    find(".trouble p").textContent = words;
    find(".trouble button").hidden = !hopeless;
  }
  end() {
    clearTimeout(this.waiting);
  }
};

// ui/components/point_map/browser/walk.js
var Walk = class {
  constructor() {
    this.indices = [];
    this.degrees = [];
    this.of = null;
    this.at = -1;
  }
  /**
   * Takes the neighbours of a point; those of the same point keep the place.
   *
   * @param {Neighbours | null} neighbours
   * @param {Map<number, number>} indexOf id → index on this map
   */
  take(neighbours, indexOf) {
    const there = (neighbours?.ids ?? []).flatMap((id, place) => {
      const index = indexOf.get(id);
      return index === void 0 ? [] : [{ index, degrees: neighbours?.degrees[place] ?? NaN }];
    });
    if (this.of !== (neighbours?.of ?? null)) this.at = -1;
    this.of = neighbours?.of ?? null;
    this.indices = there.map((one) => one.index);
    this.degrees = there.map((one) => one.degrees);
    this.at = Math.min(this.at, this.indices.length - 1);
  }
  /** The index of the neighbour that is looked at, -1 if none is. */
  get index() {
    return this.indices[this.at] ?? -1;
  }
  /**
   * @param {number} step forwards or backwards
   * @returns {boolean} whether there is a neighbour to go to
   */
  step(step) {
    const { length } = this.indices;
    if (!length) return false;
    this.at = this.at < 0 ? step > 0 ? 0 : length - 1 : (this.at + step + length) % length;
    return true;
  }
};

// ui/components/point_map/browser/map.js
var PointMap = class {
  /**
   * @param {HTMLElement} figure
   * @param {Memories} memories
   */
  constructor(figure, memories2) {
    this.figure = figure;
    Object.assign(figure, { pointMap: this });
    this.memories = memories2;
    this.find = finder(figure);
    this.canvas = freshCanvas(this.find(".points", HTMLCanvasElement));
    this.marks = this.find(".marks", HTMLCanvasElement);
    this.answers = new Answers(EMPTY);
    this.opened = null;
    this.theme = void 0;
    this.hovered = -1;
    this.clicked = -1;
    this.selected = [];
    this.visible = new Uint32Array(0);
    this.found = null;
    this.shows = new Uint8Array(0);
    this.ringed = [];
    this.matches = new Uint32Array(0);
    this.fade = 0;
    this.marked = NOTHING_MARKED;
    this.stage = new Stage(this);
    this.trouble = new Trouble(this);
    this.ended = new AbortController();
    this.renderer = null;
    this.failure = "";
    try {
      this.renderer = new Renderer(this.canvas);
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    }
    this.walk = new Walk();
    this.sound = new PointSound();
    this.glide = null;
    this.laid = null;
    this.gestures = new Gestures(this);
    this.panel = new FilterPanel(this);
    listenToControls(this);
  }
  /**
   * Another call of the component: new data, a new theme, or neither.
   *
   * @param {Uint8Array} bytes
   * @param {Send} setStateValue
   * @param {Send} setTriggerValue
   */
  update(bytes, setStateValue, setTriggerValue) {
    this.setStateValue = setStateValue;
    this.setTriggerValue = setTriggerValue;
    if (this.failure) {
      this.trouble.giveUp(`${this.failure} A simpler map is drawn instead.`);
      return;
    }
    const { header } = readHeader(bytes);
    const theme = themeOf(this.figure);
    const opened = header.digest !== this.opened?.map.digest;
    if (opened) this.open(readPayload(bytes));
    if (opened || JSON.stringify(theme) !== JSON.stringify(this.theme)) {
      this.theme = theme;
      recolour(this);
    }
  }
  /** @param {MapData} sent */
  open(sent) {
    const map = sent.stretched ? stretchedTo(sent, this.stage.size()) : sent;
    const former = this.opened?.map;
    const from = this.laid ?? former?.points;
    this.glide?.end();
    this.laid = null;
    this.opened?.memory.maps.delete(this);
    const memory = this.memories.of(map.space);
    memory.maps.add(this);
    takeLook(memory, map);
    this.opened = new OpenedMap(map, memory);
    this.marked = NOTHING_MARKED;
    this.stage.seen = null;
    this.hovered = -1;
    this.recall();
    colourByFirst(memory, map);
    this.walk.take(null, this.opened.indexOf);
    this.fillRenderer();
    this.figure.style.setProperty("--room", `${map.room}rem`);
    fillTools(this);
    showTool(this);
    this.panel.fill();
    if (former && from && canGlide(former, map)) {
      this.laid = from;
      this.renderer?.setPoints(from, map.dimensions, map.reach);
      this.glide = new Glide((share) => this.lay(between2(from, map.points, share)));
    }
    match(this);
    this.send();
    askForMarks();
  }
  /** @param {Float32Array} points where they are drawn from now on */
  lay(points) {
    this.laid = points === this.map.points ? null : points;
    this.renderer?.setPoints(points, this.map.dimensions, this.map.reach);
    this.stage.draw(this.laid !== null);
  }
  /** What is open; nothing here is pressed or drawn before a map is. */
  get shown() {
    if (!this.opened) throw new Error("Expected an open map; there is none yet.");
    return this.opened;
  }
  get map() {
    return this.shown.map;
  }
  get memory() {
    return this.shown.memory;
  }
  get camera() {
    return this.shown.camera;
  }
  /**
   * Does something on every map that shares this one's memory.
   *
   * @param {(map: PointMap) => void} act
   */
  everywhere(act) {
    for (const map of this.memory.maps) act(map);
  }
  /**
   * Of ids, those that are drawn, as indices.
   *
   * @param {number[]} ids
   */
  indices(ids) {
    const { indexOf } = this.shown;
    return ids.map((id) => indexOf.get(id)).filter((index) => index !== void 0);
  }
  get column() {
    return this.map.columns.find((column) => column.name === this.memory.colour);
  }
  /**
   * What the page marks on this map; see marked.js.
   *
   * @param {PageMarks | PagePress} page
   */
  markedBy(page) {
    if (page.space !== this.opened?.map.space) return;
    if ("sounds" in page) {
      this.walk.take(page.neighbours, this.shown.indexOf);
      this.sound.learn(page.sounds);
      showWalk(this);
      this.stage.mark();
      return;
    }
    this.marked = {
      ringed: this.indices(page.ringed),
      placed: page.view === this.map.view ? page.placed : null,
      lined: page.lined && this.indices(page.lined),
      classes: page.classes
    };
    this.camera.setReach(withPlace(this.map.reach, this.marked.placed));
    if (this.theme) arrange(this);
  }
  /** @param {{ space: string, classes: Classes | null }} pressed a cell of a matrix on the page */
  ringClasses({ space, classes }) {
    if (space !== this.opened?.map.space) return;
    this.marked = { ...this.marked, classes };
    arrange(this);
  }
  fillRenderer() {
    const { points, dimensions, density, reach } = this.map;
    this.renderer?.setPoints(points, dimensions, reach);
    this.renderer?.setDensity(density);
    this.renderer?.setLines(NO_LINES);
  }
  /**
   * @param {number[]} indices
   * @param {number} [clicked] index of the point that was pressed, if one was
   */
  choose(indices, clicked = -1) {
    this.memory.selected = indices.map((index) => this.map.ids[index]);
    this.memory.clicked = clicked < 0 ? null : this.map.ids[clicked];
    this.everywhere((map) => {
      map.recall();
      arrange(map);
    });
    this.send();
  }
  // What is selected on all maps of this space, as indices of this one.
  recall() {
    const { selected, clicked } = this.memory;
    this.selected = this.indices(selected);
    [this.clicked = -1] = this.indices(clicked === null ? [] : [clicked]);
  }
  // Of maps that share a memory, one tells it.
  send() {
    const { selected, clicked } = this.memory;
    this.everywhere((one) => {
      if (one.setStateValue && !one.map.silent) one.answers.send(one.setStateValue, { selected, clicked, missing: false });
    });
  }
  /**
   * The camera has moved: every map of the same places follows.
   *
   * @param {boolean} [moving]
   */
  moved(moving = false) {
    const state = this.camera.state();
    this.memory.views.set(this.map.view, state);
    this.everywhere((other) => {
      if (other.map.view !== this.map.view) return;
      other.camera.restore(state);
      other.stage.draw(moving);
    });
  }
  /** @param {string} selector */
  buttons = (selector) => buttonsIn(this.figure, selector);
  end() {
    this.ended.abort();
    this.glide?.end();
    this.sound.end();
    this.opened?.memory.maps.delete(this);
    this.trouble.end();
    this.stage.end();
    this.renderer?.end();
  }
};
function freshCanvas(canvas) {
  const fresh = (
    /** @type {HTMLCanvasElement} */
    canvas.cloneNode()
  );
  canvas.replaceWith(fresh);
  return fresh;
}

// ui/components/point_map/browser/main.js
var memories = new Memories();
var main_default = mounting("figure.map", (figure) => new PointMap(figure, memories));
export {
  main_default as default
};
