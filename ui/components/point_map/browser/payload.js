// A map as it was sent. Returns the header with typed arrays in place of descriptions: `points`, `origins` if lines can
// begin there, `ids`, `density.values`, and in every column `values`; texts get `of(index)`.
function readPayload(bytes) {
  const { header, body, array } = readColumns(bytes);
  const points = array(header.points);
  const origins = header.origins && array(header.origins);
  const ids = array(header.ids);
  const density = header.density ? { cells: header.density.cells, values: array(header.density) } : null;
  const columns = header.columns.map(column => ({ ...column, values: array(column) }));
  const texts = header.texts.map(text => readTexts(text, new Uint8Array(body, text.at, text.bytes), array(text.ends)));
  return { ...header, points, origins, ids, density, columns, texts };
}

function readTexts(text, letters, ends) {
  const decoder = new TextDecoder();
  const of = index => decoder.decode(letters.subarray(index ? ends[index - 1] : 0, ends[index]));
  return { name: text.name, count: ends.length, of };
}
