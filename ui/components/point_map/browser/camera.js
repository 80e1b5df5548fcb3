// From where a map is looked at: moved and zoomed in the plane, turned as well in space.

const DISTANCE = 4; // of the eye from the middle in space; the map itself reaches from -1 to 1
const FILLED = 0.94; // of the stage, when the whole map is seen
const BEGIN = { centre: [0, 0, 0], zoom: 1, turn: [-0.6, 0.35] };

class Camera {
  // `reach` is how far the map goes from its middle along each axis, 1 at most.
  constructor(dimensions, reach, state) {
    this.dimensions = dimensions;
    this.setReach(reach);
    this.restore(state ?? BEGIN);
  }

  setReach(reach) {
    const around = Math.hypot(...reach); // a map that is turned needs as much room on each side
    this.reach = this.dimensions === 3 ? [around, around] : reach;
  }

  state() {
    return { centre: [...this.centre], zoom: this.zoom, turn: [...this.turn] };
  }

  restore(state) {
    this.centre = [...state.centre];
    this.zoom = state.zoom;
    this.turn = [...state.turn];
  }

  reset() {
    this.restore(BEGIN);
  }

  // Pixels for one unit of the map, at the middle.
  scale(width, height) {
    return Math.min(width / this.reach[0], height / this.reach[1]) * 0.5 * FILLED * this.zoom;
  }

  // The rows of the rotation: which way on the map is right, up, and towards the eye.
  axes() {
    if (this.dimensions === 2) return [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
    const [yaw, pitch] = this.turn;
    const [c, s, C, S] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
    return [[c, 0, s], [s * S, C, -c * S], [-s * C, S, c * C]];
  }

  matrix(width, height) {
    const scale = this.scale(width, height);
    const axes = this.axes();
    const [right, up, near] = axes.map(axis => [...axis, -dot(axis, this.centre)]);
    const solid = this.dimensions === 3;
    const rows = [
      right.map(value => (value * 2 * scale) / width),
      up.map(value => (value * 2 * scale) / height),
      solid ? near.map(value => -value / DISTANCE) : [0, 0, 0, 0],
      solid ? near.map((value, column) => (column === 3 ? 1 : 0) - value / DISTANCE) : [0, 0, 0, 1],
    ];
    const matrix = new Float32Array(16);
    rows.forEach((row, i) => row.forEach((value, j) => (matrix[4 * j + i] = value)));
    return matrix;
  }

  // Move the map by pixels.
  pan(dx, dy, width, height) {
    const scale = this.scale(width, height);
    const [right, up] = this.axes();
    const within = value => Math.max(-1, Math.min(1, value));
    this.centre = this.centre.map((value, i) => within(value - (right[i] * dx - up[i] * dy) / scale));
  }

  // Zoom; what is seen at a place of the plane stays there.
  zoomBy(factor, x, y, width, height) {
    const zoom = Math.max(0.5, Math.min(2000, this.zoom * factor));
    if (this.dimensions === 2) {
      const [dx, dy] = [x - width / 2, y - height / 2];
      const before = this.scale(width, height);
      this.zoom = zoom;
      const change = 1 / before - 1 / this.scale(width, height);
      this.centre = [this.centre[0] + dx * change, this.centre[1] - dy * change, 0];
      this.pan(0, 0, width, height);
    }
    this.zoom = zoom;
  }

  // Turn the map in space by pixels.
  orbit(dx, dy) {
    const limit = Math.PI / 2;
    this.turn = [this.turn[0] + dx * 0.008, Math.max(-limit, Math.min(limit, this.turn[1] + dy * 0.008))];
  }
}

function dot(a, b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
