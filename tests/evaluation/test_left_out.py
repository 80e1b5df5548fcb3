"""Temperature and widened ranges against their definitions, on answers that are drawn."""

import json

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax
from scipy.special import softmax as reference_softmax

from ser_core.errors import ConfigError, InputError
from ser_core.evaluation.calibration import fit_shared_temperature, fit_temperature
from ser_core.evaluation.left_out import (
    FittedOnLeftOut,
    LeftOutAnswers,
    fit_on_left_out,
    widened_ranges,
    widening,
)

TWO, THREE = ("neutral", "sad"), ("neutral", "happy", "sad")
RANGES = {"neutral": 30.0, "sad": 40.0}


def drawn(
    random: np.random.Generator, labels: tuple[str, ...], sharpness: float, count: int, beyond: float = 0.0
) -> LeftOutAnswers:
    """Answers of which the truth was drawn from the logits before these were multiplied by ``sharpness``.

    The angle to the own class lies ``beyond`` degrees outside the range in the middle.
    """
    logits = random.normal(scale=2.0, size=(count, len(labels)))
    numbers = [random.choice(len(labels), p=row) for row in reference_softmax(logits, axis=1)]
    angles = random.uniform(20, 100, size=(count, len(labels)))  # often inside the range of another class
    angles[np.arange(count), numbers] = 30 + beyond + random.normal(scale=5.0, size=count)
    return LeftOutAnswers(
        corpus=f"corpus of {len(labels)}",
        labels=labels,
        truth=tuple(labels[number] for number in numbers),
        speakers=tuple(f"s{row % 4}" for row in range(count)),
        logits=sharpness * logits,
        angles=angles,
        ranges=np.full(len(labels), 30.0),
        temperature=1.0,
    )


def test_one_temperature_minimises_the_mean_over_corpora_of_the_mean_log_likelihood(
    random: np.random.Generator,
) -> None:
    answers = [drawn(random, TWO, 6.0, 60), drawn(random, THREE, 2.0, 900)]

    def loss(logarithm: float) -> float:
        each = []
        for one in answers:
            rows = [one.labels.index(label) for label in one.truth]
            chosen = log_softmax(one.logits / np.exp(logarithm), axis=1)[np.arange(len(rows)), rows]
            each.append(-float(np.mean(chosen)))
        return float(np.mean(each))

    expected = np.exp(minimize_scalar(loss, bounds=(-3, 3), method="bounded", options={"xatol": 1e-8}).x)
    found = fit_on_left_out(answers, temperature=1.0, ranges=RANGES)
    assert found.temperature == pytest.approx(expected, rel=1e-4)
    alone = [fit_temperature(one.logits, one.truth, one.labels) for one in answers]
    assert min(alone) < found.temperature < max(alone)
    # The small corpus counts as much as the large one: had all utterances counted alike, the large one would decide.
    assert abs(np.log(found.temperature / alone[0])) < abs(np.log(alone[1] / alone[0])) * 0.9


def test_of_one_corpus_the_shared_temperature_is_the_usual_one(random: np.random.Generator) -> None:
    one = drawn(random, THREE, 3.0, 400)
    group = (one.logits, one.truth, one.labels)
    assert fit_shared_temperature([group]) == fit_temperature(*group)


def test_the_widening_is_the_least_that_holds_nine_in_ten_of_each_corpus_alike(random: np.random.Generator) -> None:
    answers = [drawn(random, TWO, 1.0, 50, beyond=20.0), drawn(random, THREE, 1.0, 1000, beyond=0.0)]

    def held(degrees: float) -> float:
        shares = []
        for one in answers:
            own = [row[one.labels.index(label)] for row, label in zip(one.angles, one.truth, strict=True)]
            shares.append(np.mean(np.array(own) <= 30.0 + degrees))
        return float(np.mean(shares))

    found = widening(answers)
    assert held(found) >= 0.9
    assert held(found - 1e-9) < 0.9
    assert found > 10  # had all utterances counted alike, the large corpus would set about 7


def test_what_is_told_of_each_corpus_is_measured_before_and_after(random: np.random.Generator) -> None:
    answers = [drawn(random, TWO, 5.0, 500, beyond=10.0), drawn(random, THREE, 5.0, 500, beyond=10.0)]
    found = fit_on_left_out(answers, temperature=1.0, ranges=RANGES)
    for told, one in zip(found.corpora, answers, strict=True):
        assert (told.corpus, told.utterances, told.speakers) == (one.corpus, 500, 4)
        assert told.ece_by_development > 0.1
        assert told.ece < 0.5 * told.ece_by_development
        assert told.covered_by_development < 0.1
        assert told.covered == pytest.approx(0.9, abs=0.03)
    assert (found.temperature_by_development, found.ranges_by_development) == (1.0, RANGES)
    assert FittedOnLeftOut.from_table(json.loads(json.dumps(found.as_table()))) == found


def test_answers_survive_being_kept(random: np.random.Generator) -> None:
    one = drawn(random, THREE, 1.0, 20)
    again = LeftOutAnswers.from_table(json.loads(json.dumps(one.as_table())))
    np.testing.assert_array_equal(again.logits, one.logits)
    np.testing.assert_array_equal(again.excess, one.excess)
    assert (again.truth, again.labels, again.speakers) == (one.truth, one.labels, one.speakers)
    with pytest.raises(ValueError, match="do not fit"):
        LeftOutAnswers.from_table({**one.as_table(), "truth": ["sad"]})


def test_ranges_stay_between_0_and_180() -> None:
    np.testing.assert_array_equal(widened_ranges(np.array([10.0, 170.0]), 20.0), [30.0, 180.0])
    np.testing.assert_array_equal(widened_ranges(np.array([10.0, 170.0]), -20.0), [0.0, 150.0])


def test_nothing_is_fitted_to_nothing(random: np.random.Generator) -> None:
    with pytest.raises(InputError, match="at least one corpus that was left out"):
        fit_on_left_out([], temperature=1.0, ranges=RANGES)
    with pytest.raises(InputError, match="Expected scores to fit a temperature to; got none"):
        fit_shared_temperature([])
    found = fit_on_left_out([drawn(random, TWO, 1.0, 50)], temperature=1.0, ranges=RANGES).as_table()
    with pytest.raises(ConfigError, match="Expected temperatures from"):
        FittedOnLeftOut.from_table({**found, "temperature": 0.0})
    with pytest.raises(ConfigError, match="Expected ranges of 0 to 180 degrees"):
        FittedOnLeftOut.from_table({**found, "corpora": []})
