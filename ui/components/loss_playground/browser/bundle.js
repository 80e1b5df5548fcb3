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

// ui/components/in_browser/shared/copied_link.js
var SAID = 2500;
var LABEL = "Copy a link to this";
var LinkButton = class {
  /** @param {LinkPlace} place @param {() => Record<string, string>} parameters of the address: the state of now */
  constructor({ button, field }, parameters) {
    this.button = button;
    this.field = field;
    this.parameters = parameters;
    button.addEventListener("click", () => this.copy());
  }
  async copy() {
    const address = new URL(location.href);
    address.search = new URLSearchParams(this.parameters()).toString();
    this.field.value = String(address);
    this.field.hidden = false;
    this.field.select();
    try {
      await navigator.clipboard.writeText(this.field.value);
      setText(this.button, "Copied");
    } catch {
      setText(this.button, "Copy the link beside this");
    }
    clearTimeout(this.later);
    this.later = setTimeout(() => setText(this.button, LABEL), SAID);
  }
  end() {
    clearTimeout(this.later);
  }
  /** Takes the address away once what it leads to is no longer what is seen. */
  seen() {
    if (this.field.hidden) return;
    const address = new URL(this.field.value);
    address.search = new URLSearchParams(this.parameters()).toString();
    this.field.hidden = this.field.value !== String(address);
  }
};

// ui/components/in_browser/shared/enlargement.js
var USUAL = 16;
function enlargement() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL || 1;
}
function heightInSight(picture) {
  const scale = enlargement();
  if (scale <= 1) return void 0;
  const scrolled = document.querySelector('[data-testid="stMain"]')?.scrollTop ?? 0;
  return (innerHeight - picture.getBoundingClientRect().top - scrolled) / scale;
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
var Pool = class {
  /** @param {keyof SVGElementTagNameMap} name @param {Element} group */
  constructor(name, group) {
    this.name = name;
    this.group = group;
    this.elements = [];
  }
  /** @param {Record<string, string | number>[]} wanted attributes of each */
  show(wanted) {
    while (this.elements.length < wanted.length) this.elements.push(svg(this.name, {}, this.group));
    this.elements.forEach((element, i) => {
      element.toggleAttribute("hidden", i >= wanted.length);
      if (i < wanted.length) set(element, wanted[i]);
    });
  }
};

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

// ui/components/in_browser/shared/numbers.js
function fixed(value, decimals) {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

// ui/components/loss_playground/browser/gestures.js
var STILL = 4;
var PUSH = 3;
var FINE = 0.5;
var ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
var TYPED_INTO = "input:not([type=range]), textarea, select, [contenteditable=true]";
var Gestures = class {
  /** @param {HTMLElement} figure @param {SVGSVGElement} picture @param {Deeds} deeds */
  constructor(figure, picture, deeds) {
    this.figure = figure;
    this.picture = picture;
    this.deeds = deeds;
    this.ended = new AbortController();
    const { signal } = this.ended;
    picture.addEventListener("pointerdown", (event) => this.press(event), { signal });
    picture.addEventListener("pointermove", (event) => this.move(event), { signal });
    picture.addEventListener("pointerup", (event) => this.release(event), { signal });
    picture.addEventListener("pointercancel", () => {
      this.held = null;
    }, { signal });
    document.addEventListener("keydown", (event) => this.key(event), { signal, capture: true });
  }
  end() {
    this.ended.abort();
  }
  /** @param {PointerEvent} event */
  at(event) {
    const box = this.picture.getBoundingClientRect();
    const scale = box.width / (this.picture.viewBox.baseVal?.width || box.width);
    return { x: (event.clientX - box.left) / scale, y: (event.clientY - box.top) / scale };
  }
  /** @param {PointerEvent} event */
  press(event) {
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    const panel = panelOf(event.target);
    const { x, y } = this.at(event);
    const point = panel < 0 ? null : this.deeds.nearest(panel, x, y);
    if (point === null && !event.target.closest(".turnable")) return;
    this.held = { panel, point, x, y, still: true, behind: point !== null && this.deeds.isBehind(panel, point) };
    this.picture.setPointerCapture(event.pointerId);
  }
  /** @param {PointerEvent} event */
  move(event) {
    const { held } = this;
    if (!held) return;
    const { x, y } = this.at(event);
    if (held.still && Math.hypot(x - held.x, y - held.y) < STILL) return;
    held.still = false;
    if (held.point !== null) this.deeds.drag(held.panel, held.point, x, y, held.behind);
    else {
      this.deeds.turn((held.x - x) / 2);
      held.x = x;
    }
  }
  /** @param {PointerEvent} event */
  release(event) {
    const { held } = this;
    this.held = null;
    if (held?.still && held.point !== null) this.deeds.mark(held.panel, held.point);
    if (held) this.deeds.released();
    if (this.picture.hasPointerCapture(event.pointerId)) this.picture.releasePointerCapture(event.pointerId);
  }
  /** @param {KeyboardEvent} event */
  key(event) {
    const target = event.composedPath()[0];
    if (!(target instanceof Element) || event.ctrlKey || event.metaKey || event.altKey) return;
    const inside = this.figure.contains(target);
    if (!inside && target !== document.body) return;
    const point = target.closest("[data-point]");
    const arrow2 = ARROWS[event.key];
    const act = this.deeds.keys[event.key.toLowerCase()];
    if (point && arrow2) {
      const degrees = event.shiftKey ? FINE : PUSH;
      this.deeds.push(Number(point.getAttribute("data-point")), arrow2[0] * degrees, arrow2[1] * degrees);
    } else if (point && (event.key === "Enter" || event.key === " ")) {
      this.deeds.mark(panelOf(point), Number(point.getAttribute("data-point")));
    } else if (act && !target.matches(TYPED_INTO)) act();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
};
function panelOf(element) {
  const panel = element.closest(".panel");
  return panel?.parentElement ? [...panel.parentElement.children].indexOf(panel) : -1;
}

// ui/components/loss_playground/browser/layout.js
var NARROWEST = 370;
var NARROWEST_ENLARGED = 315;
var WIDE = 500;
var TIGHT = 380;
var CONTROLS = 52;
var CONTROLS_ENLARGED = 40;
var ROOM = 26;
var ROOM_TIGHT = 20;
var SIDE = 188;
var SIDE_ENLARGED = 170;
var SIDE_TIGHT = 150;
var HEAD = 26;
var LOWEST_ROW = 22;
var WRITTEN = 58;
var WRITTEN_LOW = 48;
var TICK = 20;
var HIGHEST = 178;
var LOWEST = 60;
var LOWEST_CURVE = 60;
var LOWEST_CURVE_ENLARGED = 40;
var LOWEST_CURVE_LOW = 20;
var END = 8;
function placed(width, panels, room) {
  const narrowest = room === void 0 ? NARROWEST : NARROWEST_ENLARGED;
  const columns = Math.min(panels, Math.max(1, Math.floor(width / narrowest)));
  const one = onePanel(width / columns, room);
  const places = Array.from({ length: panels }, (_, i) => shifted(one, i % columns * one.width, Math.floor(i / columns) * one.height));
  return { height: Math.ceil(panels / columns) * one.height, panels: places };
}
function onePanel(width, high) {
  const enlarged2 = high !== void 0;
  const beside = width >= (enlarged2 ? NARROWEST_ENLARGED : WIDE);
  const tight = enlarged2 && beside && width < TIGHT;
  const controls = enlarged2 ? CONTROLS_ENLARGED : CONTROLS;
  const around2 = tight ? ROOM_TIGHT : ROOM;
  const side = tight ? SIDE_TIGHT : enlarged2 && beside ? SIDE_ENLARGED : SIDE;
  const room = beside ? width - side - 12 : width;
  const highest = enlarged2 ? Math.max(LOWEST, (high - controls - END) / 2 - around2) : HIGHEST;
  const radius = Math.min(HIGHEST, highest, room / 2 - around2);
  const disc = { x: room / 2, y: controls + around2 + radius, radius };
  const below = disc.y + radius + around2;
  const cell = (side - HEAD) / 4;
  const least = enlarged2 ? LOWEST_CURVE_ENLARGED : LOWEST_CURVE;
  const row = enlarged2 && beside ? Math.min(cell, Math.max(LOWEST_ROW, (high - controls - HEAD - WRITTEN - least - TICK - END) / 4)) : cell;
  const matrix = { x: beside ? room + HEAD : HEAD, y: beside ? controls + HEAD : below + HEAD, cell, row, head: HEAD };
  const bottom = matrix.y + 4 * row;
  const left2 = below - bottom - WRITTEN - TICK;
  const low = enlarged2 && beside && left2 < least && bottom + WRITTEN + least + TICK + END > high;
  const curve = beside ? low ? { x: room, y: bottom + WRITTEN_LOW, width: side, height: Math.max(LOWEST_CURVE_LOW, high - bottom - WRITTEN_LOW - END), low } : { x: room, y: bottom + WRITTEN, width: side, height: Math.max(least, left2), low } : { x: side + 14, y: below + 62, width: width - side - 16, height: bottom - below - 82, low };
  const height = (beside ? Math.max(below, curve.y + curve.height + (low ? 0 : TICK)) : bottom) + END;
  return { x: 0, y: 0, width, height, disc, matrix, curve };
}
function shifted(place, x, y) {
  const move = (part) => ({ ...part, x: part.x + x, y: part.y + y });
  return { ...move(place), disc: move(place.disc), matrix: move(place.matrix), curve: move(place.curve) };
}

// ui/components/loss_playground/browser/vectors.js
function dot(a, b) {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d] * b[d];
  return sum;
}
function plus(a, b, factor = 1) {
  return a.map((value, d) => value + factor * b[d]);
}
function scaled(a, factor) {
  return a.map((value) => value * factor);
}
function lengthOf(a) {
  return Math.sqrt(dot(a, a));
}
function unit(a) {
  return scaled(a, 1 / lengthOf(a));
}
function tangent(at, direction) {
  return plus(direction, at, -dot(at, direction));
}
function zeros(count) {
  return new Array(count).fill(0);
}

// ui/components/loss_playground/browser/measures.js
function cosine(a, b) {
  const [u, v] = [unit(a), unit(b)];
  const value = dot(u, v);
  return {
    value,
    first: scaled(plus(v, u, -value), 1 / lengthOf(a)),
    second: scaled(plus(u, v, -value), 1 / lengthOf(b))
  };
}
function unitDistance(a, b) {
  const between = plus(unit(a), unit(b), -1);
  const { first: first2, second } = cosine(a, b);
  return { value: dot(between, between), first: scaled(first2, -2), second: scaled(second, -2) };
}
function squaredDistance(a, b) {
  const between = plus(a, b, -1);
  return { value: dot(between, between), first: scaled(between, 2), second: scaled(between, -2) };
}
function logit(a, weights) {
  const bias = weights.length - 1;
  return { value: dot(a, weights) + weights[bias], first: weights.slice(0, bias), second: [...a, 1] };
}

// ui/components/loss_playground/browser/loss.js
function evaluate(loss, points, labels, margin, vectors, marked) {
  const among = loss.against === "points";
  const others2 = among ? points : vectors;
  const measured = points.map((point) => others2.map((other) => loss.measure(point, other)));
  const { value, slopes, active, comparisons } = loss.judge(
    measured.map((row) => row.map((one) => one.value)),
    labels,
    margin,
    marked
  );
  const gradient = points.map((point) => zeros(point.length));
  const vectorGradient = among ? null : vectors.map((vector) => zeros(vector.length));
  const forces = [];
  const move = (on, other, slope) => {
    gradient[on] = plus(gradient[on], slope);
    forces.push({ on, kind: among ? "point" : "class", other, force: scaled(slope, -1) });
  };
  slopes.forEach((row, i) => row.forEach((slope, j) => {
    if (slope === 0) return;
    move(i, j, scaled(measured[i][j].first, slope));
    const back = scaled(measured[i][j].second, slope);
    if (vectorGradient) vectorGradient[j] = plus(vectorGradient[j], back);
    else move(j, i, back);
  }));
  return { value, gradient, vectorGradient, forces, active, comparisons };
}
function table(rows, columns) {
  return Array.from({ length: rows }, () => zeros(columns));
}
function softmaxOf(logits) {
  const highest = Math.max(...logits);
  const powers = logits.map((value) => Math.exp(value - highest));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}
function logSoftmaxOf(logits) {
  const highest = Math.max(...logits);
  const rest = Math.log(logits.reduce((sum, value) => sum + Math.exp(value - highest), 0));
  return logits.map((value) => value - highest - rest);
}

// ui/components/loss_playground/browser/softmax.js
var SPREAD = 0.6;
var softmax = {
  against: "classes",
  comparison: "point",
  measure: logit,
  follows: "gradient",
  begin: (classes, size, random) => Array.from({ length: classes }, () => [...Array.from({ length: size }, () => SPREAD * random()), 0]),
  judge: (logits, labels) => crossEntropy(logits, labels)
};
function crossEntropy(logits, labels) {
  const count = labels.length;
  const value = -logits.reduce((sum, row, i) => sum + logSoftmaxOf(row)[labels[i]], 0) / count;
  const slopes = logits.map((row, i) => softmaxOf(row).map((share, k) => (share - Number(k === labels[i])) / count));
  return { value, slopes, active: count, comparisons: count };
}

// ui/components/loss_playground/browser/arcface.js
var SCALE = 64;
var SMALLEST_SQUARE = 1e-12;
var arcface = {
  against: "classes",
  comparison: "point",
  measure: cosine,
  follows: "gradient",
  begin: (classes, size, random) => Array.from({ length: classes }, () => Array.from({ length: size }, () => random() / Math.sqrt(size))),
  judge: (cosines, labels, degrees) => {
    const margin = degrees * Math.PI / 180;
    const own = labels.map((label, i) => enlarged(cosines[i][label], margin));
    const logits = cosines.map((row, i) => row.map((value, k) => SCALE * (k === labels[i] ? own[i].value : value)));
    const judged = crossEntropy(logits, labels);
    const slopes = judged.slopes.map((row, i) => row.map((slope, k) => SCALE * slope * (k === labels[i] ? own[i].slope : 1)));
    return { ...judged, slopes };
  }
};
function enlarged(own, margin) {
  const [cos, sin] = [Math.cos(margin), Math.sin(margin)];
  if (own < -cos) return { value: own - margin * sin, slope: 1 };
  const square = 1 - own * own;
  const sine = Math.sqrt(Math.max(square, SMALLEST_SQUARE));
  return { value: own * cos - sine * sin, slope: square < SMALLEST_SQUARE ? cos : cos + own / sine * sin };
}

// ui/components/loss_playground/browser/centre.js
var RATE = 0.5;
var centre = {
  against: "classes",
  comparison: "point",
  measure: squaredDistance,
  follows: "mean",
  begin: (classes, size) => table(classes, size),
  judge: (distances, labels) => {
    const count = labels.length;
    const slopes = table(count, distances[0].length);
    labels.forEach((label, i) => {
      slopes[i][label] = 0.5 / count;
    });
    const value = labels.reduce((sum, label, i) => sum + distances[i][label], 0) / 2 / count;
    return { value, slopes, active: count, comparisons: count };
  }
};
function followed(centres, points, labels) {
  return centres.map((place, k) => {
    const own = points.filter((_, i) => labels[i] === k);
    if (!own.length) return place;
    const mean = scaled(own.reduce((sum, point) => plus(sum, point), zeros(place.length)), 1 / own.length);
    return plus(scaled(place, 1 - RATE), mean, RATE);
  });
}

// ui/components/loss_playground/browser/contrastive.js
var TEMPERATURE = 0.1;
var contrastive = {
  against: "points",
  comparison: "point",
  measure: cosine,
  judge: (cosines, labels) => {
    const count = labels.length;
    const rest = labels.map((_, i) => labels.map((_2, j) => j).filter((j) => j !== i));
    const anchors = labels.map((_, i) => i).filter((i) => rest[i].some((j) => labels[j] === labels[i]));
    const slopes = table(count, count);
    let sum = 0;
    for (const i of anchors) {
      const logits = rest[i].map((j) => cosines[i][j] / TEMPERATURE);
      const [logShares, shares] = [logSoftmaxOf(logits), softmaxOf(logits)];
      const positives = rest[i].filter((j) => labels[j] === labels[i]).length;
      rest[i].forEach((j, at) => {
        const wanted = labels[j] === labels[i] ? 1 / positives : 0;
        if (wanted) sum -= wanted * logShares[at];
        slopes[i][j] = (shares[at] - wanted) / TEMPERATURE / anchors.length;
      });
    }
    const made = anchors.length;
    return { value: sum / Math.max(made, 1), slopes, active: made, comparisons: made };
  }
};

// ui/components/loss_playground/browser/pairs.js
var pairs = {
  against: "points",
  comparison: "pair",
  measure: cosine,
  judge: (cosines, labels, margin) => {
    const count = labels.length;
    const comparisons = count * (count - 1) / 2;
    const slopes = table(count, count);
    let [sum, active] = [0, 0];
    for (let i = 0; i < count; i++) {
      for (let j = i + 1; j < count; j++) {
        const same = labels[i] === labels[j];
        const value = same ? 1 - cosines[i][j] : Math.max(0, cosines[i][j] - margin);
        sum += value;
        active += Number(value > 0);
        slopes[i][j] = same ? -1 / comparisons : Number(value > 0) / comparisons;
      }
    }
    return { value: sum / comparisons, slopes, active, comparisons };
  }
};

// ui/components/loss_playground/browser/triplet.js
function batchAll(distances, labels) {
  return everyPair(labels).flatMap(([anchor, positive]) => others(labels, anchor).map((negative) => (
    /** @type {Triplet} */
    [anchor, positive, negative]
  )));
}
function markedAlone(distances, labels, margin, marked) {
  if (!marked) return [];
  const { anchor, positive, negative } = marked;
  return [
    /** @type {Triplet} */
    [anchor, positive, negative]
  ];
}
function batchHard(distances, labels) {
  return labels.flatMap((_, anchor) => {
    const same = labels.map((_2, i) => i).filter((i) => i !== anchor && labels[i] === labels[anchor]);
    const other = others(labels, anchor);
    if (!same.length || !other.length) return [];
    const row = distances[anchor];
    return [
      /** @type {Triplet} */
      [anchor, first(same, (i) => -row[i]), first(other, (i) => row[i])]
    ];
  });
}
function semiHard(distances, labels, margin) {
  return everyPair(labels).flatMap(([anchor, positive]) => {
    const row = distances[anchor];
    const allowed = others(labels, anchor).filter((i) => row[i] > row[positive] && row[i] < row[positive] + margin);
    return allowed.length ? [
      /** @type {Triplet} */
      [anchor, positive, first(allowed, (i) => row[i])]
    ] : [];
  });
}
function triplet(mine) {
  return {
    against: "points",
    comparison: "triplet",
    measure: unitDistance,
    triplets: mine,
    judge: (distances, labels, margin, marked) => {
      const triplets = mine(distances, labels, margin, marked);
      const above = triplets.map(([a, p, n]) => ({ a, p, n, value: distances[a][p] - distances[a][n] + margin })).filter((one) => one.value > 0);
      const slopes = table(labels.length, labels.length);
      for (const { a, p, n } of above) {
        slopes[a][p] += 1 / above.length;
        slopes[a][n] -= 1 / above.length;
      }
      const value = above.reduce((sum, one) => sum + one.value, 0) / Math.max(above.length, 1);
      return { value, slopes, active: above.length, comparisons: triplets.length };
    }
  };
}
function others(labels, anchor) {
  return labels.map((_, i) => i).filter((i) => labels[i] !== labels[anchor]);
}
function everyPair(labels) {
  return labels.flatMap((_, anchor) => labels.flatMap((_2, positive) => anchor !== positive && labels[anchor] === labels[positive] ? [
    /** @type {[number, number]} */
    [anchor, positive]
  ] : []));
}
function first(numbers, value) {
  return numbers.reduce((best, i) => value(i) < value(best) ? i : best);
}

// ui/components/loss_playground/browser/choices.js
var OF_TRIPLETS = { most: 2, step: 0.05, usual: 0.2, unit: "" };
var CHOICES = {
  softmax: {
    title: "Softmax",
    about: "each emotion has a direction, a ringed marker; the one that fits a point best shall be its own.",
    loss: softmax,
    margin: null,
    rate: 1
  },
  centre: {
    title: "Centre",
    about: "each point is pulled to the centre of its emotion, a ringed marker that follows its points.",
    loss: centre,
    margin: null,
    rate: 2
  },
  "triplet-batch-all": {
    title: "Triplet, batch-all",
    about: "every triplet that can be formed is compared.",
    loss: triplet(batchAll),
    margin: OF_TRIPLETS,
    rate: 0.5
  },
  "triplet-batch-hard": {
    title: "Triplet, batch-hard",
    about: "each anchor is compared with its farthest positive and its nearest negative.",
    loss: triplet(batchHard),
    margin: OF_TRIPLETS,
    rate: 0.5
  },
  "triplet-semi-hard": {
    title: "Triplet, semi-hard",
    about: "each pair is compared with the nearest negative that is farther than its positive, within the margin.",
    loss: triplet(semiHard),
    margin: OF_TRIPLETS,
    rate: 0.5
  },
  "triplet-marked": {
    title: "One triplet",
    about: "only the marked anchor, positive and negative are compared.",
    loss: triplet(markedAlone),
    margin: OF_TRIPLETS,
    rate: 0.1
  },
  pairs: {
    title: "Pairs",
    about: "two points of one emotion are pulled together, two of different ones pushed apart until the [[cosine]] of their angle is below the [[margin]].",
    loss: pairs,
    margin: { most: 1, step: 0.05, usual: 0.1, unit: "" },
    rate: 1
  },
  contrastive: {
    title: "Contrastive",
    about: "for each point those of its emotion shall be nearer than all others; the nearest are pushed most.",
    loss: contrastive,
    margin: null,
    rate: 0.1
  },
  arcface: {
    title: "ArcFace",
    about: "each emotion has a direction, a ringed marker; a point shall be nearer to its own than to any other, by the [[margin]].",
    loss: arcface,
    margin: { most: 90, step: 0.1, usual: 28.6, unit: "°" },
    rate: 0.01
  }
};
function choiceOf(name) {
  return CHOICES[name];
}

// ui/components/loss_playground/browser/angles.js
var SHORTEST = 1e-9;
function angleBetween(a, b) {
  return 2 * Math.atan2(lengthOf(plus(a, b, -1)), lengthOf(plus(a, b))) * 180 / Math.PI;
}
function classDirections(points, labels, classes) {
  return Array.from({ length: classes }, (_, k) => {
    const own = points.filter((_2, i) => labels[i] === k);
    const mean = scaled(own.reduce((sum, point) => plus(sum, point), zeros(points[0].length)), 1 / own.length);
    return lengthOf(mean) < SHORTEST ? null : unit(mean);
  });
}
function angleMatrix(points, labels, classes) {
  const directions = classDirections(points, labels, classes);
  return directions.map((one, k) => directions.map((other, l) => {
    if (!one || !other) return NaN;
    if (k !== l) return angleBetween(one, other);
    const own = points.filter((_, i) => labels[i] === k);
    return own.reduce((sum, point) => sum + angleBetween(point, one), 0) / own.length;
  }));
}
function degreesOf(point) {
  const turn = Math.atan2(point[1], point[0]) * 180 / Math.PI;
  const height = point.length > 2 ? Math.asin(Math.max(-1, Math.min(1, point[2]))) * 180 / Math.PI : 0;
  return { longitude: (Math.round(turn) + 360) % 360, latitude: Math.round(height) };
}

// ui/components/loss_playground/browser/random.js
function normals(seed) {
  const next = uniforms(seed);
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}
function uniforms(seed) {
  let state = seed;
  return () => {
    state = state + 1831565813 | 0;
    let mixed2 = Math.imul(state ^ state >>> 15, state | 1);
    mixed2 ^= mixed2 + Math.imul(mixed2 ^ mixed2 >>> 7, mixed2 | 61);
    return ((mixed2 ^ mixed2 >>> 14) >>> 0) / 4294967296;
  };
}

// ui/components/loss_playground/browser/training.js
var LONGEST_STEP = 10 * Math.PI / 180;
var SEED = 7;
function begun(choice, points, classes, margin) {
  const { loss, margin: range } = choiceOf(choice);
  const vectors = loss.begin ? loss.begin(classes, points[0].length, normals(SEED)) : [];
  return { choice, margin: margin ?? range?.usual ?? 0, points, vectors, values: [] };
}
function evaluated(panel, labels, marked) {
  return evaluate(choiceOf(panel.choice).loss, panel.points, labels, panel.margin, panel.vectors, marked);
}
function ways(panel, forces) {
  const { rate } = choiceOf(panel.choice);
  return forces.map((force, i) => scaled(tangent(panel.points[i], force), rate));
}
function stepped(panel, labels, marked) {
  const { loss, rate } = choiceOf(panel.choice);
  const { value, gradient, vectorGradient } = evaluated(panel, labels, marked);
  const steps = ways(panel, gradient.map((slope) => scaled(slope, -1))).map((way) => scaled(way, Math.min(1, LONGEST_STEP / Math.max(lengthOf(way), 1e-12))));
  const vectors = loss.follows === "mean" ? followed(panel.vectors, panel.points, labels) : panel.vectors.map((vector, k) => vectorGradient ? plus(vector, vectorGradient[k], -rate) : vector);
  return {
    ...panel,
    points: panel.points.map((point, i) => unit(plus(point, steps[i]))),
    vectors,
    values: [...panel.values, value]
  };
}

// ui/components/loss_playground/browser/state.js
var CLASSES = 4;
var PER_CLASS = 3;
var LABELS = Array.from({ length: CLASSES * PER_CLASS }, (_, i) => Math.floor(i / PER_CLASS));
var MOST_PANELS = Object.keys(CHOICES).length;
var HISTORY = 200;
var LEAST_APART = 18;
var JITTER = 0.12;
function sizeOf(space) {
  return space === "circle" ? 2 : 3;
}
function scattered(space, seed, spread) {
  const random = normals(seed);
  const draw = () => unit(Array.from({ length: sizeOf(space) }, random));
  for (; ; ) {
    const middles = Array.from({ length: CLASSES }, draw);
    const points = LABELS.map((label) => unit(plus(middles[label], draw(), spread)));
    if (space === "circle") return evenly(points, random);
    if (points.every((one, i) => points.every((other, j) => i <= j || angleBetween(one, other) > LEAST_APART))) return points;
  }
}
function evenly(points, random) {
  const angles = points.map(([x, y]) => Math.atan2(y, x));
  const gap = 2 * Math.PI / points.length;
  return angles.map((angle) => {
    const place = gap * (angles.filter((other) => other < angle).length + JITTER * random());
    return [Math.cos(place), Math.sin(place)];
  });
}
function rolesFor(points, anchor) {
  const apart = points.map((point) => angleBetween(points[anchor], point));
  const numbers = LABELS.map((_, i) => i);
  const same = numbers.filter((i) => i !== anchor && LABELS[i] === LABELS[anchor]);
  const other = numbers.filter((i) => LABELS[i] !== LABELS[anchor]);
  return {
    anchor,
    positive: same.reduce((best, i) => apart[i] > apart[best] ? i : best),
    negative: other.reduce((best, i) => apart[i] < apart[best] ? i : best)
  };
}
function moved(state, number, place) {
  const panels = state.panels.map((panel) => ({
    ...panel,
    points: panel.points.map((point, i) => i === number ? place : point)
  }));
  return { ...state, panels };
}
function afterStep(state) {
  return { ...state, panels: state.panels.map((panel) => stepped(panel, LABELS, state.roles)) };
}
function reset(state) {
  const panels = state.panels.map((panel) => begun(panel.choice, state.start, CLASSES, panel.margin));
  return { ...state, panels };
}
function restarted(state, space, start) {
  return reset({ ...state, space, start, roles: rolesFor(start, state.roles.anchor) });
}
function withChoice(state, at, choice) {
  const panels = state.panels.map((panel, i) => i === at ? begun(choice, state.start, CLASSES) : panel);
  return reset({ ...state, panels });
}
function withMargin(state, at, margin) {
  return { ...state, panels: state.panels.map((panel, i) => i === at ? { ...panel, margin } : panel) };
}
function withPanel(state, choice) {
  return reset({ ...state, panels: [...state.panels, begun(choice, state.start, CLASSES)] });
}
function withoutPanel(state, at) {
  return { ...state, panels: state.panels.filter((_, i) => i !== at) };
}
function comparedRoles({ panels, roles }, at) {
  const { choice, points, margin } = panels[at];
  const { loss } = CHOICES[choice];
  if (!loss.triplets) return roles;
  const distances = points.map((point) => points.map((other) => loss.measure(point, other).value));
  const own = loss.triplets(distances, LABELS, margin, roles).filter(([anchor]) => anchor === roles.anchor);
  const found = own.find(([, positive, negative]) => positive === roles.positive && negative === roles.negative) ?? own.find(([, positive]) => positive === roles.positive) ?? own[0];
  return found ? { anchor: found[0], positive: found[1], negative: found[2] } : null;
}
function tripletAlone({ points, margin }, { anchor, positive, negative }) {
  const [near, far] = [positive, negative].map((i) => angleBetween(points[anchor], points[i]));
  const squared = (degrees) => 2 - 2 * Math.cos(degrees * Math.PI / 180);
  return { near, far, value: Math.max(0, squared(near) - squared(far) + margin) };
}
var History = class {
  /** @param {LessonState} state */
  constructor(state) {
    this.state = state;
    this.before = [];
    this.last = null;
  }
  /**
   * @param {LessonState} state
   * @param {string | null} [action] changes of one action that follow each other are taken back together
   */
  change(state, action = null) {
    if (action === null || action !== this.last) {
      this.before = [...this.before.slice(-HISTORY + 1), this.state];
    }
    this.last = action;
    this.state = state;
  }
  /** The next change is one of its own, even if it is of the same action. */
  close() {
    this.last = null;
  }
  undo() {
    const before = this.before.pop();
    if (before) this.state = before;
    this.last = null;
    return before !== void 0;
  }
};

// ui/components/loss_playground/browser/questions.js
var QUESTIONS = [
  {
    title: "When does semi-hard stop pulling?",
    space: "circle",
    seed: 37,
    spread: 0.7,
    losses: [["triplet-semi-hard", 0.2], ["triplet-batch-hard", 0.2]],
    task: "Press Run and wait until both stand still. Which emotions are still mixed in the first picture, and why does nothing pull there? Then drag a point until an arrow appears.",
    answer: "Semi-hard compares only with negatives that are farther than the positive, but by less than the margin. A negative that is nearer than the positive is never compared, so mixed emotions stay mixed. Batch-hard takes exactly the nearest negative, and separates what semi-hard leaves."
  },
  {
    title: "What does softmax alone leave undone?",
    space: "sphere",
    seed: 1,
    spread: 0.9,
    losses: [["softmax"], ["centre"]],
    task: "Press Step ten times, and compare the two tables of angles. Which [[loss]] turns the emotions away from each other, and which one draws each emotion together (the framed diagonal)? Then press Run.",
    answer: "[[Softmax]] turns the emotions away from each other, and asks only on which side of a border a point lies: once that is certain its pull fades, and emotions close up ever more slowly. [[Centre loss]] measures nothing but how wide an emotion is spread, and leaves it where it is. That is why papers add the two."
  },
  {
    title: "What does the margin of ArcFace add?",
    space: "sphere",
    seed: 16,
    spread: 0.7,
    losses: [["arcface", 0], ["arcface", 28.6]],
    task: "Press Run, and compare both tables of angles at the end. Then set the second margin to 60° and run again.",
    answer: "Without a margin a point is done as soon as its own direction is the nearest. With a margin of 28.6° it must be nearer than the next one by 28.6°: each emotion is drawn together, and lies farther from the others."
  },
  {
    title: "What is a triplet?",
    space: "circle",
    seed: 37,
    spread: 0.7,
    losses: [["triplet-marked", 0.2], ["triplet-batch-hard", 0.2]],
    task: "The first picture has one triplet alone. Drag its negative away from the anchor until no arrow is left. Then look at the second: why do arrows stay there?",
    answer: "A triplet whose negative is farther than its positive by the margin is fulfilled: it pulls nothing. In the second picture every point is the anchor of a triplet of its own, and may be positive or negative in others: what fulfils one leaves the others as they were."
  }
];
var ORDER = [3, 0, 1, 2];
function asked(number) {
  const { space, seed, spread, losses } = QUESTIONS[number];
  const start = scattered(space, seed, spread);
  const panels = losses.map(([choice, margin]) => begun(choice, start, CLASSES, margin));
  const marked = LABELS.map((_, anchor) => ({ space, start, panels, roles: rolesFor(start, anchor), question: number }));
  return marked.find((state) => panels.every((_, at) => comparedRoles(state, at))) ?? marked[0];
}

// ui/components/loss_playground/browser/letters.js
function lettersOf(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
function bytesOf(text) {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return null;
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
}

// ui/components/loss_playground/browser/link_curve.js
var KEPT = 48;
var SHARES = 65535;
var MOST_STEPS = 99999;
var LARGEST = 1e6;
function curveText(values) {
  if (!values.length) return [];
  const most = Math.max(...values), count = Math.min(KEPT, values.length);
  const shares = Uint16Array.from({ length: count }, (_, i) => Math.round(values[placeOf(i, count, values.length)] / (most || 1) * SHARES));
  const bytes = new Uint8Array(4 + shares.byteLength);
  bytes.set(new Uint8Array(Float32Array.of(most).buffer));
  bytes.set(new Uint8Array(shares.buffer), 4);
  return [String(values.length), lettersOf(bytes)];
}
function curveOf(parts) {
  if (!parts.length) return [];
  const [written, text] = parts;
  const steps = /^[1-9]\d{0,4}$/.test(written) ? Number(written) : 0;
  const bytes = bytesOf(text ?? "");
  const count = Math.min(KEPT, steps);
  if (parts.length > 2 || !steps || steps > MOST_STEPS || bytes?.length !== 4 + 2 * count) return null;
  const [most] = new Float32Array(bytes.buffer.slice(0, 4));
  if (!(most >= 0 && most < LARGEST)) return null;
  const kept = Array.from(new Uint16Array(bytes.buffer.slice(4)), (share) => share / SHARES * most);
  const values = [kept[0]];
  for (let i = 1; i < count; i++) {
    const [from, to] = [placeOf(i - 1, count, steps), placeOf(i, count, steps)];
    for (let at = from + 1; at <= to; at++) values.push(kept[i - 1] + (at - from) / (to - from) * (kept[i] - kept[i - 1]));
  }
  return values;
}
function placeOf(i, count, steps) {
  return count < 2 ? 0 : Math.round(i * (steps - 1) / (count - 1));
}

// ui/components/loss_playground/browser/link.js
var VERSION = "1";
var POINT_UNITS = 32767;
var VECTOR_UNITS = 1024;
var MARGIN_UNITS = 1e3;
var LONGEST = 4e3;
function encoded(state) {
  const { anchor, positive, negative } = state.roles;
  const head = [VERSION, state.space, `${anchor}-${positive}-${negative}`, state.question, packed(state.start, POINT_UNITS)];
  const panels = state.panels.map((panel) => [
    panel.choice,
    Math.round(panel.margin * MARGIN_UNITS),
    packed(panel.points, POINT_UNITS),
    packed(panel.vectors, VECTOR_UNITS),
    ...curveText(panel.values)
  ].join("."));
  return [head.join("."), ...panels].join("~");
}
function decoded(text) {
  expect(text.length <= LONGEST, `at most ${LONGEST} letters`);
  const [head, ...rest] = text.split("~").map((part) => part.split("."));
  const [version, space, marked, asked2, start] = head;
  expect(version === VERSION, `version ${VERSION}`);
  if (space !== "circle" && space !== "sphere") throw refusal("“circle” or “sphere”");
  const [anchor, positive, negative] = (marked ?? "").split("-").map(wholeNumber);
  expect((/* @__PURE__ */ new Set([anchor, positive, negative])).size === 3 && LABELS[anchor] === LABELS[positive] && negative < LABELS.length && LABELS[negative] !== LABELS[anchor], "an anchor, a positive and a negative");
  const question = wholeNumber(asked2 ?? "");
  expect(question < QUESTIONS.length, "the number of a question");
  expect(rest.length >= 1 && rest.length <= MOST_PANELS, `1 to ${MOST_PANELS} losses`);
  const points = (written) => unpacked(written ?? "", LABELS.length, sizeOf(space), POINT_UNITS).map((point) => {
    expect(lengthOf(point) > 0.5, "points on the circle or the sphere");
    return unit(point);
  });
  const panels = rest.map(([choice, margin, places, vectors, ...curve]) => {
    expect(Object.hasOwn(CHOICES, choice), `a loss among ${Object.keys(CHOICES).join(", ")}`);
    const share = wholeNumber(margin ?? "") / MARGIN_UNITS;
    expect(share <= (CHOICES[choice].margin?.most ?? 0), "a margin in the range of its loss");
    const fresh = begun(choice, points(places), CLASSES, share);
    const width = fresh.vectors[0]?.length ?? 0;
    const values = curveOf(curve);
    if (!values) throw refusal("the loss over the steps");
    return { ...fresh, vectors: unpacked(vectors ?? "", fresh.vectors.length, width, VECTOR_UNITS), values };
  });
  return { space, start: points(start), panels, roles: { anchor, positive, negative }, question };
}
function packed(rows, units) {
  const numbers = Int16Array.from(rows.flat(), (value) => Math.max(-32767, Math.min(32767, Math.round(value * units))));
  return lettersOf(new Uint8Array(numbers.buffer));
}
function unpacked(text, rows, columns, units) {
  const bytes = bytesOf(text);
  expect(bytes?.length === rows * columns * 2, "all points");
  const numbers = Array.from(new Int16Array(
    /** @type {Uint8Array<ArrayBuffer>} */
    bytes.buffer
  ));
  return Array.from({ length: rows }, (_, i) => scaled(numbers.slice(i * columns, (i + 1) * columns), 1 / units));
}
function wholeNumber(text) {
  expect(/^\d{1,6}$/.test(text), "whole numbers");
  return Number(text);
}
function expect(holds, expected) {
  if (!holds) throw refusal(expected);
}
function refusal(expected) {
  return new RangeError(`Expected ${expected} in the link; got something else. Copy the whole link again.`);
}

// ui/components/loss_playground/browser/curve.js
function drawCurve(group, values, place, told) {
  if (!group.childElementCount) {
    told.forEach(() => svg("text", { class: "told" }, group));
    svg("path", { class: "axes" }, group);
    svg("polyline", { class: "values" }, group);
    svg("text", { class: "tick", "text-anchor": "end" }, group);
    svg("text", { class: "tick" }, group);
  }
  const { x, y, width, height, low } = place;
  const parts = [...group.children];
  told.forEach((text, i) => {
    set(parts[i], { x, y: low ? y - 28 + 20 * i : y - 36 + 22 * i });
    parts[i].textContent = text;
  });
  const [axes, line, steps, highest] = parts.slice(told.length);
  const most = Math.max(...values, 1e-9);
  const last = Math.max(1, values.length - 1);
  set(axes, { d: `M${x} ${y}V${y + height}H${x + width}` });
  set(line, {
    points: values.map((value, i) => `${fixed(x + width * i / last, 1)},${fixed(y + height - (height - 2) * value / most, 1)}`).join(" ")
  });
  set(steps, { x: x + width, y: low ? y + 11 : y + height + 16 });
  const taken = values.length - 1;
  steps.textContent = taken === 1 ? "1 step" : `${taken} steps`;
  set(highest, { x: x + 5, y: y + 11 });
  highest.textContent = most < 1e-6 ? "0" : most.toPrecision(2);
}

// ui/components/loss_playground/browser/forces.js
function effects(panel, evaluation) {
  const none = () => panel.points.map((point) => zeros(point.length));
  const [pulls, pushes] = [none(), none()];
  for (const force of evaluation.forces) {
    const into = attracts(panel, force) ? pulls : pushes;
    into[force.on] = plus(into[force.on], force.force);
  }
  const [pulled, pushed] = [ways(panel, pulls), ways(panel, pushes)];
  return panel.points.map((_, i) => ({ pull: pulled[i], push: pushed[i] }));
}
function threads(panel, evaluation, number) {
  const own = evaluation.forces.filter((force) => force.on === number);
  const joined = /* @__PURE__ */ new Map();
  for (const force of own) {
    const key = `${force.kind} ${force.other}`;
    const before = joined.get(key);
    joined.set(key, before ? { ...force, force: plus(before.force, force.force) } : force);
  }
  const found = [...joined.values()];
  const strengths = found.map((one) => lengthOf(tangent(panel.points[number], one.force)));
  const strongest = Math.max(1e-12, ...strengths);
  return found.map((force, i) => ({
    kind: force.kind,
    other: force.other,
    pulls: attracts(panel, force),
    share: strengths[i] / strongest
  }));
}
function attracts(panel, force) {
  const { loss } = choiceOf(panel.choice);
  const point = panel.points[force.on];
  const other = force.kind === "point" ? panel.points[force.other] : panel.vectors[force.other].slice(0, point.length);
  return dot(force.force, loss.follows === "gradient" ? other : plus(other, point, -1)) > 0;
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

// ui/components/loss_playground/browser/matrix.js
var CLOSE = 34;
var AngleTable = class {
  /** @param {SVGElement} group @param {EmotionClass[]} classes */
  constructor(group, classes) {
    set(group, { role: "img" });
    this.group = group;
    this.classes = classes;
    this.heads = classes.map((one) => [0, 1].map(() => svg("polygon", { class: "shape", fill: one.colour, points: outline(one.symbol) }, group)));
    this.cells = classes.map((_, k) => classes.map((_2, l) => ({
      back: svg("rect", { class: k === l ? "cell own" : "cell" }, group),
      text: svg("text", { class: "degrees" }, group)
    })));
  }
  /** @param {number[][]} matrix degrees @param {{ x: number, y: number, cell: number, row: number, head: number }} place */
  draw(matrix, place) {
    const { x, y, cell, row: high, head } = place;
    const style = getComputedStyle(this.group);
    const [ground, accent] = ["--st-background-color", "--st-primary-color"].map((name) => channels(style.getPropertyValue(name)));
    this.heads.forEach(([row, column], k) => {
      set(row, { transform: `translate(${x - head / 2} ${y + (k + 0.5) * high})` });
      set(column, { transform: `translate(${x + (k + 0.5) * cell} ${y - head / 2})` });
    });
    this.cells.forEach((row, k) => row.forEach(({ back, text }, l) => {
      const degrees = matrix[k][l];
      const share = Number.isNaN(degrees) ? 0 : Math.min(1, degrees / 150);
      set(back, { x: x + l * cell + 1, y: y + k * high + 1, width: cell - 2, height: high - 2, "fill-opacity": share });
      set(text, {
        x: x + (l + 0.5) * cell,
        y: y + (k + 0.5) * high + 6,
        class: cell < CLOSE ? "degrees close" : "degrees",
        style: `fill: ${writtenOver(ground, accent, share)}`
      });
      text.textContent = Number.isNaN(degrees) ? "–" : `${Math.round(degrees)}°`;
    }));
    const told = this.classes.flatMap((one, k) => this.classes.slice(0, k + 1).map((other, l) => k === l ? `within ${one.name} ${Math.round(matrix[k][k])}°` : `${one.name} to ${other.name} ${Math.round(matrix[k][l])}°`));
    set(this.group, { "aria-label": `Angles between the classes: ${told.join(", ")}` });
  }
};
function outline(symbol) {
  return symbolLine(symbol).map(([x, y]) => `${8 * x},${8 * y}`).join(" ");
}

// ui/components/loss_playground/browser/panel.js
var MARKER = 12;
var RINGED = 10;
var TOUCH = 22;
var AHEAD = 8;
var SHORTEST2 = 4;
var LONGEST2 = 0.55;
var APART = 7;
var GRID = 48;
var PLACES = [[30, 0], [54, 0], [16, 28], [16, -28], [78, 0], [102, 0]];
var LETTER = 9;
var LINE = 18;
var ROLES = ["anchor", "positive", "negative"];
var NAMED = (
  /** @type {const} */
  ["anchor", "negative", "positive"]
);
var PanelPicture = class {
  /** @param {SVGElement} parent @param {EmotionClass[]} classes @param {number} number of the panel */
  constructor(parent, classes, number) {
    this.classes = classes;
    this.root = svg("g", { class: "panel", role: "group" }, parent);
    this.ground = svg("circle", { class: "ground" }, this.root);
    this.grid = new Pool("path", svg("g", { class: "grid" }, this.root));
    this.directions = new Pool("line", svg("g", { class: "directions" }, this.root));
    this.threads = new Pool("line", svg("g", { class: "threads" }, this.root));
    this.vectors = svg("g", { class: "vectors" }, this.root);
    this.rings = classes.map((one) => {
      const group = svg("g", {}, this.vectors);
      svg("circle", { class: "vector", r: RINGED + 6, stroke: one.colour }, group);
      svg("polygon", { class: "shape", points: shape(one.symbol, RINGED * 0.8), fill: one.colour }, group);
      return group;
    });
    this.arrows = new Pool("path", svg("g", { class: "arrows" }, this.root));
    this.points = LABELS.map((label, i) => this.point(label, i, number === 0));
    this.names = ROLES.map((role) => {
      const name = svg("text", { class: `role ${role}` }, this.root);
      name.textContent = role;
      return name;
    });
    this.table = new AngleTable(svg("g", { class: "matrix" }, this.root), classes);
    this.curve = svg("g", { class: "curve" }, this.root);
  }
  /** @param {number} label @param {number} number @param {boolean} inOrder of the Tab key */
  point(label, number, inOrder) {
    const { colour, symbol } = this.classes[label];
    const group = svg("g", {
      class: "point",
      role: "slider",
      tabindex: inOrder ? 0 : -1,
      "data-point": number,
      "aria-valuemin": 0,
      "aria-valuemax": 360
    }, this.root);
    svg("circle", { class: "touch", r: TOUCH }, group);
    svg("circle", { class: "ring", r: MARKER + 6 }, group);
    svg("polygon", { class: "shape", points: shape(symbol, MARKER), fill: colour }, group);
    return group;
  }
  /**
   * @param {LessonState} state @param {number} at @param {PanelPlace} place @param {View} view
   * @param {Evaluation} evaluation
   */
  draw(state, at, place, view, evaluation) {
    const panel = state.panels[at];
    const { title, loss } = choiceOf(panel.choice);
    const matrix = angleMatrix(panel.points, LABELS, CLASSES);
    set(this.root, { "aria-label": `${title}: loss ${fixed(evaluation.value, 3)}` });
    set(this.ground, { cx: place.disc.x, cy: place.disc.y, r: place.disc.radius });
    this.drawGrid(place, view);
    this.drawDirections(panel.points, place, view);
    this.drawThreads(panel, state.roles.anchor, evaluation, place, view);
    this.drawVectors(panel, place, view);
    this.drawArrows(effects(panel, evaluation), panel.points, place, view);
    this.drawPoints(comparedRoles(state, at) ?? { ...state.roles, negative: null }, panel.points, place, view);
    this.table.draw(matrix, place.matrix);
    drawCurve(this.curve, [...panel.values, evaluation.value], place.curve, [
      `loss ${fixed(evaluation.value, 3)}`,
      counted(evaluation, loss.comparison)
    ]);
  }
  remove() {
    this.root.remove();
  }
  /** @param {PanelPlace} place @param {View} view */
  drawGrid(place, view) {
    if (view.space === "circle") return this.grid.show([]);
    const line = (at) => Array.from({ length: GRID + 1 }, (_, i) => {
      const { x, y, depth } = view.seen(at(2 * Math.PI * i / GRID));
      const [px, py] = onPaper(place, x, y);
      return `${i && depth >= 0 ? "L" : "M"}${fixed(px, 1)} ${fixed(py, 1)}`;
    }).join("");
    const parallels = [-60, -30, 0, 30, 60].map((degrees) => {
      const [c, s] = [Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180)];
      return line((t) => [c * Math.cos(t), c * Math.sin(t), s]);
    });
    const meridians = [0, 45, 90, 135].map((degrees) => {
      const [c, s] = [Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180)];
      return line((t) => [Math.cos(t) * c, Math.cos(t) * s, Math.sin(t)]);
    });
    this.grid.show([...parallels, ...meridians].map((d) => ({ d })));
  }
  /** @param {Vector[]} points @param {PanelPlace} place @param {View} view */
  drawDirections(points, place, view) {
    const found = classDirections(points, LABELS, CLASSES);
    this.directions.show(found.flatMap((direction, k) => {
      if (!direction) return [];
      const { x, y } = view.seen(direction);
      const [x2, y2] = onPaper(place, 0.5 * x, 0.5 * y);
      return [{ x1: place.disc.x, y1: place.disc.y, x2, y2, stroke: this.classes[k].colour }];
    }));
  }
  /**
   * @param {Panel} panel @param {number} anchor
   * @param {Evaluation} evaluation @param {PanelPlace} place @param {View} view
   */
  drawThreads(panel, anchor, evaluation, place, view) {
    const from = view.seen(panel.points[anchor]);
    const [x1, y1] = onPaper(place, from.x, from.y);
    this.threads.show(threads(panel, evaluation, anchor).filter((one) => one.share > 0.02).map((one) => {
      const target = one.kind === "point" ? panel.points[one.other] : shownVector(panel, one.other);
      const { x, y } = view.seen(target);
      const [x2, y2] = onPaper(place, x, y);
      return { class: one.pulls ? "pull" : "push", x1, y1, x2, y2, "stroke-width": 1 + 3 * one.share };
    }));
  }
  /** @param {Panel} panel @param {PanelPlace} place @param {View} view */
  drawVectors(panel, place, view) {
    this.rings.forEach((ring, k) => {
      ring.toggleAttribute("hidden", !panel.vectors.length);
      if (!panel.vectors.length) return;
      const { x, y, depth } = view.seen(shownVector(panel, k));
      const [px, py] = onPaper(place, x, y);
      set(ring, { transform: `translate(${fixed(px, 1)} ${fixed(py, 1)})`, opacity: depth < 0 ? 0.35 : 1 });
    });
  }
  /** @param {Effect[]} found @param {Vector[]} points @param {PanelPlace} place @param {View} view */
  drawArrows(found, points, place, view) {
    const { radius } = place.disc;
    this.arrows.show(found.flatMap((effect, i) => ["pull", "push"].flatMap((kind) => {
      const way = scaled(kind === "pull" ? effect.pull : effect.push, AHEAD);
      const long = lengthOf(way);
      if (long * radius < SHORTEST2) return [];
      const end = plus(points[i], way, Math.min(1, LONGEST2 / long));
      const [from, to] = [view.seen(points[i]), view.seen(end)];
      const aside = view.space === "circle" ? (kind === "pull" ? 1 : -1) * APART / radius : 0;
      const start = onPaper(place, from.x * (1 + aside), from.y * (1 + aside));
      const tip = onPaper(place, to.x + from.x * aside, to.y + from.y * aside);
      const d = arrow(start, tip);
      return d ? [{ class: kind, d, opacity: from.depth < 0 ? 0.35 : 1 }] : [];
    })));
  }
  /**
   * @param {Record<'anchor' | 'positive' | 'negative', number | null>} roles numbers of points
   * @param {Vector[]} points @param {PanelPlace} place @param {View} view
   */
  drawPoints(roles, points, place, view) {
    ROLES.forEach((role, i) => this.names[i].toggleAttribute("hidden", roles[role] === null));
    points.forEach((point, i) => {
      const { x, y, depth } = view.seen(point);
      const [px, py] = onPaper(place, x, y);
      const role = ROLES.find((one) => roles[one] === i) ?? "";
      const { longitude, latitude } = degreesOf(point);
      const where = view.space === "circle" ? `${longitude}°` : `longitude ${longitude}°, latitude ${latitude}°`;
      const group = this.points[i];
      set(group, {
        transform: `translate(${fixed(px, 1)} ${fixed(py, 1)})`,
        class: `point ${role} ${depth < 0 ? "behind" : ""}`,
        "aria-label": `${this.classes[LABELS[i]].name}${role ? `, ${role}` : ""}`,
        "aria-valuenow": longitude,
        "aria-valuetext": where
      });
      if (!role) return;
      const name = this.names[ROLES.indexOf(
        /** @type {'anchor'} */
        role
      )];
      if (view.space === "sphere") set(name, { x: px, y: py + (role === "negative" ? 36 : -24), "text-anchor": "middle" });
    });
    if (view.space === "circle") this.nameOnCircle(roles, points, place, view);
  }
  /**
   * Writes the names of three points inside the circle, each as near to its point as no other name is in its way.
   *
   * @param {Record<'anchor' | 'positive' | 'negative', number | null>} roles @param {Vector[]} points
   * @param {PanelPlace} place @param {View} view
   */
  nameOnCircle(roles, points, place, view) {
    const written = [];
    NAMED.forEach((role) => {
      const number = roles[role];
      if (number === null) return;
      const { x, y } = view.seen(points[number]);
      const side = Math.abs(x) < 0.35 ? "middle" : x > 0 ? "end" : "start";
      const width = LETTER * role.length;
      const [px, py] = onPaper(place, x, y);
      const boxes = PLACES.map(([inwards, down]) => {
        const [nx, ny] = [px - inwards * x, py + inwards * y + down];
        return { x: nx, y: ny + 5, left: nx - { start: 0, middle: 0.5, end: 1 }[side] * width, width };
      });
      const free = boxes.find((box) => written.every((other) => Math.abs(box.y - other.y) >= LINE || box.left >= other.left + other.width || other.left >= box.left + box.width)) ?? boxes[0];
      written.push(free);
      set(this.names[ROLES.indexOf(role)], { x: free.x, y: free.y, "text-anchor": side });
    });
  }
};
function shownVector(panel, k) {
  const vector = panel.vectors[k].slice(0, panel.points[0].length);
  return choiceOf(panel.choice).loss.follows === "mean" ? vector : scaled(vector, 1 / (lengthOf(vector) || 1));
}
function counted({ active, comparisons }, comparison) {
  if (!comparisons) return `no ${comparison} to compare`;
  return comparison === "point" ? `mean of ${comparisons} points` : `${active} of ${comparisons} ${comparison}s pull`;
}
function onPaper(place, x, y) {
  return [place.disc.x + place.disc.radius * x, place.disc.y - place.disc.radius * y];
}
function shape(symbol, radius) {
  return symbolLine(symbol).map(([x, y]) => `${fixed(x * radius, 2)},${fixed(y * radius, 2)}`).join(" ");
}
function arrow([x1, y1], [x2, y2]) {
  const long = Math.hypot(x2 - x1, y2 - y1);
  if (long < SHORTEST2) return "";
  const [ux, uy] = [(x2 - x1) / long, (y2 - y1) / long];
  const head = Math.min(9, long * 0.6);
  const side = (turn) => `M${fixed(x2, 1)} ${fixed(y2, 1)}l${fixed(-head * ux - turn * head * 0.6 * uy, 1)} ${fixed(-head * uy + turn * head * 0.6 * ux, 1)}`;
  return `M${fixed(x1, 1)} ${fixed(y1, 1)}L${fixed(x2, 1)} ${fixed(y2, 1)}${side(1)}${side(-1)}`;
}

// ui/components/loss_playground/browser/settings.js
var WORDY = 380;
var PanelSettings = class {
  /** @param {Element} parent @param {number} at @param {Answers} answers */
  constructor(parent, at, answers) {
    this.root = document.createElement("div");
    this.root.className = "setting";
    this.choice = document.createElement("select");
    this.choice.setAttribute("aria-label", `Loss of panel ${at + 1}`);
    for (const [name, { title }] of Object.entries(CHOICES)) this.choice.add(new Option(title, name));
    this.label = document.createElement("label");
    this.range = document.createElement("input");
    this.range.type = "range";
    this.range.min = "0";
    this.value = document.createElement("output");
    this.word = document.createElement("span");
    this.word.className = "word";
    this.word.textContent = "margin";
    this.range.setAttribute("aria-label", `Margin of panel ${at + 1}`);
    this.label.append(this.word, this.range, this.value);
    this.close = document.createElement("button");
    this.close.type = "button";
    this.close.textContent = "×";
    this.close.setAttribute("aria-label", `Close panel ${at + 1}`);
    this.root.append(this.choice, this.label, this.close);
    parent.append(this.root);
    this.choice.addEventListener("change", () => answers.choose(at, this.choice.value));
    this.range.addEventListener("input", () => answers.margin(at, Number(this.range.value)));
    this.close.addEventListener("click", () => answers.close(at));
  }
  /**
   * @param {Panel} panel @param {PanelPlace} place
   * @param {{ alone: boolean, scale: number }} how whether no other panel is open; pixels of a unit of the picture
   */
  draw(panel, place, { alone, scale }) {
    const { margin } = choiceOf(panel.choice);
    this.root.style.left = `${place.x * scale}px`;
    this.root.style.top = `${place.y * scale}px`;
    this.root.style.width = `${place.width * scale}px`;
    this.choice.value = panel.choice;
    this.label.hidden = margin === null;
    this.word.hidden = place.width < WORDY;
    this.close.hidden = alone;
    if (!margin) return;
    this.range.max = String(margin.most);
    this.range.step = String(margin.step);
    this.range.value = String(panel.margin);
    this.value.textContent = `${fixed(panel.margin, margin.unit ? 1 : 2)}${margin.unit}`;
  }
  remove() {
    this.root.remove();
  }
};

// ui/components/in_browser/shared/terms.js
var TERM = /\[\[([^[\]]+)\]\]/;
function writeExplained(place, text, explanations) {
  if (place.dataset.written === text) return;
  place.dataset.written = text;
  place.replaceChildren(...text.split(TERM).map((part, at) => at % 2 ? termed(part, explanations[part]) : part));
}
function termed(term, explanation) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "term";
  button.textContent = term;
  button.setAttribute("aria-description", explanation);
  return button;
}

// ui/components/loss_playground/browser/view.js
var TILT = 20 * Math.PI / 180;
var View = class {
  /** @param {'circle' | 'sphere'} space @param {number} turn degrees around the sphere's axis */
  constructor(space, turn) {
    this.space = space;
    const [c, s] = [Math.cos(turn * Math.PI / 180), Math.sin(turn * Math.PI / 180)];
    const solid = space === "sphere";
    this.right = solid ? [c, s, 0] : [1, 0];
    this.up = solid ? [-s * Math.sin(TILT), c * Math.sin(TILT), Math.cos(TILT)] : [0, 1];
    this.towards = solid ? [s * Math.cos(TILT), -c * Math.cos(TILT), Math.sin(TILT)] : null;
  }
  /** Where a vector is seen, with y upwards; depth above zero is in front. @param {Vector} vector */
  seen(vector) {
    return {
      x: dot(vector, this.right),
      y: dot(vector, this.up),
      depth: this.towards ? dot(vector, this.towards) : 0
    };
  }
  /**
   * The point of the circle or the sphere at a place of the picture. Beyond the rim a sphere goes on at its other side.
   * @param {number} x @param {number} y @param {boolean} behind whether the point was taken at the far side
   * @returns {Vector}
   */
  pointAt(x, y, behind) {
    const away = Math.hypot(x, y) || 1e-9;
    if (!this.towards) return unit([x, y]);
    const over = away > 1;
    const radius = Math.min(1, over ? Math.max(0, 2 - away) : away);
    const depth = Math.sqrt(1 - radius * radius) * (over === behind ? 1 : -1);
    const flat = plus(scaled(this.right, x / away), scaled(this.up, y / away), 1);
    return unit(plus(scaled(flat, radius), this.towards, depth));
  }
  /**
   * A point after it was pushed along the picture.
   * @param {Vector} point @param {number} right degrees @param {number} up degrees
   * @returns {Vector}
   */
  pushed(point, right, up) {
    if (!this.towards) return rotated(point, [-point[1], point[0]], right + up);
    const sideways = plus(this.right, point, -dot(this.right, point));
    const upwards = plus(this.up, point, -dot(this.up, point));
    const way = plus(scaled(sideways, right), upwards, up);
    return lengthOf(way) < 1e-6 ? point : rotated(point, unit(way), Math.hypot(right, up));
  }
};
function rotated(point, way, degrees) {
  const angle = degrees * Math.PI / 180;
  return unit(plus(scaled(point, Math.cos(angle)), way, Math.sin(angle)));
}

// ui/components/loss_playground/browser/playground.js
var STEPS_PER_SECOND = 20;
var MOST_STEPS2 = 600;
var AT_REST = 0.02 * Math.PI / 180;
var TAKEN_WITHIN = 26;
var FIRST_TURN = 30;
var PARAMETER = "state";
var left = null;
var Playground = class {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    this.picture = /** @type {SVGSVGElement} */
    figure.querySelector(".picture");
    this.turn = FIRST_TURN;
    this.history = new History(asked(ORDER[0]));
    this.panels = [];
    this.settings = [];
    this.frame = null;
    this.running = null;
    this.terms = {};
    this.listen();
    this.watched = new ResizeObserver(() => this.change());
  }
  /** @param {PlaygroundData} data */
  update(data) {
    const first2 = this.classes === void 0;
    this.classes = data.classes;
    if (first2 || data.link !== this.link) this.open(data.link);
    this.terms = data.terms;
    if (first2) this.watched.observe(this.figure);
    this.change();
  }
  end() {
    left = { link: this.link ?? "", history: this.history };
    this.watched.disconnect();
    this.gestures?.end();
    this.copying?.end();
    if (this.frame !== null) cancelAnimationFrame(this.frame);
    if (this.running !== null) cancelAnimationFrame(this.running);
  }
  get state() {
    return this.history.state;
  }
  /** @param {string} link */
  open(link) {
    this.link = link;
    const trouble = this.one(".trouble");
    trouble.hidden = true;
    if (left?.link === link) {
      this.history = left.history;
      return;
    }
    if (!link) return;
    try {
      this.history = new History(decoded(link));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      trouble.textContent = `${error.message} The first question is shown instead.`;
      trouble.hidden = false;
    }
  }
  /** @param {LessonState} [state] @param {string | null} [action] */
  change(state, action = null) {
    if (state) this.history.change(state, action);
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }
  draw() {
    const { state } = this;
    const scale = enlargement();
    const width = this.picture.clientWidth / scale;
    if (!width || !this.classes) return;
    const { height, panels } = placed(width, state.panels.length, heightInSight(this.picture));
    const view = new View(state.space, this.turn);
    this.picture.style.height = `${height * scale}px`;
    set(this.picture, { viewBox: `0 0 ${width} ${height}` });
    showLegend(this.one(".legend"), this.classes);
    this.fit(state.panels.length);
    this.panels.forEach((picture, at) => {
      picture.draw(state, at, panels[at], view, evaluated(state.panels[at], LABELS, state.roles));
      set(picture.root, { class: state.space === "sphere" ? "panel turnable" : "panel" });
      this.settings[at].draw(state.panels[at], panels[at], { alone: state.panels.length === 1, scale });
    });
    this.places = panels;
    this.view = view;
    this.drawTools();
    this.drawWords();
    this.copying?.seen();
  }
  /** As many panels as the state has. @param {number} count */
  fit(count) {
    while (this.panels.length > count) {
      this.panels.pop()?.remove();
      this.settings.pop()?.remove();
    }
    while (this.panels.length < count) {
      const at = this.panels.length;
      this.panels.push(new PanelPicture(this.picture, this.classes ?? [], at));
      this.settings.push(new PanelSettings(this.one(".settings"), at, {
        choose: (panel, choice) => this.change(withChoice(this.state, panel, choice)),
        margin: (panel, margin) => this.change(withMargin(this.state, panel, margin), `margin ${panel}`),
        close: (panel) => this.change(withoutPanel(this.state, panel))
      }));
    }
  }
  drawTools() {
    const { state } = this;
    for (const button of this.figure.querySelectorAll("[data-space]")) {
      button.setAttribute("aria-checked", String(button.getAttribute("data-space") === state.space));
    }
    this.one(".turning").hidden = state.space !== "sphere";
    this.field(".turn").value = String(this.turn);
    this.select(".question").value = String(state.question);
    this.select(".add").disabled = state.panels.length >= MOST_PANELS;
    this.one("[data-act=run]").textContent = this.running === null ? "Run" : "Stop";
    this.one("[data-act=undo]").disabled = !this.history.before.length;
  }
  drawWords() {
    const { task, answer } = QUESTIONS[this.state.question];
    writeExplained(this.one(".task"), task, this.terms);
    writeExplained(this.one(".answer"), answer, this.terms);
    const shown = new Set(this.state.panels.map((panel) => panel.choice));
    const about = [...shown].map((choice) => `${CHOICES[choice].title}: ${CHOICES[choice].about}`);
    const triplets = [...shown].some((choice) => CHOICES[choice].loss.comparison === "triplet");
    writeExplained(this.one(".about"), [...triplets ? [this.marked()] : [], ...about].join(" "), this.terms);
  }
  /** What a triplet is, and what the marked one is worth. */
  marked() {
    const { panels } = this.state;
    const at = panels.findIndex((panel) => CHOICES[panel.choice].loss.comparison === "triplet");
    const compared = comparedRoles(this.state, at);
    const triplet2 = "A triplet is an anchor, a positive of the same emotion and a negative of another: the [[loss]] pulls the positive nearer and pushes the negative away, until the negative is farther by the [[margin]]. ";
    const { title } = CHOICES[panels[at].choice];
    if (!compared) return `${triplet2}${title} compares this anchor with nothing now: lines to it are of other anchors' triplets.`;
    const [own, other] = [compared.anchor, compared.negative].map((i) => this.classes?.[LABELS[i]].name);
    const { near, far, value } = tripletAlone(panels[at], compared);
    return `${triplet2}In “${title}” ${own} is compared with ${own} at ${Math.round(near)}° and ${other} at ${Math.round(far)}°: its loss is ${fixed(value, 2)}.`;
  }
  listen() {
    const questions = this.select(".question");
    for (const number of ORDER) questions.add(new Option(QUESTIONS[number].title, String(number)));
    questions.addEventListener("change", () => {
      this.stop();
      this.one("details").open = false;
      this.change(asked(Number(questions.value)));
    });
    const add = this.select(".add");
    add.add(new Option("another loss…", ""));
    for (const [name, { title }] of Object.entries(CHOICES)) add.add(new Option(title, name));
    add.addEventListener("change", () => {
      if (add.value) this.change(withPanel(this.state, add.value));
      add.value = "";
    });
    this.field(".turn").addEventListener("input", () => {
      this.turn = Number(this.field(".turn").value);
      this.change();
    });
    for (const button of this.figure.querySelectorAll("[data-space]")) {
      button.addEventListener("click", () => this.moveTo(button.getAttribute("data-space") === "sphere" ? "sphere" : "circle"));
    }
    const acts = {
      step: () => this.step(),
      run: () => this.run(),
      undo: () => this.undo(),
      reset: () => this.reset()
    };
    this.copying = new LinkButton(
      { button: this.one("[data-act=link]"), field: this.field(".address") },
      () => ({ [PARAMETER]: encoded(this.state) })
    );
    for (const [name, act] of Object.entries(acts)) this.one(`[data-act=${name}]`).addEventListener("click", act);
    this.gestures = new Gestures(this.figure, this.picture, {
      nearest: (panel, x, y) => this.nearest(panel, x, y),
      isBehind: (panel, point) => this.seen(panel, point).depth < 0,
      drag: (panel, point, x, y, behind) => {
        const { disc } = this.place(panel);
        const [px, py] = [(x - disc.x) / disc.radius, (disc.y - y) / disc.radius];
        this.change(moved(this.state, point, this.looking().pointAt(px, py, behind)), `drag ${point}`);
      },
      push: (point, right, up) => this.change(
        moved(this.state, point, this.looking().pushed(this.state.panels[0].points[point], right, up)),
        `push ${point}`
      ),
      mark: (panel, point) => this.change({ ...this.state, roles: rolesFor(this.state.panels[panel].points, point) }),
      turn: (degrees) => {
        this.turn = (this.turn + degrees + 540) % 360 - 180;
        this.change();
      },
      released: () => this.history.close(),
      keys: { s: acts.step, r: acts.run, u: acts.undo }
    });
  }
  step() {
    this.stop();
    this.change(afterStep(this.state));
    this.say();
  }
  run() {
    if (this.running !== null) return this.stop();
    this.history.close();
    let [steps, before] = [0, 0];
    const next = (now) => {
      this.running = requestAnimationFrame(next);
      if (now - before < 1e3 / STEPS_PER_SECOND) return;
      before = now;
      const state = afterStep(this.state);
      const rest = state.panels.every((panel, at) => panel.points.every((point, i) => lengthOf(plus(point, this.state.panels[at].points[i], -1)) < AT_REST));
      this.change(state, "run");
      if (rest || ++steps >= MOST_STEPS2) this.stop();
    };
    this.running = requestAnimationFrame(next);
  }
  stop() {
    if (this.running === null) return;
    cancelAnimationFrame(this.running);
    this.running = null;
    this.history.close();
    this.change();
    this.say();
  }
  undo() {
    this.stop();
    if (this.history.undo()) this.change();
  }
  reset() {
    this.stop();
    this.change(reset(this.state));
  }
  /** The same losses in the other space. @param {'circle' | 'sphere'} space */
  moveTo(space) {
    if (space === this.state.space) return;
    this.stop();
    const { seed, spread } = QUESTIONS[this.state.question];
    this.change(restarted(this.state, space, scattered(space, seed, spread)));
  }
  say() {
    this.one(".said").textContent = this.state.panels.map((panel) => `${CHOICES[panel.choice].title}: loss ${fixed(evaluated(panel, LABELS, this.state.roles).value, 3)}`).join(", ");
  }
  /** @param {number} panel @param {number} x @param {number} y */
  nearest(panel, x, y) {
    const { disc } = this.place(panel);
    const found = LABELS.map((_, i) => {
      const { x: px, y: py, depth } = this.seen(panel, i);
      const away = Math.hypot(disc.x + disc.radius * px - x, disc.y - disc.radius * py - y);
      return { i, away: away + (depth < 0 ? TAKEN_WITHIN / 2 : 0) };
    }).reduce((best, one) => one.away < best.away ? one : best);
    return found.away <= TAKEN_WITHIN ? found.i : null;
  }
  /** @param {number} panel @param {number} point */
  seen(panel, point) {
    return this.looking().seen(this.state.panels[panel].points[point]);
  }
  looking() {
    return this.view ?? new View(this.state.space, this.turn);
  }
  /** @param {number} panel */
  place(panel) {
    return (this.places ?? placed(this.picture.clientWidth / enlargement(), this.state.panels.length).panels)[panel];
  }
  /** @param {string} selector */
  one(selector) {
    return (
      /** @type {HTMLElement} */
      this.figure.querySelector(selector)
    );
  }
  /** @param {string} selector */
  field(selector) {
    return (
      /** @type {HTMLInputElement} */
      this.one(selector)
    );
  }
  /** @param {string} selector */
  select(selector) {
    return (
      /** @type {HTMLSelectElement} */
      this.one(selector)
    );
  }
};

// ui/components/loss_playground/browser/main.js
var main_default = mounting(".playground", (figure) => new Playground(figure));
export {
  main_default as default
};
