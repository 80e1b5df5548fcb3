"""Intervals over seeds and speakers: their definition, Student's t where speakers are not shared, their coverage."""

import numpy as np
import pytest
from scipy import stats

from benchmarks.score_coverage import DESIGNS, Design, measured, truth
from ser_core.errors import InputError
from ser_core.evaluation.metrics import macro_f1, uar, wa
from ser_core.evaluation.seeds import difference_of_counts, mean_of_counts, require_seeds
from ser_core.evaluation.statistics import counts_by_speaker

ORDER = ("happy", "sad")


def disjoint(random: np.random.Generator, seeds: int, each: int = 3) -> np.ndarray:
    """Counts of two systems whose seeds all test other speakers."""
    counts = random.integers(1, 9, size=(2, seeds, seeds * each, 3, 3))
    own = np.repeat(np.eye(seeds, dtype=bool), each, axis=1)
    counts[:, ~own] = 0
    return counts


@pytest.mark.parametrize("metric", [uar, wa, macro_f1])
@pytest.mark.parametrize("seeds", [3, 5])
def test_of_seeds_that_share_no_speaker_the_interval_is_students_t_over_the_seeds(random, metric, seeds) -> None:
    counts = disjoint(random, seeds)
    scores = [[metric(of_seed.sum(axis=0)) for of_seed in system] for system in counts]
    gains = np.subtract(scores[1], scores[0])
    expected = stats.ttest_1samp(gains, 0.0)
    found = difference_of_counts(counts[0], counts[1], metric=metric, level=0.9)
    assert found.estimate == pytest.approx(gains.mean())
    assert (found.low, found.high) == pytest.approx(tuple(expected.confidence_interval(0.9)))
    assert found.p_value == pytest.approx(expected.pvalue, abs=1e-6)
    level = stats.ttest_1samp(scores[0], 0.0).confidence_interval(0.95)
    alone = mean_of_counts(counts[0], metric=metric)
    assert (alone.estimate, alone.low, alone.high) == pytest.approx((np.mean(scores[0]), *np.clip(level, 0, 1)))


@pytest.mark.parametrize("metric", [uar, wa])
def test_what_seeds_share_because_they_test_the_same_speakers_is_added(random, metric) -> None:
    """From the definition, in plain loops: shares by leaving a hundred-thousandth of a speaker out."""
    counts = random.integers(1, 9, size=(2, 4, 5, 3, 3))
    for speaker in range(5):  # some voices gain, others lose, under every seed
        counts[1, :, speaker] += 8 * speaker * np.eye(3, dtype=int)
    seeds, speakers = 4, 5
    gains = np.array([metric(counts[1, s].sum(axis=0)) - metric(counts[0, s].sum(axis=0)) for s in range(seeds)])
    parts = np.zeros((seeds, speakers))
    for s in range(seeds):
        for k in range(speakers):
            less = [counts[system, s].sum(axis=0) - 1e-5 * counts[system, s, k] for system in (0, 1)]
            share = (gains[s] - (metric(less[1]) - metric(less[0]))) / 1e-5
            parts[s, k] = share + (gains[s] - gains.mean()) / speakers
    shared = sum(parts[s] @ parts[t] for s in range(seeds) for t in range(seeds) if s != t) / seeds**2
    assert shared > 0
    squares = stats.t.ppf(0.975, seeds - 1) ** 2 * gains.var(ddof=1) / seeds
    squares += stats.t.ppf(0.975, speakers - 1) ** 2 * shared * speakers / (speakers - 1)
    found = difference_of_counts(counts[0], counts[1], metric=metric)
    assert (found.high - found.low) / 2 == pytest.approx(squares**0.5, rel=1e-3)


@pytest.mark.parametrize(
    ("design", "world"),
    [(DESIGNS[0], "speakers differ"), (DESIGNS[3], "seeds differ"), (Design("all", 24, 3), "seeds differ")],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_intervals_of_95_percent_hold_the_true_gain_about_as_often(random, design, world) -> None:
    """A plain bootstrap of speakers and seeds holds it in 78 to 88 % here."""
    _, gain = truth(random, world)
    held = 0
    for _ in range(200):
        counts = measured(random, design, world)
        found = difference_of_counts(counts[0], counts[1])
        held += found.low <= gain <= found.high
    assert 182 <= held <= 199  # 91 to 99.5 %: three standard errors around 95.5 %


def test_a_better_system_is_told_from_an_equal_one(random: np.random.Generator) -> None:
    speakers = [f"s{number // 10:02d}" for number in range(200)]
    truth_of = [ORDER[number % 2] for number in range(200)]

    def system(skill: float) -> np.ndarray:
        runs = [[label if random.random() < skill else "happy" for label in truth_of] for _ in range(3)]
        return np.stack([counts_by_speaker(truth_of, run, speakers, sorted(set(speakers)), ORDER) for run in runs])

    better = difference_of_counts(system(0.3), system(0.8))
    assert better.low > 0
    assert better.p_value < 0.02
    equal = difference_of_counts(system(0.5), system(0.5))
    assert equal.low < 0 < equal.high
    assert equal.p_value > 0.05


def test_the_p_value_is_one_minus_the_level_whose_interval_ends_at_zero(random: np.random.Generator) -> None:
    seen = []
    for _ in range(20):
        first, second = random.integers(1, 30, size=(2, 4, 8, 2, 2))
        p_value = difference_of_counts(first, second).p_value
        at_zero = difference_of_counts(first, second, level=1 - p_value)
        assert min(abs(at_zero.low), abs(at_zero.high)) < 1e-6
        seen.append(p_value)
    assert min(seen) < 0.3
    assert max(seen) > 0.6


def test_a_system_compared_with_itself_does_not_differ(random: np.random.Generator) -> None:
    counts = random.integers(1, 9, size=(3, 6, 2, 2))
    found = difference_of_counts(counts, counts)
    assert (found.estimate, found.low, found.high, found.p_value) == (0, 0, 0, 1)


def test_a_gain_that_is_the_same_under_every_seed_is_sure_however_much_the_scores_differ() -> None:
    right = np.array([[2, 3, 2, 3], [5, 5, 4, 6], [8, 7, 7, 8]])  # seeds, speakers; of ten utterances of each class
    counts = np.array(
        [[[[[hits + more, 10 - hits - more], [5, 5]] for hits in row] for row in right] for more in (0, 1)]
    )
    gain, alone = difference_of_counts(counts[0], counts[1]), mean_of_counts(counts[0])
    assert (gain.estimate, gain.low, gain.high) == pytest.approx((0.05, 0.05, 0.05), abs=1e-6)
    assert alone.high - alone.low > 0.3


def test_bounds_of_a_score_stay_between_nothing_and_everything() -> None:
    counts = np.tile(np.diag([9, 9]), (3, 4, 1, 1))
    counts[0, 0] = [[8, 1], [0, 9]]
    found = mean_of_counts(counts)
    assert found.low < found.estimate < found.high == 1.0


def test_too_few_seeds_or_speakers_are_refused_with_advice() -> None:
    with pytest.raises(InputError, match="at least 3 seeds per system; got 1 and 3. Train both with more seeds"):
        require_seeds(1, 3)
    with pytest.raises(InputError, match="of the same seeds of both systems; got 4 and 3 of them. Train both with the"):
        require_seeds(4, 3)
    with pytest.raises(InputError, match="at least two seeds and two speakers; got 3 and 1. Evaluate on more"):
        mean_of_counts(np.ones((3, 1, 2, 2), dtype=int))
