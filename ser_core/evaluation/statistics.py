"""How sure a score is, and whether one system is better: bootstrap over speakers, never over utterances.

Utterances of one speaker resemble each other, so that drawing them one by one would promise too much. A draw of
speakers needs no utterance: it adds up each speaker's own table of counts, as often as the speaker was drawn.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ser_core.errors import InputError
from ser_core.evaluation.metrics import uar, wa
from ser_core.labels import codes
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
        above_zero: share of the draws in which the second system is better.
    """

    p_value: float = 1.0
    above_zero: float = 0.0


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
    speakers = list(map(str, speakers))
    counts = counts_by_speaker(truth, predicted, speakers, sorted(set(speakers)), order)  # (S, K, K)
    values = _scores(_drawn(counts, _draws(len(counts), replicates, seed)), metric)
    low, high = _percentiles(values, level)
    return Interval(metric(counts.sum(axis=0)), low, high, level)


def interval_of_sums(
    values: FloatArray,
    speakers: Iterable[str],
    figure: Callable[[FloatArray], FloatArray],
    *,
    replicates: int = 2000,
    level: float = 0.95,
    seed: int = 0,
) -> Interval:
    """Bootstrap by speaker a figure that needs no more than sums over utterances.

    Args:
        values: what is summed, shape ``(B, M)``.
        speakers: speaker of each utterance.
        figure: sums of many draws, shape ``(draws, M)``, to the figure of each, shape ``(draws,)``.
        replicates: number of draws.
        level: share of the draws between the bounds.
        seed: of the draws.

    Returns:
        The figure over all utterances and its percentile interval.

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
    """Compare two systems on the same utterances by a bootstrap that is paired by speaker and by seed.

    For systems in tables, whose utterances may differ from seed to seed, see
    :func:`ser_core.evaluation.comparison.difference_of_tables`.

    Args:
        truth: true classes, ``B`` of them.
        first: predictions of the first system, one list of ``B`` per seed.
        second: predictions of the second system under the same seeds, in the same order.
        speakers: speaker of each utterance.
        order: the classes.
        metric: counts to a score.
        replicates: number of draws.
        level: share of the draws between the bounds.
        seed: of the draws.

    Returns:
        Second minus first, as in :func:`difference_of_counts`.

    Raises:
        InputError: if a system has fewer than three seeds or not as many as the other, there are fewer than two
            speakers, or the lengths differ.
    """
    truth, speakers = list(truth), list(map(str, speakers))
    names = sorted(set(speakers))
    require_seeds(len(first), len(second))
    counts = [
        np.stack([counts_by_speaker(truth, run, speakers, names, order) for run in runs]) for runs in (first, second)
    ]
    return difference_of_counts(*counts, metric=metric, replicates=replicates, level=level, seed=seed)


def difference_of_counts(
    first: IntArray,
    second: IntArray,
    *,
    metric: Metric = uar,
    replicates: int = 2000,
    level: float = 0.95,
    seed: int = 0,
) -> Difference:
    """Compare two systems from the counts of each seed and speaker.

    Each replicate draws speakers and seeds with replacement, the same ones for both systems: a seed's two runs share
    their folds, as a speaker's two sets of predictions share the voice. A seed none of whose test speakers was drawn
    does not enter that replicate's mean.

    Args:
        first: counts of the first system, shape ``(seeds, S, K, K)``; see :func:`counts_by_speaker`.
        second: counts of the second system, same shape, same seeds and speakers.
        metric: counts to a score.
        replicates: number of draws.
        level: share of the draws between the bounds.
        seed: of the draws.

    Returns:
        Second minus first, averaged over seeds, with its percentile interval, p-value and share above zero.
    """
    weights = _draws(first.shape[1], replicates, seed)
    seeds = len(first)
    drawn_seeds = stream(seed, "paired seeds").multinomial(seeds, np.full(seeds, 1 / seeds), size=replicates)
    each = np.stack(
        [
            _scores(_drawn(of_second, weights), metric) - _scores(_drawn(of_first, weights), metric)
            for of_first, of_second in zip(first, second, strict=True)
        ],
        axis=1,
    )  # (replicates, seeds)
    entering = drawn_seeds * np.isfinite(each)
    kept = entering.sum(axis=1) > 0
    values = (entering * np.nan_to_num(each))[kept].sum(axis=1) / entering[kept].sum(axis=1)
    low, high = _percentiles(values, level)
    estimate = np.mean([metric(run.sum(axis=0)) for run in second]) - np.mean(
        [metric(run.sum(axis=0)) for run in first]
    )
    beyond = min(np.count_nonzero(values <= 0), np.count_nonzero(values >= 0))
    p_value = min(1.0, 2 * (beyond + 1) / (len(values) + 1))
    return Difference(float(estimate), low, high, level, p_value, float(np.mean(values > 0)))


def counts_by_speaker(
    truth: Iterable[str],
    predicted: Iterable[str],
    speakers: Iterable[str],
    names: Sequence[str],
    order: Sequence[str],
) -> IntArray:
    """Count every pair of true and predicted class, speaker by speaker.

    Args:
        truth: true classes, ``B`` of them.
        predicted: predicted classes.
        speakers: speaker of each utterance.
        names: all speakers, ``S`` of them; those without an utterance get zeros.
        order: the classes, ``K`` of them.

    Returns:
        Counts, shape ``(S, K, K)``; rows are truth, columns prediction.

    Raises:
        InputError: if there are fewer than two speakers, the lengths differ, or a label is not in the order.
    """
    rows, columns, owners = codes(truth, order), codes(predicted, order), codes(speakers, names)
    _require_lengths(len(rows), len(columns), len(owners))
    _require_speakers(names)
    classes = len(order)
    cells = (owners * classes + rows) * classes + columns
    return np.bincount(cells, minlength=len(names) * classes**2).reshape(len(names), classes, classes)


def require_seeds(first: int, second: int) -> None:
    """See that two systems can be compared seed by seed.

    Raises:
        InputError: if one has fewer than three seeds, or not as many as the other.
    """
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


def mean_confusion(confusions: Iterable[IntArray]) -> FloatArray:
    """Average confusion matrices over folds, each row as shares of its class, as papers print them.

    A fold counts as much as any other, however many utterances it tests. A class that a fold does not test does not
    enter that row's mean.

    Args:
        confusions: counts of each fold, ``(K, K)`` each; rows are truth.

    Returns:
        Shares, shape ``(K, K)``; each row adds up to one, or is NaN for a class that no fold tests.

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


def _drawn(counts: IntArray, weights: IntArray) -> FloatArray:
    """Add up speakers' counts as often as each was drawn: ``(S, K, K)`` and ``(replicates, S)``."""
    speakers, classes = counts.shape[:2]
    # Whole numbers far below 2**53, so that floats hold them exactly and the product takes the fast path.
    sums: FloatArray = weights.astype(np.float64) @ counts.reshape(speakers, -1).astype(np.float64)
    return sums.reshape(len(weights), classes, classes)


def _scores(counts: FloatArray, metric: Metric) -> FloatArray:
    """Score many tables of counts at once, ``(replicates, K, K)``; NaN where nothing was counted."""
    total = counts.sum(axis=(1, 2))
    found: FloatArray = np.full(len(counts), np.nan)
    right = np.diagonal(counts, axis1=1, axis2=2)  # (replicates, K)
    if metric is uar:
        of_class = counts.sum(axis=2)
        recalls = np.divide(right, of_class, out=np.zeros(right.shape), where=of_class > 0)
        np.divide(recalls.sum(axis=1), np.count_nonzero(of_class, axis=1), out=found, where=total > 0)
    elif metric is wa:
        np.divide(right.sum(axis=1), total, out=found, where=total > 0)
    else:
        for row in np.flatnonzero(total > 0):
            found[row] = metric(counts[row].astype(np.int64))
    return found


def _percentiles(values: FloatArray, level: float) -> tuple[float, float]:
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
