// Hearing: a microphone is opened, heard, stopped and lost.

import { LOST, Microphone, microphones } from '../../in_browser/shared/microphone.js';
import { Refusal, refusalOf } from '../../in_browser/shared/microphone_stream.js';
import { AudioClock } from './audio_clock.js';
import { RATE } from './spectrum.js';

/** @import { Live } from './live.js' */
/** @import { Trouble } from './messages.js' */

const STEP = 320; // samples that come from the browser's microphone at a time, 20 ms

/**
 * @param {Live} live
 * @param {boolean} resumed whether it goes on with the sound that was heard before
 */
export async function start(live, resumed) {
  showTrouble(live, null);
  live.heard = live.source;
  live.lostBefore = resumed ? live.lostInBrowser : 0;
  live.microphone = null;
  if (!resumed) {
    Object.assign(live, live.blank());
    live.recolour();
    live.showModel('');
    live.sender.begin(crypto.randomUUID?.() ?? String(Math.random()));
  }
  live.clock = new AudioClock();
  enter(live, 'opening');
  if (live.source === 'computer') {
    live.sender.request('listen');
  } else {
    const microphone = (live.microphone = new Microphone({
      rate: RATE,
      step: STEP,
      hear: (samples, at) => take20(live, samples, at),
      lost: () => lose(live),
      muted: muted => {
        live.muted = muted;
      },
    }));
    try {
      await microphone.open(live.settings.device);
    } catch (error) {
      if (live.phase === 'opening') fail(live, refusalOf(error));
      offerMicrophones(live); // the one that was chosen on an earlier visit may be missing now
      return;
    }
    if (live.phase !== 'opening') {
      microphone.close();
      return;
    }
    if (resumed) live.sender.request('listen');
    offerMicrophones(live);
  }
  live.heardAt = performance.now();
  enter(live, 'listening');
  live.view.follow();
  live.draw();
}

/**
 * @param {Live} live
 * @param {Float32Array} samples 20 ms of the browser's microphone
 * @param {number} at when they were sent, in seconds of the audio thread's clock
 */
function take20(live, samples, at) {
  const heardAt = live.clock.read(at, performance.now());
  if (live.phase === 'idle') return;
  live.sender.hear(samples, heardAt);
  hear(live, samples);
}

/**
 * @param {Live} live
 * @param {Float32Array} samples
 */
export function hear(live, samples) {
  live.heardAt = performance.now();
  live.muted = false;
  live.spectra.hear(samples);
  if (live.phase === 'listening') live.meter.hear(samples);
  live.draw();
}

/** @param {Live} live */
export function stop(live) {
  live.microphone?.close();
  const began = live.phase === 'listening' || live.sender.next > 0;
  enter(live, 'idle');
  live.meter.rest();
  if (began) live.sender.finish();
  live.draw();
}

/** @param {Live} live */
function lose(live) {
  const advice = 'The sound so far is kept. Plug it in again or choose another one, then try again.';
  fail(live, new Refusal(LOST, advice));
}

/**
 * Recording cannot continue; the sound is kept, and trying again continues from there.
 *
 * @param {Live} live
 * @param {Trouble} trouble
 */
export function fail(live, trouble) {
  stop(live);
  showTrouble(live, trouble);
}

/**
 * @param {Live} live
 * @param {'idle' | 'opening' | 'listening'} phase
 */
function enter(live, phase) {
  live.phase = phase;
  live.figure.dataset.phase = phase;
  const button = live.find('.listen');
  button.dataset.does = phase === 'idle' ? 'start' : 'stop';
  button.textContent = phase === 'idle' ? 'Start listening' : 'Stop';
}

/** @param {Live} live */
export async function offerMicrophones(live) {
  const { device } = live.settings;
  const found = await microphones();
  const select = live.find('.device', HTMLSelectElement);
  select.replaceChildren(...found.map(one => new Option(one.label, one.deviceId)));
  select.value = live.microphone?.device ?? '';
  // If the chosen one is missing, another one can be chosen, even if it is the only one.
  const fewest = found.some(one => one.deviceId === device) || !device ? 2 : 1;
  live.find('.which').hidden = live.source !== 'browser' || found.length < fewest;
}

/**
 * @param {Live} live
 * @param {string} device id of the microphone
 */
export async function change(live, device) {
  live.settings.device = device;
  if (live.phase !== 'listening') return;
  live.microphone?.close();
  await start(live, true);
}

/**
 * @param {Live} live
 * @param {Trouble | null} trouble
 */
export function showTrouble(live, trouble) {
  live.failed = Boolean(trouble);
  live.find('.trouble').hidden = !trouble;
  if (!trouble) return;
  live.find('.trouble .what').textContent = trouble.what;
  live.find('.trouble .advice').textContent = trouble.advice;
  live.find('.trouble button').hidden = trouble.final || (live.source === 'browser' && !window.isSecureContext);
}
