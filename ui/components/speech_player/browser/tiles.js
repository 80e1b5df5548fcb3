// The spectrogram, computed in tiles when they are seen first, and kept: a tile is some columns of levels at one
// distance between columns, a power of two of samples, so that moving and zooming find most of them made already.

const TILE = 128; // columns
const FINEST = 8; // samples between columns
const MOST_LEVELS = 400; // tiles in memory: 26 MB with narrow bands
const MOST_PICTURES = 100; // tiles in colour: 25 MB on a sharp screen, which shows at most 30 of them
const BELOW = 120; // decibels below the loudest point that a level can tell; each is kept in half decibels

class Tiles {
  constructor(samples, rate, scale) {
    this.samples = samples;
    this.rate = rate;
    this.scale = scale;
    this.spectra = new Map(); // band → its spectrum and loudest level
    this.levels = new Map();
    this.pictures = new Map();
    this.strip = new OffscreenCanvas(1, 1);
  }

  // How it is to look. Levels are kept, pictures are made again.
  look(looks) {
    if (JSON.stringify(looks) === JSON.stringify(this.looks)) return;
    this.looks = looks;
    this.pictures.clear();
    const { spectrum } = this.band();
    this.rows = new FrequencyRows(looks.axis, looks.rows, spectrum.count, this.rate / 2);
    this.shades = shadesOf(this.scale, code => 1 + (code / 2 - BELOW) / looks.range);
  }

  band() {
    const { band } = this.looks;
    if (!this.spectra.has(band)) {
      const spectrum = new Spectrum(this.samples, this.rate, BANDS[band].seconds);
      this.spectra.set(band, { spectrum, loudest: spectrum.loudest() });
    }
    return this.spectra.get(band);
  }

  // Samples between columns that are about as close as pixels.
  hopFor(span, pixels) {
    return Math.max(FINEST, 2 ** Math.round(Math.log2((span.length * this.rate) / pixels)));
  }

  // Draws a stretch of time into a box of pixels, computing what is not there until a moment on the clock: then coarser
  // tiles take its place. Returns whether all is there.
  draw(pen, box, span, until) {
    const { rate, strip, looks } = this;
    const hop = this.hopFor(span, box.width);
    const place = seconds => (seconds * rate) / hop + 0.5; // a column reaches half a column to either side
    const first = Math.floor(place(span.from) / TILE), last = Math.floor(place(span.to) / TILE);
    strip.width = (last - first + 1) * TILE; // which empties it
    strip.height = looks.rows;
    const onto = strip.getContext('2d');
    let complete = true;
    for (let number = first; number <= last; number++) {
      const x = (number - first) * TILE;
      const picture = this.picture(hop, number, complete ? until : 0);
      if (picture) onto.drawImage(picture, x, 0);
      else this.drawCoarser(onto, x, hop, number);
      complete &&= Boolean(picture);
    }
    const from = place(span.from) - first * TILE, to = place(span.to) - first * TILE;
    pen.drawImage(strip, from, 0, to - from, looks.rows, box.x, box.y, box.width, box.height);
    return complete;
  }

  drawCoarser(onto, x, hop, number) {
    for (let coarse = 2 * hop; coarse <= this.samples.length; coarse *= 2) {
      const place = column => ((column - 0.5) * hop) / coarse + 0.5;
      const from = place(number * TILE), to = place((number + 1) * TILE);
      const parent = Math.max(0, Math.floor(from / TILE));
      const picture = this.picture(coarse, parent, 0);
      if (!picture) continue;
      onto.drawImage(picture, Math.max(0, from - parent * TILE), 0, to - from, this.looks.rows, x, 0, TILE, this.looks.rows);
      return;
    }
  }

  // The picture of a tile; null where its levels are not there and the moment has passed.
  picture(hop, number, until) {
    const key = `${this.looks.band} ${hop} ${number}`;
    let picture = this.pictures.get(key);
    if (!picture) {
      if (!this.levels.has(key) && performance.now() >= until) return null;
      picture = this.coloured(this.levelsOf(key, hop, number));
      keep(this.pictures, key, picture, MOST_PICTURES);
    }
    return picture;
  }

  levelsOf(key, hop, number) {
    if (!this.levels.has(key)) keep(this.levels, key, this.computed(hop, number), MOST_LEVELS);
    return this.levels.get(key);
  }

  computed(hop, number) {
    const { spectrum, loudest } = this.band();
    const codes = new Uint8Array(TILE * spectrum.count);
    for (let i = 0; i < TILE; i++) {
      const centre = (number * TILE + i) * hop;
      if (centre - hop > this.samples.length) break;
      const levels = spectrum.column(centre, hop);
      for (let k = 0; k < spectrum.count; k++) {
        codes[i * spectrum.count + k] = Math.max(0, Math.min(255, Math.round(2 * (levels[k] - loudest + BELOW))));
      }
    }
    return codes;
  }

  coloured(codes) {
    const { rows, shades, looks } = this;
    const picture = new OffscreenCanvas(TILE, looks.rows);
    const pen = picture.getContext('2d');
    const image = pen.createImageData(TILE, looks.rows);
    const pixels = new Uint32Array(image.data.buffer);
    for (let row = 0; row < looks.rows; row++) {
      for (let i = 0; i < TILE; i++) pixels[row * TILE + i] = shades[Math.round(rows.valueAt(row, codes, i * rows.count))];
    }
    pen.putImageData(image, 0, 0);
    return picture;
  }
}

function keep(made, key, one, most) {
  if (made.size >= most) made.delete(made.keys().next().value); // the oldest
  made.set(key, one);
}
