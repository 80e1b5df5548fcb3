// Reading what ser_core/plots/packing.py has written: a header, then columns that become typed arrays without parsing.

const TYPES = { uint8: Uint8Array, uint32: Uint32Array, float32: Float32Array };

function readHeader(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = new TextDecoder().decode(bytes.subarray(0, 4));
  if (magic !== 'SERM') throw new Error(`Expected a packed map; got “${magic}”.`);
  const length = view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  if (header.version !== 1) throw new Error(`Expected version 1 of a packed map; got ${header.version}.`);
  return { header, start: 8 + length };
}

// Returns the header with typed arrays in place of descriptions: `points`, `ids`, `density.values`, and in every
// column `values`; texts get `of(index)`.
function readPayload(bytes) {
  const { header, start } = readHeader(bytes);
  const body = bytes.slice(start).buffer; // a copy begins at an aligned address, and lets the message go
  const array = packed => new TYPES[packed.type](body, packed.at, packed.length);
  const points = array(header.points);
  const ids = array(header.ids);
  const density = header.density ? { cells: header.density.cells, values: array(header.density) } : null;
  const columns = header.columns.map(column => ({ ...column, values: array(column) }));
  const texts = header.texts.map(text => readTexts(text, new Uint8Array(body, text.at, text.bytes), array(text.ends)));
  return { ...header, points, ids, density, columns, texts };
}

function readTexts(text, letters, ends) {
  const decoder = new TextDecoder();
  const of = index => decoder.decode(letters.subarray(index ? ends[index - 1] : 0, ends[index]));
  return { name: text.name, count: ends.length, of };
}
