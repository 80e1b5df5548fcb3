"""Inputs and labels of a corpus, in memory."""

import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import numpy as np
import torch
from torch import Tensor

from ser_core.corpora.manifest import Manifest
from ser_core.inputs import inputs_of, read_inputs
from ser_core.inputs.disturbed import read_disturbed
from ser_core.recipes import Recipe
from ser_core.tasks import ClassTask, Labels, Task
from ser_core.tasks.classes import MISSING
from ser_core.types import IntArray

Disturbed: TypeAlias = Mapping[str, Sequence[Mapping[str, Sequence[Tensor]]]]


@dataclass(frozen=True)
class Examples:
    """Utterances ready to train on.

    ``inputs`` hold, by name, one tensor ``(T, F)`` per utterance, ``(0, F)`` where it lacks this input; ``labels`` are
    by task; ``speakers`` are numbers, ``(B,)``; ``notes`` are for readers of results; ``disturbed`` are versions of
    those that are trained on, as of :func:`ser_core.inputs.disturbed.read_disturbed`.
    """

    inputs: Mapping[str, Sequence[Tensor]]
    labels: Mapping[str, Labels]
    speakers: IntArray
    notes: tuple[str, ...] = ()
    disturbed: Disturbed = field(default_factory=dict)

    def __len__(self) -> int:
        """Count the utterances."""
        return len(next(iter(self.inputs.values())))

    def select(self, indices: Sequence[int] | IntArray) -> "Examples":
        """Take the utterances at ``indices``."""
        labels = {name: labels.select(indices) for name, labels in self.labels.items()}
        disturbed = {
            name: [_selected(version, indices) for version in versions] for name, versions in self.disturbed.items()
        }
        speakers = self.speakers[np.asarray(indices, dtype=np.int64)]
        return Examples(_selected(self.inputs, indices), labels, speakers, self.notes, disturbed)

    def labelled(self, tasks: Sequence[Task], manifest: Manifest) -> "Examples":
        """Return the same inputs with the labels that the tasks find in the manifest they were read from."""
        return dataclasses.replace(self, labels={task.name: task.labels(manifest) for task in tasks})

    def statistics(self) -> dict[str, tuple[Tensor, Tensor]]:
        """Return mean and standard deviation of all steps per feature, by the input's name, each of shape ``(F,)``."""
        return {name: _statistics(items) for name, items in self.inputs.items()}


def _selected(inputs: Mapping[str, Sequence[Tensor]], indices: Sequence[int] | IntArray) -> dict[str, list[Tensor]]:
    return {name: [items[index] for index in indices] for name, items in inputs.items()}


def _statistics(items: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    count = max(1, sum(item.shape[0] for item in items))
    mean = torch.stack([item.double().sum(dim=0) for item in items]).sum(dim=0) / count
    squares = torch.stack([(item.double() - mean).square().sum(dim=0) for item in items]).sum(dim=0)
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
    recipe: Recipe,
    *,
    cache: Path | None,
    trained: Collection[int] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Examples:
    """Read a corpus and compute a recipe's inputs; labels depend on the fold.

    Args:
        manifest: the corpus.
        recipe: whose inputs and disturbances.
        cache: folder of frames, or none.
        trained: indices of the utterances that are trained on: others get no disturbed versions, which nothing would
            hear. All of them if not given.
        progress: called with the number of utterances that are done, and of all.
    """
    sources = inputs_of(recipe)
    inputs, notes = read_inputs(sources, manifest, cache=cache, progress=progress)
    disturbed = read_disturbed(recipe.disturbances, sources, manifest, cache=cache, trained=trained, progress=progress)
    speakers = np.unique([row.speaker for row in manifest.utterances], return_inverse=True)[1]
    return Examples(inputs, {}, speakers, notes, disturbed)
