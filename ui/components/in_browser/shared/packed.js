// Reading what ser_core/plots/packing.py has written: a header, then columns that become typed arrays without parsing.

/** @typedef {{ type: string, at: number, length: number }} Packed a column, as the header describes it */

/**
 * @template T
 * @typedef {T extends Uint8ArrayConstructor ? Uint8Array<ArrayBuffer>
 *   : T extends Int16ArrayConstructor ? Int16Array<ArrayBuffer>
 *   : T extends Uint32ArrayConstructor ? Uint32Array<ArrayBuffer>
 *   : Float32Array<ArrayBuffer>} ArrayOf
 */

/** @typedef {Uint8ArrayConstructor | Int16ArrayConstructor | Uint32ArrayConstructor | Float32ArrayConstructor} Kind */

/**
 * The header, which Python has written and whose fields the caller knows, and where the columns start.
 *
 * @template Header
 * @param {Uint8Array} bytes
 * @returns {{ header: Header & { version: number, digest: string }, start: number }}
 */
export function readHeader(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = new TextDecoder().decode(bytes.subarray(0, 4));
  if (magic !== 'SERM') throw new Error(`Expected packed columns; got “${magic}”.`);
  const length = view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  if (header.version !== 1) throw new Error(`Expected version 1 of packed columns; got ${header.version}.`);
  return { header, start: 8 + length };
}

/**
 * The header, all columns in one buffer, and what finds one of them by its description in the header.
 *
 * @template Header
 * @param {Uint8Array} bytes
 */
export function readColumns(bytes) {
  const { header, start } = /** @type {ReturnType<typeof readHeader<Header>>} */ (readHeader(bytes));
  const body = bytes.slice(start).buffer; // a copy begins at an aligned address, and lets the message go
  /**
   * @template {Kind} T
   * @param {Packed} packed
   * @param {T} kind
   */
  function array({ type, at, length }, kind) {
    if (kind.name.toLowerCase() !== `${type}array`) throw new Error(`Expected a column of ${kind.name}; got ${type}.`);
    return /** @type {ArrayOf<T>} */ (new kind(body, at, length));
  }
  return { header, body, array };
}
