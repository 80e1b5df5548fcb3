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
function writtenOn(colour) {
  const [r, g, b] = colour.map((part) => part <= 10.31 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05 > Math.sqrt(1.05 * 0.05) ? "#000" : "#fff";
}

// ui/components/in_browser/shared/numbers.js
function fixed(value, decimals) {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

// ui/components/point_map/browser/marked.js
var CELL = "utterance-map-cell";
function publishCell(pressed) {
  document.dispatchEvent(new CustomEvent(CELL, { detail: pressed }));
}

// ui/components/angle_matrix/browser/matrix.js
var SHADES = 256;
var WRITTEN = 14;
var LETTER = 0.56;
var LONGEST = 7;
var CELL2 = 1.8;
var EMPTY = 1.1;
var SLANTED = { beside: 0.65, begins: 1.2 };
var STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
var AngleMatrix = class {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    Object.assign(figure, { angleMatrix: this });
    this.find = finder(figure);
    this.table = this.find("table", HTMLTableElement);
    this.data = null;
    this.drawn = "";
    this.chosen = null;
    this.table.addEventListener("click", (event) => {
      const place = this.placeOf(event.target);
      if (place) this.press(...place);
    });
    this.table.addEventListener("keydown", (event) => this.key(event));
    for (const kind of ["focusin", "pointerover"]) {
      this.table.addEventListener(kind, (event) => this.say(this.placeOf(event.target)));
    }
    this.table.addEventListener("pointerleave", () => this.say(this.chosen));
  }
  /**
   * @param {MatrixData} data
   * @param {Send} _setStateValue
   * @param {Send} setTriggerValue
   */
  update(data, _setStateValue, setTriggerValue) {
    this.setTriggerValue = setTriggerValue;
    this.data = data;
    const { chosen, ...rest } = data;
    const drawn = JSON.stringify(rest);
    if (drawn !== this.drawn) this.fill(data);
    this.drawn = drawn;
    const [row, column] = (chosen ?? []).map((label) => data.labels.indexOf(label));
    this.choose(chosen && row >= 0 && column >= 0 ? [row, column] : null);
  }
  /** @param {MatrixData} data */
  fill({ title, labels, degrees, colours, most }) {
    this.figure.setAttribute("aria-label", title);
    this.table.setAttribute("aria-label", `${title} Arrow keys go from cell to cell, Enter presses one.`);
    this.table.classList.toggle("many", labels.length > WRITTEN);
    this.makeRoom(labels);
    const shades = between(colours.map(numbersOf), SHADES);
    const head = document.createElement("thead"), body = document.createElement("tbody");
    const top = head.insertRow();
    top.append(document.createElement("th"));
    for (const label of labels) {
      const cell = document.createElement("th"), text = document.createElement("span");
      cell.scope = "col";
      text.textContent = label;
      cell.title = label;
      cell.append(text);
      top.append(cell);
    }
    labels.forEach((label, row) => {
      const line = body.insertRow(), name = document.createElement("th");
      name.scope = "row";
      name.textContent = name.title = label;
      line.append(name);
      degrees[row].forEach((value, column) => {
        const cell = line.insertCell();
        cell.setAttribute("role", "gridcell");
        cell.setAttribute("aria-selected", "false");
        cell.dataset.place = `${row},${column}`;
        cell.tabIndex = row || column ? -1 : 0;
        cell.textContent = value === null ? "" : fixed(value, 0);
        cell.setAttribute("aria-label", this.words(row, column));
        const shade = shades[Math.round((value ?? 0) / most * (SHADES - 1))];
        cell.style.background = value === null ? "transparent" : `rgb(${shade.join(", ")})`;
        cell.style.color = writtenOn(shade);
      });
    });
    this.table.replaceChildren(head, body);
  }
  /**
   * For names: those at the top are slanted, and the last ones reach beyond their columns.
   *
   * @param {string[]} labels
   */
  makeRoom(labels) {
    const lengths = labels.map((label) => Math.min(LONGEST, LETTER * label.length + 0.4));
    const cell = labels.length > WRITTEN ? EMPTY : CELL2;
    const beyond = lengths.map((length, i) => SLANTED.begins + SLANTED.beside * length - cell * (labels.length - i));
    const { style } = this.find(".scroll");
    style.setProperty("--cells", `${cell * labels.length}rem`);
    style.setProperty("--label", `${Math.max(...lengths)}rem`);
    style.setProperty("--beyond", `${Math.max(0, ...beyond)}rem`);
  }
  /**
   * @param {number} row
   * @param {number} column
   */
  words(row, column) {
    if (!this.data) return "";
    const { labels, degrees, bounds } = this.data;
    const value = degrees[row][column], span = bounds?.[row][column];
    if (value === null) return `no utterance of ${labels[row]}`;
    const sure = span ? `, 95 %: ${fixed(span[0], 0)}° to ${fixed(span[1], 0)}°` : "";
    const what = row === column ? `within ${labels[row]}` : `${labels[row]} and ${labels[column]}`;
    return `${what}: ${fixed(value, 0)}°${sure}`;
  }
  /**
   * @param {EventTarget | null} target
   * @returns {[row: number, column: number] | null}
   */
  placeOf(target) {
    const place = target instanceof HTMLElement ? target.closest("td")?.dataset.place : void 0;
    if (!place) return null;
    const [row, column] = place.split(",").map(Number);
    return [row, column];
  }
  /**
   * @param {number} row
   * @param {number} column
   */
  cell(row, column) {
    return this.table.tBodies[0]?.rows[row]?.cells[column + 1];
  }
  /** @param {KeyboardEvent} event */
  key(event) {
    const place = this.placeOf(event.target);
    const step = STEPS[event.key];
    if (!place || !this.data || event.ctrlKey || event.altKey || event.metaKey) return;
    if (step) {
      const last = this.data.labels.length - 1;
      const [row, column] = place.map((at, axis) => Math.max(0, Math.min(last, at + step[axis])));
      this.cell(...place)?.setAttribute("tabindex", "-1");
      const next = this.cell(row, column);
      next?.setAttribute("tabindex", "0");
      next?.focus();
    } else if (event.key === "Enter" || event.key === " ") this.press(...place);
    else if (event.key === "Escape" && this.chosen) this.press(...this.chosen);
    else return;
    event.preventDefault();
  }
  /**
   * A press chooses a cell; one on the chosen cell ends the choice.
   *
   * @param {number} row
   * @param {number} column
   */
  press(row, column) {
    if (!this.data) return;
    const same = this.chosen?.[0] === row && this.chosen[1] === column;
    this.choose(same ? null : [row, column]);
    const { labels, space, column: name } = this.data;
    const cell = same ? null : [labels[row], labels[column]];
    publishCell({ space, classes: cell && { column: name, names: cell } });
    this.setTriggerValue?.("pressed", { cell });
  }
  /** @param {[row: number, column: number] | null} place */
  choose(place) {
    if (this.chosen) this.cell(...this.chosen)?.setAttribute("aria-selected", "false");
    this.chosen = place;
    if (place) this.cell(...place)?.setAttribute("aria-selected", "true");
    this.say(place);
  }
  /** @param {[row: number, column: number] | null} place */
  say(place) {
    setText(this.find(".said"), place ? this.words(...place) : this.chosen ? this.words(...this.chosen) : "");
  }
  end() {
  }
};

// ui/components/angle_matrix/browser/main.js
var main_default = mounting("figure.angles", (figure) => new AngleMatrix(figure));
export {
  main_default as default
};
