// Stands for a component whose module the browser fetches once: Streamlit sends this script with each of its data.

/** @import { Call } from './shared/mounting.js' */

const { default: draw, componentMarkup, componentStyles } = await import(new URL('ADDRESS', document.baseURI).href);
const sheet = new CSSStyleSheet();
sheet.replaceSync(componentStyles);

/** @param {Call<unknown> & { parentElement: ShadowRoot }} call */
export default call => {
  const place = call.parentElement;
  if (!place.adoptedStyleSheets.includes(sheet)) {
    place.adoptedStyleSheets = [sheet];
    place.append(document.createRange().createContextualFragment(componentMarkup));
  }
  return draw(call);
};
