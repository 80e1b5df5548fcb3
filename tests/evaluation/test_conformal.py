"""Conformal intervals hold what they promise where their one assumption does."""

import math

import numpy as np
import pytest

from ser_core.errors import ConfigError, InputError
from ser_core.evaluation.conformal import ConformalInterval, conformal_half_width


@pytest.mark.parametrize("count", [9, 19, 40])
@pytest.mark.parametrize("level", [0.5, 0.8, 0.9])
def test_the_half_width_is_the_smallest_error_that_enough_of_the_errors_do_not_exceed(count, level, random):
    truth, predicted = random.normal(size=(2, count))
    errors = [abs(one - other) for one, other in zip(truth, predicted, strict=True)]
    enough = [width for width in errors if sum(error <= width for error in errors) >= (count + 1) * level - 1e-9]
    assert conformal_half_width(truth, predicted, level=level) == min(enough)


def test_one_more_utterance_lies_inside_as_often_as_promised_and_hardly_more_often(random):
    level, count, draws = 0.8, 19, 20_000
    errors = np.abs(random.standard_t(3, (draws, count + 1)))
    inside = [one[-1] <= conformal_half_width(np.zeros(count), one[:-1], level=level) for one in errors]
    # Exactly ⌈(n + 1) level⌉ / (n + 1) for continuous errors: 16 of 20.
    assert np.mean(inside) == pytest.approx(0.8, abs=4 * math.sqrt(0.8 * 0.2 / draws))


def test_too_few_utterances_give_no_bound():
    assert conformal_half_width(np.zeros(8), np.arange(8.0), level=0.9) == math.inf
    assert conformal_half_width(np.zeros(9), np.arange(9.0), level=0.9) == 8


@pytest.mark.parametrize(("truth", "predicted"), [([], []), ([1.0], [1.0, 2.0])])
def test_nothing_and_lists_of_different_lengths_are_refused(truth, predicted):
    with pytest.raises(InputError, match=r"one true number and one prediction .*Leave out"):
        conformal_half_width(np.array(truth), np.array(predicted))


@pytest.mark.parametrize("changed", [{"level": 1.0}, {"half_width": -0.1}])
def test_an_interval_that_cannot_be_is_refused(changed):
    table = {"half_width": 0.4, "level": 0.9, "utterances": 9, "speakers": 2, "part": "development"}
    assert ConformalInterval.from_table(table, "x").as_table() == table
    with pytest.raises(ConfigError, match="a level between 0 and 1"):
        ConformalInterval.from_table(table | changed, "x")
