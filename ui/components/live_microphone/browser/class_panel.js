// A row per emotion: its probability, and the angle to its direction beside the range of its own speech.

import { fixed } from '../../in_browser/shared/numbers.js';
import { symbolPicture } from '../../in_browser/shared/symbols.js';

/** @import { LiveClass, Model, Prediction } from './messages.js' */

const WIDEST = 180; // degrees, at the right end of every row, so that needles can be compared

export class ClassPanel {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    /** @type {LiveClass[]} */
    this.classes = [];
    /** @type {{ row: HTMLElement, chance: HTMLElement, angle: HTMLElement }[]} */
    this.rows = [];
    /** @type {Prediction | null | undefined} */
    this.shown = undefined;
  }

  /** @param {Model} model */
  set({ classes }) {
    this.classes = classes;
    this.rows = classes.map(one => {
      const row = document.createElement('li');
      row.style.setProperty('--colour', one.colour);
      row.style.setProperty('--range', String(one.range / WIDEST));
      const name = textual('span', 'name', one.name);
      name.prepend(symbolPicture(one.symbol, one.colour));
      const chance = textual('span', 'chance', '');
      const track = textual('span', 'track', '');
      track.title = `90 % of known ${one.name} speech lies within ${fixed(one.range, 0)}° (the band)`;
      const needle = textual('span', 'needle', '');
      needle.append(symbolPicture(one.symbol, one.colour));
      track.append(textual('span', 'band', ''), needle);
      const angle = textual('span', 'angle', '');
      row.append(name, chance, track, angle);
      return { row, chance, angle };
    });
    this.place.replaceChildren(...this.rows.map(({ row }) => row));
    this.show(null);
  }

  /** @param {Prediction | null} prediction */
  show(prediction) {
    if (prediction === this.shown) return;
    this.shown = prediction;
    this.rows.forEach(({ row, chance, angle }, i) => {
      const { angles, probabilities } = prediction ?? {};
      row.classList.toggle('unknown', !angles);
      if (!angles || !probabilities) {
        chance.textContent = angle.textContent = '–';
        return;
      }
      row.classList.toggle('inside', angles[i] <= this.classes[i].range);
      row.style.setProperty('--share', String(probabilities[i]));
      row.style.setProperty('--at', String(angles[i] / WIDEST));
      chance.textContent = `${Math.round(100 * probabilities[i])} %`;
      angle.textContent = `${Math.round(angles[i])}°`;
    });
  }
}

/**
 * The verdict, and what the angle to the nearest emotion means.
 *
 * @param {Prediction | null} prediction
 * @param {Model} model
 */
export function verdictOf(prediction, model) {
  const { verdict = null, angles } = prediction ?? {};
  if (!angles) return { verdict: '', sentence: '' };
  // What another model judged before it was changed has other emotions.
  if (angles.length !== model.classes.length) return { verdict: verdict ?? '', sentence: '' };
  const nearest = angles.indexOf(Math.min(...angles));
  const chosen = model.classes.findIndex(one => one.name === verdict);
  /** @param {number} i */
  const about = i => {
    const { name, range } = model.classes[i];
    return `${Math.round(angles[i])}° from ${name}; 90 % of ${name} speech lies within ${Math.round(range)}°.`;
  };
  if (chosen < 0) {
    const outside = 'Outside the range of every emotion of this model.';
    return { verdict: verdict ?? '', sentence: `${about(nearest)} ${outside} ${model.classes[nearest].worth}` };
  }
  const outside = angles[chosen] > model.classes[chosen].range ? ' That is outside its own range: uncertain.' : '';
  return { verdict: verdict ?? '', sentence: about(chosen) + outside + rival(prediction, chosen, nearest, model) };
}

/**
 * Another emotion that the dial or the curves put first, where there is one.
 *
 * @param {Prediction | null} prediction
 * @param {number} chosen the emotion of the verdict
 * @param {number} nearest the one at the smallest angle
 * @param {Model} model
 */
function rival(prediction, chosen, nearest, { classes }) {
  const { angles, probabilities } = prediction ?? {};
  if (!angles || !probabilities) return '';
  const likely = probabilities.indexOf(Math.max(...probabilities));
  const begun = (/** @type {number} */ i) => ` ${classes[i].name[0].toUpperCase()}${classes[i].name.slice(1)}`;
  if (nearest !== chosen) return `${begun(nearest)} is nearer, ${Math.round(angles[nearest])}°${likely === chosen ? ', but less probable' : ''}.`;
  if (likely !== chosen) return `${begun(likely)} is more probable, ${Math.round(100 * probabilities[likely])} %, but farther off.`;
  return '';
}

/**
 * @param {string} kind
 * @param {string} name
 * @param {string} text
 */
function textual(kind, name, text) {
  const element = document.createElement(kind);
  element.className = name;
  element.textContent = text;
  return element;
}
