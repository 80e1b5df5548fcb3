"""The small corpus of the lesson on test sets has one recording twice, and two splits that ask different questions."""

from pathlib import Path

import numpy as np

from ser_core.corpora.splits import Fold, speaker_overlap
from ser_core.lessons.small_corpus import PUBLISHED_TWICE, SPEAKERS, SmallCorpus, small_corpus


def fold(corpus: SmallCorpus, tested: tuple[bool, ...]) -> Fold:
    train, test = (tuple(np.flatnonzero(np.array(tested) == side).tolist()) for side in (False, True))
    return Fold(0, train, (), test)


def test_every_speaker_has_each_emotion_and_one_recording_more():
    corpus = small_corpus()
    assert corpus.manifest.speakers == SPEAKERS
    for speaker in SPEAKERS:
        own = [row.emotion for row in corpus.manifest.utterances if row.speaker == speaker]
        assert len(own) == len(set(own)) + 1
        assert set(own) == set(corpus.manifest.labels)


def test_only_the_recording_that_was_published_twice_shares_its_sound():
    corpus = small_corpus()
    files = [Path(row.file) for row in corpus.manifest.utterances]
    for one, first in enumerate(corpus.groups):
        for other, second in enumerate(corpus.groups):
            assert (first == second) == (files[one] == files[other])
    twice = [row for row, file in zip(corpus.manifest.utterances, files, strict=True) if files.count(file) > 1]
    assert [(row.speaker, row.emotion) for row in twice] == [PUBLISHED_TWICE] * 2


def test_drawn_by_recording_all_speakers_are_on_both_sides_and_by_speaker_none_is():
    corpus = small_corpus()
    assert speaker_overlap(corpus.manifest, fold(corpus, corpus.by_recording)) == len(SPEAKERS)
    assert speaker_overlap(corpus.manifest, fold(corpus, corpus.by_speaker)) == 0
    assert sum(corpus.by_recording) == sum(corpus.by_speaker) == len(corpus.groups) // 3
    apart = {tested for tested, row in zip(corpus.by_recording, corpus.manifest.utterances, strict=True)
             if (row.speaker, row.emotion) == PUBLISHED_TWICE}  # fmt: skip
    assert apart == {True, False}, "the copy is on the other side"
