"""The order in which an epoch visits utterances."""

from collections.abc import Sequence

import numpy as np

from ser_core.errors import ConfigError
from ser_core.types import IntArray

# Utterances are sorted by length within groups of this many batches: little padding, still shuffled.
_BATCHES_PER_GROUP = 8


def length_batches(lengths: Sequence[float], *, batch_size: int, random: np.random.Generator) -> list[IntArray]:
    """Shuffle an epoch so that the utterances of a batch have similar length, in frames.

    The index arrays together hold every utterance once; the last batch may be smaller.

    Raises:
        ConfigError: if ``batch_size`` is below one.
    """
    if batch_size < 1:
        raise ConfigError(f"Expected batch_size of at least 1; got {batch_size}. Raise it in the recipe's stage.")
    sizes = np.asarray(lengths)
    order = random.permutation(len(sizes))
    group = batch_size * _BATCHES_PER_GROUP
    for start in range(0, len(order), group):
        part = order[start : start + group]
        order[start : start + group] = part[np.argsort(sizes[part], kind="stable")]
    batches = [order[start : start + batch_size] for start in range(0, len(order), batch_size)]
    return [batches[index] for index in random.permutation(len(batches))]


def speaker_batches(
    speakers: Sequence[int] | IntArray, *, batch_size: int, speakers_per_batch: int, random: np.random.Generator
) -> list[IntArray]:
    """Shuffle an epoch so that the utterances of a batch are groups, each of one speaker.

    A group has ``batch_size / speakers_per_batch`` utterances, rounded up; the last one of a speaker may be smaller.
    The index arrays together hold every utterance once; one batch may be smaller, and a speaker may come twice.

    Raises:
        ConfigError: if there are more speakers in a batch than utterances.
    """
    if not 1 <= speakers_per_batch <= batch_size:
        raise ConfigError(
            f"Expected from 1 to batch_size, {batch_size}, speakers in a batch; got {speakers_per_batch}. Correct "
            "speakers_per_batch in the recipe's stage."
        )
    known = np.asarray(speakers)
    size = -(-batch_size // speakers_per_batch)
    groups = []
    for speaker in np.unique(known):
        rows = random.permutation(np.flatnonzero(known == speaker))
        groups += [rows[start : start + size] for start in range(0, len(rows), size)]
    order = random.permutation(len(groups)).tolist()
    return [
        np.concatenate([groups[number] for number in order[start : start + speakers_per_batch]])
        for start in range(0, len(order), speakers_per_batch)
    ]


def p_by_k_batches(
    targets: Sequence[int], *, classes: int, utterances: int, random: np.random.Generator
) -> list[IntArray]:
    """Draw batches, index arrays of ``P * K``, of ``P`` classes with ``K`` utterances each.

    An epoch holds as many batches as fit the number of utterances. The utterances of a class are taken in a shuffled
    order before any returns, and so are the classes themselves where a batch does not hold all of them: rare classes
    repeat, and none is left out.

    Raises:
        ConfigError: if there are fewer classes than ``P`` or a class has fewer utterances than ``K``.

    References:
        Hermans et al. (2017), In Defense of the Triplet Loss for Person Re-Identification.
    """
    known = np.asarray(targets)
    present, counts = np.unique(known, return_counts=True)
    if classes < 2 or utterances < 2:
        raise ConfigError(
            f"Expected at least 2 classes of 2 utterances in a batch; got {classes} x {utterances}. "
            "Raise classes_per_batch and utterances_per_class."
        )
    rarest = int(counts.min()) if counts.size else 0
    if classes > present.size or utterances > rarest:
        raise ConfigError(
            f"Expected batches of at most {present.size} classes x {rarest} utterances (what this "
            f"training split holds); got {classes} x {utterances}. Lower classes_per_batch or utterances_per_class."
        )
    visits = _Walk(present, random)
    walks = {int(label): _Walk(np.flatnonzero(known == label), random) for label in present}
    batches: list[IntArray] = []
    for _ in range(max(1, known.size // (classes * utterances))):
        everyone = classes == present.size
        chosen = random.choice(present, size=classes, replace=False) if everyone else visits.take(classes)
        batches.append(np.concatenate([walks[int(label)].take(utterances) for label in chosen]))
    return batches


class _Walk:
    """An endless shuffled walk through a set of indices."""

    def __init__(self, indices: IntArray, random: np.random.Generator) -> None:
        self.indices = indices
        self.random = random
        self.waiting: list[int] = []

    def take(self, count: int) -> IntArray:
        taken: list[int] = []
        while len(taken) < count:
            if not self.waiting:
                # An utterance that was just taken waits for the next round, so that a batch holds none twice.
                fresh = [index for index in self.random.permutation(self.indices).tolist() if index not in taken]
                self.waiting = fresh
            taken.append(self.waiting.pop())
        return np.asarray(taken, dtype=np.int64)
