"""Calibration of probabilities: temperature scaling, fitted on development speakers."""

from collections.abc import Iterable, Sequence

import numpy as np

from ser_core.errors import InputError
from ser_core.labels import codes
from ser_core.types import FloatArray, IntArray

COLDEST, HOTTEST = 0.05, 20.0
BINS = 15  # intervals of probability, as in Guo et al. (2017)


def softmax(scores: FloatArray, temperature: float = 1.0) -> FloatArray:
    """Turn scores into probabilities.

    Args:
        scores: logits, shape ``(B, K)``.
        temperature: above 1 makes the probabilities more alike, below 1 less.

    Returns:
        Fractions that add up to 1 in every row, shape ``(B, K)``.

    Examples:
        >>> softmax(np.array([[0.0, 0.0]]))
        array([[0.5, 0.5]])
    """
    scaled = np.asarray(scores, dtype=np.float64) / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    probabilities: FloatArray = powers / powers.sum(axis=1, keepdims=True)
    return probabilities


def fit_temperature(scores: FloatArray, truth: Iterable[str], order: Sequence[str]) -> float:
    """Find the temperature under which the true classes are most probable.

    The likelihood is concave in the inverse temperature, so that halving an interval finds the one optimum.

    Args:
        scores: logits of development utterances, shape ``(B, K)``.
        truth: true classes, ``B`` of them.
        order: the classes, ``K`` of them.

    Returns:
        The temperature, between 0.05 and 20; these bounds are reached when every utterance is right, or when the
        scores say nothing.

    Raises:
        InputError: if there are no rows, a score is not finite, or the shapes do not agree.

    References:
        Guo et al. (2017), "On calibration of modern neural networks", ICML, § 4.2.
    """
    values, numbers = _checked(scores, truth, order)
    of_truth = values[np.arange(len(values)), numbers]

    def slope(inverse: float) -> float:
        expected = (softmax(values, 1 / inverse) * values).sum(axis=1)
        return float(np.mean(expected - of_truth))

    low, high = np.log(1 / HOTTEST), np.log(1 / COLDEST)
    for _ in range(60):
        middle = (low + high) / 2
        if slope(np.exp(middle)) < 0:
            low = middle
        else:
            high = middle
    return float(np.clip(np.exp(-(low + high) / 2), COLDEST, HOTTEST))


def expected_calibration_error(
    probabilities: FloatArray, truth: Iterable[str], order: Sequence[str], *, bins: int = BINS
) -> float:
    """Compute the expected calibration error: mean gap between confidence and accuracy over bins.

    Args:
        probabilities: shape ``(B, K)``.
        truth: true classes, ``B`` of them.
        order: the classes, ``K`` of them.
        bins: number of equal intervals of probability.

    Returns:
        The mean absolute distance over the bins, weighted by their utterances, 0 to 1.

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
    """Return the bin of each confidence, among bins of equal width.

    Args:
        confidence: probability of the predicted class, 0 to 1, shape ``(B,)``.
        bins: number of intervals; each holds its upper end and not its lower one, but the first, which holds both.

    Returns:
        Numbers from 0, shape ``(B,)``.

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
