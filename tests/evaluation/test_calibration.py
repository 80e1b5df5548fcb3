"""Temperature and calibration error against optimisers and loops."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax
from scipy.special import softmax as reference_softmax

from ser_core.errors import InputError
from ser_core.evaluation.calibration import (
    COLDEST,
    HOTTEST,
    confidence_bins,
    expected_calibration_error,
    fit_temperature,
    softmax,
)
from ser_core.types import FloatArray

ORDER = ("neutral", "happy", "sad")


def drawn(random: np.random.Generator, sharpness: float, count: int = 600) -> tuple[FloatArray, list[str]]:
    """Scores, and truths drawn from their softmax before the scores were multiplied by ``sharpness``."""
    scores = random.normal(scale=2.0, size=(count, 3))
    truth = [ORDER[random.choice(3, p=row)] for row in reference_softmax(scores, axis=1)]
    return sharpness * scores, truth


def test_softmax_equals_that_of_scipy_and_bears_large_scores(random: np.random.Generator) -> None:
    scores = random.normal(scale=1e3, size=(10, 4))
    np.testing.assert_allclose(softmax(scores, 2.5), reference_softmax(scores / 2.5, axis=1), atol=1e-12)


@pytest.mark.parametrize("sharpness", [0.5, 1.0, 4.0])
def test_the_temperature_minimises_the_negative_log_likelihood(random: np.random.Generator, sharpness: float) -> None:
    scores, truth = drawn(random, sharpness)
    columns = [ORDER.index(label) for label in truth]

    def loss(logarithm: float) -> float:
        return -float(np.mean(log_softmax(scores / np.exp(logarithm), axis=1)[np.arange(len(truth)), columns]))

    expected = np.exp(minimize_scalar(loss, bounds=(-3, 3), method="bounded", options={"xatol": 1e-8}).x)
    found = fit_temperature(scores, truth, ORDER)
    assert found == pytest.approx(expected, rel=1e-4)
    assert found == pytest.approx(sharpness, rel=0.2)


def test_a_fitted_temperature_lowers_the_calibration_error(random: np.random.Generator) -> None:
    scores, truth = drawn(random, 4.0, count=2_000)
    before = expected_calibration_error(softmax(scores), truth, ORDER)
    after = expected_calibration_error(softmax(scores, fit_temperature(scores, truth, ORDER)), truth, ORDER)
    assert before > 0.08
    assert after < 0.5 * before


def test_a_temperature_stays_within_its_bounds() -> None:
    assert fit_temperature(np.eye(3), ORDER, ORDER) == pytest.approx(COLDEST, rel=1e-6)
    assert fit_temperature(np.roll(np.eye(3), 1, axis=1), ORDER, ORDER) == pytest.approx(HOTTEST, rel=1e-6)


def test_the_calibration_error_equals_its_definition_in_loops(random: np.random.Generator) -> None:
    scores, truth = drawn(random, 2.0, count=100)
    probabilities = softmax(scores)
    error = 0.0
    for number in range(10):
        inside = [row for row in range(100) if number / 10 < probabilities[row].max() <= (number + 1) / 10]
        if inside:
            confidence = sum(probabilities[row].max() for row in inside) / len(inside)
            accuracy = sum(ORDER[probabilities[row].argmax()] == truth[row] for row in inside) / len(inside)
            error += len(inside) / 100 * abs(accuracy - confidence)
    assert expected_calibration_error(probabilities, truth, ORDER, bins=10) == pytest.approx(error)


@pytest.mark.parametrize("bins", [4, 8])
def test_a_bin_holds_its_upper_end_and_the_first_one_both(bins: int) -> None:
    ends = np.arange(bins + 1) / bins
    assert confidence_bins(ends, bins=bins).tolist() == [0, *range(bins)]
    assert confidence_bins(ends[:-1] + 0.01, bins=bins).tolist() == list(range(bins))


def test_certain_and_right_predictions_have_no_calibration_error() -> None:
    assert expected_calibration_error(np.eye(3), ORDER, ORDER) == 0
    assert expected_calibration_error(np.roll(np.eye(3), 1, axis=1), ORDER, ORDER) == 1


def test_scores_of_another_shape_are_refused_with_advice() -> None:
    with pytest.raises(InputError, match=r"shape \(1, 3\).*got \(2, 3\). Give one row per utterance"):
        fit_temperature(np.ones((2, 3)), ["sad"], ORDER)
    with pytest.raises(InputError, match="Expected finite scores"):
        fit_temperature(np.full((1, 3), np.nan), ["sad"], ORDER)
    with pytest.raises(InputError, match="at least one row"):
        fit_temperature(np.ones((0, 3)), [], ORDER)
