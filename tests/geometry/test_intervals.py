"""Intervals of angles equal a bootstrap written as loops, and behave as intervals should."""

import numpy as np
import pytest
from scipy.stats import t

from ser_core.errors import InputError
from ser_core.geometry.angles import class_angle_matrix, class_directions
from ser_core.geometry.intervals import LabelledVectors, class_angle_intervals, within_angle_intervals
from ser_core.geometry.medoids import class_medoids
from ser_core.seeding import stream

ORDER = ("happy", "sad")


def spoken(random: np.random.Generator, speakers: int, spread: float = 0.3) -> LabelledVectors:
    labels = ["happy", "sad"] * (3 * speakers)
    names = [f"speaker {index // 6}" for index in range(6 * speakers)]
    own = {name: random.normal(scale=spread, size=4) for name in names}
    rows = [
        np.eye(4)[ORDER.index(label)] + own[name] + random.normal(scale=0.1, size=4)
        for label, name in zip(labels, names, strict=True)
    ]
    return LabelledVectors(np.stack(rows), labels, names)


def corrected(estimate: np.ndarray, draws: list[np.ndarray], speakers: int) -> np.ndarray:
    """The definition for one angle after another: bias taken off, spread by Student's t, of so many speakers."""
    bounds = np.empty((*estimate.shape, 2))
    for place in np.ndindex(estimate.shape):
        values = np.array([draw[place] for draw in draws])
        values = values[np.isfinite(values)]
        middle = estimate[place] - (values.mean() - estimate[place]) * speakers / (speakers - 1)
        reach = t.ppf(0.975, speakers - 1) * values.std() * np.sqrt(speakers / (speakers - 1))
        bounds[place] = max(0, middle - reach), min(180, middle + reach)
    return bounds


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
    estimate = class_angle_matrix(embeddings, labels, class_directions(embeddings, labels, ORDER), ORDER)
    expected = corrected(estimate, matrices, 4)
    found = class_angle_intervals(vectors, None, ORDER, replicates=50, seed=7)
    np.testing.assert_allclose(found, expected, atol=1e-9)


def drawn_rows(draw: np.ndarray, names: list[str]) -> list[int]:
    """Every row as often as its speaker was drawn, in the table's own order."""
    return [row for row, name in enumerate(names) for _ in range(int(draw[int(name.split()[1])]))]


def test_intervals_around_medoids_equal_a_bootstrap_in_plain_loops(random: np.random.Generator) -> None:
    training, split = spoken(random, 4), spoken(random, 4)
    generator = stream(7, "angle intervals")
    training_draws = generator.multinomial(4, np.full(4, 0.25), size=60)
    split_draws = generator.multinomial(4, np.full(4, 0.25), size=60)
    matrices = []
    for training_draw, split_draw in zip(training_draws, split_draws, strict=True):
        rows, judged = drawn_rows(training_draw, training.speakers), drawn_rows(split_draw, split.speakers)
        labels = [training.labels[row] for row in rows]
        directions = training.embeddings[rows][class_medoids(training.embeddings[rows], labels, ORDER)]
        matrices.append(
            class_angle_matrix(split.embeddings[judged], [split.labels[row] for row in judged], directions, ORDER)
        )
    directions = training.embeddings[class_medoids(training.embeddings, training.labels, ORDER)]
    expected = corrected(class_angle_matrix(split.embeddings, split.labels, directions, ORDER), matrices, 4)
    found = class_angle_intervals(training, split, ORDER, by="medoid", replicates=60, seed=7)
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_intervals_around_fixed_directions_equal_a_bootstrap_in_plain_loops(random: np.random.Generator) -> None:
    split, directions = spoken(random, 4), 3 * random.normal(size=(2, 4))
    means = []
    for draw in stream(7, "within-class intervals").multinomial(4, np.full(4, 0.25), size=60):
        rows = drawn_rows(draw, split.speakers)
        labels = [split.labels[row] for row in rows]
        means.append(np.diag(class_angle_matrix(split.embeddings[rows], labels, directions, ORDER)))
    estimate = np.diag(class_angle_matrix(split.embeddings, split.labels, directions, ORDER))
    expected = corrected(estimate, means, 4)
    found = within_angle_intervals(split, directions, ORDER, replicates=60, seed=7)
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_fixed_directions_of_another_size_are_refused_and_one_speaker_gives_no_interval(
    random: np.random.Generator,
) -> None:
    with pytest.raises(InputError, match=r"shape \(2, 4\); got \(2, 3\). They come from different models"):
        within_angle_intervals(spoken(random, 2), np.ones((2, 3)), ORDER)
    assert np.isnan(within_angle_intervals(spoken(random, 1), np.eye(2, 4), ORDER)).all()


def test_more_speakers_make_the_interval_narrower(random: np.random.Generator) -> None:
    widths = []
    for speakers in (5, 60):
        bounds = class_angle_intervals(spoken(random, speakers), spoken(random, speakers), ORDER, replicates=300)
        widths.append((bounds[..., 1] - bounds[..., 0]).mean())
    assert widths[1] < 0.5 * widths[0]


def test_intervals_hold_the_angles_that_very_many_speakers_give(random: np.random.Generator) -> None:
    size, speakers, means = 48, 6, np.array([[1.0, *[0.0] * 47], [0.5, 0.75**0.5, *[0.0] * 46]])

    def recorded(count: int) -> LabelledVectors:
        voices = random.normal(scale=0.7 / size**0.5, size=(count, 1, 1, size))
        noise = random.normal(scale=0.7 / size**0.5, size=(count, 2, 3, size))
        rows = (means[:, None] + voices + noise).reshape(-1, size)
        return LabelledVectors(rows, [*["happy"] * 3, *["sad"] * 3] * count, np.repeat(np.arange(count), 6).astype(str))

    many = recorded(3000)
    truth = class_angle_matrix(
        many.embeddings, many.labels, class_directions(many.embeddings, many.labels, ORDER), ORDER
    )
    held = np.zeros((2, 2))
    for seed in range(60):
        bounds = class_angle_intervals(recorded(speakers), None, ORDER, replicates=200, seed=seed)
        held += (bounds[..., 0] <= truth) & (truth <= bounds[..., 1])
    assert (held >= 0.85 * 60).all()  # the middle 95 % of the draws hold 0 % of the angles within a class


def test_a_class_of_one_speaker_has_no_interval_although_others_speak(random: np.random.Generator) -> None:
    vectors = spoken(random, 4)
    only = [row for row, label in enumerate(vectors.labels) if label == "happy" or vectors.speakers[row] == "speaker 0"]
    part = LabelledVectors(
        vectors.embeddings[only], [vectors.labels[row] for row in only], [vectors.speakers[row] for row in only]
    )
    bounds = class_angle_intervals(part, None, ORDER, replicates=50)
    assert np.isfinite(bounds[0, 0]).all()
    assert np.isnan(bounds[[0, 1, 1], [1, 0, 1]]).all()


def test_one_seed_gives_one_interval(random: np.random.Generator) -> None:
    vectors = spoken(random, 4)
    first, again, other = (class_angle_intervals(vectors, None, ORDER, replicates=20, seed=s) for s in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_a_single_speaker_or_an_absent_class_has_no_interval(random: np.random.Generator) -> None:
    assert np.isnan(class_angle_intervals(spoken(random, 1), None, ORDER)).all()
    bounds = class_angle_intervals(spoken(random, 3), spoken(random, 1), ORDER)
    assert np.isnan(bounds[[0, 1], [0, 1]]).all()
    assert np.isfinite(bounds[0, 1]).all()  # directions do not depend on the split's one speaker
    happy = LabelledVectors(random.normal(size=(4, 4)), ["happy"] * 4, ["a", "a", "b", "b"])
    bounds = class_angle_intervals(spoken(random, 3), happy, ORDER, replicates=20)
    assert np.isnan(bounds[1, 1]).all()
    assert np.isfinite(bounds[[0, 0, 1], [0, 1, 0]]).all()


def test_rows_without_a_speaker_are_refused_since_no_draw_holds_them() -> None:
    vectors = LabelledVectors(np.eye(3), ["sad", "sad", "happy"], ["a", None, "b"])
    assert vectors.unspoken == 1
    with pytest.raises(InputError, match="got 1 rows of 3 without one. Name their speakers"):
        class_angle_intervals(vectors, None, ORDER)


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(InputError, match="one label and one speaker per embedding; got 1 and 2 for 2"):
        class_angle_intervals(LabelledVectors(np.eye(2), ["sad"], ["a", "b"]), None, ORDER)
