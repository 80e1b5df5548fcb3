// Which marker is which class.

import { symbolPicture } from './symbols.js';

/**
 * @param {HTMLElement} list
 * @param {{ name: string, colour: string, symbol: string }[]} classes
 */
export function showLegend(list, classes) {
  const written = classes.map(one => one.name).join();
  if (list.dataset.names === written) return;
  list.dataset.names = written;
  list.replaceChildren(...classes.map(one => {
    const item = document.createElement('li');
    item.append(symbolPicture(one.symbol, one.colour), one.name);
    return item;
  }));
}
