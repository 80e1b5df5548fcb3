// Text of a component with terms of the glossary in it, which explain themselves as those of pages do.

const TERM = /\[\[([^[\]]+)\]\]/;

/**
 * @param {HTMLElement} place what it held is replaced, unless it says the same already
 * @param {string} text with terms in double brackets
 * @param {Record<string, string>} explanations of these terms
 */
export function writeExplained(place, text, explanations) {
  if (place.dataset.written === text) return;
  place.dataset.written = text;
  place.replaceChildren(...text.split(TERM).map((part, at) => (at % 2 ? termed(part, explanations[part]) : part)));
}

/** @param {string} term @param {string} explanation */
function termed(term, explanation) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'term';
  button.textContent = term;
  button.setAttribute('aria-description', explanation);
  return button;
}
