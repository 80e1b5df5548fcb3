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

// ui/components/split_editor/browser/audit.js
function onBothSides(recordings, tested) {
  return {
    speakers: shared(recordings.map((one) => one.speaker), tested),
    groups: shared(recordings.map((one) => one.group), tested)
  };
}
function shared(owners, tested) {
  const trained = new Set(owners.filter((_, i) => !tested[i]));
  return [...new Set(owners.filter((owner, i) => tested[i] && trained.has(owner)))].sort((a, b) => a - b);
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

// ui/components/split_editor/browser/grid.js
var NAMES = 78;
var GAP = 4;
var HEAD = 30;
var NARROW = 60;
var SplitGrid = class {
  /**
   * @param {SVGElement} parent @param {string[]} speakers @param {Recording[]} recordings
   * @param {{ recording: (number: number) => void, speaker: (number: number) => void }} press
   */
  constructor(parent, speakers, recordings, press) {
    this.speakers = speakers;
    this.recordings = recordings;
    this.columns = Math.max(...speakers.map((_, k) => recordings.filter((one) => one.speaker === k).length));
    this.root = svg("g", { role: "grid", "aria-label": "Speakers and their recordings" }, parent);
    this.heads = new Pool("text", svg("g", { class: "heads", "aria-hidden": "true" }, this.root));
    this.alarms = new Pool("rect", svg("g", { class: "alarms" }, this.root));
    this.rows = speakers.map((name, k) => {
      const row = svg("g", { role: "row" }, this.root);
      const head = this.cell(row, "rowheader", () => press.speaker(k));
      svg("rect", { class: "name", rx: 4 }, head);
      svg("text", {}, head).textContent = name;
      const own = recordings.flatMap((one, i) => {
        if (one.speaker !== k) return [];
        const cell = this.cell(row, "gridcell", () => press.recording(i));
        svg("rect", { class: "side", rx: 4 }, cell);
        svg("polygon", { class: "shape", points: symbolLine(one.symbol).map(([x, y]) => `${11 * x},${11 * y}`).join(" "), fill: one.colour }, cell);
        return [cell];
      });
      return [head, ...own];
    });
    this.links = new Pool("path", svg("g", { class: "copies" }, this.root));
    this.focus = { row: 0, column: 0 };
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.mark();
  }
  /** @param {SVGElement} row @param {string} role @param {() => void} press */
  cell(row, role, press) {
    const cell = svg("g", { role, tabindex: -1, class: "cell" }, row);
    cell.addEventListener("click", () => {
      this.rows.forEach((cells, r) => {
        const column = cells.indexOf(cell);
        if (column >= 0) this.focus = { row: r, column };
      });
      this.mark();
      press();
    });
    return cell;
  }
  /** @param {KeyboardEvent} event */
  key(event) {
    const ways = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const way = ways[event.key];
    const current = this.rows[this.focus.row][this.focus.column];
    if (way) {
      const row = Math.max(0, Math.min(this.rows.length - 1, this.focus.row + way[0]));
      const column = Math.max(0, Math.min(this.rows[row].length - 1, this.focus.column + way[1]));
      this.focus = { row, column };
      this.mark();
      this.rows[row][column].focus();
    } else if (event.key === " " || event.key === "Enter") {
      current.dispatchEvent(new MouseEvent("click"));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
  mark() {
    this.rows.forEach((cells, r) => cells.forEach((cell, c) => set(cell, { tabindex: r === this.focus.row && c === this.focus.column ? 0 : -1 })));
  }
  /**
   * @param {boolean[]} tested @param {{ speakers: number[], groups: number[] }} both on both sides
   * @param {Place} place
   */
  draw(tested, both, place) {
    const wide = (place.width - NAMES) / this.columns;
    const high = (place.height - HEAD) / this.speakers.length;
    const left = (column) => place.x + NAMES + wide * column;
    const top = (row) => place.y + HEAD + high * row;
    const first = this.recordings.filter((one) => one.speaker === 0);
    this.heads.show(first.map((_, c) => ({ x: left(c) + wide / 2, y: place.y + HEAD - 10, "text-anchor": "middle" })));
    this.heads.elements.forEach((text, c) => {
      const again = first.findIndex((one) => one.emotion === first[c]?.emotion) < c;
      text.textContent = wide < NARROW || c >= first.length ? "" : again ? "one more" : first[c].emotion;
    });
    this.alarms.show(both.speakers.map((k) => ({
      class: "alarm",
      x: place.x - 3,
      y: top(k) - 1,
      width: place.width + 3,
      height: high - GAP + 2,
      rx: 6
    })));
    const at = this.speakers.map(() => 0);
    const copies = /* @__PURE__ */ new Map();
    this.rows.forEach(([head], k) => {
      const alarm = both.speakers.includes(k);
      const [box, name] = [...head.children];
      set(box, { x: place.x, y: top(k), width: NAMES - GAP, height: high - GAP });
      set(name, { x: place.x + 6, y: top(k) + high / 2 + 3 });
      const own = this.recordings.flatMap((one, i) => one.speaker === k ? [tested[i]] : []);
      const where = own.every(Boolean) ? "test" : own.some(Boolean) ? "on both sides" : "training";
      set(head, { "aria-label": `${this.speakers[k]}: ${where}`, class: `cell ${alarm ? "alarmed" : ""}` });
    });
    this.recordings.forEach((one, i) => {
      const column = at[one.speaker]++;
      const cell = this.rows[one.speaker][column + 1];
      const [side, shape] = [...cell.children];
      const [x, y] = [left(column), top(one.speaker)];
      set(side, { x, y, width: wide - GAP, height: high - GAP });
      set(shape, { transform: `translate(${x + (wide - GAP) / 2} ${y + (high - GAP) / 2})` });
      const copy = both.groups.includes(one.group);
      set(cell, {
        class: `cell ${tested[i] ? "tested" : "trained"}`,
        "aria-label": `${this.speakers[one.speaker]}, ${one.emotion}: ${tested[i] ? "test" : "training"}${copy ? ", its copy on the other side" : ""}`
      });
      const known = copies.get(one.group) ?? [];
      copies.set(one.group, [...known, [x + (wide - GAP) / 2, y + 6]]);
    });
    this.links.show([...copies].filter(([, ends]) => ends.length > 1).map(([group, [from, to]]) => ({
      class: both.groups.includes(group) ? "copy apart" : "copy",
      d: `M${from[0]} ${from[1]}C${from[0]} ${from[1] - 22} ${to[0]} ${to[1] - 22} ${to[0]} ${to[1]}`
    })));
  }
};

// ui/components/in_browser/shared/numbers.js
function fixed(value, decimals) {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

// ui/components/split_editor/browser/scores.js
var ROW = 84;
var PUBLISHED = 30;
var HEADING = 32;
var AXIS = 26;
var END = 4;
var CLOSEST = 0.68;
var VALUE = 124;
var LETTER = 7.5;
function heightOf(measured, published, pitch) {
  return pitch * (measured * ROW + (published ? HEADING + published * PUBLISHED : 0)) + AXIS;
}
function pitchIn(room, measured, published) {
  if (room === void 0) return 1;
  return Math.max(CLOSEST, Math.min(1, (room - AXIS - END) / (heightOf(measured, published, 1) - AXIS)));
}
var ScoreChart = class {
  /** @param {SVGElement} parent @param {ScoreRow[]} rows @param {PublishedRow[]} published */
  constructor(parent, rows, published) {
    this.rows = rows;
    this.published = published;
    this.root = svg("g", { class: "scores", role: "img" }, parent);
    this.lines = new Pool("path", svg("g", { class: "lines" }, this.root));
    this.dots = new Pool("circle", svg("g", {}, this.root));
    this.marks = new Pool("path", svg("g", {}, this.root));
    this.texts = new Pool("text", svg("g", {}, this.root));
    set(this.root, {
      "aria-label": rows.map((row) => `${row.title}: speakers heard ${told(row.heard)}, unheard ${told(row.unheard)}`).join("; ")
    });
  }
  /**
   * @param {Place} place @param {'heard' | 'unheard' | null} asked what the split above asks @param {number} pitch of {@link pitchIn}
   * @param {Place | null} [below] of what is published, where it does not follow the rest
   */
  draw(place, asked, pitch, below = null) {
    const width = place.width - VALUE;
    const at = (percent) => place.x + width * percent / 100;
    const { dots, marks, lines, texts } = { dots: [], marks: [], lines: [], texts: [] };
    const words = [];
    const write = (text, attributes) => {
      words.push(text);
      texts.push({ class: "told", "text-anchor": "start", ...attributes });
    };
    const axis = ({ x, y, width: whole }, bottom) => {
      for (const percent of [0, 25, 50, 75, 100]) {
        const across = x + (whole - VALUE) * percent / 100;
        lines.push({ class: "line", d: `M${across} ${y + 24}V${bottom}` });
        write(percent === 100 ? "100 %" : `${percent}`, { class: "tick", x: across, y: bottom + 16, "text-anchor": "middle" });
      }
    };
    axis(place, place.y + heightOf(this.rows.length, below ? 0 : this.published.length, pitch) - AXIS);
    this.rows.forEach((row, i) => {
      const top = place.y + i * ROW * pitch;
      write(row.title.length * LETTER > place.width ? row.title.split(" · ").slice(-1)[0] : row.title, { x: place.x, y: top + 16 });
      const kinds = ["heard", "unheard"];
      kinds.forEach((kind, j) => {
        const y = top + 16 + (20 + 24 * j) * pitch;
        const faded = asked !== null && asked !== kind;
        const shown = `${kind} ${faded ? "faded" : ""}`;
        row[kind].forEach((percent) => dots.push({ class: `dot ${shown}`, cx: at(percent), cy: y, r: 6 }));
        const mean = meanOf(row[kind]);
        marks.push({ class: `mean ${shown}`, d: `M${at(mean)} ${y - 10}V${y + 10}` });
        write(`${kind} ${fixed(mean, 0)} %`, { class: `told ${shown}`, x: place.x + width + 8, y: y + 5 });
      });
      if (row.chance !== null) marks.push({ class: "chance", d: `M${at(row.chance)} ${top + 16 + 8 * pitch}v${48 * pitch}` });
    });
    const from = below ?? { ...place, y: place.y + this.rows.length * ROW * pitch };
    const apart = below ? 1 : pitch;
    if (below) axis(below, below.y + heightOf(0, this.published.length, 1) - AXIS);
    const heading = from.y + 18;
    write("Published", { x: from.x, y: heading, class: "told heading" });
    this.published.forEach((row, i) => {
      const y = heading + 10 + apart * PUBLISHED * (i + 0.5);
      const unknown = row.speakers === "not stated";
      const faded = unknown || asked !== null && row.speakers !== (asked === "heard" ? "heard" : "not heard");
      const x = from.x + (from.width - VALUE) * row.percent / 100;
      if (unknown) write("?", { class: "told unknown", x, y: y + 8, "text-anchor": "middle" });
      else marks.push({ class: `published ${faded ? "faded" : ""}`, d: `M${x - 8} ${y}l8 -8l8 8l-8 8z` });
      const called = row.title.length * LETTER > x - 16 - from.x ? row.title.split(", ")[0] : row.title;
      write(called, { class: `told ${faded ? "faded" : ""}`, x: x - 16, y: y + 5, "text-anchor": "end" });
      write(`${fixed(row.percent, 0)} %${unknown ? " not stated" : ""}`, { class: `told ${faded ? "faded" : ""}`, x: from.x + from.width - VALUE + 8, y: y + 5 });
    });
    this.lines.show(lines);
    this.dots.show(dots);
    this.marks.show(marks);
    this.texts.show(texts);
    this.texts.elements.forEach((text, i) => {
      text.textContent = words[i] ?? "";
    });
  }
};
function meanOf(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
function told(values) {
  return `${fixed(meanOf(values), 0)} %, from ${fixed(Math.min(...values), 0)} to ${fixed(Math.max(...values), 0)} %`;
}

// ui/components/split_editor/browser/words.js
function verdict({ speakers, groups }, names, tested, all) {
  if (!tested || tested === all) return "One side is empty: move some recordings to it.";
  const copies = groups.length ? " One recording does so too, under two names." : "";
  if (!speakers.length) return `No speaker stands on both sides: the test asks about voices that were never heard.${copies}`;
  const who = speakers.length > 3 ? `${speakers.length} of ${names.length} speakers stand` : `${listed(speakers.map((one) => names[one]))} ${speakers.length > 1 ? "stand" : "stands"}`;
  return `${who} on both sides: the test asks about voices that were heard in training.${copies}`;
}
function listed(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

// ui/components/split_editor/browser/editor.js
var WIDE = 760;
var GRID = 0.5;
var ROW2 = 48;
var ROW_BESIDE = 68;
var ROW_ENLARGED = 28;
var WIDE_ENLARGED = 640;
var PARAMETER = "split";
var SplitEditor = class {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    this.find = finder(figure);
    this.picture = this.find(".picture", SVGSVGElement);
    this.before = [];
    this.split = "";
    this.ended = new AbortController();
    this.watched = new ResizeObserver(() => this.draw());
    for (const button of figure.querySelectorAll("[data-split]")) {
      button.addEventListener("click", () => this.change(this.data?.splits[button.getAttribute("data-split") ?? ""] ?? ""));
    }
    this.find("[data-act=undo]").addEventListener("click", () => this.undo());
    this.find("[data-act=reset]").addEventListener("click", () => this.change(this.data?.splits.random ?? ""));
    document.addEventListener("keydown", (event) => this.key(event), { signal: this.ended.signal });
    this.link = new LinkButton(
      { button: this.find("[data-act=link]"), field: this.find(".address", HTMLInputElement) },
      () => ({ [PARAMETER]: this.split })
    );
  }
  /** @param {EditorData} data */
  update(data) {
    const first = this.data === void 0;
    this.data = data;
    if (first) {
      this.grid = new SplitGrid(this.picture, data.speakers, data.recordings, {
        recording: (number) => this.move([number]),
        speaker: (number) => this.move(data.recordings.flatMap((one, i) => one.speaker === number ? [i] : []))
      });
      this.chart = new ScoreChart(this.picture, data.scores, data.published);
      this.watched.observe(this.figure);
    }
    if (first || data.link !== this.asked) this.open(data);
    this.draw();
  }
  end() {
    this.watched.disconnect();
    this.link.end();
    this.ended.abort();
  }
  /** @param {EditorData} data */
  open({ link, recordings, splits }) {
    this.asked = link;
    const right = new RegExp(`^[01]{${recordings.length}}$`).test(link);
    const trouble = this.find(".trouble");
    trouble.hidden = right || !link;
    trouble.textContent = `Expected ${recordings.length} digits 0 or 1 in the link; got something else. Copy the whole link again.`;
    this.split = right ? link : splits.random;
    this.before = [];
  }
  /** @param {string} split */
  change(split) {
    if (split === this.split) return;
    this.before.push(this.split);
    this.split = split;
    this.draw();
  }
  undo() {
    this.split = this.before.pop() ?? this.split;
    this.draw();
  }
  /** @param {KeyboardEvent} event */
  key(event) {
    const target = event.composedPath()[0];
    if (!(target instanceof Element) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.toLowerCase() !== "u" || target.matches("input") || target !== document.body && !this.figure.contains(target)) return;
    event.preventDefault();
    this.undo();
  }
  /** To the test set, or back to training if all of them are there. @param {number[]} numbers */
  move(numbers) {
    const side = numbers.every((i) => this.split[i] === "1") ? "0" : "1";
    this.change([...this.split].map((old, i) => numbers.includes(i) ? side : old).join(""));
  }
  draw() {
    const scale = enlargement();
    const width = this.picture.clientWidth / scale;
    if (!this.data || !this.grid || !this.chart || !width) return;
    const { recordings, speakers, scores, published } = this.data;
    const tested = [...this.split].map((side) => side === "1");
    const both = onBothSides(recordings, tested);
    const beside = width >= (scale > 1 ? WIDE_ENLARGED : WIDE);
    const apart = beside && width < WIDE ? published.length : 0;
    const room = beside ? heightInSight(this.picture) : void 0;
    const pitch = pitchIn(room, scores.length, published.length - apart);
    const scored = heightOf(scores.length, published.length - apart, pitch);
    const row = room === void 0 ? ROW_BESIDE : Math.max(ROW_ENLARGED, Math.min(ROW_BESIDE, room / (speakers.length + 1)));
    const high = beside ? Math.max(scored, row * speakers.length) : ROW2 * speakers.length;
    const height = beside ? high + (apart ? heightOf(0, apart, 1) + 24 : 0) : high + scored + 24;
    this.picture.style.height = `${height * scale}px`;
    set(this.picture, { viewBox: `0 0 ${width} ${height}` });
    this.grid.draw(tested, both, { x: 3, y: 0, width: (beside ? GRID * width : width) - 6, height: high });
    const left = beside ? GRID * width + 36 : 0;
    const some = tested.some(Boolean) && !tested.every(Boolean);
    this.chart.draw(
      { x: left + 10, y: beside ? 4 : high + 24, width: width - left - 10, height: scored },
      some ? both.speakers.length ? "heard" : "unheard" : null,
      pitch,
      apart ? { x: 10, y: high + 24, width: width - 20, height: 0 } : null
    );
    const words = this.find(".verdict");
    words.textContent = verdict(both, speakers, tested.filter(Boolean).length, tested.length);
    words.classList.toggle("alarmed", both.speakers.length > 0 || both.groups.length > 0);
    this.link.seen();
    this.find("[data-act=undo]", HTMLButtonElement).disabled = !this.before.length;
  }
};

// ui/components/split_editor/browser/main.js
var main_default = mounting(".split-editor", (figure) => new SplitEditor(figure));
export {
  main_default as default
};
