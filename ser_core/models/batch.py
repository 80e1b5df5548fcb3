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
    """One input of a batch.

    Attributes:
        values: shape ``(B, T, F)``; what stands behind the end of an utterance is padding.
        lengths: true frames of each utterance, shape ``(B,)``.
    """

    values: Tensor
    lengths: Tensor

    def to(self, device: torch.device) -> "Padded":
        """Copy to a device."""
        return Padded(self.values.to(device), self.lengths.to(device))


@dataclass(frozen=True)
class Targets:
    """What one task wants the model to say about a batch.

    Attributes:
        values: one row per utterance; of a task with classes, the share of each class, shape ``(B, K)``.
        present: whether there is a label, shape ``(B,)``, or ``(B, K)`` where each value may be missing by itself; the
            values of others mean nothing.
    """

    values: Tensor
    present: Tensor

    def to(self, device: torch.device) -> "Targets":
        """Copy to a device."""
        return Targets(self.values.to(device), self.present.to(device))


@dataclass(frozen=True)
class Batch:
    """Utterances that are trained on together.

    Attributes:
        inputs: what goes in, by the input's name.
        targets: what is wanted, by the task's name.
        rows: number of each utterance in the training set, shape ``(B,)``.
    """

    inputs: Mapping[str, Padded]
    targets: Mapping[str, Targets]
    rows: IntArray

    def to(self, device: torch.device) -> "Batch":
        """Copy to a device."""
        inputs = {name: padded.to(device) for name, padded in self.inputs.items()}
        return Batch(inputs, {name: targets.to(device) for name, targets in self.targets.items()}, self.rows)


@dataclass(frozen=True)
class Output:
    """What a model computes for a batch.

    Attributes:
        embedding: shape ``(B, D)``, not scaled.
        heads: what each head says, by the task's name; each of shape ``(B, K)``.
    """

    embedding: Tensor
    heads: Mapping[str, Tensor]

    def float(self) -> "Output":
        """Turn everything into float32."""
        return Output(self.embedding.float(), {name: values.float() for name, values in self.heads.items()})
