"""Inputs and class numbers of a corpus, in memory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ser_core.corpora.manifest import Manifest
from ser_core.features.cache import Span, frames_of_files
from ser_core.features.front_end import FrontEnd
from ser_core.models import AUDIO
from ser_core.types import IntArray


@dataclass(frozen=True)
class Examples:
    """Utterances ready to train on.

    Attributes:
        inputs: by their names, one tensor of shape ``(T, F)`` per utterance.
        targets: class numbers, shape ``(B,)``.
    """

    inputs: Mapping[str, Sequence[Tensor]]
    targets: IntArray

    def __len__(self) -> int:
        """Count the utterances."""
        return len(self.targets)

    def select(self, indices: Sequence[int] | IntArray) -> "Examples":
        """Take the utterances at ``indices``."""
        inputs = {name: [items[index] for index in indices] for name, items in self.inputs.items()}
        return Examples(inputs, self.targets[np.asarray(indices, dtype=np.int64)])

    def statistics(self) -> tuple[Tensor, Tensor]:
        """Return mean and standard deviation of all frames per feature, each of shape ``(F,)``."""
        frames = self.inputs[AUDIO]
        count = sum(item.shape[0] for item in frames)
        mean = torch.stack([item.double().sum(dim=0) for item in frames]).sum(dim=0) / count
        squares = torch.stack([(item.double() - mean).square().sum(dim=0) for item in frames]).sum(dim=0)
        return mean.float(), (squares / count).sqrt().float()


def load_examples(
    manifest: Manifest,
    front_end: FrontEnd,
    *,
    cache: Path | None,
    progress: Callable[[int, int], None] | None = None,
) -> Examples:
    """Read a corpus and compute its frames.

    Args:
        manifest: what to read; class numbers follow ``manifest.labels``.
        front_end: settings.
        cache: folder of the frame cache, or none.
        progress: told how many of how many utterances are done.
    """
    spans = [Span(manifest.path(item), item.start, item.end) for item in manifest.utterances]
    numbers = {label: number for number, label in enumerate(manifest.labels)}
    targets = np.array([numbers[emotion] for emotion in manifest.emotions], dtype=np.int64)
    return Examples({AUDIO: frames_of_files(spans, front_end, cache=cache, progress=progress)}, targets)
