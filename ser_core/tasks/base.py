"""What every task gives: targets from a manifest, a loss, metrics, and predictions from the outputs of its head."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from ser_core.config import FileRecord
from ser_core.corpora.manifest import Manifest
from ser_core.types import BoolArray, FloatArray


@dataclass(frozen=True)
class Labels:
    """The labels of every utterance of a manifest for one task.

    ``values`` are class numbers, ``(B,)``, or one value per dimension, ``(B, R)``; ``present``, of the same shape,
    marks labels. Missing values are −1 and NaN.
    """

    values: NDArray[Any]
    present: BoolArray

    def select(self, indices: Any) -> "Labels":
        """Take the utterances at ``indices``."""
        rows = np.asarray(indices, dtype=np.int64)
        return Labels(self.values[rows], self.present[rows])


class Task(FileRecord, ABC):
    """Something that a model predicts of an utterance.

    A task is a frozen dataclass, made for a training set (:func:`ser_core.tasks.build_task`); its fields are kept in a
    checkpoint's card, from which :func:`ser_core.tasks.task_from` makes it again.

    Attributes:
        chosen_by: the metric that chooses an epoch.
        higher_is_better: whether the better of two epochs has the higher value of that metric.
    """

    chosen_by: ClassVar[str]
    higher_is_better: ClassVar[bool] = True

    @property
    @abstractmethod
    def name(self) -> str:
        """Its name in ``ser_core.tasks.TASKS``, and that of its head."""

    @property
    @abstractmethod
    def columns(self) -> tuple[str, ...]:
        """Columns of the manifest that hold the labels."""

    @property
    @abstractmethod
    def size(self) -> int:
        """Outputs of the head."""

    @abstractmethod
    def labels(self, manifest: Manifest) -> Labels:
        """Read the labels of every utterance; raises InputError for a label that this task does not know."""

    @abstractmethod
    def targets(self, labels: Labels) -> Tensor:
        """Turn labels into what :meth:`loss` compares outputs with, ``(B, size)``, float32; 0 where missing."""

    @abstractmethod
    def loss(self, outputs: Tensor, targets: Tensor, present: Tensor) -> Tensor:
        """Compute the loss of outputs and targets ``(B, size)``; 0 without labels.

        Rows that are not ``present``, in the shape of :attr:`Labels.present`, have no influence.
        """

    @abstractmethod
    def metrics(self, outputs: FloatArray, labels: Labels) -> dict[str, float]:
        """Measure outputs ``(B, size)`` of the head against existing labels: metric → value.

        Undefined metrics are left out; the result is empty where no utterance has a label.
        """

    @abstractmethod
    def predictions(self, outputs: FloatArray) -> list[dict[str, float]]:
        """Interpret outputs ``(B, size)``: probability of each class, or value of each rating."""

    def score(self, metrics: Mapping[str, float]) -> float | None:
        """Return the score that chooses an epoch, the highest first; None if not measured."""
        value = metrics.get(self.chosen_by)
        return None if value is None else value if self.higher_is_better else -value
