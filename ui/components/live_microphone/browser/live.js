// The live view: sound of a microphone is drawn here at once; the model's predictions follow.

import { Variables } from '../../in_browser/shared/colours.js';
import { Dial } from '../../in_browser/shared/dial.js';
import { finder } from '../../in_browser/shared/elements.js';
import { whyInsecure } from '../../in_browser/shared/microphone_stream.js';
import { fromBase64, fromPcm16 } from '../../in_browser/shared/pcm.js';
import { AudioClock } from './audio_clock.js';
import { ClassPanel } from './class_panel.js';
import { listenToControls } from './controls.js';
import { fail, hear, showTrouble, stop } from './hearing.js';
import { Latency } from './latency.js';
import { BLOCK, MessageSender } from './message_sender.js';
import { Meter } from './meter.js';
import { Predictions } from './predictions.js';
import { Readings } from './readings.js';
import { RATE, Spectra } from './spectrum.js';
import { Timeline } from './timeline.js';
import { Trail } from './trail.js';
import { clock, View } from './view.js';
import { VoicePanel } from './voice_panel.js';
import { endedBy } from './words.js';

/** @import { Send } from '../../in_browser/shared/mounting.js' */
/** @import { Answer, Counted, LiveData, Message, Model, Prediction, Source } from './messages.js' */
/** @import { Microphone } from '../../in_browser/shared/microphone.js' */
/** @import { Settings } from './settings.js' */
/** @import { Theme } from './timeline.js' */

const ASK = 200; // milliseconds between requests to a server that records the microphone
const AWAY = 10_000; // milliseconds for which a view that was removed from its page waits to be inserted again

export class Live {
  /**
   * @param {HTMLElement} figure
   * @param {Settings} settings
   */
  constructor(figure, settings) {
    this.figure = figure;
    this.settings = settings;
    Object.assign(figure, { live: this }); // for tests and debugging
    this.find = finder(figure);
    this.colours = new Variables(figure, ['--st-border-color', '--good', '--bad', '--warn', '--edge']);
    /** @type {'idle' | 'opening' | 'listening'} */
    this.phase = 'idle';
    this.sender = new MessageSender(message => this.post(message));
    this.latency = new Latency();
    this.meter = new Meter(this.find('.meter'));
    this.classes = new ClassPanel(this.find('.classes'));
    this.dial = new Dial(this.find('.dial', HTMLCanvasElement));
    this.readings = new Readings(figure);
    this.voice = new VoicePanel(figure);
    this.ended = new AbortController();
    this.path = window.location.pathname;
    /** @type {Send | undefined} */
    this.setTriggerValue = undefined;
    /** @type {Source | undefined} */
    this.source = undefined; // whose microphone is chosen
    /** @type {Source | undefined} */
    this.heard = undefined; // whose microphone is or was heard
    /** @type {Microphone | null} */
    this.microphone = null;
    this.clock = new AudioClock();
    this.lostBefore = 0; // milliseconds of sound that the audio thread did not deliver, before the present microphone
    this.heardAt = 0; // when sound came last, in milliseconds
    this.failed = false;
    /** @type {Model | undefined} */
    this.model = undefined;
    /** @type {Theme | undefined} */
    this.theme = undefined;
    /** @type {number | null} */
    this.frame = null; // the next picture, if it was asked for
    const { spectra, predictions, view, timeline, trail } = this.blank();
    this.spectra = spectra;
    this.predictions = predictions;
    this.view = view;
    this.timeline = timeline;
    this.trail = trail;
    this.dressed = ''; // what the pictures were coloured for
    /** @type {Counted | null} */
    this.counted = null;
    /** @type {Prediction | null} */
    this.fresh = null; // the newest window that is not yet on the screen
    this.muted = false;
    listenToControls(this);
    this.timer = setInterval(() => this.tick(), ASK);
  }

  /** What there is without sound. */
  blank() {
    const spectra = new Spectra();
    const predictions = new Predictions();
    const view = new View(spectra, this.settings.span);
    const timeline = new Timeline(this.find('.timeline', HTMLCanvasElement), spectra, predictions, view);
    const trail = new Trail(this.find('.trail', HTMLCanvasElement), predictions);
    return { spectra, predictions, view, timeline, trail, dressed: '', counted: null, fresh: null, muted: false };
  }

  /**
   * Another call of the component: an answer, another model, another theme.
   *
   * @param {Omit<LiveData, 'model'> & { model: Model | undefined }} data
   * @param {Send} setTriggerValue
   */
  update(data, setTriggerValue) {
    this.setTriggerValue = setTriggerValue;
    this.find('.technical').hidden = !data.experts;
    if (data.source !== this.source) this.hearFrom(data.source);
    if (data.model) this.take(data.model);
    this.recolour();
    if (data.answer?.act === 'listen' && !this.sender.session) this.endFormer(data.answer);
    const overtaken = data.answer?.number !== this.sender.number; // an answer lets the next message go at once
    if (data.answer) this.answer(data.answer);
    if (overtaken) this.sender.overtaken();
    this.draw();
  }

  /**
   * Another microphone was chosen; `nobody`: the chosen one is missing.
   *
   * @param {Source} source
   */
  hearFrom(source) {
    const ended = this.source !== undefined && this.phase !== 'idle';
    if (ended) stop(this);
    this.source = source;
    this.find('.listen', HTMLButtonElement).disabled = source === 'nobody';
    if (source !== 'browser') this.find('.which').hidden = true; // of the browser's microphones
    const insecure = source === 'browser' && !window.isSecureContext;
    showTrouble(this, insecure ? whyInsecure(window.location) : ended ? endedBy(source) : null);
  }

  /**
   * The session of an earlier view has ended when its page was left: tell the app, which then shows the recording.
   *
   * @param {Answer} answer to its last message
   */
  endFormer({ session, first, predictions }) {
    this.sender.begin(session);
    this.predictions.seen = first + predictions.length;
    this.sender.request('stop');
  }

  /** @param {Model} model */
  take(model) {
    if (model.key === this.model?.key) return;
    const changed = this.model !== undefined;
    this.model = model;
    this.classes.set(model);
    this.voice.offer(!model.corrected);
    this.find('.trail').setAttribute('aria-label', model.map.title);
    if (!changed) return;
    this.predictions = new Predictions(); // those of the former model
    this.timeline.predictions = this.trail.predictions = this.predictions;
    this.fresh = null;
    const since = this.phase === 'idle' ? 'Now chosen:' : `Since ${clock(this.spectra.seconds)} judged by`;
    if (this.spectra.seconds) this.showModel(`${since} ${model.name}. Earlier judgements are not shown.`);
  }

  /** @param {string} words */
  showModel(words) {
    const place = this.find('.judge');
    place.textContent = words;
    place.hidden = !words;
  }

  recolour() {
    if (!this.model) return;
    const style = getComputedStyle(this.figure);
    const [line, accent, bad, warn, edge] = this.colours.read();
    const theme = { text: style.color, paper: style.backgroundColor, font: style.fontFamily, line, accent, bad, warn, edge };
    const { axis, darkest, brightest } = this.settings;
    const look = { axis, darkest, brightest, colours: this.model.colours };
    const dressed = JSON.stringify([look, theme, this.model.key]);
    if (dressed === this.dressed) return; // this is called with every answer, and redrawing everything takes long
    this.theme = theme;
    this.dressed = dressed;
    this.timeline.set(look, this.theme, this.model);
    this.trail.set(this.model, this.theme);
    this.dial.set(this.model.classes, this.theme);
    for (const name of /** @type {const} */ (['darkest', 'brightest'])) {
      this.find(`.${name} + output`).textContent = `${String(this.settings[name]).replace('-', '−')} dB`;
    }
  }

  /** @param {Message} message */
  post(message) {
    this.setTriggerValue?.('message', { ...message, source: this.heard, model: this.model?.key ?? '', seen: this.predictions.seen, learn: this.voice.wanted });
  }

  /** @param {Answer} answer */
  answer(answer) {
    if (answer.session !== this.sender.session) return;
    this.counted = answer.counted;
    this.voice.take(answer.voice);
    this.timeline.knownSince = this.voice.since;
    for (const text of answer.sound.blocks.slice(Math.max(0, this.sender.arrived - answer.sound.first))) {
      hear(this, fromPcm16(fromBase64(text)));
    }
    this.sender.arrived = Math.max(this.sender.arrived, answer.sound.first + answer.sound.blocks.length);
    if (answer.model === this.model?.key) {
      const windows = this.predictions.add(answer.first, answer.predictions).filter(prediction => prediction.kind === 'window');
      this.fresh = windows.at(-1) ?? this.fresh;
    }
    this.sender.answered(answer);
    if (answer.trouble && this.phase === 'listening') fail(this, answer.trouble);
  }

  tick() {
    if (!this.figure.isConnected && this.isElsewhere()) {
      this.end(); // the address changed after the view was removed
      return;
    }
    if (!this.sender.session) return;
    if (!this.figure.isConnected) this.sender.overtaken(); // no answer arrives here: only the next run inserts the view again
    this.sender.tick(this.phase === 'listening' && this.source === 'computer');
    if (document.hidden) return;
    this.draw();
  }

  // Milliseconds of sound that the audio thread did not deliver.
  get lostInBrowser() {
    return this.lostBefore + this.clock.lost;
  }

  draw() {
    this.frame ??= requestAnimationFrame(now => {
      this.frame = null;
      if (this.model && this.theme) this.drawNow(now, this.model);
      if (this.phase === 'listening' && this.view.following) this.draw();
    });
  }

  /**
   * @param {number} now milliseconds
   * @param {Model} model
   */
  drawNow(now, model) {
    const { view } = this;
    view.advance(now, this.phase === 'listening');
    const prediction = this.predictions.at(view.following ? Infinity : view.edge);
    // Canvases first: they ask for their sizes, for which the browser would lay out what was written before.
    this.timeline.draw();
    this.trail.show(prediction);
    this.dial.show(prediction);
    this.classes.show(prediction);
    this.find('.pictures').classList.toggle('empty', this.phase === 'idle' && !view.newest);
    this.meter.draw();
    this.readings.write(this, model, prediction, now);
    this.figure.dataset.predictions = String(this.predictions.seen);
    if (this.fresh) this.measure(this.fresh);
  }

  /** @param {Prediction} fresh a window that was drawn for the first time */
  measure(fresh) {
    const block = Math.round((fresh.end * RATE) / BLOCK) - 1;
    const heard = this.sender.ends.get(block);
    this.fresh = null;
    if (heard === undefined) return;
    this.latency.add(performance.now() - heard);
  }

  /** The visitor lets the voice be learned, or has it forgotten. */
  learnOrForget() {
    this.voice.press();
    this.timeline.knownSince = this.voice.since;
    if (this.sender.session) this.sender.request(this.phase === 'idle' ? 'stop' : 'listen');
    this.draw();
  }

  /** @param {boolean} paused */
  hold(paused) {
    if (paused) this.view.pause();
    else this.view.follow();
    this.draw();
  }

  /** @param {number} edge seconds */
  look(edge) {
    if (!this.view.newest) return;
    this.view.look(edge);
    this.draw();
  }

  // If a message starts a run before all that the former run drew was sent, Streamlit (1.67) removes this view from the
  // page and inserts another one in its place. The visitor must not notice this: see `isAwaited`.
  leave() {
    if (this.isElsewhere()) this.end();
    else setTimeout(() => this.figure.isConnected || this.end(), AWAY);
  }

  // Whether it was removed from its page but has not ended: it will replace the next view.
  isAwaited() {
    return !this.figure.isConnected && !this.ended.signal.aborted && !this.isElsewhere();
  }

  isElsewhere() {
    return window.location.pathname !== this.path;
  }

  end() {
    if (this.ended.signal.aborted) return;
    this.ended.abort();
    stop(this);
    clearInterval(this.timer);
    if (this.frame !== null) cancelAnimationFrame(this.frame);
  }
}
