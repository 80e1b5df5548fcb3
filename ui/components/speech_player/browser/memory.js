// What a visitor did with each sound, and how it is to look. It outlives the component: after a look at another page, or
// at another sound, all is as it was.

const settings = { tool: 'select', band: 'narrow', axis: 'mel', range: 70, pitch: true, intensity: true, loop: false };
const memories = new Map();

function memoryOf(digest) {
  if (!memories.has(digest)) {
    memories.set(digest, {
      span: null, // what is seen
      selection: null, // start and end in seconds from the first sample
      cursor: 0, // from where it is played
      asked: null, // the part that Python was asked about
    });
  }
  return memories.get(digest);
}
