// A button that copies the page's address with a state in it, and shows it beside.

/** @typedef {{ button: HTMLElement, field: HTMLInputElement }} LinkPlace */

/**
 * @param {LinkPlace} place
 * @param {string} parameter of the address
 * @param {string} text the state, in letters that an address keeps
 */
export async function copyLink({ button, field }, parameter, text) {
  const address = new URL(location.href);
  address.search = '';
  address.searchParams.set(parameter, text);
  field.value = String(address);
  field.hidden = false;
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'Copy the link beside this'; // a browser that lets no page write there
  }
}
