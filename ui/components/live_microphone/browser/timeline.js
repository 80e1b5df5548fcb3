// The moving picture: spectrogram, state of the sound, utterances and probabilities over one time axis.

const LEFT = 50; // pixels for the labels of the axes
const RIGHT = 8;
const SPACES = [1, 2, 5, 10, 15, 30, 60]; // seconds between marks
const AXIS = 22;
const HOP_SECONDS = 0.2; // between two windows
const APART = 0.7; // seconds between two windows; at a larger distance windows between them were skipped

class Timeline {
  constructor(canvas, spectra, predictions, view) {
    Object.assign(this, { canvas, spectra, predictions, view });
    this.spectrogram = new Spectrogram(spectra);
  }

  set(look, theme, model) {
    Object.assign(this, { look, theme, model });
    this.spectrogram.set(look);
  }

  // The boxes of the parts, from the top.
  parts(width, height) {
    const x = LEFT;
    const wide = Math.max(1, width - LEFT - RIGHT);
    const rest = height - AXIS - 4 - 8 - 8 - 20 - 10;
    const picture = { x, y: 4, width: wide, height: Math.round(0.6 * rest) };
    const states = { x, y: picture.y + picture.height + 4, width: wide, height: 8 };
    const utterances = { x, y: states.y + 12, width: wide, height: 18 };
    const chances = { x, y: utterances.y + 26, width: wide, height: rest - picture.height };
    return { picture, states, utterances, chances };
  }

  draw() {
    const { canvas, view, theme } = this;
    const pen = canvas.getContext('2d');
    const [width, height] = fitted(canvas, pen);
    pen.clearRect(0, 0, width, height);
    pen.font = `12px ${theme.font}`;
    const parts = this.parts(width, height);
    const place = seconds => LEFT + ((seconds - view.start) / view.span) * parts.picture.width;
    pen.fillStyle = this.look.colours[0];
    pen.fillRect(LEFT, parts.picture.y, parts.picture.width, parts.picture.height);
    this.spectrogram.draw(pen, view.start, view.edge, parts.picture);
    this.drawFrequencies(pen, parts.picture);
    const shown = this.predictions.between(view.start, view.edge);
    this.clipped(pen, parts.states, () => drawStates(pen, shown, place, parts.states, theme));
    this.clipped(pen, parts.utterances, () => this.drawUtterances(pen, place, parts.utterances));
    this.drawShares(pen, parts.chances);
    this.clipped(pen, parts.chances, () => this.drawChances(pen, shown, place, parts.chances));
    this.drawTimes(pen, place, parts, height);
  }

  clipped(pen, { x, y, width, height }, act) {
    pen.save();
    pen.beginPath();
    pen.rect(x, y - 1, width, height + 2);
    pen.clip();
    act();
    pen.restore();
  }

  drawFrequencies(pen, { y, height }) {
    const { axis } = this.look;
    pen.textAlign = 'right';
    pen.textBaseline = 'middle';
    pen.fillStyle = this.theme.text;
    for (const hertz of frequencyTicks(axis, RATE / 2, height)) {
      const at = y + height * (1 - AXES[axis].height(hertz, RATE / 2));
      const label = hertz < 1000 ? `${hertz} Hz` : `${hertz / 1000} kHz`;
      pen.fillText(label, LEFT - 6, Math.max(y + 6, Math.min(y + height - 5, at)));
    }
  }

  drawUtterances(pen, place, { y, height }) {
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    for (const { start, end, state, verdict } of this.predictions.utterances) {
      const [left, right] = [place(start), place(end)];
      if (right < LEFT || left > LEFT + this.canvas.clientWidth) continue;
      const known = this.model.classes.find(one => one.name === verdict);
      pen.fillStyle = known ? `${known.colour}38` : 'transparent';
      pen.strokeStyle = known?.colour ?? this.theme.text;
      pen.setLineDash(known ? [] : [3, 3]);
      pen.lineWidth = 1;
      pen.fillRect(left, y, right - left, height);
      pen.strokeRect(left + 0.5, y + 0.5, right - left - 1, height - 1);
      pen.fillStyle = this.theme.text;
      const text = verdict ?? (state === 'not speech' ? state : 'not judged');
      if (pen.measureText(text).width + 6 < right - left) pen.fillText(text, (left + right) / 2, y + height / 2 + 1);
    }
    pen.setLineDash([]);
  }

  drawShares(pen, { x, y, width, height }) {
    pen.textAlign = 'right';
    pen.textBaseline = 'middle';
    pen.lineWidth = 1;
    for (const share of [0, 0.5, 1]) {
      const at = Math.round(y + height * (1 - share)) + 0.5;
      pen.strokeStyle = this.theme.line;
      pen.beginPath();
      pen.moveTo(x, at);
      pen.lineTo(x + width, at);
      pen.stroke();
      pen.fillStyle = this.theme.text;
      pen.fillText(`${100 * share} %`, LEFT - 6, at);
    }
  }

  drawChances(pen, shown, place, { y, height }) {
    const stretches = withoutGaps(shown);
    this.model.classes.forEach(({ colour, symbol }, i) => {
      for (const stretch of stretches) {
        const line = stretch.map(one => [place(one.end), y + height * (1 - one.probabilities[i])]);
        pen.strokeStyle = colour;
        pen.lineWidth = 2.2;
        pen.lineJoin = 'round';
        pen.beginPath();
        line.forEach(at => pen.lineTo(...at));
        pen.stroke();
        // Markers at both ends show the class without colour.
        for (const at of new Set([line[0], line.at(-1)])) mark(pen, symbol, at, 4.5, colour, this.theme.paper);
      }
    });
  }

  drawTimes(pen, place, { picture, chances }, height) {
    const { view, theme } = this;
    const space = SPACES.find(one => (one / view.span) * picture.width >= 56) ?? SPACES.at(-1);
    pen.textAlign = 'center';
    pen.textBaseline = 'alphabetic';
    for (let at = Math.max(0, Math.ceil(view.start / space) * space); at <= view.edge; at += space) {
      const x = Math.round(place(at)) + 0.5;
      pen.strokeStyle = theme.line;
      pen.beginPath();
      pen.moveTo(x, chances.y);
      pen.lineTo(x, chances.y + chances.height + 4);
      pen.stroke();
      pen.fillStyle = theme.text;
      if (x > LEFT + 8 && x < LEFT + picture.width - 8) pen.fillText(clock(at), x, height - 4);
    }
  }
}

// The judged windows, in runs without a gap.
function withoutGaps(shown) {
  const stretches = [];
  shown.forEach((one, n) => {
    if (!one.probabilities) return;
    const former = shown[n - 1];
    if (former?.probabilities && one.end - former.end < APART) stretches.at(-1).push(one);
    else stretches.push([one]);
  });
  return stretches;
}

// The state of the sound: a line for silence, a bar for speech, half a bar for too quiet or not speech, stripes for clipped.
function drawStates(pen, shown, place, { y, height }, theme) {
  shown.forEach(one => {
    const left = place(one.end - HOP_SECONDS);
    const width = place(one.end) - left + 0.5;
    pen.fillStyle = { speech: theme.accent, clipped: theme.bad, 'too quiet': theme.warn }[one.state] ?? theme.line;
    const share = { speech: 1, clipped: 1, 'too quiet': 0.5, 'not speech': 0.5 }[one.state] ?? 0.2;
    pen.fillRect(left, y + height * (1 - share), width, height * share);
    if (one.state === 'clipped') {
      pen.fillStyle = theme.paper;
      for (let x = left; x < left + width; x += 4) pen.fillRect(x, y, 1, height);
    }
  });
}

// A marker, filled with a colour or hollow.
function mark(pen, symbol, [x, y], radius, colour, edge, hollow = false) {
  pen.beginPath();
  (SYMBOLS[symbol] ?? SYMBOLS.circle).forEach(([dx, dy]) => pen.lineTo(x + radius * dx, y + radius * dy));
  pen.closePath();
  pen.fillStyle = hollow ? edge : colour;
  pen.fill();
  pen.lineWidth = hollow ? 2 : 1;
  pen.strokeStyle = hollow ? colour : edge;
  pen.stroke();
}

// Give a canvas one pixel per pixel of the screen; returns its size in CSS pixels.
function fitted(canvas, pen) {
  const [width, height] = [canvas.clientWidth || 1, canvas.clientHeight || 1];
  const ratio = window.devicePixelRatio || 1;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  return [width, height];
}
