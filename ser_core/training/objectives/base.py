"""What every objective of a stage gives: one value for a batch, to go down."""

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from ser_core.models import Output


@dataclass(frozen=True)
class Outline:
    """What an objective may know of the model and the training set before the first batch.

    Attributes:
        class_counts: training utterances of each class, ``K`` of them.
        embedding_size: ``D``.
    """

    class_counts: tuple[int, ...]
    embedding_size: int

    @property
    def classes(self) -> int:
        """Number of classes, ``K``."""
        return len(self.class_counts)


class Value(NamedTuple):
    """A loss to go down, and figures that are shown beside it."""

    loss: Tensor
    figures: dict[str, float]


class Objective(nn.Module):
    """Base: one value for a batch.

    Attributes:
        mixes: whether targets may be mixtures of classes.
        pairs: whether a batch holds pairs: first members, then second members.
        judge: which back end judges the development set after every epoch: ``head`` or ``angle``.
        back_end: which back end the finished model is judged by: ``head``, ``angle``, ``svm`` or ``knn``.
    """

    mixes: bool = False
    pairs: bool = False
    judge: str = "head"
    back_end: str = "head"

    def forward(self, output: Output, head: nn.Module, targets: Tensor) -> Value:
        """Compute the value.

        Args:
            output: of the model.
            head: of the model, for objectives that train it on embeddings held fixed.
            targets: class shares, shape ``(B, K)``; one-hot unless :attr:`mixes`.
        """
        raise TypeError(f"{type(self).__name__} has to define forward")

    def probability_same(self, first: Tensor, second: Tensor) -> Tensor:
        """Return how probably the embeddings ``(M, D)`` share a class, row by row, for objectives on pairs."""
        raise TypeError(f"{type(self).__name__} has to define probability_same")


def class_numbers(targets: Tensor) -> Tensor:
    """Turn shares ``(B, K)`` into class numbers ``(B,)``."""
    return targets.argmax(dim=1)


def one_hot(targets: Tensor, classes: int) -> Tensor:
    """Turn class numbers ``(B,)`` into shares ``(B, K)``."""
    return functional.one_hot(targets, classes).to(torch.float32)
