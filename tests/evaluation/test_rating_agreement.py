"""Predicted arousal against ratings equals what the definitions give on the model's scale."""

import numpy as np
import pytest

from ser_core.errors import ConfigError
from ser_core.evaluation.agreement import concordance, spearman
from ser_core.evaluation.rating_agreement import RatingAgreement, on_model_scale, rating_agreement
from ser_core.evaluation.statistics import jackknife_by_speaker

SPEAKERS = [f"s{number // 10}" for number in range(60)]


@pytest.fixture
def rated(random):
    ratings = random.integers(2, 11, 60) / 2  # 1 to 5 in steps of 0.5, as in EmoTale
    predicted = np.clip((ratings - 3) / 2 + random.normal(0, 0.4, 60), -1, 1)
    return ratings, predicted


def test_ratings_are_moved_by_the_ends_of_their_scale_and_by_nothing_of_the_data(rated):
    ratings, predicted = rated
    assert on_model_scale(np.array([2.0, 3.0, 4.5]), (1, 5)).tolist() == [-0.5, 0, 0.75]
    found = rating_agreement(ratings, predicted, SPEAKERS, scale=(1, 5), half_width=0.5, level=0.9)
    moved = (ratings - 3) / 2
    assert found.ccc == pytest.approx(concordance(moved, predicted))
    assert found.ccc == pytest.approx(concordance(ratings, 2 * predicted + 3)), "on either scale"
    assert found.spearman == pytest.approx(spearman(ratings, predicted))
    assert found.utterances == 60
    assert found.speakers == 6
    assert found.scale == (1, 5)
    shifted = rating_agreement(ratings, predicted - 0.3, SPEAKERS, scale=(1, 5), half_width=0.5, level=0.9)
    assert shifted.ccc < found.ccc, "a shift is no agreement"
    assert shifted.spearman == pytest.approx(found.spearman)


def test_coverage_counts_ratings_inside_and_width_is_what_is_left_of_the_interval_on_the_scale(rated):
    ratings, predicted = rated
    found = rating_agreement(ratings, predicted, SPEAKERS, scale=(1, 5), half_width=0.5, level=0.9)
    inside = [abs((one - 3) / 2 - other) <= 0.5 for one, other in zip(ratings, predicted, strict=True)]
    assert found.covered == pytest.approx(sum(inside) / 60)
    assert 0 < found.covered < 1
    widths = [min(1, one + 0.5) - max(-1, one - 0.5) for one in predicted]
    assert found.width == pytest.approx(np.mean(widths))
    all_of_it = rating_agreement(ratings, predicted, SPEAKERS, scale=(1, 5), half_width=2.0, level=0.9)
    assert (all_of_it.covered, all_of_it.width) == (1, 2)


def test_constant_predictions_agree_with_nothing_and_have_no_order():
    found = rating_agreement(np.arange(1.0, 6), np.zeros(5), ["a"] * 5, scale=(1, 5), half_width=0.5, level=0.9)
    assert found.ccc == 0
    assert found.spearman is None
    assert found.ccc_interval is None, "one speaker"
    assert RatingAgreement.from_table(found.as_table(), "x") == found


def test_of_a_mean_the_jackknife_by_speaker_is_students_interval_over_their_means(random):
    from scipy import stats

    values = random.normal(0.1, 0.2, 60)
    low, high = jackknife_by_speaker(lambda rows: float(values[rows].mean()), SPEAKERS)
    means = values.reshape(6, 10).mean(axis=1)
    wanted = stats.t.interval(0.95, 5, loc=means.mean(), scale=stats.sem(means))
    assert (low, high) == pytest.approx(wanted)


def test_bounds_lie_in_minus_one_to_one_and_two_speakers_are_too_few():
    ends = jackknife_by_speaker(lambda rows: float(np.array([1.0, -1.0, 1.0])[rows].mean()), ["a", "b", "c"])
    assert ends == (-1, 1)
    assert jackknife_by_speaker(lambda rows: 0.5, ["a", "b", "a"]) is None
    assert jackknife_by_speaker(lambda rows: float("nan"), ["a", "b", "c"]) is None


def test_a_file_with_figures_that_cannot_be_is_refused(rated):
    table = rating_agreement(*rated, SPEAKERS, scale=(1, 5), half_width=0.5, level=0.9).as_table()
    for name, value in (("ccc", 1.5), ("covered", -0.1)):
        with pytest.raises(ConfigError, match="Expected"):
            RatingAgreement.from_table(table | {name: value}, "x")
