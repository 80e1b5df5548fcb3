"""Confidence intervals of means over seeds, and of differences of two systems, over speakers and seeds.

Scores of two seeds differ because training, and often the split, was drawn again; utterances of one speaker are alike
under every seed. So there are two kinds of draws, and few of the first kind.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ser_core.errors import InputError
from ser_core.evaluation.metrics import uar
from ser_core.evaluation.statistics import Interval, Metric, linearised
from ser_core.types import FloatArray, IntArray

FEWEST_SEEDS = 3


@dataclass(frozen=True)
class ScoreDifference(Interval):
    """Difference of scores, second minus first system, with a two-sided p-value.

    It is one minus the highest level at which the interval excludes zero.
    """

    p_value: float = 1.0


def difference_of_counts(
    first: IntArray, second: IntArray, *, metric: Metric = uar, level: float = 0.95
) -> ScoreDifference:
    """Compare two systems from the counts of each seed and speaker.

    The two runs of a seed share their folds, and the two sets of predictions of a speaker share the voice: both are
    subtracted before anything is squared. Counts are ``(seeds, S, K, K)``, of the same seeds and speakers; see
    :func:`mean_of_counts` for the interval. Returns second minus first, mean over seeds.

    Raises:
        InputError: if there are fewer than two seeds or two speakers.
    """
    scores, shares = linearised(second, metric)
    scores_of_first, shares_of_first = linearised(first, metric)
    tested = (first.sum(axis=(2, 3)) + second.sum(axis=(2, 3))) > 0
    half_width = _half_width(scores - scores_of_first, shares - shares_of_first, tested)
    estimate, reach = float(np.mean(scores - scores_of_first)), half_width(level)
    return ScoreDifference(estimate, estimate - reach, estimate + reach, level, _p_value(estimate, half_width))


def mean_of_counts(counts: IntArray, *, metric: Metric = uar, level: float = 0.95) -> Interval:
    """Compute the mean score over seeds with an interval over speakers and seeds.

    The spread of the seeds' scores, with Student's t at one degree of freedom fewer than there are seeds, covers what a
    seed draws: weights, batches and, in most protocols, the split with its test utterances. It lacks what the seeds
    share because they test the same speakers. That is estimated from each speaker's influence on every seed's score,
    with Student's t at one fewer than there are speakers: the squares of both half-widths add up, as in Graybill and
    Wang's intervals for sums of variances.

    ``benchmarks/score_coverage.py`` shows how often such intervals hold the truth, design by design.

    ``counts`` are ``(seeds, S, K, K)``; a speaker whom a seed does not test has zeros. The bounds lie between 0 and 1.

    Raises:
        InputError: if there are fewer than two seeds or two speakers.

    References:
        Graybill and Wang (1980), Confidence intervals on nonnegative linear combinations of variances, Journal of the
        American Statistical Association 75. Cameron, Gelbach and Miller (2011), Robust inference with multiway
        clustering, Journal of Business and Economic Statistics 29.
    """
    scores, shares = linearised(counts, metric)
    reach = _half_width(scores, shares, counts.sum(axis=(2, 3)) > 0)(level)
    estimate = float(np.mean(scores))
    return Interval(estimate, max(0.0, estimate - reach), min(1.0, estimate + reach), level)


def require_seeds(first: int, second: int) -> None:
    """Raise InputError unless two systems have the same number of seeds, at least three."""
    if min(first, second) < FEWEST_SEEDS:
        raise InputError(
            f"Expected predictions of at least {FEWEST_SEEDS} seeds per system; got {first} and {second}. "
            "Train both with more seeds: one run says little about a system."
        )
    if first != second:
        raise InputError(
            f"Expected predictions of the same seeds of both systems; got {first} and {second} of them. "
            "Train both with the same seeds, or leave out those of one system alone."
        )


def _half_width(scores: FloatArray, shares: FloatArray, tested: np.ndarray) -> Callable[[float], float]:
    """Return half the width of the interval of the mean of ``scores`` as a function of its level."""
    from scipy import stats

    seeds, speakers = len(scores), int(tested.any(axis=0).sum())
    if seeds < 2 or speakers < 2:
        raise InputError(
            f"Expected at least two seeds and two speakers; got {seeds} and {speakers}. Evaluate on more, or report no "
            "interval."
        )
    by_seed = float(np.var(scores, ddof=1)) / seeds
    # A speaker's part of a seed: what the voice moves, and its share of what that seed differs from the others.
    parts = shares + tested / tested.sum(axis=1, keepdims=True) * (scores - scores.mean())[:, None]
    shared = (np.square(parts.sum(axis=0)).sum() - np.square(parts).sum()) / seeds**2  # products of two seeds alone
    each = max(2.0, float(tested.sum(axis=1).mean()))  # speakers of a seed: their mean was taken from the same parts
    by_speaker = max(0.0, float(shared)) * each / (each - 1)

    def half_width(level: float) -> float:
        of_seeds, of_speakers = (stats.t.ppf((1 + level) / 2, number - 1) for number in (seeds, speakers))
        return float(np.sqrt(of_seeds**2 * by_seed + of_speakers**2 * by_speaker))

    return half_width


def _p_value(estimate: float, half_width: Callable[[float], float]) -> float:
    """Find the level whose interval ends at zero; one minus it."""
    from scipy import optimize

    if not estimate:
        return 1.0
    highest = 1 - 1e-9
    if half_width(highest) < abs(estimate):
        return 1 - highest
    return 1 - float(optimize.brentq(lambda level: half_width(level) - abs(estimate), 0.0, highest, xtol=1e-9))
