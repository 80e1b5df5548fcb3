// What stands on both sides of a split: speakers, and recordings under several names.

/**
 * @typedef {object} Recording
 * @property {number} speaker its number
 * @property {number} group recordings of one group share sound: ser_core.corpora.splits.groups
 * @property {string} emotion
 * @property {string} colour
 * @property {string} symbol
 */

/**
 * @param {Recording[]} recordings
 * @param {boolean[]} tested which of them are in the test set; the others train
 * @returns {{ speakers: number[], groups: number[] }} numbers of those on both sides, rising
 */
export function onBothSides(recordings, tested) {
  return {
    speakers: shared(recordings.map(one => one.speaker), tested),
    groups: shared(recordings.map(one => one.group), tested),
  };
}

/** @param {number[]} owners @param {boolean[]} tested */
function shared(owners, tested) {
  const trained = new Set(owners.filter((_, i) => !tested[i]));
  return [...new Set(owners.filter((owner, i) => tested[i] && trained.has(owner)))].sort((a, b) => a - b);
}
