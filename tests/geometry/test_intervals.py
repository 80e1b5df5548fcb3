"""Intervals of angles equal a bootstrap written as loops, and behave as intervals should."""

import numpy as np
import pytest

from ser_core.errors import InputError
from ser_core.geometry.angles import class_angle_matrix, class_directions
from ser_core.geometry.intervals import SpokenVectors, class_angle_intervals, within_angle_intervals
from ser_core.geometry.medoids import class_medoids
from ser_core.seeding import stream

ORDER = ("happy", "sad")


def spoken(random: np.random.Generator, speakers: int, spread: float = 0.3) -> SpokenVectors:
    labels = ["happy", "sad"] * (3 * speakers)
    names = [f"speaker {index // 6}" for index in range(6 * speakers)]
    own = {name: random.normal(scale=spread, size=4) for name in names}
    rows = [
        np.eye(4)[ORDER.index(label)] + own[name] + random.normal(scale=0.1, size=4)
        for label, name in zip(labels, names, strict=True)
    ]
    return SpokenVectors(np.stack(rows), labels, names)


def test_intervals_equal_a_bootstrap_in_plain_loops(random: np.random.Generator) -> None:
    vectors = spoken(random, 4)
    embeddings, labels, names = vectors.embeddings, list(vectors.labels), list(vectors.speakers)
    counts = stream(7, "angle intervals").multinomial(4, np.full(4, 0.25), size=50)
    matrices = []
    for draw in counts:
        rows = [
            row
            for speaker, times in enumerate(draw)
            for _ in range(times)
            for row, name in enumerate(names)
            if name == f"speaker {speaker}"
        ]
        drawn, own = embeddings[rows], [labels[row] for row in rows]
        matrices.append(class_angle_matrix(drawn, own, class_directions(drawn, own, ORDER), ORDER))
    expected = np.moveaxis(np.quantile(matrices, [0.025, 0.975], axis=0), 0, -1)
    found = class_angle_intervals(vectors, None, ORDER, replicates=50, seed=7)
    np.testing.assert_allclose(found, expected, atol=1e-9)


def drawn_rows(draw: np.ndarray, names: list[str]) -> list[int]:
    """Every row as often as its speaker was drawn, in the table's own order."""
    return [row for row, name in enumerate(names) for _ in range(int(draw[int(name.split()[1])]))]


def test_intervals_around_medoids_equal_a_bootstrap_in_plain_loops(random: np.random.Generator) -> None:
    training, split = spoken(random, 4), spoken(random, 3)
    generator = stream(7, "angle intervals")
    training_draws = generator.multinomial(4, np.full(4, 0.25), size=60)
    split_draws = generator.multinomial(3, np.full(3, 1 / 3), size=60)
    matrices = []
    for training_draw, split_draw in zip(training_draws, split_draws, strict=True):
        rows, judged = drawn_rows(training_draw, training.speakers), drawn_rows(split_draw, split.speakers)
        labels = [training.labels[row] for row in rows]
        directions = training.embeddings[rows][class_medoids(training.embeddings[rows], labels, ORDER)]
        matrices.append(
            class_angle_matrix(split.embeddings[judged], [split.labels[row] for row in judged], directions, ORDER)
        )
    expected = np.moveaxis(np.quantile(matrices, [0.025, 0.975], axis=0), 0, -1)
    found = class_angle_intervals(training, split, ORDER, by="medoid", replicates=60, seed=7)
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_intervals_around_fixed_directions_equal_a_bootstrap_in_plain_loops(random: np.random.Generator) -> None:
    split, directions = spoken(random, 4), 3 * random.normal(size=(2, 4))
    means = []
    for draw in stream(7, "within-class intervals").multinomial(4, np.full(4, 0.25), size=60):
        rows = drawn_rows(draw, split.speakers)
        labels = [split.labels[row] for row in rows]
        means.append(np.diag(class_angle_matrix(split.embeddings[rows], labels, directions, ORDER)))
    expected = np.quantile(means, [0.025, 0.975], axis=0).T
    found = within_angle_intervals(split, directions, ORDER, replicates=60, seed=7)
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_fixed_directions_of_another_size_are_refused_and_one_speaker_gives_no_interval(
    random: np.random.Generator,
) -> None:
    with pytest.raises(InputError, match=r"shape \(2, 4\); got \(2, 3\). They come from different models"):
        within_angle_intervals(spoken(random, 2), np.ones((2, 3)), ORDER)
    assert np.isnan(within_angle_intervals(spoken(random, 1), np.eye(2, 4), ORDER)).all()


def test_the_estimate_lies_inside_and_more_speakers_make_the_interval_narrower(random: np.random.Generator) -> None:
    widths = []
    for speakers in (5, 60):
        training, split = spoken(random, speakers), spoken(random, speakers)
        directions = class_directions(training.embeddings, training.labels, ORDER)
        matrix = class_angle_matrix(split.embeddings, split.labels, directions, ORDER)
        bounds = class_angle_intervals(training, split, ORDER, replicates=300)
        assert (bounds[..., 0] <= matrix).all()
        assert (matrix <= bounds[..., 1]).all()
        widths.append((bounds[..., 1] - bounds[..., 0]).mean())
    assert widths[1] < 0.5 * widths[0]


def test_one_seed_gives_one_interval(random: np.random.Generator) -> None:
    vectors = spoken(random, 4)
    first, again, other = (class_angle_intervals(vectors, None, ORDER, replicates=20, seed=s) for s in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_a_single_speaker_or_an_absent_class_has_no_interval(random: np.random.Generator) -> None:
    assert np.isnan(class_angle_intervals(spoken(random, 1), None, ORDER)).all()
    assert np.isnan(class_angle_intervals(spoken(random, 3), spoken(random, 1), ORDER)).all()
    happy = SpokenVectors(random.normal(size=(4, 4)), ["happy"] * 4, ["a", "a", "b", "b"])
    bounds = class_angle_intervals(spoken(random, 3), happy, ORDER, replicates=20)
    assert np.isnan(bounds[1, 1]).all()
    assert np.isfinite(bounds[[0, 0, 1], [0, 1, 0]]).all()


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(InputError, match="one label and one speaker per embedding; got 1 and 2 for 2"):
        class_angle_intervals(SpokenVectors(np.eye(2), ["sad"], ["a", "b"]), None, ORDER)
