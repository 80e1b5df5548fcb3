// What stands still while it plays: waveform and intensity, spectrogram and pitch, and their axes.

const DECIBELS_SHOWN = 60; // of intensity
const CONTOUR_STEP = 0.01; // seconds between the values of pitch and intensity
const LOWEST_PITCH_AXIS = 300;
const SMALLEST_AMPLITUDE_AXIS = 0.05;

// Returns whether the spectrogram is complete.
function drawPicture(pen, player, layout, ratio, until) {
  const { theme, span } = player;
  const { wave, spectrogram } = layout;
  const { width, height } = player.size();
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = theme.paper;
  pen.fillRect(0, 0, width, height);
  pen.font = `13px ${theme.font}`;
  const complete = drawSpectrogram(pen, player, spectrogram, ratio, until);
  const shown = timeTicks(span.from + player.begins, span.to + player.begins, wave.width);
  drawTimeAxis(pen, player, layout, shown);
  drawWave(pen, player, wave, ratio);
  within(pen, wave, () => settings.intensity && drawIntensity(pen, player, wave));
  within(pen, spectrogram, () => settings.pitch && drawPitch(pen, player, spectrogram));
  drawScales(pen, player, layout);
  return complete;
}

function within(pen, box, act) {
  pen.save();
  pen.beginPath();
  pen.rect(box.x, box.y, box.width, box.height);
  pen.clip();
  act();
  pen.restore();
}

// ---------------------------------------------------------------------- the two panels
function drawSpectrogram(pen, player, box, ratio, until) {
  const { x, y, width, height } = box;
  const pixels = { x: Math.round(x * ratio), y: Math.round(y * ratio), width: Math.round(width * ratio), height: Math.round(height * ratio) };
  player.tiles.look({ band: settings.band, axis: settings.axis, range: settings.range, rows: pixels.height });
  pen.save();
  pen.setTransform(1, 0, 0, 1, 0, 0);
  const complete = player.tiles.draw(pen, pixels, player.span, until);
  pen.restore();
  return complete;
}

function drawWave(pen, player, box, ratio) {
  const { theme, span, rate, envelope, payload } = player;
  const middle = box.y + box.height / 2, unit = box.height / 2 / amplitudeLimit(payload.peak);
  pen.fillStyle = theme.speech;
  for (let i = 0; i < payload.speech.length; i += 2) {
    const [from, to] = [0, 1].map(end => box.x + span.toX(payload.speech[i + end] - player.begins, box.width));
    const left = Math.max(box.x, from), right = Math.min(box.x + box.width, to);
    if (right > left) pen.fillRect(left, box.y, right - left, box.height);
  }
  pen.fillStyle = theme.grid;
  pen.fillRect(box.x, middle, box.width, 1);
  pen.fillStyle = pen.strokeStyle = theme.wave;
  if ((span.length * rate) / (box.width * ratio) < 2) return within(pen, box, () => drawSamples(pen, player, box, middle, unit));
  const columns = Math.round(box.width * ratio);
  const at = column => Math.round((span.from + (column / columns) * span.length) * rate);
  for (let column = 0; column < columns; column++) {
    const [low, high] = envelope.between(at(column), at(column + 1));
    const top = middle - high * unit;
    if (high >= low) pen.fillRect(box.x + column / ratio, top, 1 / ratio, Math.max(1, (high - low) * unit));
  }
}

// So close that single samples are seen.
function drawSamples(pen, player, box, middle, unit) {
  const { span, rate, samples } = player;
  const first = Math.max(0, Math.floor(span.from * rate) - 1), last = Math.min(samples.length - 1, Math.ceil(span.to * rate) + 1);
  const place = i => [box.x + span.toX(i / rate, box.width), middle - samples[i] * unit];
  pen.beginPath();
  for (let i = first; i <= last; i++) pen.lineTo(...place(i));
  pen.lineWidth = 1.5;
  pen.stroke();
  if (box.width / (span.length * rate) < 6) return;
  for (let i = first; i <= last; i++) {
    const [x, y] = place(i);
    pen.fillRect(x - 2, y - 2, 4, 4);
  }
}

// ---------------------------------------------------------------------- the two lines over them
function drawIntensity(pen, player, box) {
  const [bottom, top] = intensityLimits(player);
  const y = level => box.y + box.height * (1 - (level - bottom) / (top - bottom));
  const apart = (2 * player.span.length) / box.width;
  const line = apart > CONTOUR_STEP ? loudestWithin(player.payload.intensity, apart, player) : player.payload.intensity;
  trace(pen, player, box, line, y, [[player.theme.paper, 4], [player.theme.intensity, 1.75]], Math.max(CONTOUR_STEP, apart));
}

// The largest value within each stretch of so many seconds: from afar, syllables would fill the panel.
function loudestWithin({ times, values }, seconds, { span, begins }) {
  const found = { times: [], values: [] };
  let stretch = null;
  for (let i = indexAt(times, span.from + begins - seconds); i < times.length && times[i] < span.to + begins + seconds; i++) {
    const number = Math.floor(times[i] / seconds);
    if (number !== stretch) {
      found.times.push((number + 0.5) * seconds);
      found.values.push(values[i]);
      stretch = number;
    } else if (values[i] > found.values.at(-1)) found.values[found.values.length - 1] = values[i];
  }
  return found;
}

function drawPitch(pen, player, box) {
  if (!player.payload.pitch) return;
  const limit = pitchLimit(player);
  // A dark line under a light one is seen on both ends of the colour scale.
  const strokes = [['#000000', 5], ['#FFFFFF', 2.5]];
  trace(pen, player, box, player.payload.pitch, hertz => box.y + box.height * (1 - hertz / limit), strokes, CONTOUR_STEP);
}

// A line through values that lie `step` seconds apart, broken where one is missing.
function trace(pen, player, box, { times, values }, y, strokes, step) {
  const { span, begins } = player;
  pen.beginPath();
  let before = -Infinity;
  for (let i = Math.max(0, indexAt(times, span.from + begins) - 1); i < times.length; i++) {
    const time = times[i] - begins;
    if (!Number.isNaN(values[i])) {
      const x = box.x + span.toX(time, box.width);
      if (time - before > 1.5 * step) pen.moveTo(x - 0.5, y(values[i])); // a single value is seen as a dot
      pen.lineTo(x, y(values[i]));
      before = time;
    }
    if (time > span.to) break;
  }
  pen.lineJoin = pen.lineCap = 'round';
  for (const [colour, width] of strokes) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke();
  }
}

// The first of rising times that is not before a moment.
function indexAt(times, moment) {
  let low = 0, high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

// ---------------------------------------------------------------------- axes
function amplitudeLimit(peak) {
  return Math.max(SMALLEST_AMPLITUDE_AXIS, 1.05 * peak);
}

function intensityLimits(player) {
  player.loudest ??= player.payload.intensity.values.reduce((most, level) => Math.max(most, level), -120);
  const top = Math.min(10, 10 * Math.ceil(player.loudest / 10));
  return [top - DECIBELS_SHOWN, top];
}

function pitchLimit(player) {
  player.highest ??= player.payload.pitch.values.reduce((most, hertz) => (hertz > most ? hertz : most), 0);
  return Math.max(LOWEST_PITCH_AXIS, 100 * Math.ceil((1.2 * player.highest) / 100));
}

function drawTimeAxis(pen, player, { wave, spectrogram, bottom }, { ticks, decimals }) {
  const { theme, span } = player;
  pen.textAlign = 'center';
  pen.textBaseline = 'top';
  for (const tick of ticks) {
    const x = wave.x + span.toX(tick - player.begins, wave.width);
    pen.fillStyle = theme.grid;
    pen.fillRect(x, wave.y, 1, wave.height);
    pen.fillStyle = theme.muted;
    pen.fillRect(x, bottom, 1, 4);
    pen.fillText(tick.toFixed(decimals), x, bottom + 6);
  }
  pen.fillStyle = theme.ink;
  pen.fillText('Time (s)', spectrogram.x + spectrogram.width / 2, bottom + 22);
}

function drawScales(pen, player, { wave, spectrogram }) {
  const { theme, payload, rate } = player;
  pen.textBaseline = 'alphabetic';
  pen.fillStyle = theme.ink;
  const words = (text, side, box) => {
    pen.textAlign = side;
    pen.fillText(text, side === 'left' ? 2 : box.x + box.width + SIDES[1] - 2, box.y - 6);
  };
  words('Amplitude', 'left', wave);
  words('Frequency (Hz)', 'left', spectrogram);
  if (settings.intensity) words('Intensity (dB)', 'right', wave);
  if (settings.pitch && payload.pitch) words('Pitch (Hz)', 'right', spectrogram);
  pen.textBaseline = 'middle';
  const tick = (text, box, share, side) => {
    const y = Math.max(box.y + 5, Math.min(box.y + box.height - 5, box.y + box.height * (1 - share)));
    pen.fillStyle = theme.muted;
    pen.textAlign = side === 'left' ? 'right' : 'left';
    pen.fillText(text, side === 'left' ? box.x - 6 : box.x + box.width + 6, y);
  };
  const limit = amplitudeLimit(payload.peak), amplitude = roundedDown(0.9 * limit);
  for (const value of [-amplitude, 0, amplitude]) tick(signed(value), wave, 0.5 + value / limit / 2, 'left');
  for (const hertz of frequencyTicks(settings.axis, rate / 2, spectrogram.height)) {
    tick(String(hertz), spectrogram, AXES[settings.axis].height(hertz, rate / 2), 'left');
  }
  if (settings.intensity) {
    const [bottom, top] = intensityLimits(player);
    for (let level = bottom; level <= top; level += 20) tick(signed(level), wave, (level - bottom) / (top - bottom), 'right');
  }
  if (settings.pitch && payload.pitch) {
    const most = pitchLimit(player);
    for (let hertz = 0; hertz <= most; hertz += most > 500 ? 200 : 100) tick(String(hertz), spectrogram, hertz / most, 'right');
  }
}

// The largest of 1, 2 or 5 times a power of ten that is not larger.
function roundedDown(value) {
  const unit = 10 ** Math.floor(Math.log10(value));
  return [5, 2, 1].find(count => count * unit <= value) * unit;
}
