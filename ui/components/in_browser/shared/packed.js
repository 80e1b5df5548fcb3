// Reading what ser_core/plots/packing.py has written: a header, then columns that become typed arrays without parsing.

const TYPES = { uint8: Uint8Array, int16: Int16Array, uint32: Uint32Array, float32: Float32Array };

function readHeader(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = new TextDecoder().decode(bytes.subarray(0, 4));
  if (magic !== 'SERM') throw new Error(`Expected packed columns; got “${magic}”.`);
  const length = view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  if (header.version !== 1) throw new Error(`Expected version 1 of packed columns; got ${header.version}.`);
  return { header, start: 8 + length };
}

// The header, all columns in one buffer, and what finds one of them by its description in the header.
function readColumns(bytes) {
  const { header, start } = readHeader(bytes);
  const body = bytes.slice(start).buffer; // a copy begins at an aligned address, and lets the message go
  return { header, body, array: packed => new TYPES[packed.type](body, packed.at, packed.length) };
}
