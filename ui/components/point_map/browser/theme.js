// The colours of the page around the map, light or dark: what Streamlit's variables say.

function themeOf(figure) {
  const style = getComputedStyle(figure);
  const paper = channels(style.backgroundColor);
  const text = channels(style.color);
  const dark = paper[0] + paper[1] + paper[2] < 1.5;
  const mixed = share => paper.map((part, i) => part + share * (text[i] - part));
  return { paper: dark ? mixed(0.55) : paper, ink: text, grey: mixed(0.35), text: style.color };
}

function colourOf(parts) {
  return `rgb(${parts.map(part => Math.round(255 * part)).join(', ')})`;
}
