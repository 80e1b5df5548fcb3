// ui/components/point_map/browser/marked.js
var MARKS = "utterance-map-marks";
var ASK = "utterance-map-asks";
function publishMarks(marks) {
  document.dispatchEvent(new CustomEvent(MARKS, { detail: marks }));
}
function onAsk(signal, answer) {
  document.addEventListener(ASK, answer, { signal });
}

// ui/components/point_map/marking/main.js
var published = /* @__PURE__ */ new WeakMap();
function main_default({ parentElement, data }) {
  published.get(parentElement)?.abort();
  const ended = new AbortController();
  published.set(parentElement, ended);
  onAsk(ended.signal, () => publishMarks(data));
  publishMarks(data);
  return () => ended.abort();
}
export {
  main_default as default
};
