// What Streamlit calls when a component appears, and again when its data or the theme change. One object of `Drawing`
// lives as long as its figure: it is made with the figure, gets `update(data, setStateValue, setTriggerValue)`,
// and at last `end()`.
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
