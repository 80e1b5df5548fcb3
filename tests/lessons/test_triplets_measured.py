"""What was measured of triplets ships whole; means, intervals and choices of few seeds are those of their names."""

import dataclasses
import itertools
import json
import math
import statistics

import numpy as np
import pytest

from ser_core.errors import ConfigError, InputError
from ser_core.lessons.triplets_measured import (
    CONTROL,
    FIRST,
    HEARD,
    SECOND,
    TRIPLETS,
    UNHEARD,
    TripletsMeasured,
    mean_over_seeds,
    means_of_some,
    read_measured,
)

FIGURES = ("within_between", "accuracy", "own_angle")


def test_every_seed_recipe_part_and_stage_is_there_once():
    content = read_measured()
    assert content.seeds == tuple(range(12))
    told = [(row.seed, row.recipe, row.part, row.stage) for row in content.figures]
    assert sorted(told) == sorted(
        itertools.product(range(12), (TRIPLETS, CONTROL), (HEARD, UNHEARD), (FIRST, SECOND)), key=tuple
    )
    assert content.unheard == "test"  # nothing was chosen by these voices
    assert not content.overrides


def test_both_recipes_have_the_same_first_stage_bit_by_bit():
    content = read_measured()
    for figure, part in itertools.product(FIGURES, (HEARD, UNHEARD)):
        first = content.values(figure, TRIPLETS, part, FIRST)
        np.testing.assert_array_equal(first, content.values(figure, CONTROL, part, FIRST))
        assert (first != content.values(figure, TRIPLETS, part, SECOND)).all()


def test_the_difference_is_triplets_minus_softmax_continued_seed_by_seed():
    content = read_measured()
    rows = {(row.seed, row.recipe): row.accuracy for row in content.figures if (row.part, row.stage) == (UNHEARD, 2)}
    expected = [rows[seed, "quick"] - rows[seed, "quick-softmax-continued"] for seed in range(12)]
    np.testing.assert_allclose(content.difference("accuracy", UNHEARD), expected)


def test_the_interval_is_students_t_over_seeds():
    values = [0.5, 0.52, 0.46, 0.55]
    found = mean_over_seeds(values)
    reach = 3.1824463 * statistics.stdev(values) / math.sqrt(4)  # 97.5 % quantile of t with 3 degrees of freedom
    assert found.estimate == pytest.approx(statistics.fmean(values))
    assert (found.low, found.high) == pytest.approx((found.estimate - reach, found.estimate + reach))
    with pytest.raises(InputError, match="at least two seeds for an interval; got 1"):
        mean_over_seeds([0.5])


def test_every_choice_of_five_of_twelve_seeds_has_its_mean():
    found = means_of_some(np.arange(12.0))
    assert len(found) == math.comb(12, 5)
    assert (found.min(), found.max()) == (2.0, 9.0)


def test_a_seed_that_lacks_a_run_is_named():
    content = read_measured()
    without = tuple(row for row in content.figures if (row.seed, row.recipe) != (4, CONTROL))
    with pytest.raises(InputError, match="of every seed; seed 4 lacks it"):
        dataclasses.replace(content, figures=without).difference("accuracy", HEARD)


def test_the_file_is_written_as_it_is_read_and_a_damaged_one_is_refused(tmp_path):
    content = read_measured()
    path = tmp_path / "measured.json"
    path.write_text(json.dumps(content.as_table()), encoding="utf-8")
    assert read_measured(path) == content == TripletsMeasured.from_table(content.as_table(), "")
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ConfigError, match="what triplets move at .*measured.json; got: .* Install the package again"):
        read_measured(path)
