"""Bootstrap by speaker equals its definition in plain loops, covers as it should, and is paired."""

import time

import numpy as np
import pytest

from ser_core.errors import InputError
from ser_core.evaluation.metrics import confusion, macro_f1, uar, wa
from ser_core.evaluation.statistics import (
    counts_by_speaker,
    difference_of_counts,
    interval_by_speaker,
    mean_confusion,
    paired_difference,
)
from ser_core.seeding import stream

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
def test_an_interval_equals_a_bootstrap_in_plain_loops(random: np.random.Generator, metric) -> None:
    truth, predicted, speakers = simulated(random, 4)
    draws = stream(3, "bootstrap speakers").multinomial(4, np.full(4, 0.25), size=40)
    values = []
    for draw in draws:
        rows = [row for s, times in enumerate(draw) for _ in range(times) for row in range(10 * s, 10 * s + 10)]
        values.append(metric(confusion([truth[row] for row in rows], [predicted[row] for row in rows], ORDER)))
    found = interval_by_speaker(truth, predicted, speakers, ORDER, metric=metric, replicates=40, seed=3)
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(values, [0.025, 0.975])))
    assert found.estimate == pytest.approx(metric(confusion(truth, predicted, ORDER)))


def test_an_interval_of_95_percent_covers_the_true_accuracy_almost_as_often(random: np.random.Generator) -> None:
    covered = 0
    for seed in range(60):
        found = interval_by_speaker(*simulated(random, 24), ORDER, metric=wa, replicates=200, seed=seed)
        covered += found.low <= 0.7 <= found.high
    assert 50 <= covered <= 60


def test_speakers_not_utterances_make_the_interval_narrow(random: np.random.Generator) -> None:
    many_utterances = interval_by_speaker(*simulated(random, 10, each=200), ORDER, replicates=300)
    many_speakers = interval_by_speaker(*simulated(random, 200, each=10), ORDER, replicates=300)
    assert many_speakers.high - many_speakers.low < 0.7 * (many_utterances.high - many_utterances.low)


@pytest.mark.parametrize("metric", [uar, wa, macro_f1])
def test_a_difference_equals_a_bootstrap_in_plain_loops(random: np.random.Generator, metric) -> None:
    """Utterance by utterance: the drawn speakers' rows are laid side by side, for each drawn seed and both systems."""
    truth, _, speakers = simulated(random, 5)
    names = sorted(set(speakers))
    first, second = (
        [[str(random.choice(ORDER, p=p if t == "happy" else p[::-1])) for t in truth] for _ in range(3)]
        for p in ([0.6, 0.4], [0.7, 0.3])
    )
    drawn = stream(7, "bootstrap speakers").multinomial(5, np.full(5, 0.2), size=50)
    seeds = stream(7, "paired seeds").multinomial(3, np.full(3, 1 / 3), size=50)
    values = []
    for speaker_times, seed_times in zip(drawn, seeds, strict=True):
        rows = []
        for name, times in zip(names, speaker_times, strict=True):
            for _ in range(times):
                rows += [row for row, speaker in enumerate(speakers) if speaker == name]
        differences = []
        for run, times in enumerate(seed_times):
            for _ in range(times):
                scores = [
                    metric(confusion([truth[row] for row in rows], [system[run][row] for row in rows], ORDER))
                    for system in (first, second)
                ]
                differences.append(scores[1] - scores[0])
        values.append(np.mean(differences))
    found = paired_difference(truth, first, second, speakers, ORDER, metric=metric, replicates=50, seed=7)
    whole = [[metric(confusion(truth, run, ORDER)) for run in system] for system in (first, second)]
    assert found.estimate == pytest.approx(np.mean(whole[1]) - np.mean(whole[0]))
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(values, [0.025, 0.975])))
    assert found.above_zero == pytest.approx(np.mean([value > 0 for value in values]))


def test_a_seed_none_of_whose_speakers_was_drawn_does_not_enter_that_draw(random: np.random.Generator) -> None:
    """As where every seed tests other speakers."""
    counts = random.integers(1, 9, size=(2, 3, 6, 2, 2))  # systems, seeds, speakers, classes, classes
    tested = np.array([[1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 0, 0], [0, 0, 0, 0, 1, 1]], dtype=bool)
    counts[:, ~tested] = 0
    drawn = stream(0, "bootstrap speakers").multinomial(6, np.full(6, 1 / 6), size=300)
    seeds = stream(0, "paired seeds").multinomial(3, np.full(3, 1 / 3), size=300)
    values = []
    for speaker_times, seed_times in zip(drawn, seeds, strict=True):
        differences = []
        for run in range(3):
            sums = [sum(speaker_times[s] * counts[system, run, s] for s in range(6)) for system in (0, 1)]
            if sums[0].sum() > 0:
                differences += [uar(sums[1]) - uar(sums[0])] * int(seed_times[run])
        if differences:
            values.append(np.mean(differences))
    assert len(values) < 300
    found = difference_of_counts(counts[0], counts[1], replicates=300)
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(values, [0.025, 0.975])))
    assert found.above_zero == pytest.approx(np.mean(np.array(values) > 0))


def test_counts_by_speaker_are_a_confusion_matrix_of_each(random: np.random.Generator) -> None:
    truth, predicted, speakers = simulated(random, 4)
    counts = counts_by_speaker(truth, predicted, speakers, [*sorted(set(speakers)), "silent"], ORDER)
    for number, name in enumerate(sorted(set(speakers))):
        own = [row for row, speaker in enumerate(speakers) if speaker == name]
        expected = confusion([truth[row] for row in own], [predicted[row] for row in own], ORDER)
        assert counts[number].tolist() == expected.tolist()
    assert counts[-1].sum() == 0


def test_a_thousand_draws_of_a_corpus_like_ravdess_take_well_below_a_second(random: np.random.Generator) -> None:
    order = [*"abcdefgh"]
    truth = random.choice(order, size=1440).tolist()
    speakers = [f"{row % 24:02d}" for row in range(1440)]
    systems = [[random.choice(order, size=1440).tolist() for _ in range(3)] for _ in range(2)]
    began = time.process_time()  # of this process: a busy machine does not slow it
    paired_difference(truth, *systems, speakers, order, replicates=1000)
    assert time.process_time() - began < 0.5


def test_a_better_system_is_told_from_an_equal_one(random: np.random.Generator) -> None:
    truth, _, speakers = simulated(random, 20)

    def system(skill: float) -> list[list[str]]:
        return [[t if random.random() < skill else "happy" for t in truth] for _ in range(3)]

    better = paired_difference(truth, system(0.3), system(0.8), speakers, ORDER, replicates=300)
    assert better.low > 0
    assert better.p_value < 0.02
    assert better.above_zero > 0.98
    equal = paired_difference(truth, system(0.5), system(0.5), speakers, ORDER, replicates=300)
    assert equal.low < 0 < equal.high
    assert equal.p_value > 0.05


def test_a_system_compared_with_itself_does_not_differ(random: np.random.Generator) -> None:
    truth, predicted, speakers = simulated(random, 6)
    found = paired_difference(truth, [predicted] * 3, [predicted] * 3, speakers, ORDER, replicates=50)
    assert (found.estimate, found.low, found.high, found.p_value, found.above_zero) == (0, 0, 0, 1, 0)


def test_pairing_by_speaker_makes_a_small_steady_gain_visible(random: np.random.Generator) -> None:
    truth, predicted, speakers = simulated(random, 20, each=40)
    wrong = [row for row in range(len(truth)) if truth[row] != predicted[row]]
    repaired = list(predicted)
    for row in wrong[::4]:
        repaired[row] = truth[row]
    apart = [interval_by_speaker(truth, system, speakers, ORDER, replicates=300) for system in (predicted, repaired)]
    assert apart[0].high > apart[1].low
    assert paired_difference(truth, [predicted] * 3, [repaired] * 3, speakers, ORDER, replicates=300).low > 0


def test_too_few_seeds_or_speakers_are_refused_with_advice() -> None:
    with pytest.raises(InputError, match="at least 3 seeds per system; got 1 and 3. Train both with more seeds"):
        paired_difference(["sad"], [["sad"]], [["sad"]] * 3, ["a"], ORDER)
    with pytest.raises(InputError, match="of the same seeds of both systems; got 4 and 3 of them. Train both with the"):
        paired_difference(["sad"], [["sad"]] * 4, [["sad"]] * 3, ["a"], ORDER)
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
