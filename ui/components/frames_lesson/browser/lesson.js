// The lesson "What a frame is": every change is drawn at once, from the sound that the browser holds.

import { fitToScreen, penOf, pixelsOfUnit } from '../../in_browser/shared/canvas.js';
import { shadesOf, Variables } from '../../in_browser/shared/colours.js';
import { LinkButton } from '../../in_browser/shared/copied_link.js';
import { finder, listener, setText } from '../../in_browser/shared/elements.js';
import { fromBase64, fromPcm16 } from '../../in_browser/shared/pcm.js';
import { writeExplained } from '../../in_browser/shared/terms.js';
import { frontEndOf, settingOf } from './front_end.js';
import { decoded, encoded, RANGES } from './link.js';
import { draw } from './picture.js';
import { described, inNumbers } from './words.js';

/** @import { Setting, Source } from './front_end.js' */
/** @import { Chosen } from './link.js' */

/**
 * @typedef {object} SentSound as ser_core/plots/frames.py writes it
 * @property {string} title
 * @property {Record<string, string>} samples by the cutoff of a high-pass in hertz: 16 bits, base64
 * @property {number} full_scale what the largest of 16 bits stands for
 * @property {number} sample_rate hertz
 * @property {number} begins where the loudest part begins, in seconds
 * @property {number} excerpt how long it is
 * @property {number[]} pitch_times seconds
 * @property {(number | null)[]} pitch_hertz null where there is none
 * @property {number | null} voice the median of the pitch
 * @property {string[]} scale colours of the spectrogram, from faint to loud
 *
 * @typedef {object} Sound
 * @property {Record<string, Float32Array<ArrayBuffer>>} signals by the cutoff of a high-pass in hertz; “0” is the sound itself
 * @property {number} rate hertz
 * @property {number} seconds
 * @property {number} begins
 * @property {number} excerpt
 * @property {{ times: number[], hertz: (number | null)[] }} pitch
 * @property {Uint32Array} shades of 256 levels
 *
 * @typedef {object} LessonData what the page sends
 * @property {SentSound} sound
 * @property {Source[]} sources
 * @property {Record<string, string[]>} told for experts, by source
 * @property {string | null} address of the sound
 * @property {Record<string, string>} link what the page's address asks for
 * @property {Record<string, string>} terms explanations of the glossary's terms in its texts
 *
 * @typedef {{ set: Chosen | null, link: string }} Kept what was set, and the link that had been opened
 */

/** @type {Record<string, Pick<Setting, 'window' | 'hop'>>} */
const LOOKS = { pulses: { window: 5, hop: 2 }, harmonics: { window: 100, hop: 10 } };
const SLIDERS = /** @type {const} */ (['window', 'hop', 'bands']);

export class FramesLesson {
  /** @param {HTMLElement} figure @param {Kept} kept */
  constructor(figure, kept) {
    this.figure = figure;
    this.kept = kept;
    this.find = finder(figure);
    this.canvas = this.find('canvas', HTMLCanvasElement);
    this.pen = penOf(this.canvas);
    this.frame = 0;
    this.colours = new Variables(figure, ['--muted', '--st-primary-color', '--second']);
    this.ended = new AbortController();
    const on = listener(this.ended.signal);
    this.source = this.find('.source', HTMLSelectElement);
    on(this.source, 'change', () => this.choose({ source: this.source.value, setting: settingOf(this.sourceOf(this.source.value)) }));
    for (const name of SLIDERS) on(this.slider(name), 'input', () => this.set({ [name]: this.slider(name).valueAsNumber }));
    for (const [name, look] of Object.entries(LOOKS)) on(this.find(`[data-look=${name}]`), 'click', () => this.set(look));
    on(this.find('[data-act=reset]'), 'click', () => this.set(settingOf(this.sourceOf(this.chosen.source))));
    this.link = new LinkButton(
      { button: this.find('[data-act=link]'), field: this.find('.address', HTMLInputElement) }, () => encoded(this.chosen),
    );
    this.watched = new ResizeObserver(() => this.change());
    this.watched.observe(this.canvas);
    this.watched.observe(this.find('.sliders')); // it grows with the letters, and so does the picture
  }

  /** @param {LessonData} data */
  update(data) {
    const former = this.data;
    this.data = data;
    if (former?.sound.samples['0'] !== data.sound.samples['0']) this.sound = soundOf(data.sound);
    if (!former) {
      for (const { name, title } of data.sources) this.source.add(new Option(title, name));
      for (const name of SLIDERS) [this.slider(name).min, this.slider(name).max] = RANGES[name].map(String);
    }
    const audio = this.find('audio', HTMLAudioElement);
    audio.hidden = data.address === null;
    if (data.address !== null && audio.getAttribute('src') !== data.address) audio.src = data.address;
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
    if (!this.kept.set) throw new Error('Expected data from the page before anything is pressed; got none.');
    return this.kept.set;
  }

  /** @param {string} name @returns {Source} */
  sourceOf(name) {
    const found = this.data?.sources.find(one => one.name === name);
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
      slider.disabled = name === 'bands' && frontEnd.kind === 'log-stft';
      const shown = name === 'bands' ? String(setting.bands) : `${setting[name]} ms`;
      const value = slider.parentElement?.querySelector('output');
      if (value) setText(value, slider.disabled ? 'none' : shown);
    }
    draw(this.pen, fitToScreen(this.canvas, this.pen), {
      frontEnd, sound: this.sound, look: this.look(), ratio: pixelsOfUnit(),
    });
    this.canvas.setAttribute('aria-label', described(frontEnd, this.data.sound.title));
    writeExplained(this.find('.numbers'), inNumbers(frontEnd, this.data.sound.voice), this.data.terms);
    this.tell(this.data.told[source] ?? []);
    this.link.seen();
  }

  /** @param {string[]} lines */
  tell(lines) {
    const list = this.find('.told');
    if (list.dataset.told === lines.join('\n')) return;
    list.dataset.told = lines.join('\n');
    list.replaceChildren(...lines.map(line => {
      const item = document.createElement('li');
      item.textContent = line;
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
      font: style.fontFamily,
    };
  }
}

/** @param {SentSound} sent @returns {Sound} */
export function soundOf(sent) {
  const signals = Object.fromEntries(Object.entries(sent.samples).map(([cutoff, text]) => [cutoff, fromPcm16(fromBase64(text), sent.full_scale)]));
  return {
    signals,
    rate: sent.sample_rate,
    seconds: signals['0'].length / sent.sample_rate,
    begins: sent.begins,
    excerpt: sent.excerpt,
    pitch: { times: sent.pitch_times, hertz: sent.pitch_hertz },
    shades: shadesOf(sent.scale, code => code / 255),
  };
}
