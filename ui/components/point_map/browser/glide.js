// Points on their way from where they lay to where they lie.

export const GLIDE = 600; // milliseconds
const still = matchMedia('(prefers-reduced-motion: reduce)');

/** @param {number} t 0 to 1 */
export const eased = t => t * t * (3 - 2 * t);

/**
 * Where the points are at a moment of their way.
 *
 * @param {Float32Array} from
 * @param {Float32Array} to
 * @param {number} share of the way, 0 to 1
 */
export function between(from, to, share) {
  return share >= 1 ? to : Float32Array.from(to, (value, i) => from[i] + share * (value - from[i]));
}

/** Calls `draw` with the share of the way until it is done. */
export class Glide {
  /** @param {(share: number) => void} draw */
  constructor(draw) {
    this.begin = performance.now();
    this.draw = draw;
    this.step = this.step.bind(this);
    this.asked = requestAnimationFrame(this.step);
  }

  /** @param {number} now */
  step(now) {
    const share = still.matches ? 1 : Math.max(0, Math.min(1, (now - this.begin) / GLIDE));
    this.draw(eased(share));
    if (share < 1) this.asked = requestAnimationFrame(this.step);
  }

  end() {
    cancelAnimationFrame(this.asked);
  }
}

/**
 * Whether two maps show the same points, so that these can glide.
 *
 * @param {{ space: string, dimensions: number, ids: Uint32Array }} former
 * @param {{ space: string, dimensions: number, ids: Uint32Array, glides: boolean }} map
 */
export function canGlide(former, map) {
  return (
    map.glides && former.space === map.space && former.dimensions === map.dimensions &&
    former.ids.length === map.ids.length && former.ids.every((id, i) => id === map.ids[i])
  );
}
