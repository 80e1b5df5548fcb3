"""Classification tasks: an utterance's emotion, speaker, gender or corpus."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from ser_core.corpora.manifest import Manifest
from ser_core.errors import ConfigError, InputError
from ser_core.evaluation.calibration import softmax
from ser_core.evaluation.metrics import scores
from ser_core.labels import EMOTIONS
from ser_core.losses import SoftmaxLoss
from ser_core.tasks.base import Labels, Task
from ser_core.types import FloatArray

MISSING = -1  # in place of a class number


@dataclass(frozen=True)
class ClassKind:
    """A column of the manifest, also the name of the task, whose values are classes in this order, or sorted.

    ``of_training`` restricts the classes to those of the training utterances: speakers who are tested were not heard.
    """

    column: str
    order: tuple[str, ...] = ()
    of_training: bool = False

    def build(self, manifest: Manifest, train: Sequence[int]) -> "ClassTask":
        """Make the task for the training rows of a manifest; raises ConfigError for fewer than two classes."""
        rows = [manifest.utterances[index] for index in train] if self.of_training else manifest.utterances
        found = {value for row in rows if (value := getattr(row, self.column)) is not None}
        classes = tuple(name for name in self.order if name in found) if self.order else tuple(sorted(found))
        if len(classes) < 2:
            raise ConfigError(
                f"Expected at least two classes in column {self.column} for the task {self.column!r}; got "
                f"{', '.join(classes) or 'none'}. Leave that task out of the recipe, or fill the column in."
            )
        return ClassTask(self.column, classes, self.of_training)


CLASS_KINDS = (
    ClassKind("emotion", order=EMOTIONS),
    ClassKind("speaker", of_training=True),
    ClassKind("gender", order=("female", "male")),
    ClassKind("corpus"),
)


@dataclass(frozen=True)
class ClassTask(Task):
    """Classification of a column, also the name of the task, in ``K`` classes.

    ``others_are_missing`` is whether an utterance of another class counts as one without a label, or is refused.
    """

    column: str
    classes: tuple[str, ...]
    others_are_missing: bool = False

    chosen_by: ClassVar[str] = "uar"

    @property
    def name(self) -> str:
        """See :class:`Task`."""
        return self.column

    @property
    def columns(self) -> tuple[str, ...]:
        """See :class:`Task`."""
        return (self.column,)

    @property
    def size(self) -> int:
        """See :class:`Task`."""
        return len(self.classes)

    def labels(self, manifest: Manifest) -> Labels:
        """See :class:`Task`."""
        numbers: dict[str | None, int] = {name: number for number, name in enumerate(self.classes)}
        found = [getattr(row, self.column) for row in manifest.utterances]
        unknown = Counter(value for value in found if value is not None and value not in numbers)
        if unknown and not self.others_are_missing:
            listed = ", ".join(f"{name} ({count} rows)" for name, count in unknown.items())
            raise InputError(
                f"Expected values of column {self.column} among {', '.join(self.classes)}, those that the model knows; "
                f"got {listed}. Leave these rows out, or train a model on them."
            )
        values = np.array([numbers.get(value, MISSING) for value in found], dtype=np.int64)
        return Labels(values, values != MISSING)

    def targets(self, labels: Labels) -> Tensor:
        """Give shares of the classes: one for the class of the utterance."""
        known = torch.from_numpy(np.where(labels.present, labels.values, 0))
        shares = functional.one_hot(known, self.size).to(torch.float32)
        return shares * torch.from_numpy(labels.present)[:, None]

    def loss(self, outputs: Tensor, targets: Tensor, present: Tensor) -> Tensor:
        """Softmax cross entropy, averaged over the utterances that have a label."""
        if not present.any():
            return outputs.sum() * 0
        value: Tensor = SoftmaxLoss()(outputs[present], targets[present])
        return value

    def metrics(self, outputs: FloatArray, labels: Labels) -> dict[str, float]:
        """Give ``uar`` and ``wa`` of the most probable class."""
        if not labels.present.any():
            return {}
        truth = self._names(labels.values[labels.present])
        found = scores(truth, self._names(outputs[labels.present].argmax(axis=1)), self.classes)
        return {"uar": found.uar, "wa": found.wa}

    def predictions(self, outputs: FloatArray) -> list[dict[str, float]]:
        """Give the probability of each class."""
        return [dict(zip(self.classes, map(float, row), strict=True)) for row in softmax(outputs)]

    def _names(self, numbers: Any) -> list[str]:
        return [self.classes[number] for number in numbers]
