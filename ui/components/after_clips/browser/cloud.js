// The clips of a voice on the map of what the model knows: where each lies now, and the way that it has come.

import { fitToScreen, penOf, pointedAt, stateOf } from '../../in_browser/shared/canvas.js';
import { mark } from '../../in_browser/shared/marker.js';
import { groundOf, Plane } from '../../in_browser/shared/plane.js';
import { between } from './steps.js';

/** @import { DialClass } from '../../in_browser/shared/dial.js' */
/** @import { Place } from '../../in_browser/shared/symbols.js' */
/** @import { Theme } from './lines.js' */
/** @import { Clip } from './steps.js' */
/** @typedef {{ points: Place[], classes: number[], title: string }} Ground the known utterances on their map */

const PRESSED = 22; // units of the canvas around a clip

export class Cloud {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.pen = penOf(canvas);
    /** @type {{ clip: Clip, place: Place }[]} */
    this.shown = []; // clips as they were drawn last
    /** @type {{ plane: Plane, picture: HTMLCanvasElement } | undefined} */
    this.ground = undefined;
    this.drawn = ''; // what the ground was drawn for
  }

  /** The clip nearest to a pointer; null if none is near. @param {MouseEvent} event @returns {Clip | null} */
  clipAt(event) {
    const [x, y] = pointedAt(event);
    const away = this.shown.map(({ place }) => Math.hypot(place[0] - x, place[1] - y));
    const nearest = away.indexOf(Math.min(...away));
    return nearest >= 0 && away[nearest] <= PRESSED ? this.shown[nearest].clip : null;
  }

  /** Other clips or another map come. */
  renew() {
    this.ground = undefined;
  }

  /**
   * @param {DialClass[]} classes
   * @param {Ground} ground
   * @param {Clip[]} clips of all voices, who share one scale
   * @param {Clip} chosen whose voice is seen
   * @param {number} at the step that is shown, or between two
   * @param {Theme} theme
   */
  draw(classes, ground, clips, chosen, at, theme) {
    const { pen, canvas } = this, size = fitToScreen(canvas, pen);
    const drawn = `${stateOf(canvas)} ${JSON.stringify(theme)}`;
    if (drawn !== this.drawn || !this.ground) {
      const steps = clips.flatMap(({ steps }) => steps.flatMap(({ place }) => (place ? [place] : [])));
      const plane = new Plane([...ground.points, ...steps], size);
      this.ground = { plane, picture: groundOf(canvas, plane, ground, classes, theme) };
      this.drawn = drawn;
    }
    const { plane, picture } = this.ground;
    pen.clearRect(0, 0, size.width, size.height);
    pen.drawImage(picture, 0, 0, size.width, size.height);
    const seen = clips.filter(one => one.voice === chosen.voice && one !== chosen);
    this.shown = [...seen, chosen].map(clip => ({ clip, place: this.drawClip(classes, clip, plane, at, clip === chosen, theme) }));
    canvas.setAttribute('aria-label', `${ground.title} ${this.shown.length} clips of the voice on it; chosen: ${chosen.name}.`);
  }

  /**
   * @param {DialClass[]} classes
   * @param {Clip} clip
   * @param {Plane} plane
   * @param {number} at
   * @param {boolean} chosen
   * @param {Theme} theme
   */
  drawClip(classes, clip, plane, at, chosen, theme) {
    const { pen } = this, spoken = classes.find(one => one.name === clip.spoken);
    const start = clip.steps[0].place, now = between(clip, at).place;
    if (!start || !now) return /** @type {Place} */ ([NaN, NaN]);
    const [from, to] = [plane.placeOf(start), plane.placeOf(now)];
    pen.strokeStyle = theme.text;
    pen.lineWidth = chosen ? 3 : 1.5;
    pen.beginPath();
    pen.moveTo(...from);
    pen.lineTo(...to);
    pen.stroke();
    mark(pen, spoken?.symbol ?? 'circle', to, chosen ? 12 : 8, spoken?.colour ?? theme.paper, theme.text);
    if (chosen) {
      pen.beginPath();
      pen.arc(...to, 17, 0, 2 * Math.PI);
      pen.lineWidth = 2.5;
      pen.strokeStyle = theme.accent;
      pen.stroke();
    }
    return to;
  }
}
