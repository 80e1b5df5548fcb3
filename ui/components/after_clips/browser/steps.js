// One clip after each number of known clips, and what lies between two of them while the picture moves.

import { setText } from '../../in_browser/shared/elements.js';

/** @import { Place } from '../../in_browser/shared/symbols.js' */

/**
 * @typedef {object} Step what is heard after a number of clips
 * @property {number} clips
 * @property {string} verdict
 * @property {number[]} angles degrees to each class
 * @property {number[]} probabilities of each class
 * @property {string} apart why the verdict is not the most probable class; empty where it is
 * @property {Place | null} place on the map
 *
 * @typedef {object} Clip
 * @property {string} name
 * @property {string} voice whose clip it is
 * @property {string | null} spoken the emotion, if it is told
 * @property {string | null} address of its sound
 * @property {Step[]} steps
 */

/**
 * The answer at a moment: `at` is a number of a step, or lies between two.
 *
 * @param {Clip} clip
 * @param {number} at
 * @returns {Step}
 */
export function between({ steps }, at) {
  const last = steps.length - 1, held = Math.max(0, Math.min(last, at));
  const from = steps[Math.floor(held)], to = steps[Math.ceil(held)], share = held - Math.floor(held);
  /** @param {number} a @param {number} b */
  const mixed = (a, b) => a + share * (b - a);
  return {
    clips: (share < 0.5 ? from : to).clips,
    verdict: (share < 0.5 ? from : to).verdict,
    angles: from.angles.map((angle, i) => mixed(angle, to.angles[i])),
    probabilities: from.probabilities.map((chance, i) => mixed(chance, to.probabilities[i])),
    apart: (share < 0.5 ? from : to).apart,
    place: from.place && to.place ? [mixed(from.place[0], to.place[0]), mixed(from.place[1], to.place[1])] : null,
  };
}

/** @param {number} clips */
export function counted(clips) {
  if (!clips) return 'Nothing is known of this voice';
  return `After ${clips} clip${clips === 1 ? '' : 's'} of this voice`;
}

/**
 * Writes one step in words, beside the sign of what is heard.
 *
 * @param {HTMLElement} place
 * @param {Step} step
 * @param {string | null} spoken
 * @param {Element | null} sign
 */
export function tell(place, { clips, verdict, apart }, spoken, sign) {
  const words = `${counted(clips)}: ${verdict} ${apart}`;
  if (place.dataset.told === `${words} ${spoken}`) return;
  place.dataset.told = `${words} ${spoken}`;
  const [before, answer, after, why] = ['before', 'answer', 'after', 'why'].map(name => {
    const part = document.createElement('span');
    part.className = name;
    return part;
  });
  setText(before, `${counted(clips)}:`);
  if (sign) answer.append(sign);
  answer.append(verdict);
  const right = verdict === spoken;
  if (spoken) {
    after.classList.add(right ? 'right' : 'wrong');
    setText(after, right ? '✓ as it was spoken' : `✗ but spoken: ${spoken}`);
  }
  setText(why, apart);
  place.replaceChildren(before, answer, after, why);
}
