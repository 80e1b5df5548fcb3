// The position of the voice among the known utterances: the last seconds as a line over their map.

const TRAIL = 8; // seconds
const MARGIN = 14; // pixels

class Trail {
  constructor(canvas, predictions) {
    Object.assign(this, { canvas, predictions });
    this.ground = document.createElement('canvas');
  }

  set(model, theme) {
    Object.assign(this, { model, theme, size: '' });
    const { points } = model.map;
    const reach = axis => {
      const values = points.map(point => point[axis]);
      return [Math.min(...values), Math.max(...values)];
    };
    this.reach = points.length ? [reach(0), reach(1)] : [[-1, 1], [-1, 1]];
    this.shown = undefined;
  }

  // The map and the trail that ends with a prediction.
  show(prediction) {
    const size = `${this.canvas.clientWidth} ${this.canvas.clientHeight} ${window.devicePixelRatio}`;
    if (prediction === this.shown && size === this.size) return;
    const pen = this.canvas.getContext('2d');
    const [width, height] = fitted(this.canvas, pen);
    if (size !== this.size) this.drawGround(width, height);
    Object.assign(this, { shown: prediction, size });
    pen.clearRect(0, 0, width, height);
    pen.drawImage(this.ground, 0, 0, width, height);
    if (prediction) this.drawTrail(pen, width, height, prediction);
  }

  // One scale for both axes: a stretched map would show wrong distances.
  placeOf([x, y], width, height) {
    const [[left, right], [low, high]] = this.reach;
    const scale = Math.min((width - 2 * MARGIN) / (right - left || 1), (height - 2 * MARGIN) / (high - low || 1));
    const within = (value, limit) => Math.max(6, Math.min(limit - 6, value)); // points outside are shown at the edge
    return [
      within(width / 2 + (x - (left + right) / 2) * scale, width),
      within(height / 2 - (y - (low + high) / 2) * scale, height),
    ];
  }

  drawGround(width, height) {
    const { ground, canvas, model, theme } = this;
    [ground.width, ground.height] = [canvas.width, canvas.height];
    const pen = ground.getContext('2d');
    pen.setTransform(canvas.width / width, 0, 0, canvas.height / height, 0, 0);
    pen.globalAlpha = 0.4;
    model.map.points.forEach((point, i) => {
      const known = model.classes[model.map.classes[i]];
      const place = this.placeOf(point, width, height);
      mark(pen, known?.symbol ?? 'circle', place, 3, known?.colour ?? theme.text, theme.paper);
    });
  }

  drawTrail(pen, width, height, prediction) {
    const { theme } = this;
    const steps = this.predictions.between(prediction.end - TRAIL, prediction.end).filter(one => one.place && one.end <= prediction.end);
    const age = one => Math.min(1, (prediction.end - one.end) / TRAIL);
    for (let i = 1; i < steps.length; i++) {
      if (steps[i].end - steps[i - 1].end > APART) continue; // a pause lies between them
      pen.globalAlpha = 1 - 0.85 * age(steps[i]);
      for (const [line, colour] of [[5, theme.paper], [2.5, theme.text]]) {
        pen.lineWidth = line;
        pen.strokeStyle = colour;
        pen.lineCap = 'round';
        pen.beginPath();
        pen.moveTo(...this.placeOf(steps[i - 1].place, width, height));
        pen.lineTo(...this.placeOf(steps[i].place, width, height));
        pen.stroke();
      }
    }
    pen.globalAlpha = 1;
    const last = steps.at(-1);
    if (!last || last !== prediction) return;
    const known = this.model.classes.find(one => one.name === last.verdict);
    const place = this.placeOf(last.place, width, height);
    if (known) mark(pen, known.symbol, place, 9, known.colour, theme.text);
    else mark(pen, 'circle', place, 8, theme.text, theme.paper, true);
  }
}
