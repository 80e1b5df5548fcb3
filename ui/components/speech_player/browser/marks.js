// What moves over the picture: the selection, the place from where it is played or where it plays, the mouse's moment.

import { within } from '../../in_browser/shared/canvas.js';

/** @import { Box } from '../../in_browser/shared/canvas.js' */
/** @import { Layout } from './layout.js' */
/** @import { SpeechPlayer } from './player.js' */
/** @import { Theme } from './theme.js' */

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {SpeechPlayer} player
 * @param {Theme} theme
 * @param {Layout} layout
 * @param {number} ratio pixels of the canvas for a unit
 */
export function drawMarks(pen, player, theme, layout, ratio) {
  const { span, selection } = player;
  const { width, height } = player.size();
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  const { wave, spectrogram } = layout;
  /** @param {number} time */
  const place = time => wave.x + span.toX(time, wave.width);
  for (const box of [wave, spectrogram]) {
    within(pen, { ...box, x: box.x - 2, width: box.width + 4 }, () => {
      if (selection) drawSelection(pen, box, place(selection[0]), place(selection[1]), box === wave ? theme.selection : null);
      if (player.hovered !== null) upright(pen, place(player.hovered), box, '#FFFFFF99', '#00000099', 1);
      upright(pen, place(player.position()), box, '#FF5C5C', '#FFFFFF', 2);
    });
  }
}

/**
 * Shaded where the ground is paper; a picture in colours is kept as it is inside, and dimmed around.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {Box} box
 * @param {number} from pixels
 * @param {number} to pixels
 * @param {string | null} shade
 */
function drawSelection(pen, box, from, to, shade) {
  pen.fillStyle = shade ?? '#00000066';
  if (shade) pen.fillRect(from, box.y, to - from, box.height);
  else {
    pen.fillRect(box.x, box.y, Math.max(0, from - box.x), box.height);
    pen.fillRect(Math.max(box.x, to), box.y, Math.max(0, box.x + box.width - Math.max(box.x, to)), box.height);
  }
  for (const x of [from, to]) upright(pen, x, box, '#FFFFFF', '#000000', 2);
}

/**
 * Two colours beside each other are seen on every ground.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {number} x
 * @param {Box} box
 * @param {string} colour
 * @param {string} edge
 * @param {number} width
 */
function upright(pen, x, box, colour, edge, width) {
  pen.fillStyle = edge;
  pen.fillRect(x - width / 2 - 1, box.y, width + 2, box.height);
  pen.fillStyle = colour;
  pen.fillRect(x - width / 2, box.y, width, box.height);
}
