// Ready → counting → recording → sent. The browser counts; it records itself, or asks this computer to.

import { finder, listener, setText } from '../../in_browser/shared/elements.js';
import { toDecibels } from '../../in_browser/shared/levels.js';
import { LOST, Microphone } from '../../in_browser/shared/microphone.js';
import { refusalOf } from '../../in_browser/shared/microphone_stream.js';
import { fixed } from '../../in_browser/shared/numbers.js';
import { toBase64, toPcm16 } from '../../in_browser/shared/pcm.js';
import { symbolPicture } from '../../in_browser/shared/symbols.js';

/** @import { Send } from '../../in_browser/shared/mounting.js' */

/**
 * What the recorder shows; see `RecorderState` in mount.py.
 *
 * @typedef {object} Shown
 * @property {string} prompt identifies what is to be spoken, and the attempt
 * @property {string} sentence to be spoken
 * @property {string} emotion how
 * @property {string} colour of the emotion
 * @property {string} symbol name of its marker
 * @property {number} countdown seconds
 * @property {number} longest seconds
 * @property {boolean} here whether the browser's own microphone records; this computer's otherwise
 * @property {boolean} recording whether this computer's microphone records now
 * @property {number} level its present peak, in decibels
 * @property {number} seconds since when
 */

/** @typedef {'ready' | 'counting' | 'recording' | 'sent'} State */

const BLOCK = 128; // samples that come from the microphone at a time
const PRE_ROLL = 0.25; // seconds before the countdown ends that are kept: a first sound comes early
const REMEMBERED = 2000; // milliseconds
const READY = 'Press Record, or the space bar.';
const OPENING = 'Opening the microphone…';

export class Recorder {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    this.figure = figure;
    this.find = finder(figure);
    this.ended = new AbortController();
    /** @type {Shown | undefined} */
    this.data = undefined;
    /** @type {Send | undefined} */
    this.send = undefined;
    /** @type {State | undefined} */
    this.state = undefined;
    /** @type {object | null} */
    this.turn = null; // one for each attempt; what comes late finds another one
    /** @type {Microphone | null} */
    this.microphone = null;
    /** @type {Float32Array[]} */
    this.blocks = [];
    this.length = 0; // samples in them
    this.peak = 0; // since the level was shown
    this.shown = 0; // when the level was shown, in milliseconds
    /** @type {{ at: number, level: number }[]} */
    this.recent = []; // the levels of late
    const on = listener(this.ended.signal);
    on(this.find('.go'), 'click', () => this.press());
    on(this.find('.cancel'), 'click', () => this.cancel());
    on(this.find('.large'), 'click', () => this.enlarge());
    /** @param {Event} event */
    const key = event => event instanceof KeyboardEvent && this.key(event);
    on(document, 'keydown', key, { capture: true }); // some widgets let no key past
    on(document, 'fullscreenchange', () => this.nameLarge());
    this.find('.large').hidden = !document.fullscreenEnabled;
    // Who came by the menu and reads of the space bar would open the menu again with it.
    if (deepActive()?.matches('[data-testid="stTopNavSection"]')) this.find('.go').focus({ preventScroll: true });
  }

  /**
   * @param {Shown} data
   * @param {Send} _
   * @param {Send} send
   */
  update(data, _, send) {
    this.send = send;
    const former = this.data;
    this.data = data;
    this.find('.emotion').textContent = data.emotion;
    if (former?.symbol !== data.symbol || former.colour !== data.colour) {
      this.find('.sign').replaceChildren(symbolPicture(data.symbol, data.colour));
    }
    this.find('.sentence').textContent = data.sentence;
    if (former?.prompt !== data.prompt || former?.here !== data.here) {
      this.release();
      this.enter('ready', READY);
    }
    if (data.here) return;
    if (data.recording) {
      // A microphone may take seconds for its first sound: nobody shall speak into one that does not hear yet.
      if (this.state !== 'sent' && !data.seconds) this.enter('counting', OPENING);
      else if (this.state !== 'sent') this.enter('recording', `● Recording ${fixed(data.seconds, 1)} s`);
      this.showLevel(data.level);
    } else if (former?.recording) this.enter('ready', READY);
  }

  /**
   * @param {State} state
   * @param {string} words
   */
  enter(state, words) {
    const changed = this.state !== state;
    this.state = state;
    this.figure.dataset.state = state;
    this.say(words);
    if (!changed) return;
    const go = this.find('.go', HTMLButtonElement);
    go.textContent = state === 'recording' ? 'Stop' : 'Record';
    go.disabled = state === 'counting' || state === 'sent';
    this.find('.cancel').hidden = state !== 'counting' && state !== 'recording';
    if (state === 'ready' || state === 'sent') this.showLevel(-120);
  }

  /** @param {string} words */
  say(words) {
    setText(this.find('.state'), words);
  }

  /** @param {string} words */
  trouble(words) {
    this.find('.trouble').hidden = !words;
    this.find('.trouble').textContent = words;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === 'Escape' && this.state !== 'ready') this.cancel();
    if (event.code !== 'Space' || event.repeat || event.altKey || event.ctrlKey || event.metaKey) return;
    if (usesSpace(deepActive())) return;
    event.preventDefault();
    this.press();
  }

  press() {
    if (this.state === 'ready') this.begin();
    else if (this.state === 'recording') this.stop();
  }

  async begin() {
    if (!this.data) return;
    this.trouble('');
    this.enter('counting', '');
    this.blocks = [];
    this.length = 0;
    const turn = (this.turn = {});
    const { here, countdown } = this.data;
    if (here) {
      this.say(OPENING);
      const microphone = new Microphone({
        step: BLOCK,
        hear: block => this.take(block, turn),
        lost: () => this.unplugged(turn),
      });
      try {
        await microphone.open();
      } catch (error) {
        const { what, advice } = refusalOf(error);
        if (this.turn === turn) this.fail(`${what} ${advice}`);
        return;
      }
      if (this.turn !== turn) {
        microphone.close();
        return;
      }
      this.microphone = microphone;
    }
    for (let left = countdown; left > 0; left--) {
      this.say(String(left));
      await new Promise(next => setTimeout(next, 1000));
      if (this.turn !== turn) return;
    }
    if (!here) {
      this.say(OPENING);
      this.answer({ wish: 'start' });
      return;
    }
    this.enter('recording', '● Recording');
  }

  /**
   * @param {Float32Array} block
   * @param {object} turn
   */
  take(block, turn) {
    if (this.turn !== turn || !this.microphone || !this.data || (this.state !== 'counting' && this.state !== 'recording')) return;
    const rate = this.microphone.rate;
    if (this.state === 'recording' && this.length + block.length > this.data.longest * rate) {
      this.stop();
      return;
    }
    this.blocks.push(block);
    this.length += block.length;
    this.peak = Math.max(this.peak, block.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0));
    if (this.state === 'counting') {
      while (this.length - this.blocks[0].length > PRE_ROLL * rate) this.length -= this.blocks.shift()?.length ?? 0;
    }
    const now = performance.now();
    if (now - this.shown < 80) return;
    this.shown = now;
    this.showLevel(toDecibels(this.peak ** 2));
    this.peak = 0;
    if (this.state === 'recording') this.say(`● Recording ${fixed(this.length / rate, 1)} s`);
  }

  stop() {
    const { blocks, length, microphone } = this;
    if (!microphone) {
      this.enter('sent', 'Stopping…');
      this.answer({ wish: 'stop' });
      return;
    }
    const rate = Math.round(microphone.rate);
    this.release();
    this.enter('sent', 'Sending…');
    const samples = new Float32Array(length);
    let place = 0;
    for (const block of blocks) {
      samples.set(block, place);
      place += block.length;
    }
    this.answer({ samples: toBase64(toPcm16(samples)), rate });
  }

  cancel() {
    if (this.state !== 'counting' && this.state !== 'recording') return;
    const asked = !this.data?.here && (this.data?.recording || this.state === 'recording');
    this.release();
    this.enter('ready', READY);
    if (asked) this.answer({ wish: 'cancel' });
  }

  /** @param {object} turn */
  unplugged(turn) {
    if (this.turn === turn) this.fail(`${LOST} Plug it in again, then press Record.`);
  }

  /** @param {string} words */
  fail(words) {
    this.release();
    this.enter('ready', READY);
    this.trouble(words);
  }

  release() {
    this.turn = null;
    this.microphone?.close();
    this.microphone = null;
    this.blocks = [];
  }

  /** @param {object} content */
  answer(content) {
    this.send?.('heard', { prompt: this.data?.prompt, ...content });
  }

  /** @param {number} decibels */
  showLevel(decibels) {
    const bar = this.find('.level');
    this.find('.level > i').style.width = `${Math.max(0, Math.min(100, (decibels + 60) / 0.6))}%`;
    bar.setAttribute('aria-valuenow', String(Math.round(Math.max(-60, Math.min(0, decibels)))));
    bar.toggleAttribute('data-loud', decibels > -1);
    // Words judge the loudest moment of late, not the pause between two words.
    const now = performance.now();
    this.recent = [...this.recent.filter(({ at }) => now - at < REMEMBERED), { at: now, level: decibels }];
    const loudest = Math.max(...this.recent.map(({ level }) => level));
    const listens = this.state !== 'ready' && this.state !== 'sent' && loudest > -119;
    this.find('.told').textContent = !listens ? '' : loudest > -1 ? 'Too loud' : loudest < -36 ? 'Very quiet' : 'Good level';
  }

  enlarge() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.figure.requestFullscreen().catch(error => this.trouble(`Expected the full screen; the browser said: ${error.message}. Press F11 instead.`));
  }

  nameLarge() {
    this.find('.large').textContent = document.fullscreenElement ? 'Leave full screen' : 'Full screen';
  }

  end() {
    this.ended.abort();
    this.release();
  }
}

/**
 * Whether the space bar means something where the focus is. To a radio that is chosen already it does not.
 *
 * @param {Element | null} active
 */
function usesSpace(active) {
  if (!active || active === document.body || active.matches('[data-testid="stMain"], [data-testid="stApp"], section')) return false;
  if (active.matches('input[type="radio"]:checked, [role="radio"][aria-checked="true"]')) return false;
  return active.matches('button, input, textarea, select, summary, audio, [role], [contenteditable], [tabindex]');
}

// What has the focus, also inside the roots of components.
function deepActive() {
  /** @type {Element | null} */
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}
