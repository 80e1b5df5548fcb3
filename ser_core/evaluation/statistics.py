"""Confidence intervals of one run's scores, by resampling speakers.

Utterances of one speaker resemble each other: intervals over utterances would be too narrow.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ser_core.errors import InputError
from ser_core.evaluation.metrics import uar, wa
from ser_core.labels import codes
from ser_core.seeding import stream
from ser_core.types import BoolArray, FloatArray, IntArray

Metric = Callable[[IntArray], float]
_STEP = 1e-3  # of the numeric derivative of a metric, as a share of one speaker's counts


@dataclass(frozen=True)
class Interval:
    """Score with its confidence interval; ``level`` is the share of the draws between the bounds."""

    estimate: float
    low: float
    high: float
    level: float = 0.95


def interval_by_speaker(
    truth: Iterable[str],
    predicted: Iterable[str],
    speakers: Iterable[str],
    order: Sequence[str],
    *,
    metric: Metric = uar,
    level: float = 0.95,
) -> Interval:
    """Compute the interval of a score of one run over speakers.

    Student's t over each speaker's influence on the score, with one degree of freedom fewer than there are speakers.
    Percentile intervals of a bootstrap are too narrow where speakers are few; ``benchmarks/score_coverage.py`` shows
    both.

    Predictions of several folds are pooled: a speaker is tested once in each protocol with disjoint test sets.
    ``metric`` takes counts to a score; the bounds lie between 0 and 1.

    Raises:
        InputError: if there are fewer than two speakers, or the lengths differ.
    """
    from scipy import stats

    speakers = list(map(str, speakers))
    counts = counts_by_speaker(truth, predicted, speakers, sorted(set(speakers)), order)  # (S, K, K)
    scores, shares = linearised(counts[None], metric)
    number = len(counts)
    deviation = float(np.sqrt(number / (number - 1) * np.square(shares).sum()))
    reach = float(stats.t.ppf((1 + level) / 2, number - 1)) * deviation
    estimate = float(scores[0])
    return Interval(estimate, max(0.0, estimate - reach), min(1.0, estimate + reach), level)


def interval_of_sums(
    values: FloatArray,
    speakers: Iterable[str],
    figure: Callable[[FloatArray], FloatArray],
    *,
    replicates: int = 2000,
    level: float = 0.95,
    seed: int = 0,
) -> Interval:
    """Bootstrap a statistic of sums over utterances, by speaker.

    The summed ``values`` are ``(B, M)``; ``figure`` takes the sums of many draws, ``(draws, M)``, to the statistic of
    each, ``(draws,)``. Returns the statistic over all utterances and its percentile interval.

    Raises:
        InputError: if there are fewer than two speakers, or the lengths differ.
    """
    speakers = list(map(str, speakers))
    names = sorted(set(speakers))
    owners = codes(speakers, names)
    _require_lengths(len(values), len(owners))
    _require_speakers(names)
    sums = np.zeros((len(names), values.shape[1]))
    np.add.at(sums, owners, values)
    low, high = _percentiles(figure(_draws(len(names), replicates, seed) @ sums), level)
    return Interval(float(figure(sums.sum(axis=0, keepdims=True))[0]), low, high, level)


def jackknife_by_speaker(
    figure: Callable[[BoolArray], float], speakers: Sequence[str], *, level: float = 0.95
) -> tuple[float, float] | None:
    """Return the interval of any figure over speakers, by leaving out one at a time.

    Student's t over the speakers' pseudo-values (Tukey 1958), with one degree of freedom fewer than there are speakers;
    around the figure of all, between −1 and 1. ``figure`` takes a mask of utterances ``(B,)`` to the figure of these.
    None for fewer than three speakers, or where the figure is undefined (NaN) without one of them.
    """
    from scipy import stats

    owners = np.asarray(list(map(str, speakers)))
    names = np.unique(owners)
    if len(names) < 3:
        return None
    whole = figure(np.ones(len(owners), dtype=bool))
    without = np.array([figure(owners != name) for name in names])
    deviation = float(np.sqrt((len(names) - 1) / len(names) * np.square(without - without.mean()).sum()))
    if np.isnan(whole) or np.isnan(deviation):
        return None
    reach = float(stats.t.ppf((1 + level) / 2, len(names) - 1)) * deviation
    return max(-1.0, whole - reach), min(1.0, whole + reach)


def counts_by_speaker(
    truth: Iterable[str],
    predicted: Iterable[str],
    speakers: Iterable[str],
    names: Sequence[str],
    order: Sequence[str],
) -> IntArray:
    """Count every pair of true and predicted class, rows are truth, for each of ``S`` speakers: ``(S, K, K)``.

    Raises:
        InputError: if there are fewer than two speakers, the lengths differ, or a label is not in the order.
    """
    rows, columns, owners = codes(truth, order), codes(predicted, order), codes(speakers, names)
    _require_lengths(len(rows), len(columns), len(owners))
    _require_speakers(names)
    classes = len(order)
    cells = (owners * classes + rows) * classes + columns
    return np.bincount(cells, minlength=len(names) * classes**2).reshape(len(names), classes, classes)


def scores_of(counts: FloatArray | IntArray, metric: Metric) -> FloatArray:
    """Score tables of counts ``(M, K, K)``, not only whole ones: ``(M,)``, NaN where nothing was counted."""
    total = counts.sum(axis=(1, 2))
    found: FloatArray = np.full(len(counts), np.nan)
    right = np.diagonal(counts, axis1=1, axis2=2)  # (M, K)
    if metric is uar:
        of_class = counts.sum(axis=2)
        recalls = np.divide(right, of_class, out=np.zeros(right.shape), where=of_class > 0)
        np.divide(recalls.sum(axis=1), np.count_nonzero(of_class, axis=1), out=found, where=total > 0)
    elif metric is wa:
        np.divide(right.sum(axis=1), total, out=found, where=total > 0)
    else:
        for row in np.flatnonzero(total > 0):
            found[row] = metric(counts[row])
    return found


def linearised(counts: IntArray, metric: Metric) -> tuple[FloatArray, FloatArray]:
    """Score every seed with the influence of each speaker (infinitesimal jackknife), from ``(seeds, S, K, K)``.

    Returns scores, ``(seeds,)``, and first-order shares, ``(seeds, S)``, which add up to zero over the speakers of a
    seed.
    """
    seeds, speakers = counts.shape[:2]
    totals = counts.sum(axis=1)  # (seeds, K, K)
    up, down = (
        scores_of((totals[:, None] + step * counts).reshape(-1, *totals.shape[1:]), metric).reshape(seeds, speakers)
        for step in (_STEP, -_STEP)
    )
    return scores_of(totals, metric), (up - down) / (2 * _STEP)


def mean_confusion(confusions: Iterable[IntArray]) -> FloatArray:
    """Average confusion matrices ``(K, K)`` over folds, each row as shares of its true class, as papers print them.

    All folds count the same, however many utterances they test. A class that a fold does not test does not enter that
    row's mean; one that no fold tests is NaN.

    Raises:
        InputError: if there is none, their shapes differ, or one has negative counts.

    Examples:
        >>> mean_confusion([np.array([[3, 1], [0, 0]]), np.array([[2, 2], [1, 4]])])
        array([[0.625, 0.375],
               [0.2  , 0.8  ]])
    """
    matrices = [np.asarray(matrix) for matrix in confusions]
    shapes = {matrix.shape for matrix in matrices}
    if len(shapes) != 1 or any(len(shape) != 2 or shape[0] != shape[1] for shape in shapes):
        raise InputError(
            f"Expected confusion matrices of the same classes, one per fold; got shapes "
            f"{', '.join(map(str, sorted(shapes))) or '(none)'}. Average the folds of one evaluation."
        )
    counts = np.stack(matrices)  # (folds, K, K)
    if (counts < 0).any():
        raise InputError(f"Expected counts of zero or more; got {counts.min()}. Give counts, rows are truth.")
    of_class = counts.sum(axis=2, keepdims=True)  # (folds, K, 1)
    shares = np.divide(counts, of_class, out=np.zeros(counts.shape), where=of_class > 0)
    testing = np.count_nonzero(of_class, axis=0)  # (K, 1): folds that test the class
    mean: FloatArray = np.full(counts.shape[1:], np.nan)
    np.divide(shares.sum(axis=0), testing, out=mean, where=testing > 0)
    return mean


def _require_lengths(*lengths: int) -> None:
    if len(set(lengths)) > 1:
        raise InputError(
            f"Expected one prediction and one speaker per utterance; got lists of {sorted(set(lengths))}. "
            "Check the tables."
        )


def _require_speakers(names: Sequence[str]) -> None:
    if len(names) < 2:
        raise InputError(
            f"Expected at least two speakers to draw from; got {len(names)}. Evaluate on more, or report no interval."
        )


def _draws(speakers: int, replicates: int, seed: int) -> IntArray:
    """How often each speaker is drawn, ``(replicates, S)``."""
    random = stream(seed, "bootstrap speakers")
    return random.multinomial(speakers, np.full(speakers, 1 / speakers), size=replicates)


def _percentiles(values: FloatArray, level: float) -> tuple[float, float]:
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
