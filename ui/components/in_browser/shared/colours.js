// Colours as numbers.

// Red, green and blue, 0 to 255, of #RRGGBB.
function numbersOf(colour) {
  return [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16));
}

// A scale of a few colours, finely: `count` of them.
function between(steps, count) {
  return Array.from({ length: count }, (_, i) => {
    const at = (i / (count - 1)) * (steps.length - 1);
    const step = Math.min(steps.length - 2, Math.floor(at));
    return steps[step].map((part, c) => part + (at - step) * (steps[step + 1][c] - part));
  });
}

// For each of 256 codes its colour as one number, as a canvas keeps it on every computer of today; `share` says where
// between the first and the last colour a code lies, 0 to 1.
function shadesOf(colours, share) {
  const fine = between(colours.map(numbersOf), 256);
  return Uint32Array.from({ length: 256 }, (_, code) => {
    const [r, g, b] = fine[Math.max(0, Math.min(255, Math.round(share(code) * 255)))].map(Math.round);
    return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  });
}

// Red, green and blue, 0 to 1, of whatever CSS calls a colour.
function channels(colour) {
  const pen = new OffscreenCanvas(1, 1).getContext('2d');
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  return [...pen.getImageData(0, 0, 1, 1).data.subarray(0, 3)].map(part => part / 255);
}
