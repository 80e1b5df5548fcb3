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
var Answers = class {
  /** @param {unknown} [first] what the page takes for granted */
  constructor(first) {
    this.sent = JSON.stringify(first);
  }
  /**
   * @param {Send} setStateValue
   * @param {unknown} answer
   */
  send(setStateValue, answer) {
    const written = JSON.stringify(answer);
    if (written === this.sent) return;
    this.sent = written;
    setStateValue("answer", answer);
  }
};

// ui/components/in_browser/shared/numbers.js
function fixed(value, decimals) {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text;
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

// ui/components/track_view/browser/picture.js
var WAVE = 20;
var AXIS = 7;
var NAME = 0.5;
var STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
var MARKS = 6;
function clock(seconds) {
  const whole = Math.floor(seconds + 1e-6), two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
var percent = (value) => `${Math.round(value * 1e3) / 1e3}%`;
function drawTrack(root, track, chosen) {
  root.replaceChildren();
  const { duration, lanes, segments } = track;
  const height = (100 - WAVE - AXIS) / Math.max(1, lanes.length);
  const across = (one) => ({ x: percent(100 * one.start / duration), width: percent(100 * (one.end - one.start) / duration) });
  hatching(root);
  outline(root, track);
  lanes.forEach((_, k) => {
    svg("rect", { class: "lane", x: 0, width: "100%", y: percent(WAVE + height * (k + NAME)), height: percent(height * (1 - NAME)) }, root);
  });
  segments.forEach((one) => {
    if (one.lane === null) return;
    const { colour, hatched } = lanes[one.lane];
    const place = { ...across(one), y: percent(WAVE + height * (one.lane + NAME)), height: percent(height * (1 - NAME)) };
    svg("rect", { class: "segment", ...place, fill: hatched ? "url(#hatched)" : colour }, root);
  });
  lanes.forEach((lane, k) => {
    svg("text", { class: "name", x: "0.5%", y: percent(WAVE + height * (k + NAME)), dy: "-0.3em" }, root).textContent = lane.name;
  });
  if (chosen !== null && segments[chosen]) {
    svg("rect", { class: "chosen", ...across(segments[chosen]), y: percent(WAVE), height: percent(100 - WAVE - AXIS) }, root);
  }
  const step = STEPS.find((one) => duration / one <= MARKS) ?? STEPS[STEPS.length - 1];
  for (let moment = 0; moment <= duration - 0.04 * duration; moment += step) {
    const x = percent(100 * moment / duration);
    svg("line", { class: "line", x1: x, x2: x, y1: 0, y2: percent(100 - AXIS) }, root);
    svg("text", { class: "tick", x, y: "99%", dx: 2 }, root).textContent = clock(moment);
  }
}
function hatching(root) {
  const pattern = svg("pattern", { id: "hatched", width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, svg("defs", {}, root));
  svg("rect", { class: "ground", width: 8, height: 8 }, pattern);
  svg("line", { class: "stripe", y2: 8 }, pattern);
}
function outline(root, { lows, highs }) {
  const box = svg("svg", { width: "100%", height: percent(WAVE), viewBox: `0 -1.05 ${lows.length} 2.1`, preserveAspectRatio: "none" }, root);
  const upper = highs.map((value, i) => `${i},${-value}`), lower = lows.map((value, i) => `${i},${-value}`).reverse();
  svg("polygon", { class: "wave", points: [...upper, ...lower].join(" ") }, box);
}

// ui/components/track_view/browser/sound.js
var PartSound = class {
  /**
   * @param {HTMLAudioElement} player
   * @param {{ want: (moment: number) => void, over: () => void, refuse: (reason: string) => void }} tell
   */
  constructor(player, tell) {
    this.player = player;
    this.tell = tell;
    this.part = null;
    this.moment = 0;
    this.playing = false;
    this.duration = 0;
    player.addEventListener("ended", () => this.goOn());
    player.addEventListener("error", () => this.fail());
  }
  /** Seconds of the recording. */
  get position() {
    const { part, player } = this;
    return this.playing && part && this.covers(this.moment) && player.readyState > 0 ? Math.min(part.end, part.start + player.currentTime) : this.moment;
  }
  /** @param {Part} part @param {number} duration */
  learn(part, duration) {
    this.duration = duration;
    if (this.part?.address === part.address && this.part.start === part.start) return;
    this.moment = this.position;
    this.part = part;
    if (part.address) this.player.src = part.address;
    if (this.playing) this.play(this.moment);
  }
  /** @param {number} moment */
  covers(moment) {
    const { part } = this;
    return part !== null && moment >= part.start && (moment < part.end || part.end >= this.duration);
  }
  /** @param {number} moment */
  play(moment) {
    this.moment = moment;
    this.playing = true;
    if (!this.part || !this.covers(moment)) {
      this.player.pause();
      this.tell.want(moment);
      return;
    }
    if (this.part.address === null) {
      this.fail();
      return;
    }
    this.player.currentTime = moment - this.part.start;
    this.player.play().catch((error) => {
      if (error.name !== "AbortError") this.fail();
    });
  }
  pause() {
    this.moment = this.position;
    this.playing = false;
    this.player.pause();
  }
  goOn() {
    const end = this.part?.end ?? this.duration;
    if (this.playing && end < this.duration) {
      this.play(end);
      return;
    }
    this.pause();
    this.moment = this.duration;
    this.tell.over();
  }
  fail() {
    this.pause();
    this.tell.refuse("Expected a sound that this browser plays; this part could not be played. Reload the page, or press another place.");
  }
  end() {
    this.playing = false;
    this.player.pause();
    this.player.removeAttribute("src");
  }
};

// ui/components/track_view/browser/view.js
var SECOND = 1;
var FIVE = 5;
var SETTLED = 400;
var TrackView = class {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    Object.assign(figure, { trackView: this });
    const find = finder(figure);
    this.picture = find(".picture");
    this.svg = find("svg", SVGSVGElement);
    this.cursor = find(".cursor");
    this.where = find(".where");
    this.button = find(".play", HTMLButtonElement);
    this.refused = find(".refused");
    this.data = null;
    this.drawn = "";
    this.answers = new Answers(null);
    this.telling = void 0;
    this.frame = 0;
    this.sound = new PartSound(find("audio", HTMLAudioElement), {
      want: (moment) => this.tell(moment),
      over: () => this.show(),
      refuse: (reason) => this.refuse(reason)
    });
    this.ended = new AbortController();
    const on = listener(this.ended.signal);
    on(this.button, "click", () => this.toggle());
    on(this.picture, "click", (event) => this.press(event));
    on(figure, "keydown", (event) => this.key(event));
  }
  /** @param {Data} data @param {Send} setStateValue */
  update(data, setStateValue) {
    const former = this.data;
    this.setStateValue = setStateValue;
    this.data = data;
    const { duration } = data.track;
    if (former?.identity !== data.identity) {
      this.sound.pause();
      this.sound.moment = 0;
      this.answers = new Answers(null);
      this.picture.setAttribute("aria-valuemin", "0");
      this.picture.setAttribute("aria-valuemax", fixed(duration, 1));
    }
    const wanted = `${data.identity}|${data.chosen}`;
    if (wanted !== this.drawn) {
      drawTrack(this.svg, data.track, data.chosen);
      if (!this.sound.playing && this.segmentAt(this.sound.moment) !== data.chosen) {
        this.sound.moment = data.track.segments[data.chosen].start;
      }
    }
    this.drawn = wanted;
    this.sound.learn(data.part, duration);
    this.show();
  }
  get duration() {
    return this.data?.track.duration ?? 0;
  }
  /** @param {number} moment number of the segment there */
  segmentAt(moment) {
    const segments = this.data?.track.segments ?? [];
    const found = segments.findIndex((one) => moment < one.end);
    return found < 0 ? segments.length - 1 : found;
  }
  /** @param {MouseEvent} event */
  press(event) {
    const { left, width } = this.picture.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - left) / width));
    this.goTo(share * this.duration, true);
    this.tell(this.sound.position);
  }
  toggle() {
    if (this.sound.playing) this.sound.pause();
    else this.goTo(this.sound.position >= this.duration - 0.05 ? 0 : this.sound.position, true);
    this.show();
  }
  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.target === this.button) return;
    const { position, playing } = this.sound, by = event.shiftKey ? FIVE : SECOND;
    const places = { ArrowLeft: position - by, ArrowRight: position + by, Home: 0, End: this.duration };
    if (event.key === " ") this.toggle();
    else if (event.key in places) {
      this.goTo(Math.min(this.duration, Math.max(0, places[event.key])), playing);
      clearTimeout(this.telling);
      this.telling = setTimeout(() => this.tell(this.sound.position), SETTLED);
    } else return;
    event.preventDefault();
  }
  /** @param {number} moment @param {boolean} playing */
  goTo(moment, playing) {
    this.refused.hidden = true;
    if (playing) this.sound.play(moment);
    else this.sound.moment = moment;
    this.show();
  }
  /** The page brings the sound of this moment, and chooses its segment. @param {number} moment */
  tell(moment) {
    if (!this.data || !this.setStateValue) return;
    this.answers.send(this.setStateValue, { identity: this.data.identity, at: Math.round(1e3 * moment) / 1e3 });
  }
  /** @param {string} reason */
  refuse(reason) {
    setText(this.refused, reason);
    this.refused.hidden = false;
    this.show();
  }
  show() {
    cancelAnimationFrame(this.frame);
    if (!this.data) return;
    const moment = this.sound.position, label = this.data.track.segments[this.segmentAt(moment)].label;
    this.cursor.style.left = `${100 * moment / this.duration}%`;
    setText(this.where, `${clock(moment)} of ${clock(this.duration)} · ${label}`);
    setText(this.button, this.sound.playing ? "Pause" : "Play");
    this.picture.setAttribute("aria-valuenow", fixed(moment, 1));
    this.picture.setAttribute("aria-valuetext", `${clock(moment)}, ${label}`);
    if (this.sound.playing) this.frame = requestAnimationFrame(() => this.show());
  }
  end() {
    clearTimeout(this.telling);
    cancelAnimationFrame(this.frame);
    this.sound.end();
    this.ended.abort();
  }
};

// ui/components/track_view/browser/main.js
var main_default = mounting(".track-view", (figure) => new TrackView(figure));
export {
  main_default as default
};
