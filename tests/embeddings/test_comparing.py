"""Two spaces are matched by file, start and end, and what is told of them equals its definition."""

import math

import numpy as np
import pandas as pd
import pytest
import scipy.spatial

from ser_core.embeddings import Space
from ser_core.embeddings.comparing import (
    angles_changed,
    classed_alike,
    epoch_maps,
    maps,
    match,
    neighbours_changed,
    rotation,
    similarity,
)
from ser_core.embeddings.matching import matched, names
from ser_core.errors import EmbeddingError
from ser_core.geometry.angles import unit
from ser_core.geometry.projection import pca

NAMES = ("one", "other")


def space(vectors, **columns):
    names = [f"{row}.wav" for row in range(len(vectors))]
    return Space(pd.DataFrame({"file": names, **columns}), np.asarray(vectors, dtype=np.float32))


def test_utterances_are_the_same_if_file_start_and_end_are(random):
    nan = math.nan
    first = space(random.normal(size=(6, 3)), start=[0.0, 1.0, 2.0, nan, 0.5, 1.0], end=[1.0, 2.0, 3.0, nan, 1.0, nan])
    first.frame["file"] = ["a", "a", "a", "b", "c", "d"]
    second = space(
        random.normal(size=(7, 5)), start=[2.0, 1.5, nan, 0.0, 0.0, 1.0, 9.0], end=[3.0, 2.0, 1, nan, 1, nan, 10]
    )
    second.frame["file"] = ["a", "a", "a", "b", "c", "d", "e"]
    # a 0–1 also as "from the beginning", a 2–3, the whole of b, d from 1; not a 1–2 beside a 1.5–2, nor c.
    ours, theirs = matched((first, second), NAMES)
    assert list(zip(ours.tolist(), theirs.tolist(), strict=True)) == [(0, 2), (2, 0), (3, 3), (5, 5)]


def test_fewer_than_three_common_utterances_are_refused_with_what_each_space_has(random):
    first, second = space(random.normal(size=(5, 3))), space(random.normal(size=(4, 3)))
    second.frame["file"] = ["0.wav", "1.wav", "x.wav", "y.wav"]
    words = r"got 2 \(5 in one, such as '0.wav'; 4 in other, such as '0.wav'\).* give the files the same names"
    with pytest.raises(EmbeddingError, match=words):
        match(first, second, NAMES)


def test_what_either_model_has_learned_from_is_left_out_unless_asked_for_or_there_is_nothing_else(random):
    first = space(random.normal(size=(6, 3)), split=["train", "test", "test", "test", "test", "test"])
    second = space(random.normal(size=(6, 4)), split=["test", "test", "test", "test", "test", "train"])
    pair = match(first, second, NAMES)
    assert (
        pair.first.column("file").tolist()
        == pair.second.column("file").tolist()
        == ["1.wav", "2.wav", "3.wav", "4.wav"]
    )
    assert pair.held_out
    assert len(match(first, second, NAMES, training=True).first) == 6
    learned = space(random.normal(size=(6, 3)), split=["train"] * 4 + ["test"] * 2)
    everything = match(learned, second, NAMES)
    assert len(everything.first) == 6
    assert not everything.held_out
    assert match(second.select([0, 1, 2]), second, NAMES).held_out


def test_similarity_neighbours_and_rotation_are_measured_on_directions(random):
    vectors = random.normal(size=(30, 4))
    rotated = vectors @ np.linalg.qr(random.normal(size=(4, 4)))[0] * random.uniform(0.1, 9, size=(30, 1))
    pair = match(space(vectors), space(rotated), NAMES)
    assert similarity(pair).cka == pytest.approx(1, abs=1e-5)
    assert similarity(pair).at_random < 0.5
    assert not neighbours_changed(pair, 5).any()
    np.testing.assert_allclose(rotation(pair), 0, atol=1e-3)


def test_maps_are_pca_of_unit_vectors_laid_on_each_other_as_scipy_does(random):
    first, second = random.normal(size=(20, 5)), random.normal(size=(20, 7))
    reference, moved, disparity = maps(match(space(first), space(second), NAMES))
    one, other = (pca(unit(vectors.astype(np.float32))) for vectors in (first, second))
    ours, theirs, expected = scipy.spatial.procrustes(one, other)
    np.testing.assert_allclose(reference, one)
    assert disparity == pytest.approx(expected, abs=1e-6)
    size = np.linalg.norm(one - one.mean(axis=0))
    np.testing.assert_allclose(moved, theirs * size + one.mean(axis=0), atol=1e-5)
    np.testing.assert_allclose(reference, ours * size + one.mean(axis=0), atol=1e-5)


def test_angles_are_those_between_normalised_means_of_the_training_utterances_of_each_space(random):
    emotions, splits = ["sad", "calm", "angry"] * 6, ["train"] * 12 + ["test"] * 6
    vectors = [random.normal(size=(18, size)) + 1 for size in (4, 6)]
    first = space(vectors[0], emotion=emotions, split=splits)
    second = space(vectors[1], emotion=emotions, split=splits)

    def angle(rows, one, other):
        means = []
        for emotion in (one, other):
            chosen = [rows[n] / np.linalg.norm(rows[n]) for n in range(12) if emotions[n] == emotion]
            means.append(sum(chosen) / len(chosen))
        cosine = means[0] @ means[1] / np.linalg.norm(means[0]) / np.linalg.norm(means[1])
        return math.degrees(math.acos(min(1.0, cosine)))

    found = angles_changed(first, second)
    assert found.labels == ("calm", "sad", "angry")
    for row, one in enumerate(found.labels):
        for column, other in enumerate(found.labels):
            if row != column:
                assert found.first[row, column] == pytest.approx(angle(vectors[0], one, other), abs=1e-3)
                assert found.change[row, column] == pytest.approx(
                    angle(vectors[1], one, other) - angle(vectors[0], one, other), abs=1e-3
                )


def test_only_emotions_that_both_spaces_tell_are_compared_and_fewer_than_two_refused(random):
    vectors = random.normal(size=(9, 4)) + 1
    first = space(vectors, emotion=["sad", "calm", "angry"] * 3)
    second = space(vectors, emotion=["sad", "angry", "happy"] * 3)
    assert angles_changed(first, second).labels == ("sad", "angry")
    for other in (space(vectors), space(vectors, emotion=["sad", "happy", "happy"] * 3)):
        with pytest.raises(EmbeddingError, match="Compare spaces whose utterances have the same classes"):
            angles_changed(first, other)


def test_a_column_of_one_space_gives_the_classes_of_the_same_utterances_in_the_other(random):
    first = space(random.normal(size=(6, 3)), style=["read", "free"] * 3)
    second = space(random.normal(size=(7, 4)))
    second.frame["file"] = ["5.wav", "4.wav", "x.wav", "2.wav", "1.wav", "0.wav", "3.wav"]
    expected = ["free", "read", "read", "free", "read", "free"]  # of all but x.wav
    for spaces in ((first, second), (second, first)):
        one, other = classed_alike(*spaces, "style", NAMES)
        taker, giver = (other, one) if spaces[0] is first else (one, other)
        assert taker.column("emotion")[taker.has_value("emotion")].tolist() == expected
        assert taker.has_value("emotion").tolist() == [True, True, False, True, True, True, True]
        assert giver.column("emotion").tolist() == ["read", "free"] * 3
    with pytest.raises(EmbeddingError, match=r"got 'accent'. Choose among file, style"):
        classed_alike(first, second, "accent", NAMES)


def test_a_column_that_both_spaces_have_is_that_of_each(random):
    first = space(random.normal(size=(4, 3)), style=["read", "free"] * 2)
    second = space(random.normal(size=(4, 3)), style=["free", "sung"] * 2)
    one, other = classed_alike(first, second, "style", NAMES)
    assert (one.classes, other.classes) == (("free", "read"), ("free", "sung"))


def test_the_maps_of_all_epochs_lie_on_that_of_the_last_for_utterances_that_all_have(random):
    last = random.normal(size=(12, 4))
    turned_round = last @ np.linalg.qr(random.normal(size=(4, 4)))[0]
    other = random.normal(size=(12, 4))
    spaces = [space(other).select(range(11)), space(turned_round), space(last)]
    found = epoch_maps(spaces, ("0", "1", "2"))
    assert found.rows.tolist() == list(range(11))
    reference = pca(unit(spaces[2].embeddings[:11]))
    np.testing.assert_allclose(found.maps[2], reference, atol=1e-5)
    np.testing.assert_allclose(found.maps[1], reference, atol=1e-4)
    assert found.disparities[1:] == pytest.approx((0, 0), abs=1e-6)
    expected = scipy.spatial.procrustes(reference, pca(unit(spaces[0].embeddings)))[2]
    assert found.disparities[0] == pytest.approx(expected, abs=1e-6)


def test_an_utterance_is_named_by_its_file_and_by_its_seconds_only_where_the_file_holds_several():
    table = pd.DataFrame(
        {"file": ["a.wav", "b.wav", "b.wav", "c.wav"], "start": [0.0, 0.0, 1.5, None], "end": [2.0, 1.5, None, 3.0]}
    )
    assert names(Space(table, np.eye(4))) == ["a.wav", "b.wav#t=0,1.5", "b.wav#t=1.5", "c.wav"]
