"""Pairs are drawn evenly from all there are, in the share that was asked for, and never listed."""

import itertools
import tracemalloc
from collections import Counter

import numpy as np
import pytest
from scipy import stats

from ser_core.errors import ConfigError
from ser_core.sampling import pair_batches

TARGETS = np.array([2, 0, 7, 2, 2, 0, 7, 2, 1])  # numbers with gaps, mixed; class 1 has one utterance


def drawn(epoch) -> list[tuple[int, int]]:
    found = []
    for batch in epoch:
        first, second = np.split(batch, 2)
        found += zip(first.tolist(), second.tolist(), strict=True)
    return found


@pytest.mark.parametrize("same", [True, False])
def test_every_pair_of_the_enumeration_is_equally_likely(random, same):
    counts = Counter(drawn(pair_batches(TARGETS.tolist(), pairs=500, batches=40, positive_share=0.5, random=random)))
    possible = [(a, b) for a, b in itertools.permutations(range(9), 2) if (TARGETS[a] == TARGETS[b]) == same]
    assert stats.chisquare([counts[pair] for pair in possible]).pvalue > 0.01
    assert sum(counts[pair] for pair in possible) == 10_000


def test_nobody_is_paired_with_itself(random):
    assert all(a != b for a, b in drawn(pair_batches(TARGETS.tolist(), pairs=100, batches=20, random=random)))


@pytest.mark.parametrize("share", [0.33, 0.5, 0.01])
@pytest.mark.parametrize("pairs", [1, 7, 32])
def test_the_share_is_met_over_the_epoch_and_within_one_pair_in_every_batch(random, share, pairs):
    epoch = pair_batches(TARGETS.tolist(), pairs=pairs, batches=100, positive_share=share, random=random)
    counts = []
    for batch in epoch:
        assert batch.shape == (2 * pairs,)
        first, second = np.split(TARGETS[batch], 2)
        counts.append(int((first == second).sum()))
        assert first[: counts[-1]].tolist() == second[: counts[-1]].tolist()  # those of one class stand in front
    assert len(epoch) == len(counts) == 100
    assert all(abs(count - share * pairs) < 1 for count in counts)
    assert abs(sum(counts) - share * pairs * 100) <= 0.5


def test_the_same_stream_draws_the_same_epoch_and_every_walk_through_it_too():
    def epoch(seed):
        return pair_batches(TARGETS.tolist(), pairs=8, batches=5, random=np.random.default_rng(seed))

    once = epoch(1)
    assert drawn(once) == drawn(once) == drawn(epoch(1))
    assert drawn(once) != drawn(epoch(2))


def test_memory_grows_with_the_utterances_and_not_with_the_pairs(random):
    targets = random.integers(4, size=20_000).tolist()  # 400 million pairs
    tracemalloc.start()
    epoch = pair_batches(targets, pairs=32, batches=1_000_000, random=random)
    for _ in zip(range(50), epoch, strict=False):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**21


@pytest.mark.parametrize("share", [0.0, 1.0, -0.1, float("nan")])
def test_a_share_that_leaves_out_one_kind_is_refused(random, share):
    with pytest.raises(ConfigError, match="between 0 and 1; got .*Lian et al. use 0.33"):
        pair_batches(TARGETS.tolist(), pairs=8, batches=5, positive_share=share, random=random)


def test_a_split_without_pairs_of_one_kind_is_refused_before_the_first_batch(random):
    with pytest.raises(ConfigError, match="class with at least 2 utterances.*Train on more utterances"):
        pair_batches([0, 1, 2], pairs=8, batches=5, random=random)
    with pytest.raises(ConfigError, match="at least 2 classes.*got 1.*Train on more emotions"):
        pair_batches([3, 3, 3], pairs=8, batches=5, random=random)
    with pytest.raises(ConfigError, match="at least 1 pair in at least 1 batch; got 0 in 5"):
        pair_batches(TARGETS.tolist(), pairs=0, batches=5, random=random)
