"""Intervals by speaker equal their definition and cover as they should."""

import numpy as np
import pytest
from scipy import stats

from ser_core.errors import InputError
from ser_core.evaluation.metrics import confusion, macro_f1, uar, wa
from ser_core.evaluation.statistics import (
    counts_by_speaker,
    interval_by_speaker,
    mean_confusion,
)

ORDER = ("happy", "sad")


def simulated(
    random: np.random.Generator, speakers: int, *, skill: float = 0.7, each: int = 10
) -> tuple[list[str], list[str], list[str]]:
    """Truth, predictions and speakers, where every speaker is recognised well or badly as a whole."""
    truth = [ORDER[index % 2] for index in range(speakers * each)]
    names = [f"s{index // each:02d}" for index in range(speakers * each)]
    own = {name: float(np.clip(random.normal(skill, 0.15), 0, 1)) for name in names}
    right = [random.random() < own[name] for name in names]
    predicted = [t if good else ORDER[1 - ORDER.index(t)] for t, good in zip(truth, right, strict=True)]
    return truth, predicted, names


@pytest.mark.parametrize("metric", [uar, wa, macro_f1])
def test_an_interval_is_students_t_over_what_each_speaker_adds(random: np.random.Generator, metric) -> None:
    """From the definition: what leaving a hundred-thousandth of a speaker out takes off, speaker by speaker."""
    truth, predicted, speakers = simulated(random, 4)
    names = sorted(set(speakers))
    counts = counts_by_speaker(truth, predicted, speakers, names, ORDER)
    whole = metric(counts.sum(axis=0))
    shares = [(whole - metric(counts.sum(axis=0) - 1e-5 * own)) / 1e-5 for own in counts]
    reach = stats.t.ppf(0.95, 3) * np.sqrt(4 / 3 * np.square(shares).sum())
    found = interval_by_speaker(truth, predicted, speakers, ORDER, metric=metric, level=0.9)
    assert found.estimate == pytest.approx(whole)
    assert (found.low, found.high) == pytest.approx((whole - reach, min(1.0, whole + reach)), rel=1e-4)


def test_of_equally_many_utterances_it_is_the_interval_of_the_speakers_own_accuracies(random) -> None:
    truth, predicted, speakers = simulated(random, 6)
    right = np.array([one == other for one, other in zip(truth, predicted, strict=True)]).reshape(6, 10).mean(axis=1)
    expected = stats.ttest_1samp(right, 0.0).confidence_interval(0.95)
    found = interval_by_speaker(truth, predicted, speakers, ORDER, metric=wa)
    assert (found.low, found.high) == pytest.approx((expected.low, min(1.0, expected.high)))


@pytest.mark.parametrize("number", [4, 24])
def test_an_interval_of_95_percent_covers_the_true_accuracy_as_often(random: np.random.Generator, number) -> None:
    """The middle of bootstrap draws covers it in 79 % with four speakers."""
    covered = 0
    for _ in range(200):
        found = interval_by_speaker(*simulated(random, number, skill=0.6), ORDER, metric=wa)
        covered += found.low <= 0.6 <= found.high
    assert 181 <= covered <= 199


def test_speakers_not_utterances_make_the_interval_narrow(random: np.random.Generator) -> None:
    many_utterances = interval_by_speaker(*simulated(random, 10, each=200), ORDER)
    many_speakers = interval_by_speaker(*simulated(random, 200, each=10), ORDER)
    assert many_speakers.high - many_speakers.low < 0.7 * (many_utterances.high - many_utterances.low)


def test_counts_by_speaker_are_a_confusion_matrix_of_each(random: np.random.Generator) -> None:
    truth, predicted, speakers = simulated(random, 4)
    counts = counts_by_speaker(truth, predicted, speakers, [*sorted(set(speakers)), "silent"], ORDER)
    for number, name in enumerate(sorted(set(speakers))):
        own = [row for row, speaker in enumerate(speakers) if speaker == name]
        expected = confusion([truth[row] for row in own], [predicted[row] for row in own], ORDER)
        assert counts[number].tolist() == expected.tolist()
    assert counts[-1].sum() == 0


def test_too_few_speakers_are_refused_with_advice() -> None:
    with pytest.raises(InputError, match="at least two speakers to draw from; got 1"):
        interval_by_speaker(["sad"], ["sad"], ["a"], ORDER)
    with pytest.raises(InputError, match=r"got lists of \[1, 2\]"):
        interval_by_speaker(["sad", "sad"], ["sad"], ["a", "b"], ORDER)


def test_mean_confusion_is_the_mean_over_folds_of_each_rows_shares(random: np.random.Generator) -> None:
    folds = random.integers(0, 20, size=(5, 4, 4))
    folds[0, 2] = folds[3, 2] = 0  # a class that two folds do not test
    folds[:, 3] = 0  # one that no fold tests
    expected = np.full((4, 4), np.nan)
    for row in range(4):
        shares = [fold[row] / fold[row].sum() for fold in folds if fold[row].sum() > 0]
        if shares:
            expected[row] = sum(shares) / len(shares)
    found = mean_confusion(folds)
    np.testing.assert_allclose(found, expected)
    assert found[:3].sum(axis=1) == pytest.approx([1, 1, 1])


def test_the_diagonal_of_a_mean_confusion_averages_to_the_mean_uar_of_folds_that_test_every_class(
    random: np.random.Generator,
) -> None:
    folds = random.integers(1, 20, size=(5, 4, 4))
    assert np.diag(mean_confusion(folds)).mean() == pytest.approx(np.mean([uar(fold) for fold in folds]))


def test_confusion_matrices_that_cannot_be_averaged_are_refused_with_advice() -> None:
    with pytest.raises(InputError, match=r"one per fold; got shapes \(none\). Average the folds of one evaluation"):
        mean_confusion([])
    with pytest.raises(InputError, match=r"got shapes \(2, 2\), \(3, 3\)"):
        mean_confusion([np.eye(2, dtype=int), np.eye(3, dtype=int)])
    with pytest.raises(InputError, match=r"got shapes \(2, 3\)"):
        mean_confusion([np.ones((2, 3), dtype=int)])
    with pytest.raises(InputError, match="counts of zero or more; got -1. Give counts"):
        mean_confusion([np.array([[1, -1], [0, 1]])])
