// Numbers as text.

/**
 * Write a number with a fixed number of decimals; what rounds to zero has no minus sign.
 * @param {number} value
 * @param {number} decimals
 * @returns {string}
 */
export function fixed(value, decimals) {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text;
}
