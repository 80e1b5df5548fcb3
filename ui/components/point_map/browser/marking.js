// The other end of marked.js: tells the map on this page what is marked, now and whenever a map asks.

const telling = new WeakMap();

export default function ({ parentElement, data }) {
  telling.get(parentElement)?.abort();
  const ended = new AbortController();
  telling.set(parentElement, ended);
  const tell = () => document.dispatchEvent(new CustomEvent('utterance-map-marks', { detail: data }));
  document.addEventListener('utterance-map-asks', tell, { signal: ended.signal });
  tell();
  return () => ended.abort();
}
