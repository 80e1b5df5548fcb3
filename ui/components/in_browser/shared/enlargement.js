// How much larger than usual the page's letters are: pictures with units of their own grow as much.

const USUAL = 16; // pixels of 1 rem

export function enlargement() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL || 1;
}
