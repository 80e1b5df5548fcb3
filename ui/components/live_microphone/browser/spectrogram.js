// The picture of the spectrogram: tiles are drawn once, and only moved afterwards.

const TILE = 500; // columns: five seconds
const ROWS = 160;

class Spectrogram {
  constructor(spectra) {
    this.spectra = spectra;
    this.tiles = new Map(); // number of a tile → its canvas, and number of columns drawn
  }

  // How levels become colours: the axis by name, `darkest` and `brightest` in dB, `colours` from dark to bright.
  set({ axis, darkest, brightest, colours }) {
    this.rows = new FrequencyRows(axis, ROWS, BINS, RATE / 2);
    this.shades = shadesOf(colours, level => (LOWEST + level / STEPS - darkest) / (brightest - darkest));
    this.tiles.clear();
  }

  // Draw the time from `start` to `end` seconds into a place of the pen.
  draw(pen, start, end, { x, y, width, height }) {
    const { spectra } = this;
    const perSecond = RATE / HOP;
    const first = Math.max(spectra.first, Math.floor(start * perSecond));
    const last = Math.min(spectra.columns, Math.ceil(end * perSecond));
    const [oldest, newest] = [Math.floor(spectra.first / TILE), Math.floor(spectra.columns / TILE)];
    for (const number of this.tiles.keys()) if (number < oldest || number > newest) this.tiles.delete(number);
    const wide = width / ((end - start) * perSecond); // pixels of a column
    for (let number = Math.floor(first / TILE); number * TILE < last; number++) {
      const tile = this.tile(number);
      const from = Math.max(first, number * TILE);
      const to = Math.min(last, (number + 1) * TILE);
      if (to <= from) continue;
      const left = x + (from - start * perSecond) * wide;
      pen.drawImage(tile.canvas, from - number * TILE, 0, to - from, ROWS, left, y, (to - from) * wide, height);
    }
  }

  tile(number) {
    let tile = this.tiles.get(number);
    if (!tile) {
      tile = { canvas: new OffscreenCanvas(TILE, ROWS), drawn: 0 };
      tile.pen = tile.canvas.getContext('2d');
      this.tiles.set(number, tile);
    }
    const ready = Math.min(TILE, this.spectra.columns - number * TILE);
    if (ready > tile.drawn) {
      const from = Math.max(tile.drawn, this.spectra.first - number * TILE);
      if (ready > from) tile.pen.putImageData(this.picture(number * TILE + from, ready - from), from, 0);
      tile.drawn = ready;
    }
    return tile;
  }

  picture(first, count) {
    const picture = new ImageData(count, ROWS);
    const pixels = new Uint32Array(picture.data.buffer);
    const { levels } = this.spectra;
    for (let column = 0; column < count; column++) {
      const at = this.spectra.placeOf(first + column);
      for (let row = 0; row < ROWS; row++) {
        pixels[row * count + column] = this.shades[Math.round(this.rows.valueAt(row, levels, at))];
      }
    }
    return picture;
  }
}
