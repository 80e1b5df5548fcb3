// What a split asks of a network, in words.

/**
 * @param {{ speakers: number[], groups: number[] }} found on both sides
 * @param {string[]} names of the speakers
 * @param {number} tested how many recordings are in the test set
 * @param {number} all how many there are
 */
export function verdict({ speakers, groups }, names, tested, all) {
  if (!tested || tested === all) return 'One side is empty: move some recordings to it.';
  const copies = groups.length ? ' One recording does so too, under two names.' : '';
  if (!speakers.length) return `No speaker stands on both sides: the test asks about voices that were never heard.${copies}`;
  const who = speakers.length > 3 ? `${speakers.length} of ${names.length} speakers stand`
    : `${listed(speakers.map(one => names[one]))} ${speakers.length > 1 ? 'stand' : 'stands'}`;
  return `${who} on both sides: the test asks about voices that were heard in training.${copies}`;
}

/** @param {string[]} names */
function listed(names) {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
