// Texts about the state of the sound, the server and lost sound.

import { Refusal } from '../../in_browser/shared/microphone_stream.js';
import { fixed } from '../../in_browser/shared/numbers.js';
import { verdictOf } from './class_panel.js';
import { clock } from './view.js';

/** @import { Latency } from './latency.js' */
/** @import { Live } from './live.js' */
/** @import { Counted, Model, Prediction, SoundState, Source } from './messages.js' */
/** @import { Predictions } from './predictions.js' */

/** @typedef {[severity: '' | 'warn' | 'bad', words: string]} Words */

/** @type {Record<SoundState, Words>} */
const ADVICE = {
  silence: ['', 'Silence: nobody speaks.'],
  speech: ['', 'Speech.'],
  'not speech': ['warn', 'Not speech: sound without a voice is not judged.'],
  clipped: ['bad', 'Clipped: cut off at full scale. Go further away or turn the microphone down; this judgement is uncertain.'],
  'too quiet': ['warn', 'Too quiet to judge. Speak up, come closer or turn the microphone up.'],
};
const LEAST_LOST = 100; // milliseconds of lost sound that are shown
const NO_SOUND = 1500; // milliseconds without sound from an open microphone

/**
 * @param {Live} live
 * @param {Prediction | null} prediction
 * @param {number} now milliseconds
 * @returns {Words}
 */
export function stateOf(live, prediction, now) {
  const { phase, sender } = live;
  const overdue = sender.overdue();
  if (phase === 'idle' && live.failed) return ['', ''];
  if (phase === 'opening') return ['', 'Waiting for the microphone. Your browser may ask for it.'];
  if (phase === 'listening' && overdue) {
    const kept = live.source === 'browser' ? ' Sound is kept for it, at most 60 s.' : '';
    return ['bad', `The app has not answered for ${Math.round(overdue)} s.${kept}`];
  }
  if (phase === 'listening' && live.muted) return ['warn', 'The microphone is muted: switch it on at the device or in the system.'];
  if (phase === 'listening' && now - live.heardAt > NO_SOUND) return ['warn', 'No sound comes from the microphone.'];
  if (!live.view.following && live.view.newest) return ['', pausedWords(live, prediction)];
  if (phase === 'listening') return prediction ? ADVICE[prediction.state] : ['', 'Listening.'];
  if (live.view.newest) return ['', 'Stopped.'];
  return ['', live.source === 'nobody' ? 'No microphone can be heard.' : 'Press “Start listening” and speak.'];
}

/**
 * Why listening has ended when another microphone was chosen; trying again would mix two microphones.
 *
 * @param {Source} source
 */
export function endedBy(source) {
  const next = source === 'nobody' ? 'Choose a microphone that is there' : 'Press “Start listening” to hear the other one';
  return new Refusal(
    'Listening has ended: another microphone was chosen.',
    `What was heard until then is kept below. ${next}; that begins a new recording.`,
    true,
  );
}

/**
 * @param {Live} live
 * @param {Prediction | null} prediction
 */
function pausedWords({ phase, view }, prediction) {
  const state = prediction ? ADVICE[prediction.state][1] : '';
  return `At ${clock(view.edge)}${phase === 'listening' ? '; listening goes on' : ''}. ${state}`;
}

/**
 * @param {Predictions} predictions
 * @param {Model} model
 * @param {number} at seconds
 */
export function lastUtterance(predictions, model, at) {
  const last = predictions.utterances.findLast(one => one.end <= at + 0.5 && one.angles);
  if (!last) return '';
  return `Last utterance, ${clock(last.start)} to ${clock(last.end)}: ${last.verdict}. ${verdictOf(last, model).sentence}`;
}

/**
 * @param {Latency} latency
 * @param {Counted | null} counted
 * @param {number} lostInBrowser milliseconds
 */
export function technicalWords(latency, counted, lostInBrowser) {
  if (!counted) return '';
  const { lost, skipped, milliseconds, overloads } = counted;
  const parts = [
    latency.text,
    milliseconds ? `Model: ${Math.round(milliseconds)} ms` : '',
    `Blocks lost: ${lost}`,
    `Windows left out: ${skipped}`,
    lostInBrowser >= LEAST_LOST ? `Sound that the busy browser lost: ${fixed(lostInBrowser / 1000, 1)} s` : '',
    overloads ? `Overloads of the device: ${overloads}` : '',
  ];
  return parts.filter(Boolean).join(' · ');
}
