// What a link to the lesson holds: the source, window and hop in milliseconds, mel bands. Whoever wrote it may have written
// anything: what is out of range is left as the source has it.

import { settingOf } from './front_end.js';

/** @import { Setting, Source } from './front_end.js' */

/** @typedef {{ source: string, setting: Setting }} Chosen */

/** @type {Record<keyof Setting, [least: number, most: number]>} */
export const RANGES = { window: [2, 120], hop: [2, 60], bands: [10, 160] };

/** @param {Chosen} chosen @returns {Record<string, string>} */
export function encoded({ source, setting }) {
  return { source, window: String(setting.window), hop: String(setting.hop), bands: String(setting.bands) };
}

/** @param {Record<string, string>} link @param {Source[]} sources @returns {Chosen} */
export function decoded(link, sources) {
  const source = sources.find(one => one.name === link.source) ?? sources[0];
  const setting = settingOf(source);
  for (const name of /** @type {(keyof Setting)[]} */ (Object.keys(RANGES))) {
    const [least, most] = RANGES[name], text = link[name] ?? '';
    if (/^\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= most) setting[name] = Number(text);
  }
  return { source: source.name, setting };
}
