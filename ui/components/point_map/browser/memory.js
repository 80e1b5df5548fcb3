// What a visitor did with the maps of one space. It outlives the component, so that colour, filters and selection are
// still there with another projection, and after a look at another page. Maps of one space that stand on one page share
// it, and so are linked.

const memories = new Map();

function memoryOf(space) {
  if (!memories.has(space)) {
    memories.set(space, {
      colour: null,
      tool: 'move',
      query: '',
      selected: [], // ids
      clicked: null, // id
      hidden: new Map(), // column → numbers of its hidden categories
      views: new Map(), // view → state of its camera
      look: null, // token of the look that was taken last
      maps: new Set(), // those that show it now
    });
  }
  return memories.get(space);
}

// Take a look that the page asks for, once: from then on it is the visitor's own.
function takeLook(memory, { look, columns }) {
  if (!look || memory.look === look.token) return;
  memory.look = look.token;
  memory.colour = look.colour || null;
  memory.query = look.search;
  memory.selected = look.selected;
  memory.clicked = look.clicked;
  memory.hidden = new Map();
  for (const column of columns) {
    if (column.kind !== 'category' || !Object.hasOwn(look.hidden, column.name)) continue;
    const names = new Set(look.hidden[column.name]);
    const codes = column.entries.flatMap((entry, code) => (names.has(entry.name) ? [code] : []));
    memory.hidden.set(column.name, new Set(codes));
  }
  if (look.camera) memory.views.set(look.view, look.camera);
  else memory.views.delete(look.view);
}

// What is looked at, in names and numbers that outlive this visit.
function lookOf({ map, memory, camera }) {
  const filtered = map.columns.filter(({ name }) => memory.hidden.get(name)?.size);
  const namesIn = ({ name, entries }) => [...memory.hidden.get(name)].map(code => entries[code].name);
  const hidden = Object.fromEntries(filtered.map(column => [column.name, namesIn(column)]));
  const shortened = value => (Array.isArray(value) ? value.map(shortened) : Number(value.toPrecision(6)));
  const seen = Object.entries(camera.state()).map(([name, value]) => [name, shortened(value)]);
  return { colour: memory.colour ?? '', search: memory.query, hidden, camera: Object.fromEntries(seen) };
}
