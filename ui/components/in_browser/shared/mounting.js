// The function that Streamlit calls when a component appears and when its data or the theme change. One object of
// `Drawing` exists per figure: it is constructed with the figure, gets `update(data, setStateValue, setTriggerValue)`,
// and finally `end()`.
function mounting(Drawing, selector) {
  const mounted = new WeakMap();
  return ({ parentElement, data, setStateValue, setTriggerValue }) => {
    const figure = parentElement.querySelector(selector);
    let entry = mounted.get(parentElement);
    if (entry?.drawing.figure !== figure) {
      entry?.drawing.end();
      entry = { drawing: new Drawing(figure), calls: 0 };
      mounted.set(parentElement, entry);
    }
    const call = ++entry.calls;
    entry.drawing.update(data, setStateValue, setTriggerValue);
    const remembered = entry;
    return () => {
      if (remembered.calls !== call || mounted.get(parentElement) !== remembered) return; // a later call goes on
      mounted.delete(parentElement);
      remembered.drawing.end();
    };
  };
}

// Sends an answer to the page, unless it equals the last one (`drawing.sent`): every answer runs the page again.
function sendAnswer(drawing, answer) {
  const written = JSON.stringify(answer);
  if (written === drawing.sent) return;
  drawing.sent = written;
  drawing.setStateValue('answer', answer);
}
