"""Bootstrap by speaker equals its definition in plain loops, covers as it should, and is paired."""

import numpy as np
import pytest

from ser_core.errors import InputError
from ser_core.evaluation.metrics import confusion, uar, wa
from ser_core.evaluation.statistics import interval_by_speaker, paired_difference
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


def test_an_interval_equals_a_bootstrap_in_plain_loops(random: np.random.Generator) -> None:
    truth, predicted, speakers = simulated(random, 4)
    draws = stream(3, "bootstrap speakers").multinomial(4, np.full(4, 0.25), size=40)
    values = []
    for draw in draws:
        rows = [row for s, times in enumerate(draw) for _ in range(times) for row in range(10 * s, 10 * s + 10)]
        values.append(uar(confusion([truth[row] for row in rows], [predicted[row] for row in rows], ORDER)))
    found = interval_by_speaker(truth, predicted, speakers, ORDER, replicates=40, seed=3)
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(values, [0.025, 0.975])))
    assert found.estimate == pytest.approx(uar(confusion(truth, predicted, ORDER)))


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


def test_a_better_system_is_told_from_an_equal_one(random: np.random.Generator) -> None:
    truth, _, speakers = simulated(random, 20)

    def system(skill: float) -> list[list[str]]:
        return [[t if random.random() < skill else "happy" for t in truth] for _ in range(3)]

    better = paired_difference(truth, system(0.3), system(0.8), speakers, ORDER, replicates=300)
    assert better.low > 0
    assert better.p_value < 0.02
    equal = paired_difference(truth, system(0.5), system(0.5), speakers, ORDER, replicates=300)
    assert equal.low < 0 < equal.high
    assert equal.p_value > 0.05


def test_a_system_compared_with_itself_does_not_differ(random: np.random.Generator) -> None:
    truth, predicted, speakers = simulated(random, 6)
    found = paired_difference(truth, [predicted] * 3, [predicted] * 3, speakers, ORDER, replicates=50)
    assert (found.estimate, found.low, found.high, found.p_value) == (0, 0, 0, 1)


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
    with pytest.raises(InputError, match="at least two speakers to draw from; got 1"):
        interval_by_speaker(["sad"], ["sad"], ["a"], ORDER)
    with pytest.raises(InputError, match=r"got lists of \[1, 2\]"):
        interval_by_speaker(["sad", "sad"], ["sad"], ["a", "b"], ORDER)
