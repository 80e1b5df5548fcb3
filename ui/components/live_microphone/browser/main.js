// The live view, as Streamlit calls it.

import { finder } from '../../in_browser/shared/elements.js';
import { Live } from './live.js';
import { firstSettings } from './settings.js';

/** @import { Call } from '../../in_browser/shared/mounting.js' */
/** @import { Model, SentData } from './messages.js' */

/** What outlives a view: the settings, the models that came, and a view that waits for its page. */
class LivePage {
  constructor() {
    this.settings = firstSettings();
    /** @type {Map<string, Model>} */
    this.models = new Map(); // by key; the app sends a model's description until a view has received it
    /** @type {Live | null} */
    this.live = null; // a page has one view
  }

  /** @param {Call<SentData>} call */
  draw({ parentElement, data, setTriggerValue }) {
    const figure = finder(parentElement)('figure.live');
    if (data.model.classes) this.models.set(data.model.key, data.model);
    if (this.live?.figure !== figure) {
      if (this.live?.isAwaited()) figure.replaceWith(this.live.figure);
      else this.live = new Live(figure, this.settings);
    }
    const drawn = /** @type {Live} */ (this.live);
    drawn.update({ ...data, model: this.models.get(data.model.key) }, setTriggerValue);
    // Streamlit also cleans up after a call that was overtaken by newer data: then the figure is still there.
    return () => {
      setTimeout(() => drawn.figure.isConnected || drawn.leave());
    };
  }
}

const page = new LivePage();

/** @param {Call<SentData>} call */
export default call => page.draw(call);
