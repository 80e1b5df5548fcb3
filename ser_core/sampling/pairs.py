"""Batches of random pairs, drawn without listing all pairs."""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from ser_core.errors import ConfigError
from ser_core.types import IntArray


class PairBatches:
    """Batches of one epoch, drawn while iterating; every iteration draws the same ones.

    Every ordered pair of two utterances has a number, class by class. A number is drawn and turned into its two
    utterances by division, so that all pairs are equally likely.
    """

    def __init__(self, targets: IntArray, *, pairs: int, batches: int, positive_share: float, seed: int) -> None:
        """Get ready; use :func:`pair_batches`, which checks."""
        self.pairs = pairs
        self.batches = batches
        self.positive_share = positive_share
        self.seed = seed
        self.order = np.argsort(targets, kind="stable")  # (B,), the utterances of a class stand together
        self.counts = np.unique(targets, return_counts=True)[1]  # (K,)
        self.starts = np.cumsum(self.counts) - self.counts  # (K,), where each class begins in that order

    @property
    def positives(self) -> int:
        """Number of ordered pairs of one class."""
        return int((self.counts * (self.counts - 1)).sum())

    @property
    def negatives(self) -> int:
        """Number of ordered pairs of two classes."""
        return int((self.counts * (self.order.size - self.counts)).sum())

    def __len__(self) -> int:
        """Count the batches."""
        return self.batches

    def __iter__(self) -> Iterator[IntArray]:
        """Draw one batch after the other: first members, then second members, those of one class in front."""
        random = np.random.default_rng(self.seed)
        for number in range(self.batches):
            wanted = self._positives_until(number + 1) - self._positives_until(number)
            same = self._positive(random.integers(self.positives, size=wanted))
            other = self._negative(random.integers(self.negatives, size=self.pairs - wanted))
            places = np.concatenate([same, other], axis=1).reshape(-1)  # (2, M) → (2 M,)
            yield self.order[places]

    def _positives_until(self, batch: int) -> int:
        # Rounding the running total, not each batch, makes the share of the epoch exact.
        return math.floor(batch * self.pairs * self.positive_share + 0.5)

    def _positive(self, numbers: IntArray) -> IntArray:
        partners = self.counts - 1
        kind, rest = self._class_of(numbers, self.counts * partners)
        first, second = np.divmod(rest, partners[kind])
        second += second >= first  # no utterance is paired with itself
        return np.stack([self.starts[kind] + first, self.starts[kind] + second])

    def _negative(self, numbers: IntArray) -> IntArray:
        partners = self.order.size - self.counts
        kind, rest = self._class_of(numbers, self.counts * partners)
        first, second = np.divmod(rest, partners[kind])
        second += np.where(second >= self.starts[kind], self.counts[kind], 0)  # the own class is stepped over
        return np.stack([self.starts[kind] + first, second])

    @staticmethod
    def _class_of(numbers: IntArray, pairs_of_class: IntArray) -> tuple[IntArray, IntArray]:
        """Find the class of each pair number, and the number within that class."""
        ends = np.cumsum(pairs_of_class)
        kind = np.searchsorted(ends, numbers, side="right")
        return kind, numbers - (ends - pairs_of_class)[kind]


def pair_batches(
    targets: Sequence[int], *, pairs: int, batches: int, positive_share: float = 0.33, random: np.random.Generator
) -> PairBatches:
    """Draw an epoch of batches of ``M`` pairs: index arrays of first members, then second members, ``2 * M`` each.

    All pairs of one class are equally likely, and so are all pairs of two classes: large classes are drawn more often.
    Memory is that of the utterances, not of the pairs. The share of pairs of one class, 0 to 1, is met over the epoch
    to the nearest pair, and in every batch to within one.

    Raises:
        ConfigError: if a setting is out of range, or there is no pair of one class or none of two.

    References:
        Lian et al. (2018), section 3: 33 % of the pairs are positive.

    Examples:
        >>> epoch = pair_batches([0, 0, 1, 1], pairs=3, batches=2, random=np.random.default_rng(0))
        >>> [batch.shape for batch in epoch]
        [(6,), (6,)]
    """
    if pairs < 1 or batches < 1:
        raise ConfigError(f"Expected at least 1 pair in at least 1 batch; got {pairs} in {batches}. Raise both.")
    if not 0 < positive_share < 1:
        raise ConfigError(
            f"Expected a share of positive pairs between 0 and 1; got {positive_share}. Lian et al. use 0.33."
        )
    epoch = PairBatches(
        np.asarray(targets),
        pairs=pairs,
        batches=batches,
        positive_share=positive_share,
        seed=int(random.integers(2**63)),
    )
    if not epoch.positives:
        raise ConfigError(
            "Expected a class with at least 2 utterances, for pairs of one class; got none in this training split. "
            "Train on more utterances."
        )
    if not epoch.negatives:
        raise ConfigError(
            "Expected at least 2 classes, for pairs of two classes; got 1 in this training split. "
            "Train on more emotions."
        )
    return epoch
