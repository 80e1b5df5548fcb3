"""Scores of a classification, as fractions from 0 to 1."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ser_core.errors import InputError
from ser_core.labels import codes
from ser_core.types import FloatArray, IntArray


def confusion(truth: Iterable[str], predicted: Iterable[str], order: Sequence[str]) -> IntArray:
    """Count every pair of true and predicted class, shape ``(K, K)``; rows are truth, columns prediction.

    Raises:
        InputError: if a label is not in the order, or the two have different lengths.

    Examples:
        >>> confusion(["sad", "sad"], ["sad", "calm"], ["calm", "sad"])
        array([[0, 0],
               [1, 1]])
    """
    rows, columns = codes(truth, order), codes(predicted, order)
    if len(rows) != len(columns):
        raise InputError(
            f"Expected one prediction per utterance; got {len(columns)} for {len(rows)}. "
            "Check the table of predictions."
        )
    return np.bincount(rows * len(order) + columns, minlength=len(order) ** 2).reshape(len(order), len(order))


def recalls(counts: IntArray) -> FloatArray:
    """Recall of each class, ``(K,)``, from :func:`confusion`; NaN for a class without utterances.

    Raises:
        InputError: if nothing was counted.
    """
    counts = _checked(counts)
    per_class = counts.sum(axis=1)
    shares: FloatArray = np.full(len(counts), np.nan)
    np.divide(np.diag(counts), per_class, out=shares, where=per_class > 0)
    return shares


def uar(counts: IntArray) -> float:
    """Unweighted average recall, also called UA or macro recall: the mean of :func:`recalls`.

    Classes without utterances do not enter the mean.

    Raises:
        InputError: if nothing was counted.

    Examples:
        >>> uar(np.array([[8, 2], [0, 1]]))
        0.9
    """
    return float(np.nanmean(recalls(counts)))


def wa(counts: IntArray) -> float:
    """Weighted accuracy: the share of all utterances classified correctly.

    Raises:
        InputError: if nothing was counted.

    Examples:
        >>> wa(np.array([[8, 2], [0, 0]]))
        0.8
    """
    counts = _checked(counts)
    return float(np.trace(counts) / counts.sum())


def macro_f1(counts: IntArray) -> float:
    """Mean over the classes of the harmonic mean of precision and recall.

    Classes that occur neither in the truth nor in the predictions do not enter the mean.

    Raises:
        InputError: if nothing was counted.
    """
    counts = _checked(counts)
    total = counts.sum(axis=0) + counts.sum(axis=1)  # (K,): true positives twice, plus both kinds of error
    return float(np.mean(2 * np.diag(counts)[total > 0] / total[total > 0]))


@dataclass(frozen=True)
class Scores:
    """Scores of one set of predictions; see the functions of the same names."""

    uar: float
    wa: float
    macro_f1: float
    confusion: IntArray


def scores(truth: Iterable[str], predicted: Iterable[str], order: Sequence[str]) -> Scores:
    """Compute every score of a set of predictions; arguments and errors as in :func:`confusion`."""
    counts = confusion(truth, predicted, order)
    return Scores(uar(counts), wa(counts), macro_f1(counts), counts)


def _checked(counts: IntArray) -> IntArray:
    counts = np.asarray(counts)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or not counts.sum():
        raise InputError(
            f"Expected a square table of counts with at least one utterance; got shape {counts.shape} with "
            f"{counts.sum()} utterances. Choose a split that has some."
        )
    return counts
