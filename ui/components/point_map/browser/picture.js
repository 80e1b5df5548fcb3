// The map as a picture to take away: what is seen now, with its title and legend, sharp enough to print.

const PICTURE_SIDE = 2400; // pixels of its width, at least
const EDGE = 16; // pixels of the page around everything
const ROW = 22;

function savePicture(map) {
  drawnPicture(map).toBlob(content => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(content);
    link.download = `${map.map.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').slice(0, 80)}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }, 'image/png');
}

function drawnPicture(map) {
  const { width, height } = map.size();
  const wide = width + 2 * EDGE;
  const ratio = Math.max(devicePixelRatio, PICTURE_SIDE / wide);
  const pen = new OffscreenCanvas(1, 1).getContext('2d');
  pen.font = fontOf(14);
  const title = brokenText(pen, titleOf(map), width);
  const legend = legendRows(pen, map, width);
  const told = brokenText(pen, map.find('.told').textContent.trim(), width);
  const top = EDGE + title.length * ROW;
  const below = top + height + EDGE;

  const canvas = document.createElement('canvas');
  canvas.width = Math.round(wide * ratio);
  canvas.height = Math.round((below + (legend.length + told.length) * ROW + EDGE) * ratio);
  const ink = canvas.getContext('2d');
  ink.scale(ratio, ratio);
  ink.fillStyle = getComputedStyle(map.figure).backgroundColor;
  ink.fillRect(0, 0, canvas.width, canvas.height);
  map.paint(width, height, ratio, Infinity);
  for (const layer of [map.canvas, map.marks]) ink.drawImage(layer, EDGE, top, width, height);
  map.draw();
  ink.strokeStyle = colourOf(map.theme.grey);
  ink.strokeRect(EDGE, top, width, height);
  ink.fillStyle = map.theme.text;
  ink.textBaseline = 'middle';
  title.forEach((line, i) => write(ink, line, EDGE, EDGE + i * ROW, 600));
  legend.forEach((row, i) => row.forEach(part => part.draw(ink, EDGE + part.x, below + i * ROW)));
  told.forEach((line, i) => write(ink, line, EDGE, below + (legend.length + i) * ROW));
  return canvas;
}

function titleOf({ map, column, memory }) {
  const colour = column ? ` Coloured by ${wordsOf(column.name)}.` : '';
  return `${map.title}${colour}${memory.query ? ` Found: “${memory.query}”.` : ''}`;
}

// Rows of what is to be drawn, each part with its place in the row; what is hidden on the map has no entry.
function legendRows(pen, map, width) {
  const { column } = map;
  if (!column) return [];
  if (column.kind === 'number') return [[{ x: 0, draw: (ink, x, y) => drawBar(ink, column, map, x, y) }]];
  const hidden = map.memory.hidden.get(column.name) ?? new Set();
  const counts = countsOf(column);
  const rows = [[]];
  let x = 0;
  column.entries.forEach((entry, code) => {
    if (hidden.has(code) || !counts[code]) return;
    const text = `${entry.name} ${counted(counts[code])}`;
    const wide = 44 + pen.measureText(text).width;
    if (x && x + wide > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1).push({ x, draw: (ink, left, top) => drawEntry(ink, entry, text, left, top) });
    x += wide;
  });
  return rows;
}

function drawEntry(ink, entry, text, x, y) {
  const middle = y + ROW / 2;
  ink.beginPath();
  for (const [dx, dy] of SYMBOLS[entry.symbol] ?? SYMBOLS.circle) ink.lineTo(x + 8 + 6 * dx, middle + 6 * dy);
  ink.closePath();
  const letters = ink.fillStyle;
  ink.fillStyle = entry.colour;
  ink.fill();
  ink.fillStyle = letters;
  write(ink, text, x + 20, y);
}

function drawBar(ink, column, map, x, y) {
  write(ink, shortly(column.low), x, y);
  const left = x + 12 + ink.measureText(shortly(column.low)).width;
  const shades = ink.createLinearGradient(left, 0, left + 200, 0);
  map.map.scale.forEach((colour, i) => shades.addColorStop(i / (map.map.scale.length - 1), colour));
  const letters = ink.fillStyle;
  ink.fillStyle = shades;
  ink.fillRect(left, y + 4, 200, ROW - 8);
  ink.fillStyle = letters;
  write(ink, shortly(column.high), left + 212, y);
}

function write(ink, text, x, y, weight = 400) {
  ink.font = fontOf(14, weight);
  ink.fillText(text, x, y + ROW / 2);
}

function fontOf(size, weight = 400) {
  return `${weight} ${size}px sans-serif`;
}

// A text in lines that are no wider than `width`.
function brokenText(pen, text, width) {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (lines.at(-1) && pen.measureText(longer).width > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.filter(Boolean);
}
