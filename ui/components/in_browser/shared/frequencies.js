// The frequency axis: linear, or in mel, and what each row of a spectrogram shows.

// Both scales as in ser_core/features/mel.py; `slaney` is the one that the models use.
const MEL_STEP = 200 / 3; // hertz per mel below the break
const MEL_BREAK = 1000; // hertz
const MEL_GROWTH = Math.log(6.4) / 27;
/** @type {Record<'slaney' | 'htk', { toMel: (hertz: number) => number, toHertz: (mel: number) => number }>} */
const MEL_SCALES = {
  slaney: {
    toMel: hertz => (hertz < MEL_BREAK ? hertz / MEL_STEP : MEL_BREAK / MEL_STEP + Math.log(hertz / MEL_BREAK) / MEL_GROWTH),
    toHertz: mel => (mel < MEL_BREAK / MEL_STEP ? mel * MEL_STEP : MEL_BREAK * Math.exp(MEL_GROWTH * (mel - MEL_BREAK / MEL_STEP))),
  },
  htk: {
    toMel: hertz => 2595 * Math.log10(1 + hertz / 700),
    toHertz: mel => 700 * (10 ** (mel / 2595) - 1),
  },
};

/**
 * @param {number} hertz
 * @param {keyof typeof MEL_SCALES} [scale]
 */
export function hertzToMel(hertz, scale = 'slaney') {
  return MEL_SCALES[scale].toMel(hertz);
}

/**
 * @param {number} mel
 * @param {keyof typeof MEL_SCALES} [scale]
 */
export function melToHertz(mel, scale = 'slaney') {
  return MEL_SCALES[scale].toHertz(mel);
}

/**
 * From a height, 0 at the bottom to 1 at the top, to hertz and back.
 *
 * @typedef {object} Axis
 * @property {(height: number, highest: number) => number} hertz
 * @property {(hertz: number, highest: number) => number} height
 * @property {number[]} ticks in hertz
 */

/** @typedef {'linear' | 'mel'} AxisName */

/** @type {Record<AxisName, Axis>} */
export const AXES = {
  linear: {
    hertz: (height, highest) => height * highest,
    height: (hertz, highest) => hertz / highest,
    ticks: [0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 10000, 12000, 16000, 20000, 24000],
  },
  mel: {
    hertz: (height, highest) => melToHertz(height * hertzToMel(highest)),
    height: (hertz, highest) => hertzToMel(hertz) / hertzToMel(highest),
    ticks: [0, 250, 500, 1000, 1500, 2000, 3000, 4000, 6000, 8000, 12000, 16000, 24000],
  },
};

/**
 * Those ticks that find room.
 *
 * @param {AxisName} axis
 * @param {number} highest hertz
 * @param {number} pixels of the whole axis
 * @param {number} [gap] pixels that a tick needs to the one below it
 */
export function frequencyTicks(axis, highest, pixels, gap = 22) {
  /** @type {number[]} */
  const kept = [];
  for (const hertz of AXES[axis].ticks) {
    if (hertz > highest * 1.001) break;
    const last = kept.at(-1);
    const room = last === undefined ? Infinity : (AXES[axis].height(hertz, highest) - AXES[axis].height(last, highest)) * pixels;
    if (room >= gap) kept.push(hertz);
  }
  return kept;
}

// The rows of a picture, from the top, and which of the `count` values of a spectrum up to `highest` hertz each shows.
export class FrequencyRows {
  /**
   * @param {AxisName} axis
   * @param {number} rows
   * @param {number} count
   * @param {number} highest
   */
  constructor(axis, rows, count, highest) {
    /** @param {number} height */
    const place = height => (AXES[axis].hertz(height, highest) / highest) * (count - 1);
    this.low = Float32Array.from({ length: rows }, (_, row) => place((rows - row - 1) / rows));
    this.high = Float32Array.from({ length: rows }, (_, row) => place((rows - row) / rows));
    this.count = count;
  }

  /**
   * The value of a row in the spectrum that begins at `at`: between two values, or the largest of several, so that no
   * narrow line is lost.
   *
   * @param {number} row
   * @param {ArrayLike<number>} spectra
   * @param {number} at
   */
  valueAt(row, spectra, at) {
    const low = this.low[row], high = this.high[row];
    const middle = (low + high) / 2;
    const below = Math.min(this.count - 2, Math.floor(middle)), share = middle - below;
    let value = spectra[at + below] * (1 - share) + spectra[at + below + 1] * share;
    if (high - low <= 1) return value;
    const last = Math.min(this.count - 1, Math.floor(high));
    for (let i = Math.ceil(low); i <= last; i++) value = Math.max(value, spectra[at + i]);
    return value;
  }
}
