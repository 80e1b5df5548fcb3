// The markers, by Plotly's names, each as a closed line in [-1, 1] with y downwards.

const around = (corners, radius = 1, from = -90) =>
  Array.from({ length: corners }, (_, i) => {
    const angle = ((from + (360 * i) / corners) * Math.PI) / 180;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
const crossed = (arm, reach) => [
  [-arm, -reach], [arm, -reach], [arm, -arm], [reach, -arm], [reach, arm], [arm, arm],
  [arm, reach], [-arm, reach], [-arm, arm], [-reach, arm], [-reach, -arm], [-arm, -arm],
];
const turned = (line, degrees) => {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return line.map(([x, y]) => [c * x - s * y, s * x + c * y]);
};
const triangle = [[0, -0.95], [0.95, 0.75], [-0.95, 0.75]];

const SYMBOLS = {
  circle: around(40, 0.86),
  square: [[-0.78, -0.78], [0.78, -0.78], [0.78, 0.78], [-0.78, 0.78]],
  diamond: around(4, 1),
  'triangle-up': triangle,
  'triangle-down': turned(triangle, 180),
  cross: crossed(0.32, 0.95),
  x: turned(crossed(0.32, 1.05), 45),
  star: around(5, 1).flatMap((tip, i) => [tip, around(5, 0.45, -54)[i]]),
  hexagon: around(6, 0.95),
  pentagon: around(5, 0.95),
  bowtie: [[-0.95, -0.75], [0.95, 0.75], [0.95, -0.75], [-0.95, 0.75]],
  'triangle-right': turned(triangle, 90),
  'triangle-left': turned(triangle, -90),
};
const SYMBOL_NAMES = Object.keys(SYMBOLS);
const SYMBOLS_PER_SIDE = 4;
const SYMBOL_CELL = 64; // pixels
const SYMBOL_RADIUS = 25;

// All markers on one picture, their inside in the red channel and their edge in the green one.
function symbolSheet() {
  const side = SYMBOLS_PER_SIDE * SYMBOL_CELL;
  const canvas = new OffscreenCanvas(side, side);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#000';
  pen.fillRect(0, 0, side, side);
  pen.lineJoin = 'round';
  pen.lineWidth = 9;
  SYMBOL_NAMES.forEach((name, i) => {
    const x = ((i % SYMBOLS_PER_SIDE) + 0.5) * SYMBOL_CELL;
    const y = (Math.floor(i / SYMBOLS_PER_SIDE) + 0.5) * SYMBOL_CELL;
    pen.beginPath();
    SYMBOLS[name].forEach(([dx, dy]) => pen.lineTo(x + SYMBOL_RADIUS * dx, y + SYMBOL_RADIUS * dy));
    pen.closePath();
    pen.strokeStyle = '#0f0';
    pen.stroke();
    pen.fillStyle = '#f00';
    pen.fill();
  });
  return canvas;
}

// A marker as it stands in the legend.
function symbolPicture(name, colour) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '-1.2 -1.2 2.4 2.4');
  svg.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS(space, 'polygon');
  shape.setAttribute('points', (SYMBOLS[name] ?? SYMBOLS.circle).map(place => place.join(',')).join(' '));
  shape.setAttribute('fill', colour);
  svg.append(shape);
  return svg;
}
