// What a visitor did with the maps of one space. It outlives the component, so that colour, filters and selection are
// still there with another projection, and after a look at another page.

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
    });
  }
  return memories.get(space);
}
