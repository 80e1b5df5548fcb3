"""Inputs and labels of a corpus, in memory."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ser_core.corpora.manifest import Manifest
from ser_core.features.cache import Span, frames_of_files
from ser_core.features.front_end import FrontEnd
from ser_core.models import AUDIO
from ser_core.tasks import ClassTask, Labels, Task
from ser_core.tasks.classes import MISSING
from ser_core.types import IntArray


@dataclass(frozen=True)
class Examples:
    """Utterances ready to train on.

    Attributes:
        inputs: by their names, one tensor of shape ``(T, F)`` per utterance.
        labels: of each task, by its name.
    """

    inputs: Mapping[str, Sequence[Tensor]]
    labels: Mapping[str, Labels] = field(default_factory=dict)

    def __len__(self) -> int:
        """Count the utterances."""
        return len(self.inputs[AUDIO])

    def select(self, indices: Sequence[int] | IntArray) -> "Examples":
        """Take the utterances at ``indices``."""
        inputs = {name: [items[index] for index in indices] for name, items in self.inputs.items()}
        return Examples(inputs, {name: labels.select(indices) for name, labels in self.labels.items()})

    def labelled(self, tasks: Sequence[Task], manifest: Manifest) -> "Examples":
        """Return the same inputs with the labels that the tasks find in the manifest they were read from."""
        return dataclasses.replace(self, labels={task.name: task.labels(manifest) for task in tasks})

    def statistics(self) -> tuple[Tensor, Tensor]:
        """Return mean and standard deviation of all frames per feature, each of shape ``(F,)``."""
        frames = self.inputs[AUDIO]
        count = sum(item.shape[0] for item in frames)
        mean = torch.stack([item.double().sum(dim=0) for item in frames]).sum(dim=0) / count
        squares = torch.stack([(item.double() - mean).square().sum(dim=0) for item in frames]).sum(dim=0)
        return mean.float(), (squares / count).sqrt().float()


def class_numbers_of(task: Task, examples: Examples) -> IntArray:
    """Return the class of each utterance, shape ``(B,)``: −1 without a label, and for a task without classes."""
    if not isinstance(task, ClassTask):
        return np.full(len(examples), MISSING, dtype=np.int64)
    return examples.labels[task.name].values


def class_counts(task: Task, examples: Examples) -> tuple[int, ...]:
    """Count the utterances of each class of a task; empty for a task without classes."""
    numbers = class_numbers_of(task, examples)
    size = task.size if isinstance(task, ClassTask) else 0
    return tuple(np.bincount(numbers[numbers >= 0], minlength=size).tolist())


def load_examples(
    manifest: Manifest,
    front_end: FrontEnd,
    *,
    cache: Path | None,
    progress: Callable[[int, int], None] | None = None,
) -> Examples:
    """Read a corpus and compute its frames; what they are labelled with depends on who trains.

    Args:
        manifest: what to read.
        front_end: settings.
        cache: folder of the frame cache, or none.
        progress: told how many of how many utterances are done.
    """
    spans = [Span(manifest.path(item), item.start, item.end) for item in manifest.utterances]
    return Examples({AUDIO: frames_of_files(spans, front_end, cache=cache, progress=progress)})
