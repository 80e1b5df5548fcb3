// What lies over the points: rings, a lasso that is being drawn, and the middle for those who come with the keyboard.

function drawMarks(map, width, height, ratio) {
  const pen = map.marks.getContext('2d');
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.strokeStyle = pen.fillStyle = map.theme.text;
  pen.lineWidth = 2;
  for (const [index, radius] of [[map.clicked, 10], [map.hovered, 8]]) {
    if (index < 0) continue;
    pen.beginPath();
    pen.arc(...map.placeOf(index), radius, 0, 2 * Math.PI);
    pen.stroke();
  }
  const { line, cross } = map.gestures;
  if (line) drawLine(pen, line);
  if (cross) {
    pen.beginPath();
    for (const [dx, dy] of [[9, 0], [0, 9]]) {
      pen.moveTo(width / 2 - dx, height / 2 - dy);
      pen.lineTo(width / 2 + dx, height / 2 + dy);
    }
    pen.stroke();
  }
}

function drawLine(pen, line) {
  pen.beginPath();
  for (let i = 0; i < line.length; i += 2) pen.lineTo(line[i], line[i + 1]);
  pen.closePath();
  pen.setLineDash([5, 4]);
  pen.stroke();
  pen.setLineDash([]);
  pen.globalAlpha = 0.08;
  pen.fill();
  pen.globalAlpha = 1;
}
