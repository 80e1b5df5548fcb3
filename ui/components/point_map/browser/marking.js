// The counterpart of marked.js: sends the map on this page what is marked, now and whenever a map asks.

const published = new WeakMap();

export default function ({ parentElement, data }) {
  published.get(parentElement)?.abort();
  const ended = new AbortController();
  published.set(parentElement, ended);
  const publish = () => document.dispatchEvent(new CustomEvent('utterance-map-marks', { detail: data }));
  document.addEventListener('utterance-map-asks', publish, { signal: ended.signal });
  publish();
  return () => ended.abort();
}
