// Whether the voice that speaks may be learned, what is kept of it, and since when the answers use it.

import { finder, setText } from '../../in_browser/shared/elements.js';
import { clock } from './view.js';

/** @import { Learned } from './messages.js' */

const ENOUGH = 60; // seconds of speech: ENOUGH of ser_core/live/learning.py
const ASKED =
  'Your first minute shows how you always sound; that is taken out of later answers. Only numbers are kept, until you leave.';

export class VoicePanel {
  /** @param {HTMLElement} figure */
  constructor(figure) {
    const find = finder(figure);
    this.button = find('.learn');
    this.told = find('.told');
    /** @type {boolean | undefined} */
    this.wanted = undefined; // before the first press
    /** @type {Learned | undefined} */
    this.learned = undefined;
    this.write();
  }

  /** @param {boolean} possible */
  offer(possible) {
    this.button.hidden = this.told.hidden = !possible;
  }

  press() {
    this.wanted = !this.wanted;
    this.learned = undefined; // until the next answer
    this.write();
  }

  /** @param {Learned} learned */
  take(learned) {
    this.learned = learned.learning === Boolean(this.wanted) ? learned : undefined; // an answer may be older than the press
    this.write();
  }

  get since() {
    return this.learned?.since ?? null;
  }

  write() {
    this.button.setAttribute('aria-pressed', String(Boolean(this.wanted)));
    setText(this.button, this.wanted ? 'Forget my voice' : 'Learn my voice');
    setText(this.told, this.wanted ? learnedWords(this.learned) : ASKED);
  }
}

/** @param {Learned | undefined} learned */
export function learnedWords(learned) {
  if (!learned?.utterances) return 'Nothing is known yet: say sentences in different ways, with pauses.';
  if (!learned.since) return `${learned.utterances === 1 ? 'One utterance' : `${learned.utterances} utterances`} heard, too alike to tell your voice from one emotion: say one quite differently.`;
  const { since, utterances, seconds, enough } = learned;
  const from = `Since ${clock(since)} the answers know your voice, from ${utterances} utterance${utterances === 1 ? '' : 's'}`;
  return enough ? `${from}: the first minute is full.` : `${from}, ${Math.round(seconds)} of ${ENOUGH} s.`;
}
