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
    """What a manifest tells of every utterance for one task.

    Attributes:
        values: class numbers, shape ``(B,)``, or one value per dimension, shape ``(B, R)``. Where there is no label
            they are no label of anything: −1 and NaN.
        present: whether there is a label; shape as ``values``.
    """

    values: NDArray[Any]
    present: BoolArray

    def select(self, indices: Any) -> "Labels":
        """Take the utterances at ``indices``."""
        rows = np.asarray(indices, dtype=np.int64)
        return Labels(self.values[rows], self.present[rows])


class Task(FileRecord, ABC):
    """One thing that a model tells of an utterance.

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
        """Turn labels into what :meth:`loss` compares outputs with, shape ``(B, size)``, float32; 0 where missing."""

    @abstractmethod
    def loss(self, outputs: Tensor, targets: Tensor, present: Tensor) -> Tensor:
        """Compute one value of a batch, to go down. Rows without a label have no part in it; without any it is 0.

        Args:
            outputs: of the head, shape ``(B, size)``.
            targets: from :meth:`targets`, shape ``(B, size)``.
            present: shape of :attr:`Labels.present`, booleans.
        """

    @abstractmethod
    def metrics(self, outputs: FloatArray, labels: Labels) -> dict[str, float]:
        """Measure outputs ``(B, size)`` of the head against the labels that there are.

        Returns:
            Metric → value, without those that nothing can be said of; empty where no utterance has a label.
        """

    @abstractmethod
    def predictions(self, outputs: FloatArray) -> list[dict[str, float]]:
        """Turn outputs ``(B, size)`` into what they mean: probability of each class, or value of each rating."""

    def score(self, metrics: Mapping[str, float]) -> float | None:
        """Return what chooses an epoch, the highest first; None where it was not measured."""
        value = metrics.get(self.chosen_by)
        return None if value is None else value if self.higher_is_better else -value
