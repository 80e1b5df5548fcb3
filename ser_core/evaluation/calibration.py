"""Calibration of probabilities: temperature scaling, fitted on development speakers."""

from collections.abc import Iterable, Sequence

import numpy as np

from ser_core.errors import InputError
from ser_core.labels import codes
from ser_core.types import FloatArray, IntArray

COLDEST, HOTTEST = 0.05, 20.0
BINS = 15  # intervals of probability, as in Guo et al. (2017)


def softmax(scores: FloatArray, temperature: float = 1.0) -> FloatArray:
    """Turn logits ``(B, K)`` into probabilities; a temperature above 1 makes them more alike, below 1 less.

    Examples:
        >>> softmax(np.array([[0.0, 0.0]]))
        array([[0.5, 0.5]])
    """
    scaled = np.asarray(scores, dtype=np.float64) / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    probabilities: FloatArray = powers / powers.sum(axis=1, keepdims=True)
    return probabilities


def fit_temperature(scores: FloatArray, truth: Iterable[str], order: Sequence[str]) -> float:
    """Return the temperature under which the true classes are most probable, between 0.05 and 20.

    The likelihood is concave in the inverse temperature, so that bisection finds the one optimum. The bounds are
    reached when every one of the development utterances, with logits ``(B, K)``, is right, or the scores are
    uninformative.

    Raises:
        InputError: if there are no rows, a score is not finite, or the shapes do not agree.

    References:
        Guo et al. (2017), "On calibration of modern neural networks", ICML, § 4.2.
    """
    return fit_shared_temperature([(scores, truth, order)])


def fit_shared_temperature(groups: Iterable[tuple[FloatArray, Iterable[str], Sequence[str]]]) -> float:
    """Return the one temperature that fits several groups of utterances, each with a model of its own.

    It minimises the mean over the groups of each group's mean negative log likelihood, so that every group counts the
    same, however many utterances it has. A group is logits, truth and classes as of :func:`fit_temperature`.

    Raises:
        InputError: as in :func:`fit_temperature`, or if there is no group.
    """
    checked = [_checked(*group) for group in groups]
    if not checked:
        raise InputError("Expected scores to fit a temperature to; got none. Give one row per utterance.")

    def slope(inverse: float) -> float:
        return float(np.mean([_slope(values, numbers, inverse) for values, numbers in checked]))

    low, high = np.log(1 / HOTTEST), np.log(1 / COLDEST)
    for _ in range(60):
        middle = (low + high) / 2
        if slope(np.exp(middle)) < 0:
            low = middle
        else:
            high = middle
    return float(np.clip(np.exp(-(low + high) / 2), COLDEST, HOTTEST))


def _slope(values: FloatArray, numbers: IntArray, inverse: float) -> float:
    """Return the derivative of the mean negative log likelihood by the inverse temperature."""
    expected = (softmax(values, 1 / inverse) * values).sum(axis=1)
    return float(np.mean(expected - values[np.arange(len(values)), numbers]))


def expected_calibration_error(
    probabilities: FloatArray, truth: Iterable[str], order: Sequence[str], *, bins: int = BINS
) -> float:
    """Compute the expected calibration error, 0 to 1, of probabilities ``(B, K)``.

    The mean absolute distance of confidence and accuracy over bins of equal width, weighted by their utterances.

    Raises:
        InputError: as in :func:`fit_temperature`.

    References:
        Naeini et al. (2015), "Obtaining well calibrated probabilities using Bayesian binning", AAAI.
    """
    values, numbers = _checked(probabilities, truth, order)
    confidence = values.max(axis=1)
    right = values.argmax(axis=1) == numbers
    gaps = np.bincount(confidence_bins(confidence, bins=bins), weights=confidence - right, minlength=bins)
    return float(np.abs(gaps).sum() / len(values))


def confidence_bins(confidence: FloatArray, *, bins: int = BINS) -> IntArray:
    """Return the bin, from 0, of each confidence ``(B,)``, 0 to 1, among bins of equal width.

    Each holds its upper end and not its lower one, but the first, which holds both.

    Examples:
        >>> confidence_bins(np.array([0.0, 0.25, 0.26, 1.0]), bins=4)
        array([0, 0, 1, 3])
    """
    places: IntArray = np.clip(np.ceil(np.asarray(confidence) * bins).astype(np.int64) - 1, 0, bins - 1)
    return places


def _checked(scores: FloatArray, truth: Iterable[str], order: Sequence[str]) -> tuple[FloatArray, IntArray]:
    values, numbers = np.asarray(scores, dtype=np.float64), codes(truth, order)
    if values.shape != (len(numbers), len(order)) or not len(numbers):
        raise InputError(
            f"Expected scores of shape ({len(numbers)}, {len(order)}), at least one row; got {values.shape}. "
            "Give one row per utterance and one column per class."
        )
    if not np.isfinite(values).all():
        raise InputError("Expected finite scores; got NaN or infinite values. Train with a lower learning rate.")
    return values, numbers
