"""The spread behind a diagonal entry, and the histograms, equal their definitions in plain loops."""

import statistics

import numpy as np
import pytest

from ser_core.errors import InputError
from ser_core.geometry.angles import angles_to, class_angle_matrix
from ser_core.geometry.spread import angle_histograms, within_spreads

ORDER = ("neutral", "happy", "sad", "calm")  # nobody is calm


@pytest.fixture
def labels(random: np.random.Generator) -> list[str]:
    return [*ORDER[:3], *random.choice(ORDER[:3], size=37)]


@pytest.fixture
def embeddings(random: np.random.Generator, labels: list[str]) -> np.ndarray:
    return random.normal(size=(40, 5)) + 1.5 * np.eye(5)[[ORDER.index(label) for label in labels]]


def test_each_figure_equals_its_definition(random, embeddings, labels):
    directions = random.normal(size=(4, 5))
    angles = angles_to(embeddings, directions).tolist()
    found = within_spreads(embeddings, labels, directions, ORDER)
    for number, label in enumerate(ORDER[:3]):
        rows = [row for row, one in zip(angles, labels, strict=True) if one == label]
        own = [row[number] for row in rows]
        others = [
            statistics.fmean(row[number] for row, one in zip(angles, labels, strict=True) if one == other)
            for other in ORDER[:3]
            if other != label
        ]
        one = found[number]
        assert one.count == len(own)
        assert one.mean == pytest.approx(statistics.fmean(own))
        assert one.deviation == pytest.approx(statistics.stdev(own))
        assert (one.low, one.median, one.high) == pytest.approx(
            (np.quantile(own, 0.05), statistics.median(own), np.quantile(own, 0.95))
        )
        assert one.nearest_other == pytest.approx(min(others))
        assert one.nearer == pytest.approx(sum(min(row) == row[number] for row in rows) / len(rows))
    matrix = class_angle_matrix(embeddings, labels, directions, ORDER)
    np.testing.assert_allclose([one.mean for one in found], np.diag(matrix))


def test_a_class_without_utterances_has_a_count_of_none_and_no_figures(random, embeddings, labels):
    calm = within_spreads(embeddings, labels, random.normal(size=(4, 5)), ORDER)[3]
    assert calm.count == 0
    assert np.isnan([calm.mean, calm.deviation, calm.low, calm.median, calm.high, calm.nearer]).all()


def test_every_utterance_is_counted_once_for_each_direction_in_the_bin_of_its_angle(random, embeddings, labels):
    directions = random.normal(size=(4, 5))
    found = angle_histograms(embeddings, labels, directions, ORDER, width=7)
    assert (found.edges[0], found.edges[1]) == (0, 7)
    assert found.edges[-1] >= 180
    angles = angles_to(embeddings, directions)
    for number, label in enumerate(ORDER):
        within, between = [0] * (len(found.edges) - 1), [0] * (len(found.edges) - 1)
        for row, one in zip(angles, labels, strict=True):
            (within if one == label else between)[int(row[number] // 7)] += 1
        assert found.within[number].tolist() == within
        assert found.between[number].tolist() == between


def test_an_angle_of_half_a_turn_lies_in_the_last_bin():
    found = angle_histograms(np.array([[-1.0, 0.0]]), ["sad"], np.array([[1.0, 0.0]]), ["sad"], width=45)
    assert found.within.tolist() == [[0, 0, 0, 1]]


def test_bins_without_width_and_tables_that_do_not_fit_are_refused(embeddings, labels):
    with pytest.raises(InputError, match="at most 180 degrees wide; got 0. Choose such a width"):
        angle_histograms(embeddings, labels, np.eye(5)[:4], ORDER, width=0)
    with pytest.raises(InputError, match="got 40 labels for 40 rows and 3 directions for 4 classes"):
        within_spreads(embeddings, labels, np.eye(5)[:3], ORDER)
