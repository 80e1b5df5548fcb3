// Where everything lies on the stage, in units of its canvases: a line of words over each of two panels, the time axis below.

export const SIDES = [46, 44]; // left and right of the panels
const WORDS = 20;
const WAVE = 0.3; // of the room that both panels share
const TIME = 38;

/** @typedef {ReturnType<typeof layoutOf>} Layout */

/**
 * @param {number} width
 * @param {number} height
 */
export function layoutOf(width, height) {
  const [left, right] = SIDES;
  const wide = Math.max(1, width - left - right);
  const room = Math.max(4, height - 2 * WORDS - TIME); // a stage that is just leaving its page has no height
  const wave = { x: left, y: WORDS, width: wide, height: Math.round(room * WAVE) };
  const top = wave.y + wave.height + WORDS;
  const spectrogram = { x: left, y: top, width: wide, height: room - wave.height };
  return { wave, spectrogram, bottom: top + spectrogram.height };
}
