// How much larger than usual the page's letters are: pictures with units of their own grow as much.

const USUAL = 16; // pixels of 1 rem

export function enlargement() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL || 1;
}

/**
 * With large letters, how high a picture may be to be seen without scrolling: from its upper edge to the end of the
 * window, with the page at its top, in the picture's own units. Undefined with usual letters.
 *
 * @param {Element} picture
 */
export function heightInSight(picture) {
  const scale = enlargement();
  if (scale <= 1) return undefined;
  const scrolled = document.querySelector('[data-testid="stMain"]')?.scrollTop ?? 0;
  return (innerHeight - picture.getBoundingClientRect().top - scrolled) / scale;
}
