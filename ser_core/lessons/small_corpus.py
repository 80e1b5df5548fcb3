"""A few recordings of the demo corpus whose split a visitor edits, one of them twice."""

import dataclasses
from dataclasses import dataclass

from ser_core.corpora import Manifest, open_corpus
from ser_core.corpora.manifest import Utterance
from ser_core.corpora.splits import deal_units, groups, indices_of, speaker_units
from ser_core.seeding import stream

SPEAKERS = ("voice01", "voice02", "voice03", "voice04", "voice05", "voice06")
PUBLISHED_TWICE = ("voice02", "angry")  # as a recording of an actor in RAVDESS is
PARTS = 3  # one of them is tested
SEED = 1


@dataclass(frozen=True)
class SmallCorpus:
    """What can be split, and two ways to do it.

    Attributes:
        manifest: one recording of each emotion and a further one per speaker; that of :data:`PUBLISHED_TWICE` is one of
            the others once more.
        groups: number of the group of each utterance; those of one group share sound.
        by_recording: which utterances are tested if each is drawn by itself.
        by_speaker: likewise, if whole speakers are drawn.
    """

    manifest: Manifest
    groups: tuple[int, ...]
    by_recording: tuple[bool, ...]
    by_speaker: tuple[bool, ...]


def small_corpus() -> SmallCorpus:
    """Choose the recordings and split them."""
    demo = open_corpus("demo")
    chosen: list[Utterance] = []
    for speaker in SPEAKERS:
        own = [row for row in demo.utterances if row.speaker == speaker]
        first = [row for row in own if row.sentence == "s1" and "take1" in row.file]
        twice = (row for row in first if (speaker, row.emotion) == PUBLISHED_TWICE)
        chosen += [*first, next(twice, next(row for row in own if row.sentence == "s2"))]
    manifest = dataclasses.replace(demo, utterances=tuple(chosen))
    number = {index: place for place, members in enumerate(groups(manifest)) for index in members}
    drawn = set(stream(SEED, "split by recording").permutation(len(chosen))[: len(chosen) // PARTS].tolist())
    dealt = deal_units(manifest, speaker_units(manifest), count=PARTS, random=stream(SEED, "split by speaker"))
    unheard = set(indices_of(dealt[0]))
    return SmallCorpus(
        manifest,
        tuple(number[index] for index in range(len(chosen))),
        tuple(index in drawn for index in range(len(chosen))),
        tuple(index in unheard for index in range(len(chosen))),
    )
