// The frequency axis: even in hertz, or in mel by Slaney's scale as in ser_core/features/mel.py.

const MEL_STEP = 200 / 3; // hertz per mel below the break
const MEL_BREAK = 1000; // hertz
const MEL_GROWTH = Math.log(6.4) / 27;

function hertzToMel(hertz) {
  return hertz < MEL_BREAK ? hertz / MEL_STEP : MEL_BREAK / MEL_STEP + Math.log(hertz / MEL_BREAK) / MEL_GROWTH;
}

function melToHertz(mel) {
  return mel < MEL_BREAK / MEL_STEP ? mel * MEL_STEP : MEL_BREAK * Math.exp(MEL_GROWTH * (mel - MEL_BREAK / MEL_STEP));
}

// From a height, 0 at the bottom to 1 at the top, to hertz and back.
const AXES = {
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

// Those ticks that find room: a tick needs `gap` pixels to the one below it.
function frequencyTicks(axis, highest, pixels, gap = 22) {
  const kept = [];
  for (const hertz of AXES[axis].ticks) {
    if (hertz > highest * 1.001) break;
    const last = kept.at(-1);
    const room = last === undefined ? Infinity : (AXES[axis].height(hertz, highest) - AXES[axis].height(last, highest)) * pixels;
    if (room >= gap) kept.push(hertz);
  }
  return kept;
}

// Which entries of a spectrum a picture's rows show, from the top: `low` and `high` are places between its entries.
function rowsOf(axis, rows, count, highest) {
  const place = height => (AXES[axis].hertz(height, highest) / highest) * (count - 1);
  const low = new Float32Array(rows), high = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    low[row] = place((rows - row - 1) / rows);
    high[row] = place((rows - row) / rows);
  }
  return { low, high };
}
