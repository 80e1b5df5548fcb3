// What mouse, fingers and keys do on the map.

const PRESS = 5; // pixels that a pointer may move and still press
const REACH = { mouse: 9, pen: 12, touch: 20 }; // pixels around a point that count as the point
const STEP = 40; // pixels for an arrow key

class Gestures {
  constructor(map) {
    this.map = map;
    this.pointers = new Map();
    this.line = null; // of a lasso or box that is being drawn
    this.cross = false; // whether the middle is marked, for those who come with the keyboard
    const { canvas, ended } = map;
    const on = (name, act) => canvas.addEventListener(name, act, { signal: ended.signal, passive: false });
    on('keydown', event => this.key(event));
    on('focus', () => this.showCross(canvas.matches(':focus-visible')));
    on('blur', () => this.showCross(false));
    on('pointerdown', event => this.down(event));
    on('pointermove', event => this.move(event));
    on('pointerup', event => this.up(event));
    on('pointercancel', event => this.up(event, true));
    on('pointerleave', () => map.hover(-1));
    on('contextmenu', event => event.preventDefault());
    on('wheel', event => this.wheel(event));
  }

  end() {
    this.line = this.began = null;
  }

  showCross(shown) {
    this.cross = shown;
    this.map.mark();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { map } = this;
    const { width, height } = map.size();
    const way = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const look = { '+': 'in', '=': 'in', '-': 'out', 0: 'all' }[event.key];
    if (way && event.shiftKey && map.map.dimensions === 3) map.camera.orbit(-STEP * way[0], -STEP * way[1]);
    else if (way) map.camera.pan(STEP * way[0], STEP * way[1], width, height);
    else if (look) map.look(look);
    else if (event.key === 'Enter') map.press(width / 2, height / 2, Math.max(width, height), event.shiftKey);
    else return;
    event.preventDefault();
    this.showCross(true);
    map.moved();
  }

  wheel(event) {
    // A wheel over the map scrolls the page, until the map has been pressed.
    const { map } = this;
    if (!event.ctrlKey && map.figure.getRootNode().activeElement !== map.canvas) return;
    event.preventDefault();
    const { width, height } = map.size();
    const lines = event.deltaMode === 1 ? 20 : 1;
    map.camera.zoomBy(Math.exp(-event.deltaY * lines * 0.0015), event.offsetX, event.offsetY, width, height);
    map.moved(true);
  }

  down(event) {
    const { map } = this;
    map.canvas.setPointerCapture(event.pointerId);
    const at = [event.offsetX, event.offsetY];
    this.pointers.set(event.pointerId, at);
    this.end();
    this.showCross(false);
    map.hover(-1);
    if (this.pointers.size > 1) return; // a second finger: this is no lasso
    this.began = { at, other: event.button > 0 || event.shiftKey, path: [...at], moved: false };
  }

  move(event) {
    const at = [event.offsetX, event.offsetY];
    const former = this.pointers.get(event.pointerId);
    if (!former) {
      if (event.pointerType !== 'touch') this.map.hover(this.map.nearest(...at, REACH.mouse), at);
      return;
    }
    if (this.pointers.size > 1) this.pinch(event.pointerId, at);
    else if (this.began) this.drag(former, at);
    this.pointers.set(event.pointerId, at);
  }

  drag(former, at) {
    const { began, map } = this;
    const { width, height } = map.size();
    const [dx, dy] = [at[0] - former[0], at[1] - former[1]];
    began.moved ||= Math.hypot(at[0] - began.at[0], at[1] - began.at[1]) > PRESS;
    if (!began.moved) return;
    if (map.memory.tool === 'move') {
      if (map.map.dimensions === 3 && !began.other) map.camera.orbit(dx, dy);
      else map.camera.pan(dx, dy, width, height);
      map.moved(true);
      return;
    }
    began.path.push(...at);
    this.line = map.memory.tool === 'box' ? boxLine(...began.at, ...at) : began.path;
    map.mark();
  }

  pinch(id, at) {
    const { map } = this;
    const before = this.pointers.get(id);
    const [, other] = [...this.pointers].find(([number]) => number !== id);
    const { width, height } = map.size();
    const middle = [(at[0] + other[0]) / 2, (at[1] + other[1]) / 2];
    const apart = place => Math.max(10, Math.hypot(place[0] - other[0], place[1] - other[1]));
    map.camera.pan((at[0] - before[0]) / 2, (at[1] - before[1]) / 2, width, height);
    map.camera.zoomBy(apart(at) / apart(before), ...middle, width, height);
    map.moved(true);
  }

  up(event, broken = false) {
    const { began, line, map } = this;
    if (!this.pointers.delete(event.pointerId) || !began) return;
    this.end();
    if (!broken && !began.moved) {
      const adding = event.shiftKey || event.ctrlKey || event.metaKey;
      map.press(event.offsetX, event.offsetY, REACH[event.pointerType] ?? REACH.mouse, adding);
    } else if (!broken && line) map.enclose(thinned(line, 2), event);
    map.mark();
  }
}
