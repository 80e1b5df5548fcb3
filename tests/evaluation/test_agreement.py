"""Agreement of ratings equals its definitions, written another way."""

import numpy as np
import pytest
from scipy import stats

from ser_core.errors import InputError
from ser_core.evaluation.agreement import concordance, pearson, rmse, spearman


def test_concordance_is_one_less_the_squared_distance_from_the_diagonal_over_that_of_independent_ratings(
    random: np.random.Generator,
) -> None:
    """Lin's own definition: the expected squared difference, over what it would be without any correlation."""
    for _ in range(20):
        truth = random.normal(3, 1, 40)
        predicted = random.uniform(0.2, 2) * truth + random.normal(0.5, 1, 40)
        apart = np.mean((truth - predicted) ** 2)
        by_chance = np.mean([(one - other) ** 2 for one in truth for other in predicted])
        assert concordance(truth, predicted) == pytest.approx(1 - apart / by_chance)


def test_concordance_is_lowered_by_a_shift_and_by_a_scale_and_pearson_by_neither(random: np.random.Generator) -> None:
    truth = random.normal(3, 1, 40)
    assert concordance(truth, truth) == pytest.approx(1)
    assert concordance(truth, -truth + 2 * truth.mean()) == pytest.approx(-1)
    for changed in (truth + 1, 2 * truth, 0.5 * truth):
        assert concordance(truth, changed) < 0.95
        assert pearson(truth, changed) == pytest.approx(1)


def test_pearson_and_error_equal_those_of_other_programs(random: np.random.Generator) -> None:
    truth, predicted = random.normal(size=(2, 30))
    assert pearson(truth, predicted) == pytest.approx(stats.pearsonr(truth, predicted).statistic)
    assert rmse(truth, predicted) == pytest.approx(np.linalg.norm(truth - predicted) / np.sqrt(30))


def test_spearman_equals_that_of_another_program_also_with_ties_and_sees_the_order_alone(
    random: np.random.Generator,
) -> None:
    truth, predicted = random.integers(1, 6, 30).astype(float), random.normal(size=30)
    assert spearman(truth, predicted) == pytest.approx(stats.spearmanr(truth, predicted).statistic)
    assert spearman(truth, np.exp(3 * predicted)) == pytest.approx(spearman(truth, predicted))
    assert np.isnan(spearman(truth, np.full(30, 2.0)))


def test_constants_agree_by_no_number(random: np.random.Generator) -> None:
    truth = random.normal(size=10)
    assert concordance(truth, np.full(10, 2.0)) == 0, "a constant prediction tells nothing of the truth"
    assert np.isnan(pearson(truth, np.full(10, 2.0)))
    assert np.isnan(concordance(np.full(10, 2.0), np.full(10, 2.0)))


@pytest.mark.parametrize("predicted", [[1.0], [1.0, 2.0, 3.0]])
def test_one_utterance_or_lists_of_different_lengths_are_refused(predicted: list[float]) -> None:
    for measure in (concordance, pearson, rmse, spearman):
        with pytest.raises(InputError, match=r"Expected one rating and one prediction .*got shapes .*Leave out"):
            measure(np.array([1.0, 2.0][: len(predicted)]), np.array(predicted))
