"""How sure a score is, and whether one system is better: bootstrap over speakers, never over utterances.

Utterances of one speaker resemble each other, so that drawing them one by one would promise too much.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ser_core.errors import InputError
from ser_core.evaluation.metrics import confusion, uar
from ser_core.seeding import stream
from ser_core.types import FloatArray, IntArray

Metric = Callable[[IntArray], float]
FEWEST_SEEDS = 3


@dataclass(frozen=True)
class Interval:
    """A figure with the bounds between which most draws of other speakers put it.

    Attributes:
        estimate: the figure itself.
        low: lower bound.
        high: upper bound.
        level: share of the draws between the bounds.
    """

    estimate: float
    low: float
    high: float
    level: float = 0.95


@dataclass(frozen=True)
class Difference(Interval):
    """The second system's score minus the first's.

    Attributes:
        p_value: two-sided: how often a draw puts the difference on the other side of zero, twice.
    """

    p_value: float = 1.0


def interval_by_speaker(
    truth: Iterable[str],
    predicted: Iterable[str],
    speakers: Iterable[str],
    order: Sequence[str],
    *,
    metric: Metric = uar,
    replicates: int = 2000,
    level: float = 0.95,
    seed: int = 0,
) -> Interval:
    """Bootstrap a score by speaker.

    Predictions of several folds are pooled: a speaker is tested once in each protocol with disjoint test sets.

    Args:
        truth: true classes, ``B`` of them.
        predicted: predicted classes.
        speakers: speaker of each utterance.
        order: the classes.
        metric: counts to a score, for example :func:`ser_core.evaluation.metrics.uar`.
        replicates: number of draws.
        level: share of the draws between the bounds.
        seed: of the draws.

    Returns:
        The score over all utterances and its percentile interval.

    Raises:
        InputError: if there are fewer than two speakers, or the lengths differ.
    """
    counts = _counts_by_speaker(list(truth), [list(predicted)], list(speakers), order)[0]  # (S, K, K)
    draws = _draws(len(counts), replicates, seed)
    values = np.array([metric(np.tensordot(weights, counts, axes=1)) for weights in draws])
    low, high = _percentiles(values, level)
    return Interval(metric(counts.sum(axis=0)), low, high, level)


def paired_difference(
    truth: Iterable[str],
    first: Sequence[Iterable[str]],
    second: Sequence[Iterable[str]],
    speakers: Iterable[str],
    order: Sequence[str],
    *,
    metric: Metric = uar,
    replicates: int = 2000,
    level: float = 0.95,
    seed: int = 0,
) -> Difference:
    """Compare two systems on the same utterances by a bootstrap that is paired by speaker.

    Each replicate draws one set of speakers for both systems, and for each system anew which of its seeds count.

    Args:
        truth: true classes, ``B`` of them.
        first: predictions of the first system, one list of ``B`` per seed.
        second: predictions of the second system, one list of ``B`` per seed.
        speakers: speaker of each utterance.
        order: the classes.
        metric: counts to a score.
        replicates: number of draws.
        level: share of the draws between the bounds.
        seed: of the draws.

    Returns:
        Second minus first, averaged over seeds, with its percentile interval and p-value.

    Raises:
        InputError: if a system has fewer than three seeds, there are fewer than two speakers, or the lengths differ.
    """
    if min(len(first), len(second)) < FEWEST_SEEDS:
        raise InputError(
            f"Expected predictions of at least {FEWEST_SEEDS} seeds per system; got {len(first)} and {len(second)}. "
            "Train both with more seeds: one run says little about a system."
        )
    truth, speakers = list(truth), list(speakers)
    systems = [
        np.stack(_counts_by_speaker(truth, [list(run) for run in runs], speakers, order)) for runs in (first, second)
    ]  # (seeds, S, K, K) each
    random = stream(seed, "paired seeds")
    values = []
    for weights in _draws(systems[0].shape[1], replicates, seed):
        means = []
        for counts in systems:
            chosen = random.integers(len(counts), size=len(counts))
            each = {run: metric(np.tensordot(weights, counts[run], axes=1)) for run in set(chosen.tolist())}
            means.append(np.mean([each[run] for run in chosen.tolist()]))
        values.append(means[1] - means[0])
    differences = np.array(values)
    low, high = _percentiles(differences, level)
    means = [np.mean([metric(run.sum(axis=0)) for run in counts]) for counts in systems]
    beyond = min(np.count_nonzero(differences <= 0), np.count_nonzero(differences >= 0))
    p_value = min(1.0, 2 * (beyond + 1) / (replicates + 1))
    return Difference(float(means[1] - means[0]), low, high, level, p_value)


def _counts_by_speaker(
    truth: list[str], runs: list[list[str]], speakers: list[str], order: Sequence[str]
) -> list[IntArray]:
    """A table of counts per speaker, ``(S, K, K)``, for every run."""
    lengths = {len(truth), len(speakers), *map(len, runs)}
    if len(lengths) > 1:
        raise InputError(
            f"Expected one prediction and one speaker per utterance; got lists of {sorted(lengths)}. Check the tables."
        )
    names, owner = np.unique(np.array([str(speaker) for speaker in speakers]), return_inverse=True)
    if len(names) < 2:
        raise InputError(
            f"Expected at least two speakers to draw from; got {len(names)}. Evaluate on more, or report no interval."
        )
    rows = [np.flatnonzero(owner == number) for number in range(len(names))]
    return [
        np.stack([confusion([truth[row] for row in part], [run[row] for row in part], order) for part in rows])
        for run in runs
    ]


def _draws(speakers: int, replicates: int, seed: int) -> IntArray:
    """How often each speaker is drawn, ``(replicates, S)``."""
    random = stream(seed, "bootstrap speakers")
    return random.multinomial(speakers, np.full(speakers, 1 / speakers), size=replicates)


def _percentiles(values: FloatArray, level: float) -> tuple[float, float]:
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
