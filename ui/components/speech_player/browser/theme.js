// The colours around the picture, light or dark: what Streamlit's variables say, and those of ser_core/plots/style.py.

function themeOf(figure) {
  const style = getComputedStyle(figure);
  const paper = channels(style.backgroundColor), text = channels(style.color);
  const dark = paper[0] + paper[1] + paper[2] < 1.5;
  const mixed = share => `rgb(${paper.map((part, i) => Math.round(255 * (part + share * (text[i] - part)))).join(' ')})`;
  return {
    paper: style.backgroundColor,
    ink: style.color,
    muted: mixed(0.75),
    grid: mixed(0.13),
    font: style.fontFamily,
    wave: dark ? '#7FB9D6' : '#1B5E7D',
    speech: dark ? '#7FB9D626' : '#1B5E7D1A',
    intensity: dark ? '#FFB07A' : '#B3541E',
    selection: dark ? '#FFFFFF33' : '#0E161C26',
  };
}
