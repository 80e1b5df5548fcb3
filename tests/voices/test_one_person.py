"""Clips of one person and of two: the groups against a plain search, the words, and artificial voices."""

import itertools

import numpy as np
import pytest

from ser_core.audio.reading import read_audio
from ser_core.corpora import open_corpus
from ser_core.geometry.angles import unit
from ser_core.voices.one_person import ALIKE, Likeness, likeness, two_people_text, voice_vectors, voice_vectors_of


def clips(random: np.random.Generator, counts: tuple[int, ...], spread: float) -> np.ndarray:
    """Unit vectors around as many axes as there are people."""
    axes = np.repeat(np.eye(12)[: len(counts)], counts, axis=0)
    return unit(axes + spread * random.standard_normal(axes.shape))


@pytest.mark.parametrize("counts", [(3, 3), (5, 2), (1, 4)])
def test_the_two_groups_are_those_of_the_two_people(random: np.random.Generator, counts: tuple[int, ...]) -> None:
    vectors = clips(random, counts, 0.1)
    found = likeness(vectors)
    assert found is not None
    assert found.fewer == tuple(range(counts[0], sum(counts)) if counts[0] >= counts[1] else range(counts[0]))
    pairs = [float(one @ other) for one, other in itertools.combinations(vectors, 2)]
    assert found.cosine == pytest.approx(np.mean(pairs))
    assert found.is_two_people == (np.mean(pairs) < ALIKE[4])


def test_from_how_much_likeness_on_clips_are_one_persons() -> None:
    for clips_given, least in ((2, ALIKE[2]), (3, ALIKE[2]), (4, ALIKE[4]), (16, ALIKE[8])):
        assert Likeness(least - 0.01, clips_given, (1,)).is_two_people
        assert not Likeness(least, clips_given, (1,)).is_two_people


def test_clips_that_are_alike_are_one_persons(random: np.random.Generator) -> None:
    found = likeness(clips(random, (6,), 0.1))
    assert found is not None
    assert not found.is_two_people
    same = likeness(np.tile(np.eye(12)[:1], (3, 1)))
    assert same is not None
    assert not same.is_two_people
    assert likeness(np.eye(12)[:1]) is None


def test_the_words_name_the_clips_and_say_what_to_do() -> None:
    names = ["a.wav", "b.wav", "c.wav"]
    assert two_people_text(None, names) == ""
    assert two_people_text(Likeness(0.9, 3, (1,)), names) == ""
    assert "By the voice, b.wav differs most from the others. A voice made of two people" in (
        two_people_text(Likeness(0.3, 3, (1,)), names)
    )
    assert "a.wav, c.wav differ most" in two_people_text(Likeness(0.3, 3, (0, 2)), names)
    assert "Are they of one person?" in two_people_text(Likeness(0.3, 3, ()), names)


def test_two_people_who_were_recorded_are_told_apart() -> None:
    """Clips that ship: a woman and a man of the German corpus, three clips each, and three of each alone."""
    manifest = open_corpus("emodb-clips")
    rows = {
        gender: [row for row, item in enumerate(manifest.utterances) if item.gender == gender]
        for gender in ("female", "male")
    }
    own = {}
    for gender, candidates in rows.items():
        speakers = [manifest.utterances[row].speaker for row in candidates]
        most = max(sorted(set(speakers)), key=speakers.count)
        own[gender] = [row for row in candidates if manifest.utterances[row].speaker == most][:3]
    chosen = [*own["female"], *own["male"]]
    vectors = voice_vectors_of(manifest.select(chosen))
    signals = [read_audio(manifest.path(manifest.utterances[row])) for row in chosen]
    np.testing.assert_allclose(voice_vectors(signals), vectors, atol=1e-5)
    both, alone = likeness(vectors), [likeness(vectors[:3]), likeness(vectors[3:])]
    assert both is not None
    assert both.is_two_people
    assert [one is not None and one.is_two_people for one in alone] == [False, False]
