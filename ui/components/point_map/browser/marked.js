// What the rest of the page marks on the map: rings around utterances that are heard there, a recording that was
// placed, and which points have a line from another map (`null`: the chosen ones). It comes by an event rather than with
// the points, which would then cross once more.

const MARKS = 'utterance-map-marks', ASK = 'utterance-map-asks';
const NOTHING_MARKED = { ringed: [], placed: null, lined: [] };

function askForMarks() {
  document.dispatchEvent(new Event(ASK));
}

// How far the whole map goes, with a place that may lie beside it; no further than is still readable.
function withPlace(reach, placed) {
  const far = axis => Math.min(4, Math.abs(placed?.at[axis] ?? 0));
  return reach.map((most, axis) => Math.max(most, far(axis) * 1.05));
}
