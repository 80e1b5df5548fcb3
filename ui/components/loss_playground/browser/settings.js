// Above each panel: which loss it shows, its margin, and a cross that closes it.

import { fixed } from '../../in_browser/shared/numbers.js';
import { CHOICES, choiceOf } from './choices.js';

/** @import { PanelPlace } from './layout.js' */
/** @import { Panel } from './training.js' */

const WORDY = 380; // width of a panel below which the slider has no word before it

/**
 * @typedef {object} Answers to what a visitor sets
 * @property {(at: number, choice: string) => void} choose
 * @property {(at: number, margin: number) => void} margin
 * @property {(at: number) => void} close
 */

export class PanelSettings {
  /** @param {Element} parent @param {number} at @param {Answers} answers */
  constructor(parent, at, answers) {
    this.root = document.createElement('div');
    this.root.className = 'setting';
    this.choice = document.createElement('select');
    this.choice.setAttribute('aria-label', `Loss of panel ${at + 1}`);
    for (const [name, { title }] of Object.entries(CHOICES)) this.choice.add(new Option(title, name));
    this.label = document.createElement('label');
    this.range = document.createElement('input');
    this.range.type = 'range';
    this.range.min = '0';
    this.value = document.createElement('output');
    this.word = document.createElement('span');
    this.word.className = 'word';
    this.word.textContent = 'margin';
    this.range.setAttribute('aria-label', `Margin of panel ${at + 1}`);
    this.label.append(this.word, this.range, this.value);
    this.close = document.createElement('button');
    this.close.type = 'button';
    this.close.textContent = '×';
    this.close.setAttribute('aria-label', `Close panel ${at + 1}`);
    this.root.append(this.choice, this.label, this.close);
    parent.append(this.root);
    this.choice.addEventListener('change', () => answers.choose(at, this.choice.value));
    this.range.addEventListener('input', () => answers.margin(at, Number(this.range.value)));
    this.close.addEventListener('click', () => answers.close(at));
  }

  /**
   * @param {Panel} panel @param {PanelPlace} place
   * @param {{ alone: boolean, scale: number }} how whether no other panel is open; pixels of a unit of the picture
   */
  draw(panel, place, { alone, scale }) {
    const { margin } = choiceOf(panel.choice);
    this.root.style.left = `${place.x * scale}px`;
    this.root.style.top = `${place.y * scale}px`;
    this.root.style.width = `${place.width * scale}px`;
    this.choice.value = panel.choice;
    this.label.hidden = margin === null;
    this.word.hidden = place.width < WORDY;
    this.close.hidden = alone;
    if (!margin) return;
    this.range.max = String(margin.most);
    this.range.step = String(margin.step);
    this.range.value = String(panel.margin);
    this.value.textContent = `${fixed(panel.margin, margin.unit ? 1 : 2)}${margin.unit}`;
  }

  remove() {
    this.root.remove();
  }
}
