"""Losses of pairs: the same emotion or not? By the cosine, by a small network, and by both together."""

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from ser_core.errors import ConfigError, InputError

_MOST_HIDDEN = 65_536  # as of every layer of a recipe: a slip of the keyboard shall not ask for all memory


def check_pairs(first: Tensor, second: Tensor, same: Tensor) -> None:
    """Check two batches of rows ``(M, D)`` and one truth per pair, ``(M,)``.

    Raises:
        InputError: if the shapes do not fit, there is no pair, or ``same`` does not hold true and false.
    """
    if first.ndim != 2 or second.shape != first.shape or same.shape != first.shape[:1] or not len(same):
        raise InputError(
            f"Expected two batches (M, D) and one truth per pair (M,); got {tuple(first.shape)}, "
            f"{tuple(second.shape)} and {tuple(same.shape)}. "
            "Pass first members, second members, and whether they match."
        )
    if same.dtype != torch.bool:
        raise InputError(f"Expected true or false for every pair; got {same.dtype}. Compare the labels with ==.")


class CosineEmbeddingLoss(nn.Module):
    """``1 − cos(a, b)`` for pairs of one class, ``max(0, cos(a, b) − margin)`` for others; averaged over all pairs.

    References:
        Lian et al. (2018), A Pairwise Discriminative Task for Speech Emotion Recognition, section 2.2.1.
    """

    def __init__(self, *, margin: float = 0.1) -> None:
        """Set the cosine, 0 to 1, below which pairs of different classes are far enough apart.

        Raises:
            ConfigError: if the margin is out of range.
        """
        super().__init__()
        if not 0 <= margin <= 1:
            raise ConfigError(f"Expected a cosine margin in [0, 1]; got {margin}. Lian et al. try 0 to 0.3, best 0.1.")
        self.margin = margin

    def values(self, first: Tensor, second: Tensor, same: Tensor) -> Tensor:
        """Compute one value per pair; shapes as in :meth:`forward`, result ``(M,)``."""
        cosine = functional.cosine_similarity(first, second, dim=1)  # (M,)
        return torch.where(same, 1.0 - cosine, functional.relu(cosine - self.margin))

    def forward(self, first: Tensor, second: Tensor, same: Tensor) -> Tensor:
        """Average over pairs of embeddings ``(M, D)``, some of the ``same`` class, ``(M,)``.

        Raises:
            InputError: if the shapes do not fit.
        """
        check_pairs(first, second, same)
        return self.values(first, second, same).mean()


class PairHead(nn.Module):
    """Two embeddings, one behind the other ``(2 D)`` → hidden, ReLU → two logits: different, same.

    References:
        Lian et al. (2018), section 2.1.2: 512 → 128 → 2 for embeddings of 256 values.
    """

    def __init__(self, embedding_size: int, *, hidden: int = 128) -> None:
        """Take embeddings of ``embedding_size`` values."""
        super().__init__()
        if embedding_size < 1 or not 1 <= hidden <= _MOST_HIDDEN:
            raise ConfigError(
                f"Expected a pair head with at least 1 input and 1 to {_MOST_HIDDEN} hidden units; got "
                f"{embedding_size} and {hidden}. Pass the model's embedding size; Lian et al. use 128 hidden units."
            )
        self.hidden = nn.Linear(2 * embedding_size, hidden)
        self.out = nn.Linear(hidden, 2)

    def forward(self, first: Tensor, second: Tensor) -> Tensor:
        """Judge pairs ``(M, D)`` and ``(M, D)``; logits ``(M, 2)``, the second one speaks for "same"."""
        both = torch.cat([first, second], dim=1)  # (M, 2 D)
        logits: Tensor = self.out(functional.relu(self.hidden(both)))
        return logits


class PairValue(NamedTuple):
    """The combined loss, and the two terms it is made of."""

    loss: Tensor
    cosine: Tensor
    cross_entropy: Tensor


class PairLoss(nn.Module):
    """``λ · L_cos + (1 − λ) · L_cro``: the pairwise discriminative task.

    ``head`` learns with the encoder whether two utterances are of one class, and judges pairs afterwards.

    References:
        Lian et al. (2018), A Pairwise Discriminative Task for Speech Emotion Recognition, equation 1.
    """

    def __init__(self, *, embedding_size: int, margin: float = 0.1, weight: float = 0.9, hidden: int = 128) -> None:
        """Set the terms.

        Args:
            margin: of the cosine loss, from 0 to 1.
            weight: ``λ``, the share of the cosine loss, from 0 to 1.
            hidden: units between the concatenated pair and the two logits.

        Raises:
            ConfigError: if a value is out of range.
        """
        super().__init__()
        if not 0 <= weight <= 1:
            raise ConfigError(f"Expected a pair weight (λ) in [0, 1]; got {weight}. Lian et al. find 0.9 best.")
        self.cosine = CosineEmbeddingLoss(margin=margin)
        self.head = PairHead(embedding_size, hidden=hidden)
        self.weight = weight

    def forward(self, first: Tensor, second: Tensor, same: Tensor) -> PairValue:
        """Compute both terms and combine them; shapes and errors are those of :meth:`CosineEmbeddingLoss.forward`."""
        cosine = self.cosine(first, second, same)
        cross_entropy = functional.cross_entropy(self.head(first, second), same.long())
        return PairValue(self.weight * cosine + (1 - self.weight) * cross_entropy, cosine, cross_entropy)
