"""What every objective of a stage gives: the loss of a batch."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from torch import Tensor, nn

from ser_core.models import EMOTION, Output, Targets


@dataclass(frozen=True)
class ObjectiveContext:
    """What an objective may use of the model and the training set before the first batch.

    ``class_counts`` are the training utterances of each of ``K`` classes, none for a task without classes;
    ``task_loss`` is the loss of that task, from outputs, targets and which are present.
    """

    class_counts: tuple[int, ...]
    embedding_size: int
    task: str = EMOTION
    task_loss: Callable[[Tensor, Tensor, Tensor], Tensor] | None = None

    @property
    def classes(self) -> int:
        """Number of classes, ``K``."""
        return len(self.class_counts)


class LossValue(NamedTuple):
    """A loss to be minimised, and figures that are shown beside it."""

    loss: Tensor
    figures: dict[str, float]


class Objective(nn.Module):
    """Base: the loss of a batch.

    Attributes:
        task: name of the task whose head and targets the objective looks at.
        minimises: what it minimises and on which part of the model, in a few words, for the picture of a recipe.
        classes_only: whether it can only be computed for a task with classes.
        mixes: whether targets may be mixtures of classes.
        pairs: whether a batch holds pairs: first members, then second members.
        judge: which back end judges the development set after every epoch: ``head`` or ``angle``.
        back_end: which back end the finished model is judged by: ``head``, ``angle``, ``svm`` or ``knn``.
    """

    minimises: ClassVar[str]
    classes_only: bool = True
    mixes: bool = False
    pairs: bool = False
    judge: str = "head"
    back_end: str = "head"

    def __init__(self, context: ObjectiveContext) -> None:
        """Remember the task."""
        super().__init__()
        self.task = context.task

    def forward(self, output: Output, heads: Mapping[str, nn.Module], targets: Mapping[str, Targets]) -> LossValue:
        """Compute the loss of outputs; heads and targets are by the task's name.

        Targets of classes are shares ``(B, K)``, one-hot unless :attr:`mixes`. Some objectives train a head on
        embeddings held fixed.
        """
        raise TypeError(f"{type(self).__name__} has to define forward")

    def probability_same(self, first: Tensor, second: Tensor) -> Tensor:
        """Return how probably the embeddings ``(M, D)`` share a class, row by row, for objectives on pairs."""
        raise TypeError(f"{type(self).__name__} has to define probability_same")


def class_numbers(targets: Tensor) -> Tensor:
    """Turn shares ``(B, K)`` into class numbers ``(B,)``."""
    return targets.argmax(dim=1)
