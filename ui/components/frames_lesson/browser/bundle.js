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
function fitToScreen(canvas, pen) {
  const size = sizeOf(canvas);
  const ratio = pixelsOfUnit();
  fit(canvas, size, ratio);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  return size;
}
function within(pen, { x, y, width, height }, act) {
  pen.save();
  pen.beginPath();
  pen.rect(x, y, width, height);
  pen.clip();
  act();
  pen.restore();
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
function shadesOf(colours, share) {
  const fine = between(colours.map(numbersOf), 256);
  return Uint32Array.from({ length: 256 }, (_, code) => {
    const [r, g, b] = fine[Math.max(0, Math.min(255, Math.round(share(code) * 255)))].map(Math.round);
    return (255 << 24 | b << 16 | g << 8 | r) >>> 0;
  });
}
var Variables = class {
  /**
   * @param {HTMLElement} element on which they are read
   * @param {string[]} names
   */
  constructor(element, names) {
    this.element = element;
    this.names = names;
    this.written = "";
    this.colours = [];
  }
  /**
   * The colours, in the order of their names. They are found anew only after a change of what is written or of the theme: to
   * find one, the browser styles the element and everything in it, which takes longer than a picture that moves has time.
   */
  read() {
    const style = getComputedStyle(this.element);
    const variables = this.names.map((name) => style.getPropertyValue(name));
    const written = [style.color, style.backgroundColor, style.colorScheme, ...variables].join("; ");
    if (written !== this.written) {
      this.written = written;
      this.colours = this.names.map((name) => colourOn(this.element, `var(${name})`));
    }
    return this.colours;
  }
};
function colourOn(element, colour) {
  const before = element.style.caretColor;
  element.style.caretColor = colour;
  const found = getComputedStyle(element).caretColor;
  element.style.caretColor = before;
  return found;
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

// ui/components/in_browser/shared/pcm.js
var PCM_FULL_SCALE = 32768;
function fromPcm16(values, peak = 1) {
  return Float32Array.from(values, (value) => value / PCM_FULL_SCALE * peak);
}
function fromBase64(text) {
  return new Int16Array(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
}

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

// ui/components/frames_lesson/browser/front_end.js
var MOST_VALUES_PER_SECOND = 3e5;
function frontEndOf(source, { window: window2, hop, bands }) {
  const windowLength = Math.round(window2 / 1e3 * source.rate);
  const transform = Math.max(source.transform, 2 ** Math.ceil(Math.log2(windowLength)));
  const shortest = Math.ceil(1e3 * (transform / 2 + 1) / MOST_VALUES_PER_SECOND);
  const taken = Math.max(hop, shortest);
  const count = source.kind === "log-stft" ? transform / 2 + 1 : bands;
  const hopLength = Math.round(taken / 1e3 * source.rate);
  return { ...source, window: window2, hop: taken, bands, transform, windowLength, hopLength, count };
}
function settingOf({ window: window2, hop, bands }) {
  return { window: window2, hop, bands };
}

// ui/components/frames_lesson/browser/link.js
var RANGES = { window: [2, 120], hop: [2, 60], bands: [10, 160] };
function encoded({ source, setting }) {
  return { source, window: String(setting.window), hop: String(setting.hop), bands: String(setting.bands) };
}
function decoded(link, sources) {
  const source = sources.find((one) => one.name === link.source) ?? sources[0];
  const setting = settingOf(source);
  for (
    const name of
    /** @type {(keyof Setting)[]} */
    Object.keys(RANGES)
  ) {
    const [least, most] = RANGES[name], text = link[name] ?? "";
    if (/^\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= most) setting[name] = Number(text);
  }
  return { source: source.name, setting };
}

// ui/components/in_browser/shared/numbers.js
function fixed(value, decimals) {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

// ui/components/in_browser/shared/fourier.js
var RealTransform = class {
  /** @param {number} size how many numbers */
  constructor(size) {
    this.size = size;
    this.half = size / 2;
    this.real = new Float64Array(this.half);
    this.imaginary = new Float64Array(this.half);
    this.cosines = Float64Array.from({ length: size }, (_, i) => Math.cos(2 * Math.PI * i / size));
    this.sines = Float64Array.from({ length: size }, (_, i) => Math.sin(2 * Math.PI * i / size));
    this.places = new Uint32Array(this.half);
    for (let i = 1; i < this.half; i++) this.places[i] = this.places[i >> 1] >> 1 | (i & 1 ? this.half >> 1 : 0);
  }
  /**
   * Adds the squared magnitude at each of the `size / 2 + 1` frequencies to `powers`.
   *
   * @param {ArrayLike<number>} values
   * @param {Float64Array} powers
   */
  addPowers(values, powers) {
    const { half, real, imaginary, cosines, sines, places } = this;
    for (let i = 0; i < half; i++) {
      real[places[i]] = values[2 * i];
      imaginary[places[i]] = values[2 * i + 1];
    }
    this.butterflies();
    for (let k = 0; k <= half; k++) {
      const i = k % half, j = (half - k) % half;
      const evenReal = (real[i] + real[j]) / 2, evenImaginary = (imaginary[i] - imaginary[j]) / 2;
      const oddReal = (imaginary[i] + imaginary[j]) / 2, oddImaginary = (real[j] - real[i]) / 2;
      const c = cosines[k], s = sines[k];
      const x = evenReal + c * oddReal + s * oddImaginary, y = evenImaginary + c * oddImaginary - s * oddReal;
      powers[k] += x * x + y * y;
    }
  }
  butterflies() {
    const { half, real, imaginary, cosines, sines, size } = this;
    for (let length = 2; length <= half; length *= 2) {
      const step = size / length, middle = length / 2;
      for (let start = 0; start < half; start += length) {
        for (let k = 0; k < middle; k++) {
          const c = cosines[k * step], s = sines[k * step], a = start + k, b = a + middle;
          const x = c * real[b] + s * imaginary[b], y = c * imaginary[b] - s * real[b];
          real[b] = real[a] - x;
          imaginary[b] = imaginary[a] - y;
          real[a] += x;
          imaginary[a] += y;
        }
      }
    }
  }
};
function taper(kind, length) {
  const raised = { hann: 0.5, hamming: 0.54 }[kind];
  return Float64Array.from({ length }, (_, i) => raised - (1 - raised) * Math.cos(2 * Math.PI * i / length));
}

// ui/components/in_browser/shared/frequencies.js
var MEL_STEP = 200 / 3;
var MEL_BREAK = 1e3;
var MEL_GROWTH = Math.log(6.4) / 27;
var MEL_SCALES = {
  slaney: {
    toMel: (hertz) => hertz < MEL_BREAK ? hertz / MEL_STEP : MEL_BREAK / MEL_STEP + Math.log(hertz / MEL_BREAK) / MEL_GROWTH,
    toHertz: (mel) => mel < MEL_BREAK / MEL_STEP ? mel * MEL_STEP : MEL_BREAK * Math.exp(MEL_GROWTH * (mel - MEL_BREAK / MEL_STEP))
  },
  htk: {
    toMel: (hertz) => 2595 * Math.log10(1 + hertz / 700),
    toHertz: (mel) => 700 * (10 ** (mel / 2595) - 1)
  }
};
function hertzToMel(hertz, scale = "slaney") {
  return MEL_SCALES[scale].toMel(hertz);
}
function melToHertz(mel, scale = "slaney") {
  return MEL_SCALES[scale].toHertz(mel);
}

// ui/components/in_browser/shared/mel_filters.js
function melFilters({ rate, transform, bands, lowest, highest }) {
  const edges = edgesOf(bands, lowest, highest);
  const bin = rate / transform;
  return Array.from({ length: bands }, (_, band) => {
    const [low, centre, high] = edges.slice(band, band + 3);
    const first = Math.max(0, Math.floor(low / bin) + 1);
    const last = Math.min(transform / 2, Math.ceil(high / bin) - 1);
    const weights = Float64Array.from({ length: Math.max(0, last - first + 1) }, (_2, i) => {
      const hertz = (first + i) * bin;
      return Math.min((hertz - low) / (centre - low), (high - hertz) / (high - centre)) * 2 / (high - low);
    });
    return { first, weights };
  });
}
function bandCentres(bands, lowest, highest) {
  return edgesOf(bands, lowest, highest).slice(1, -1);
}
function edgesOf(bands, lowest, highest) {
  const [low, high] = [hertzToMel(lowest), hertzToMel(highest)];
  return Array.from({ length: bands + 2 }, (_, i) => melToHertz(low + (high - low) * i / (bands + 1)));
}

// ui/components/frames_lesson/browser/spectra.js
var LEAST_POWER = 1e-10;
function frameCount(samples, { hopLength }) {
  return 1 + Math.floor(samples / hopLength);
}
function levelsOf(samples, frontEnd, frames) {
  const { count, transform, windowLength, hopLength } = frontEnd;
  const weights = taper(frontEnd.taper, windowLength);
  const fourier = new RealTransform(transform);
  const filters = filtersOf(frontEnd);
  const frame = new Float64Array(transform), powers = new Float64Array(transform / 2 + 1);
  const before = transform / 2 - Math.floor((transform - windowLength) / 2);
  const levels = new Float32Array(frames.length * count);
  let loudest = -Infinity;
  frames.forEach((number, at) => {
    const first = number * hopLength - before;
    for (let i = 0; i < windowLength; i++) {
      const sample = first + i;
      frame[i] = sample >= 0 && sample < samples.length ? samples[sample] * weights[i] : 0;
    }
    powers.fill(0);
    fourier.addPowers(frame, powers);
    for (let k = 0; k < count; k++) {
      const level = 10 * Math.log10(Math.max(LEAST_POWER, filters ? weighed(filters[k], powers) : powers[k]));
      levels[at * count + k] = level;
      if (level > loudest) loudest = level;
    }
  });
  for (let i = 0; i < levels.length; i++) levels[i] = Math.max(levels[i], loudest - frontEnd.range);
  return { levels, loudest };
}
function weighed({ first, weights }, powers) {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i] * powers[first + i];
  return sum;
}
function filtersOf({ kind, rate, transform, bands, lowest, highest }) {
  return kind === "log-stft" ? null : melFilters({ rate, transform, bands, lowest, highest });
}
function frequenciesOf({ kind, rate, count, bands, lowest, highest }) {
  if (kind === "log-mel") return bandCentres(bands, lowest, highest);
  return Array.from({ length: count }, (_, k) => k * rate / 2 / (count - 1));
}

// ui/components/frames_lesson/browser/spectrogram.js
var SHOWN = 70;
var PITCH = [["#0E161C", 7], ["#FFFFFF", 3]];
var WHITE = "#FFFFFF";
function drawSpectrogram(pen, box, { frontEnd, sound, ratio }) {
  const { shades, pitch, seconds, begins, excerpt } = sound;
  const { count } = frontEnd;
  const samples = sound.signals[frontEnd.high_pass];
  const all = frameCount(samples.length, frontEnd);
  const columns = Math.min(all, Math.ceil(box.width * ratio));
  const frames = Array.from({ length: columns }, (_, i) => columns === all ? i : Math.floor((i + 0.5) * all / columns));
  const { levels, loudest } = levelsOf(samples, frontEnd, frames);
  const picture = new ImageData(columns, count);
  const pixels = new Uint32Array(picture.data.buffer);
  for (let at = 0; at < columns; at++) {
    for (let k = 0; k < count; k++) {
      const share = Math.max(0, 1 + (levels[at * count + k] - loudest) / SHOWN);
      pixels[(count - 1 - k) * columns + at] = shades[Math.round(255 * share)];
    }
  }
  const canvas = new OffscreenCanvas(columns, count);
  penOf(canvas).putImageData(picture, 0, 0);
  const frequencies = frequenciesOf(frontEnd);
  const x = (time) => box.x + time / seconds * box.width;
  const hop = frontEnd.hop / 1e3;
  within(pen, box, () => {
    pen.imageSmoothingEnabled = count > box.height * ratio;
    pen.drawImage(canvas, x(-hop / 2), box.y, x((all - 0.5) * hop) - x(-hop / 2), box.height);
    for (const [colour, width] of PITCH) {
      pen.beginPath();
      let before = false;
      pitch.hertz.forEach((hertz, i) => {
        const voiced = hertz !== null && hertz >= frequencies[0];
        if (voiced) {
          const y = box.y + box.height * (1 - (placeOf(hertz, frequencies) + 0.5) / count);
          if (before) pen.lineTo(x(pitch.times[i]), y);
          else pen.moveTo(x(pitch.times[i]), y);
        }
        before = voiced;
      });
      pen.strokeStyle = String(colour);
      pen.lineWidth = Number(width);
      pen.lineJoin = "round";
      pen.stroke();
    }
    pen.setLineDash([3, 3]);
    pen.strokeStyle = WHITE;
    pen.lineWidth = 2;
    pen.strokeRect(x(begins), box.y + 1, x(begins + excerpt) - x(begins), box.height - 2);
    pen.setLineDash([]);
  });
}
function placeOf(hertz, frequencies) {
  const last = frequencies.length - 1;
  let above = 0;
  while (above <= last && frequencies[above] < hertz) above++;
  if (above === 0) return 0;
  if (above > last) return last;
  const [low, high] = [frequencies[above - 1], frequencies[above]];
  return above - 1 + (hertz - low) / (high - low);
}

// ui/components/frames_lesson/browser/picture.js
var SHARES = [0.26, 0.16, 0.58];
var MARGINS = { left: 62, right: 14, top: 4 };
var AXIS = 24;
var TICK_HERTZ = [0, 250, 1e3, 2e3, 4e3, 8e3];
var LETTERS = 13;
var TICK = 85;
function draw(pen, size, shown) {
  const width = Math.max(1, size.width - MARGINS.left - MARGINS.right);
  const free = Math.max(1, size.height - MARGINS.top - SHARES.length * AXIS);
  let y = MARGINS.top;
  const boxes = SHARES.map((share) => {
    const box = { x: MARGINS.left, y, width, height: share * free };
    y += box.height + AXIS;
    return box;
  });
  pen.clearRect(0, 0, size.width, size.height);
  pen.font = `${LETTERS}px ${shown.look.font}`;
  drawWindows(pen, boxes[0], shown);
  drawFilters(pen, boxes[1], shown);
  drawSpectrogram(pen, boxes[2], shown);
  drawFrequencies(pen, boxes[2], shown);
  const { begins, excerpt, seconds } = shown.sound;
  drawTicks(pen, boxes[0], shown.look, [begins, begins + excerpt], "s");
  drawTicks(pen, boxes[1], shown.look, [0, shown.frontEnd.rate / 2], "Hz");
  drawTicks(pen, boxes[2], shown.look, [0, seconds], "s");
}
function drawWindows(pen, box, { frontEnd, sound, look }) {
  const { begins, excerpt, signals: { 0: samples }, rate } = sound;
  const first = Math.round(begins * rate), part = samples.subarray(first, first + Math.round(excerpt * rate));
  const most = part.reduce((peak, value) => Math.max(peak, Math.abs(value)), 1e-9);
  const hop = frontEnd.hop / 1e3, half = frontEnd.window / 2e3;
  const weights = taper(frontEnd.taper, frontEnd.windowLength);
  const x = (seconds) => box.x + (seconds - begins) / excerpt * box.width;
  const y = (value) => box.y + box.height * (1.1 - value) / 2.15;
  const numbers = windowsInside(begins, excerpt, hop);
  within(pen, box, () => {
    line(pen, look.muted, 1, part.length, (i) => [x(begins + i / rate), y(part[i] / most)]);
    const marked = numbers[Math.floor(numbers.length / 2)];
    for (const number of numbers.filter((one) => one !== marked).concat(numbers.length ? [marked] : [])) {
      const [colour, width] = number === marked ? [look.second, 4] : [look.accent, 1.5];
      const last = weights.length - 1;
      line(pen, colour, width, weights.length, (i) => [x(number * hop - half + 2 * half * i / last), y(weights[i])]);
    }
  });
}
function windowsInside(begins, excerpt, hop) {
  const first = Math.ceil(begins / hop);
  return Array.from({ length: Math.max(0, Math.ceil((begins + excerpt) / hop - first)) }, (_, i) => first + i);
}
function drawFilters(pen, box, { frontEnd, look }) {
  const bin = frontEnd.rate / frontEnd.transform;
  const x = (k) => box.x + k * bin / (frontEnd.rate / 2) * box.width;
  const filters = filtersOf(frontEnd);
  if (!filters) {
    pen.fillStyle = look.accent;
    const step = x(1) - x(0);
    for (let k = 0; k < frontEnd.count; k++) pen.fillRect(x(k) - 0.4 * step, box.y, Math.max(0.5, 0.8 * step), box.height);
    return;
  }
  filters.forEach(({ first, weights }, band) => {
    const most = Math.max(...weights, 1e-12);
    line(pen, band % 2 ? look.second : look.accent, 1.5, weights.length && weights.length + 2, (i) => [x(first + i - 1), box.y + box.height * (1 - (weights[i - 1] ?? 0) / most)]);
  });
}
function drawFrequencies(pen, box, { frontEnd, look }) {
  const frequencies = frequenciesOf(frontEnd);
  pen.fillStyle = look.ink;
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  let below = Infinity;
  for (const hertz of TICK_HERTZ) {
    if (hertz < frequencies[0] || hertz > frequencies[frequencies.length - 1] * 1.02) continue;
    const y = box.y + box.height * (1 - (placeOf(hertz, frequencies) + 0.5) / frequencies.length);
    if (below - y < 1.2 * LETTERS) continue;
    below = y;
    pen.fillText(`${hertz.toLocaleString("en")} Hz`, box.x - 6, Math.max(box.y + LETTERS / 2, y));
  }
}
function drawTicks(pen, box, look, [first, last], unit) {
  const wanted = (last - first) / Math.max(2, box.width / TICK);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = power * ([1, 2, 5, 10].find((one) => one * power >= wanted) ?? 10);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  pen.fillStyle = look.ink;
  pen.textBaseline = "top";
  for (let i = Math.ceil(first / step - 1e-9); i * step <= last + 1e-9; i++) {
    const x = box.x + (i * step - first) / (last - first) * box.width;
    pen.fillRect(x, box.y + box.height, 1, 4);
    const text = `${Number(fixed(i * step, decimals)).toLocaleString("en")} ${unit}`;
    const half = pen.measureText(text).width / 2;
    pen.textAlign = x + half > box.x + box.width + MARGINS.right ? "right" : "center";
    pen.fillText(text, pen.textAlign === "right" ? box.x + box.width + MARGINS.right : x, box.y + box.height + 6);
  }
}
function line(pen, colour, width, count, at) {
  pen.beginPath();
  for (let i = 0; i < count; i++) pen.lineTo(...at(i));
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.lineJoin = "round";
  pen.stroke();
}

// ui/components/frames_lesson/browser/words.js
var grouped = (value) => Math.round(value).toLocaleString("en");
function inNumbers({ count, hop, window: window2, rate }, voice) {
  const numbers = `${count} numbers every ${hop} ms, ${grouped(1e3 * count / hop)} in a second of speech, in place of ${grouped(rate)} [[samples]].`;
  if (voice === null) return numbers;
  const held = fixed(window2 / 1e3 * voice, 1);
  return `${numbers} The [[pitch]] of this voice lies at about ${Math.round(voice)} Hz: a window holds ${held} of its vibrations.`;
}
function described({ window: window2, hop }, title) {
  return `Windows of ${window2} ms every ${hop} ms over the waveform of ${title}, the filters, and the spectrogram with the pitch as a white line`;
}

// ui/components/frames_lesson/browser/lesson.js
var LOOKS = { pulses: { window: 5, hop: 2 }, harmonics: { window: 100, hop: 10 } };
var SLIDERS = (
  /** @type {const} */
  ["window", "hop", "bands"]
);
var FramesLesson = class {
  /** @param {HTMLElement} figure @param {Kept} kept */
  constructor(figure, kept2) {
    this.figure = figure;
    this.kept = kept2;
    this.find = finder(figure);
    this.canvas = this.find("canvas", HTMLCanvasElement);
    this.pen = penOf(this.canvas);
    this.frame = 0;
    this.colours = new Variables(figure, ["--muted", "--st-primary-color", "--second"]);
    this.ended = new AbortController();
    const on = listener(this.ended.signal);
    this.source = this.find(".source", HTMLSelectElement);
    on(this.source, "change", () => this.choose({ source: this.source.value, setting: settingOf(this.sourceOf(this.source.value)) }));
    for (const name of SLIDERS) on(this.slider(name), "input", () => this.set({ [name]: this.slider(name).valueAsNumber }));
    for (const [name, look] of Object.entries(LOOKS)) on(this.find(`[data-look=${name}]`), "click", () => this.set(look));
    on(this.find("[data-act=reset]"), "click", () => this.set(settingOf(this.sourceOf(this.chosen.source))));
    this.link = new LinkButton(
      { button: this.find("[data-act=link]"), field: this.find(".address", HTMLInputElement) },
      () => encoded(this.chosen)
    );
    this.watched = new ResizeObserver(() => this.change());
    this.watched.observe(this.canvas);
    this.watched.observe(this.find(".sliders"));
  }
  /** @param {LessonData} data */
  update(data) {
    const former = this.data;
    this.data = data;
    if (former?.sound.samples["0"] !== data.sound.samples["0"]) this.sound = soundOf(data.sound);
    if (!former) {
      for (const { name, title } of data.sources) this.source.add(new Option(title, name));
      for (const name of SLIDERS) [this.slider(name).min, this.slider(name).max] = RANGES[name].map(String);
    }
    const audio = this.find("audio", HTMLAudioElement);
    audio.hidden = data.address === null;
    if (data.address !== null && audio.getAttribute("src") !== data.address) audio.src = data.address;
    this.open(data);
    this.change();
  }
  end() {
    cancelAnimationFrame(this.frame);
    this.ended.abort();
    this.watched.disconnect();
    this.link.end();
  }
  /** What the address asks for counts once: who comes back finds what was set. @param {LessonData} data */
  open({ link, sources }) {
    const asked = JSON.stringify(link);
    if (this.kept.set && (asked === this.kept.link || !Object.keys(link).length)) return;
    this.kept.link = asked;
    this.kept.set = decoded(link, sources);
  }
  get chosen() {
    if (!this.kept.set) throw new Error("Expected data from the page before anything is pressed; got none.");
    return this.kept.set;
  }
  /** @param {string} name @returns {Source} */
  sourceOf(name) {
    const found = this.data?.sources.find((one) => one.name === name);
    if (!found) throw new Error(`Expected a source of the page; got “${name}”.`);
    return found;
  }
  /** @param {keyof Setting} name */
  slider(name) {
    return this.find(`[name=${name}]`, HTMLInputElement);
  }
  /** @param {Partial<Setting>} setting */
  set(setting) {
    this.choose({ ...this.chosen, setting: { ...this.chosen.setting, ...setting } });
  }
  /** @param {Chosen} chosen */
  choose(chosen) {
    this.kept.set = chosen;
    this.change();
  }
  change() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.drawn());
  }
  drawn() {
    if (!this.data || !this.sound) return;
    const { source, setting } = this.chosen;
    const frontEnd = frontEndOf(this.sourceOf(source), setting);
    this.source.value = source;
    for (const name of SLIDERS) {
      const slider = this.slider(name);
      slider.value = String(setting[name]);
      slider.disabled = name === "bands" && frontEnd.kind === "log-stft";
      const shown = name === "bands" ? String(setting.bands) : `${setting[name]} ms`;
      const value = slider.parentElement?.querySelector("output");
      if (value) setText(value, slider.disabled ? "none" : shown);
    }
    draw(this.pen, fitToScreen(this.canvas, this.pen), {
      frontEnd,
      sound: this.sound,
      look: this.look(),
      ratio: pixelsOfUnit()
    });
    this.canvas.setAttribute("aria-label", described(frontEnd, this.data.sound.title));
    writeExplained(this.find(".numbers"), inNumbers(frontEnd, this.data.sound.voice), this.data.terms);
    this.tell(this.data.told[source] ?? []);
    this.link.seen();
  }
  /** @param {string[]} lines */
  tell(lines) {
    const list = this.find(".told");
    if (list.dataset.told === lines.join("\n")) return;
    list.dataset.told = lines.join("\n");
    list.replaceChildren(...lines.map((line2) => {
      const item = document.createElement("li");
      item.textContent = line2;
      return item;
    }));
  }
  look() {
    const style = getComputedStyle(this.figure);
    const [muted, accent, second] = this.colours.read();
    return {
      ink: style.color,
      muted,
      accent,
      second,
      font: style.fontFamily
    };
  }
};
function soundOf(sent) {
  const signals = Object.fromEntries(Object.entries(sent.samples).map(([cutoff, text]) => [cutoff, fromPcm16(fromBase64(text), sent.full_scale)]));
  return {
    signals,
    rate: sent.sample_rate,
    seconds: signals["0"].length / sent.sample_rate,
    begins: sent.begins,
    excerpt: sent.excerpt,
    pitch: { times: sent.pitch_times, hertz: sent.pitch_hertz },
    shades: shadesOf(sent.scale, (code) => code / 255)
  };
}

// ui/components/frames_lesson/browser/main.js
var kept = { set: null, link: "" };
var main_default = mounting("figure.frames", (figure) => new FramesLesson(figure, kept));
export {
  main_default as default
};
