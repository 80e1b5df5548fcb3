// The spectrogram as a picture: drawn in tiles, each once, and only moved afterwards.

const TILE = 500; // columns: five seconds
const ROWS = 160;
const POWERS = Float64Array.from({ length: 256 }, (_, level) => 10 ** ((LOWEST + level / STEPS) / 10));

class Spectrogram {
  constructor(spectra) {
    this.spectra = spectra;
    this.tiles = new Map(); // number of a tile → its canvas and how many of its columns are drawn
  }

  // How levels become colours: `scale` by name, `darkest` and `brightest` in dB, `colours` from dark to bright.
  set({ scale, darkest, brightest, colours }) {
    this.bands = bandsOf(scale, ROWS);
    this.shades = shadesOf(colours);
    this.darkest = darkest;
    this.perDecibel = (this.shades.length - 1) / (brightest - darkest);
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
    const top = this.shades.length - 1;
    for (let column = 0; column < count; column++) {
      const levels = this.spectra.column(first + column);
      for (let row = 0; row < ROWS; row++) {
        const { first: bin, weights } = this.bands[row];
        let power = 0;
        for (let i = 0; i < weights.length; i++) power += weights[i] * POWERS[levels[bin + i]];
        const shade = Math.round((10 * Math.log10(power) - this.darkest) * this.perDecibel);
        pixels[row * count + column] = this.shades[shade < 0 ? 0 : shade > top ? top : shade];
      }
    }
    return picture;
  }
}

// 256 colours between those given, as a picture holds them.
function shadesOf(colours) {
  const canvas = new OffscreenCanvas(256, 1);
  const pen = canvas.getContext('2d');
  const ramp = pen.createLinearGradient(0, 0, 256, 0);
  colours.forEach((colour, i) => ramp.addColorStop(i / (colours.length - 1), colour));
  pen.fillStyle = ramp;
  pen.fillRect(0, 0, 256, 1);
  return new Uint32Array(pen.getImageData(0, 0, 256, 1).data.buffer);
}
