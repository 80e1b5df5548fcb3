// The map itself: what is drawn follows from the data and the memory; what a visitor does changes the memory.

const PATIENCE = 5000; // milliseconds until lost graphics are given up
const SLOW = 90; // milliseconds that a picture is waited for
const FEW = 20_000; // points
const LIGHTLY = 0.4; // how far all others fade around one point that was pressed: the next can still be found
const TOOLS = ['move', 'lasso', 'box'];

class PointMap {
  constructor(figure) {
    this.figure = figure;
    figure.pointMap = this; // for tests and a curious console
    this.find = name => figure.querySelector(name);
    this.canvas = freshCanvas(this.find('.points'));
    this.marks = this.find('.marks');
    this.hovered = -1;
    this.sent = JSON.stringify(EMPTY);
    this.ended = new AbortController();
    try {
      this.renderer = new Renderer(this.canvas);
    } catch (error) {
      this.failure = String(error.message);
    }
    this.gestures = new Gestures(this);
    this.listen();
  }

  // Another call of the component: new data, a new theme, or neither.
  update(bytes, setStateValue, setTriggerValue) {
    this.setStateValue = setStateValue;
    this.setTriggerValue = setTriggerValue;
    if (this.failure) {
      this.giveUp(`${this.failure} A simpler map is drawn instead.`);
      return;
    }
    const { header } = readHeader(bytes);
    const theme = themeOf(this.figure);
    const opened = header.digest !== this.map?.digest;
    if (opened) this.open(readPayload(bytes));
    if (opened || JSON.stringify(theme) !== JSON.stringify(this.theme)) {
      this.theme = theme;
      this.recolour();
    }
  }

  open(map) {
    this.map = map;
    this.texts = null;
    this.memory?.maps.delete(this);
    this.memory = memoryOf(map.space);
    const { memory } = this;
    memory.maps.add(this);
    takeLook(memory, map);
    this.camera = new Camera(map.dimensions, map.reach, memory.views.get(map.view));
    this.marked = NOTHING_MARKED;
    this.screen = new Float32Array(3 * map.count);
    this.order = shuffled(map.count);
    this.indexOf = new Map(Array.from(map.ids, (id, index) => [id, index]));
    this.hovered = -1;
    this.recall();
    if (!map.columns.some(column => column.name === memory.colour)) memory.colour = map.columns[0]?.name ?? null;
    this.fillRenderer();
    fillTools(this);
    showTool(this);
    this.match();
    this.send();
    askForMarks();
  }

  // Do something on every map that shares this one's memory.
  everywhere(act) {
    for (const map of this.memory.maps) act(map);
  }

  // Of ids, those that are drawn, as indices.
  indices(ids) {
    return ids.filter(id => this.indexOf.has(id)).map(id => this.indexOf.get(id));
  }

  // What the page marks on this map; see marked.js.
  markedBy(page) {
    if (page.space !== this.map?.space) return;
    this.marked = {
      ringed: this.indices(page.ringed),
      placed: page.view === this.map.view ? page.placed : null,
      lined: page.lined && this.indices(page.lined),
    };
    this.camera.setReach(withPlace(this.map.reach, this.marked.placed));
    if (!this.theme) return;
    this.layLines();
    this.draw();
  }

  fillRenderer() {
    const { points, dimensions, density, reach } = this.map;
    this.renderer.setPoints(points, dimensions, reach);
    this.renderer.setDensity(density);
    this.renderer.setLines(NO_LINES);
  }

  get column() {
    return this.map.columns.find(column => column.name === this.memory.colour);
  }

  // ---------------------------------------------------------------------- what follows of it
  recolour() {
    const { map, memory } = this;
    this.find('.colour').value = memory.colour;
    const heard = map.columns.find(column => column.name === 'heard' && column.kind === 'category');
    const wrong = heard ? heard.entries.findIndex(entry => entry.name === 'wrongly') : -1;
    const edged = wrong < 0 ? () => false : index => heard.values[index] === wrong;
    const grey = this.theme.grey.map(part => Math.round(part * 255));
    this.renderer.setLooks(looksOf(this.column, map.scale, grey, edged, map.count));
    fillLegend(this.find('.legend'), map, this.column, memory, () => this.everywhere(map => map.filter()));
    this.filter();
  }

  filter() {
    const { map, memory } = this;
    this.visible = visibleOf(map.columns.filter(column => column.kind === 'category'), memory.hidden, this.order);
    markLegend(this.find('.legend'), this.column, memory);
    fillFilters(this.find('.filters'), map, this.column, memory, () => this.everywhere(map => map.filter()));
    this.arrange();
  }

  search(query) {
    this.memory.query = query;
    this.everywhere(map => {
      map.match();
      map.arrange();
    });
  }

  match() {
    const field = this.find('.find');
    if (field.value !== this.memory.query) field.value = this.memory.query;
    const query = this.memory.query.trim().toLowerCase();
    if (query) this.texts ??= searchable(this.map);
    this.found = query ? new Uint8Array(this.map.count) : null;
    if (query) this.texts.forEach((text, index) => (this.found[index] = text.includes(query)));
  }

  // Which points lie behind, which in front.
  arrange() {
    const front = new Uint8Array(this.map.count);
    for (const index of this.selected) front[index] = 1;
    if (this.found) this.found.forEach((found, index) => (front[index] |= found));
    const behind = this.visible.filter(index => !front[index]);
    const before = this.visible.filter(index => front[index]);
    this.matches = this.found ? this.visible.filter(index => this.found[index]).sort() : [];
    const pressed = this.selected.length === 1 && this.selected[0] === this.clicked;
    this.fade = this.found || (this.selected.length && !pressed) ? 1 : pressed ? LIGHTLY : 0;
    this.renderer.setOrder(behind, before);
    this.layLines();
    describe(this);
    this.draw();
  }

  // Lines from where points lie on another map to where they lie on this one: of those that the page names, or of the
  // chosen ones.
  layLines() {
    const { map, marked } = this;
    if (!map.origins) return;
    const lined = marked.lined ?? [...new Set([...this.selected, ...marked.ringed])];
    const visible = lined.length ? new Set(this.visible) : null;
    this.renderer.setLines(linesOf(map, lined.filter(index => visible.has(index))));
  }

  // ---------------------------------------------------------------------- drawing it
  // The camera has moved: every map of the same places follows.
  moved(moving = false) {
    const state = this.camera.state();
    this.memory.views.set(this.map.view, state);
    this.everywhere(other => {
      if (other.map.view !== this.map.view) return;
      other.camera.restore(state);
      other.draw(moving);
    });
  }

  // `moving` while points only change their place: where that is slow, few of them are drawn until it ends.
  draw(moving = false) {
    clearTimeout(this.rest);
    this.moving = moving;
    if (!this.frame) this.asked = performance.now();
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (this.map && !this.lost) this.drawNow();
    });
  }

  // Draw only what lies over the points.
  mark() {
    this.marking ??= requestAnimationFrame(() => {
      this.marking = null;
      const { width, height } = this.size();
      if (this.theme) drawMarks(this, width, height, devicePixelRatio);
    });
  }

  drawNow() {
    const { width, height } = this.size();
    const ratio = devicePixelRatio;
    this.seen = null; // the places on the screen are asked for again
    if (this.moving) this.slow ||= performance.now() - this.asked > SLOW;
    const few = this.moving && this.slow;
    if (few) this.rest = setTimeout(() => this.draw(), 2 * SLOW);
    this.paint(width, height, ratio, few ? FEW : Infinity);
    this.figure.dataset.drawn = this.map.digest;
  }

  // Draw with `ratio` pixels of the picture for one of the page.
  paint(width, height, ratio, most) {
    for (const canvas of [this.canvas, this.marks]) {
      const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
    }
    const matrix = this.camera.matrix(width, height);
    this.renderer.draw({ matrix, size: this.pointSize(), ratio, theme: this.theme, fade: this.fade, most });
    drawMarks(this, width, height, ratio);
  }

  size() {
    return { width: this.canvas.clientWidth || 1, height: this.canvas.clientHeight || 1 };
  }

  pointSize() {
    const few = this.map.count < 600 ? 11 : this.map.count < 6000 ? 8 : this.map.count < 30000 ? 5 : 3.5;
    return Math.min(14, few * Math.sqrt(Math.max(1, this.camera.zoom)));
  }

  // ---------------------------------------------------------------------- where points lie
  places() {
    if (!this.seen) {
      const { width, height } = this.size();
      const matrix = this.camera.matrix(width, height);
      this.seen = project(this.map.points, this.map.dimensions, matrix, width, height, this.screen);
    }
    return this.seen;
  }

  placeOf(index) {
    return [...this.places().subarray(3 * index, 3 * index + 2)];
  }

  // ---------------------------------------------------------------------- selecting
  choose(indices, clicked = -1) {
    this.memory.selected = indices.map(index => this.map.ids[index]);
    this.memory.clicked = clicked < 0 ? null : this.map.ids[clicked];
    this.everywhere(map => {
      map.recall();
      map.arrange();
    });
    this.send();
  }

  // What is selected on all maps of this space, as indices of this one.
  recall() {
    const { selected, clicked } = this.memory;
    this.selected = this.indices(selected);
    [this.clicked = -1] = this.indices(clicked === null ? [] : [clicked]);
  }

  enclose(line, event) {
    const inside = enclosed(this.places(), this.visible, line).sort((a, b) => a - b);
    const without = new Set(inside);
    if (event.altKey) this.choose(this.selected.filter(index => !without.has(index)));
    else if (event.shiftKey) this.choose([...new Set([...this.selected, ...inside])].sort((a, b) => a - b));
    else this.choose(inside);
  }

  // The point seen nearest to a place, or -1.
  nearest(x, y, reach) {
    return this.visible ? nearestTo(this.places(), this.visible, x, y, reach) : -1;
  }

  press(x, y, reach, adding) {
    const index = this.nearest(x, y, reach);
    if (index >= 0) this.pick(index, adding);
  }

  pick(index, adding) {
    const others = this.selected.filter(other => other !== index);
    if (adding) {
      const removed = others.length < this.selected.length;
      this.choose(removed ? others : [...others, index], removed ? -1 : index);
    } else {
      const inside = others.length < this.selected.length;
      this.choose(inside ? this.selected : [index], index); // a point of the selection opens without ending it
    }
  }

  // Of maps that share a memory, one tells it.
  send() {
    const { selected, clicked } = this.memory;
    this.everywhere(one => one.map.silent || sendAnswer(one, { selected, clicked, missing: false }));
  }

  // ---------------------------------------------------------------------- what a visitor does
  listen() {
    const { signal } = this.ended;
    const on = (target, name, act, options) => target.addEventListener(name, act, { signal, ...options });
    const { canvas } = this;
    on(this.find('.colour'), 'change', event => {
      this.memory.colour = event.target.value;
      this.everywhere(map => map.recolour());
    });
    on(this.find('.find'), 'input', event => this.search(event.target.value));
    on(this.find('.find'), 'keydown', event => event.key === 'Enter' && this.choose([...this.matches]));
    on(this.find('.found'), 'click', () => this.choose([...this.matches]));
    on(this.find('.clear'), 'click', () => this.clear());
    on(this.find('.keep'), 'click', () => this.map && this.setTriggerValue('kept', lookOf(this)));
    on(this.find('.picture'), 'click', () => this.map && !this.lost && savePicture(this));
    on(document, MARKS, event => this.markedBy(event.detail));
    on(this.find('.trouble button'), 'click', () => this.reportMissing());
    for (const button of this.figure.querySelectorAll('[data-tool]')) {
      on(button, 'click', () => this.take(button.dataset.tool));
      on(button, 'keydown', event => this.takeByKey(event));
    }
    for (const button of this.figure.querySelectorAll('[data-view]')) {
      on(button, 'click', () => this.look(button.dataset.view));
    }
    on(this.figure, 'keydown', event => event.key === 'Escape' && this.escape(event));
    on(canvas, 'webglcontextlost', event => this.lose(event));
    on(canvas, 'webglcontextrestored', () => this.recover());
    const resized = new ResizeObserver(() => this.draw());
    resized.observe(canvas);
    signal.addEventListener('abort', () => resized.disconnect());
  }

  take(tool) {
    this.memory.tool = tool;
    this.everywhere(showTool);
  }

  takeByKey(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.take(TOOLS[(TOOLS.indexOf(this.memory.tool) + step + TOOLS.length) % TOOLS.length]);
    this.find(`[data-tool="${this.memory.tool}"]`).focus();
  }

  look(how) {
    const { width, height } = this.size();
    if (how === 'all') this.camera.reset();
    else this.camera.zoomBy(how === 'in' ? 1.4 : 1 / 1.4, width / 2, height / 2, width, height);
    this.moved();
  }

  clear() {
    this.choose([]);
  }

  escape(event) {
    if (this.gestures.line) this.gestures.end();
    else if (this.memory.query && event.target === this.find('.find')) this.search('');
    else this.clear();
    this.mark();
  }

  hover(index, at) {
    const tip = this.find('.tip');
    if (index !== this.hovered) {
      this.everywhere(map => map.ring(this.map.ids[index]));
      this.canvas.toggleAttribute('data-over', index >= 0);
      if (index >= 0) fillTip(tip, describedBy(this.map, index));
    }
    tip.hidden = index < 0;
    if (index >= 0) placeTip(tip, at, this.size());
  }

  // Ring the point under the mouse, by its id; none where there is no such point.
  ring(id) {
    this.hovered = this.indexOf.get(id) ?? -1;
    this.mark();
  }

  // ---------------------------------------------------------------------- when it goes wrong
  lose(event) {
    event.preventDefault(); // only then can it come back
    this.lost = true;
    this.trouble('The graphics of this browser have stopped; they are being started again.', false);
    this.waiting = setTimeout(
      () => this.trouble('The graphics of this browser have stopped and did not come back.', true),
      PATIENCE,
    );
  }

  recover() {
    clearTimeout(this.waiting);
    this.lost = false;
    this.find('.trouble').hidden = true;
    this.renderer.build();
    this.fillRenderer();
    this.recolour();
  }

  giveUp(words) {
    this.trouble(words, true);
    this.reportMissing();
  }

  reportMissing() {
    if (this.gaveUp) return;
    this.gaveUp = true;
    this.setStateValue('answer', { ...EMPTY, missing: true });
  }

  trouble(words, hopeless) {
    const place = this.find('.trouble');
    place.hidden = false;
    place.querySelector('p').textContent = words;
    place.querySelector('button').hidden = !hopeless;
  }

  end() {
    this.ended.abort();
    this.memory?.maps.delete(this);
    clearTimeout(this.waiting);
    clearTimeout(this.rest);
    cancelAnimationFrame(this.frame);
    cancelAnimationFrame(this.marking);
    this.renderer?.end();
  }
}

const EMPTY = { selected: [], clicked: null, missing: false };
// A canvas whose graphics were freed gives no others.
function freshCanvas(canvas) {
  const fresh = canvas.cloneNode();
  canvas.replaceWith(fresh);
  return fresh;
}

export default mounting(PointMap, 'figure.map');
