// The counterpart of the map's marked.js: sends the maps on this page what is marked, now and whenever one asks.

import { onAsk, publishMarks } from '../browser/marked.js';

/** @import { Call } from '../../in_browser/shared/mounting.js' */
/** @import { PageMarks, PagePress } from '../browser/marked.js' */

/** @type {WeakMap<Node, AbortController>} */
const published = new WeakMap();

/** @param {Call<PageMarks | PagePress>} call */
export default function ({ parentElement, data }) {
  published.get(parentElement)?.abort();
  const ended = new AbortController();
  published.set(parentElement, ended);
  onAsk(ended.signal, () => publishMarks(data));
  publishMarks(data);
  return () => ended.abort();
}
