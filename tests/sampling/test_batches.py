"""Batches: P classes of K utterances, nobody twice; or similar lengths together, everybody once."""

import itertools
from collections import Counter

import numpy as np
import pytest

from ser_core.errors import ConfigError
from ser_core.sampling import length_batches, p_by_k_batches, speaker_batches

TARGETS = np.array([0] * 30 + [1] * 12 + [2] * 5 + [3] * 13)


@pytest.mark.parametrize(("classes", "utterances"), [(4, 3), (2, 5), (3, 4)])
def test_every_batch_holds_p_classes_with_k_utterances_and_nobody_twice(random, classes, utterances):
    batches = p_by_k_batches(TARGETS.tolist(), classes=classes, utterances=utterances, random=random)
    assert len(batches) == len(TARGETS) // (classes * utterances)
    for batch in batches:
        assert len(set(batch.tolist())) == classes * utterances
        assert sorted(Counter(TARGETS[batch].tolist()).values()) == [utterances] * classes


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_every_class_is_visited_and_walked_through_before_anyone_returns(random, classes):
    batches = np.concatenate(p_by_k_batches(TARGETS.tolist(), classes=classes, utterances=2, random=random))
    assert set(TARGETS[batches].tolist()) == {0, 1, 2, 3}
    for label in range(4):
        seen = Counter(batches[TARGETS[batches] == label].tolist())
        size = TARGETS.tolist().count(label)
        assert len(seen) == min(size, seen.total())
        # Who was taken just before a new round waits for the next one, so counts can differ by two.
        assert max(seen.values()) - min(seen.values()) <= 2


def test_two_of_four_classes_are_in_as_many_batches_as_the_other_two_however_rare():
    for seed in range(10):
        batches = p_by_k_batches(TARGETS.tolist(), classes=2, utterances=2, random=np.random.default_rng(seed))
        visits = Counter(label for batch in batches for label in set(TARGETS[batch].tolist()))
        assert max(visits.values()) - min(visits.get(label, 0) for label in range(4)) <= 1


def test_an_epoch_of_few_utterances_still_has_one_batch(random):
    assert len(p_by_k_batches([0, 0, 1, 1], classes=2, utterances=2, random=random)) == 1


def test_the_same_stream_draws_the_same_batches():
    def draw(seed):
        random = np.random.default_rng(seed)
        return np.concatenate(p_by_k_batches(TARGETS.tolist(), classes=4, utterances=4, random=random)).tolist()

    assert draw(1) == draw(1)
    assert draw(1) != draw(2)


@pytest.mark.parametrize(("classes", "utterances"), [(5, 2), (4, 6)])
def test_batches_larger_than_the_corpus_say_how_large_they_may_be(random, classes, utterances):
    with pytest.raises(ConfigError, match="at most 4 classes x 5 utterances.*Lower classes_per_batch"):
        p_by_k_batches(TARGETS.tolist(), classes=classes, utterances=utterances, random=random)


@pytest.mark.parametrize(("classes", "utterances"), [(1, 4), (4, 1)])
def test_batches_without_a_comparison_are_refused(random, classes, utterances):
    with pytest.raises(ConfigError, match="at least 2 classes of 2 utterances"):
        p_by_k_batches(TARGETS.tolist(), classes=classes, utterances=utterances, random=random)


def test_length_batches_hold_everybody_once(random):
    lengths = random.integers(10, 500, size=101)
    batches = length_batches(lengths.tolist(), batch_size=8, random=random)
    assert sorted(np.concatenate(batches).tolist()) == list(range(101))
    assert sorted(map(len, batches)) == [5] + [8] * 12


def test_length_batches_pad_less_than_plain_shuffling(random):
    lengths = random.integers(10, 500, size=256)

    def padding(batches):
        return sum(len(batch) * lengths[batch].max() - lengths[batch].sum() for batch in batches)

    plain = np.split(random.permutation(256), 16)
    assert padding(length_batches(lengths.tolist(), batch_size=16, random=random)) < padding(plain) / 3


def test_short_and_long_batches_come_in_any_order_and_every_epoch_joins_others():
    lengths = np.arange(10, 138)
    first, second = (
        length_batches(lengths.tolist(), batch_size=4, random=np.random.default_rng(seed)) for seed in (1, 2)
    )
    means = [lengths[batch].mean() for batch in first]
    # Half of all neighbouring batches, give or take, grow longer; in the order of their lengths all would.
    assert 8 <= sum(later > earlier for earlier, later in itertools.pairwise(means)) <= 23
    joined = [{frozenset(batch.tolist()) for batch in batches} for batches in (first, second)]
    assert len(joined[0] & joined[1]) < len(first) / 4


def test_length_batches_need_a_size(random):
    with pytest.raises(ConfigError, match="batch_size of at least 1"):
        length_batches([1, 2], batch_size=0, random=random)


def test_batches_by_speaker_are_groups_of_one_speaker_each_and_hold_every_utterance_once(random):
    speakers = np.array([4] * 21 + [7] * 8 + [9] * 3)
    batches = speaker_batches(speakers, batch_size=8, speakers_per_batch=2, random=random)
    assert sorted(np.concatenate(batches).tolist()) == list(range(32))
    for batch in batches:
        assert len(batch) <= 8
        changes = np.count_nonzero(np.diff(speakers[batch]))
        assert changes <= 1  # two groups, one behind the other
    sizes = Counter(count for batch in batches for count in Counter(speakers[batch].tolist()).values())
    assert sizes[4] + 2 * sizes[8] >= 6  # of 21, 8 and 3 utterances, groups of four but the last ones
    again = speaker_batches(speakers, batch_size=8, speakers_per_batch=2, random=random)
    assert [batch.tolist() for batch in again] != [batch.tolist() for batch in batches]


@pytest.mark.parametrize("speakers", [0, 9])
def test_more_speakers_than_utterances_in_a_batch_are_refused(random, speakers):
    with pytest.raises(ConfigError, match=f"from 1 to batch_size, 8, speakers in a batch; got {speakers}. Correct"):
        speaker_batches([0, 1, 2], batch_size=8, speakers_per_batch=speakers, random=random)
