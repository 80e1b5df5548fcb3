"""What a model takes and gives: a batch of utterances, and its output for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from ser_core.types import IntArray

AUDIO = "audio"  # the input that a recipe's `front_end` describes
EMOTION = "emotion"  # the task whose classes are the emotions of the corpus


class Padded(NamedTuple):
    """One input of a batch: values ``(B, T, F)``, padded at the end, and true frames of each utterance ``(B,)``."""

    values: Tensor
    lengths: Tensor

    def to(self, device: torch.device) -> "Padded":
        """Copy to a device."""
        return Padded(self.values.to(device), self.lengths.to(device))


@dataclass(frozen=True)
class Targets:
    """What one task wants the model to predict for a batch.

    ``values`` has a row per utterance; for a task with classes, the share of each class, ``(B, K)``. ``present`` marks
    labels, ``(B,)``, or ``(B, K)`` where each value may be missing by itself; other values are meaningless.
    """

    values: Tensor
    present: Tensor

    def to(self, device: torch.device) -> "Targets":
        """Copy to a device."""
        return Targets(self.values.to(device), self.present.to(device))


@dataclass(frozen=True)
class Batch:
    """Utterances that are trained on together: inputs by name, targets by task, rows ``(B,)`` in the training set."""

    inputs: Mapping[str, Padded]
    targets: Mapping[str, Targets]
    rows: IntArray

    def to(self, device: torch.device) -> "Batch":
        """Copy to a device."""
        inputs = {name: padded.to(device) for name, padded in self.inputs.items()}
        return Batch(inputs, {name: targets.to(device) for name, targets in self.targets.items()}, self.rows)


@dataclass(frozen=True)
class Output:
    """What a model computes for a batch: the embedding ``(B, D)``, not scaled, and heads ``(B, K)`` by task."""

    embedding: Tensor
    heads: Mapping[str, Tensor]

    def float(self) -> "Output":
        """Turn everything into float32."""
        return Output(self.embedding.float(), {name: values.float() for name, values in self.heads.items()})
