"""Base of inputs: values of an utterance as ``(T, F)``, their augmentation, and what a step of them costs."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

import torch
from torch import Tensor

from ser_core.corpora.manifest import Manifest
from ser_core.models import Padded
from ser_core.models.layout import Block
from ser_core.recipes import Augmentation
from ser_core.types import FloatArray, Seconds


class InputValues(NamedTuple):
    """One input of every utterance of a corpus: float32 ``(T, F)``, ``(0, F)`` where it is missing; with notes."""

    values: list[Tensor]
    notes: tuple[str, ...] = ()


class Input(ABC):
    """One input of a model. A subclass is a frozen dataclass of its settings.

    Values are standardised by the model, with the mean and the standard deviation per feature over the training
    utterances (:meth:`ser_core.training.examples.Examples.statistics`), before they are augmented.

    Attributes:
        augmentations: fields of :class:`ser_core.recipes.Augmentation` that :meth:`augment` applies.
        unused: those of its settings that change nothing.
        step_cost: what one of the ``T`` steps costs an encoder in memory and time, in frames of a spectrogram.
    """

    augmentations: ClassVar[frozenset[str]] = frozenset()
    unused: ClassVar[frozenset[str]] = frozenset()

    @property
    @abstractmethod
    def feature_count(self) -> int:
        """Values per step, ``F``."""

    @property
    @abstractmethod
    def steps_per_second(self) -> float:
        """Steps that a second of speech has, about."""

    @property
    def step_cost(self) -> float:
        """See above."""
        return 1.0

    @property
    def carried(self) -> Mapping[str, str]:
        """Networks of others that the input runs: name → SHA-256 of the weights; none if nothing is said."""
        return {}

    @abstractmethod
    def of_manifest(
        self, manifest: Manifest, *, cache: Path | None, progress: Callable[[int, int], None] | None
    ) -> InputValues:
        """Read a corpus, with a folder that caches values, or none.

        ``progress`` is called with the number of utterances that are done, and of all.

        Raises:
            AudioError: if a recording cannot be read.
            InputError: if another source of the input cannot be read.
        """

    @abstractmethod
    def of_signals(self, signals: Sequence[FloatArray]) -> list[Tensor]:
        """Compute the values of signals ``(N,)`` that come without a corpus.

        Raises:
            InputError: if the input is not made of sound alone.
        """

    def kept_of(self, manifest: Manifest) -> Mapping[str, Tensor]:
        """Return what a model that was trained on a corpus must keep of this input, by name; nothing if not told.

        Raises:
            InputError: if its source cannot be read.
        """
        return {}

    def with_kept(self, kept: Mapping[str, Tensor]) -> "Input":
        """Return the same input from what a model kept; raises InputError if that is none of :meth:`kept_of`."""
        return self

    def augment(
        self, padded: Padded, settings: Augmentation, random: torch.Generator, *, mean: Tensor, deviation: Tensor
    ) -> Padded:
        """Change every utterance of a batch in its own way, by :attr:`augmentations`.

        Values are standardised with mean and deviation, ``(F,)`` each, and zero on padding, before and after.
        """
        return padded

    @abstractmethod
    def shape(self, seconds: Seconds) -> tuple[int, int]:
        """Return the shape ``(T, F)`` of an utterance of so many seconds, of which nothing is cut; about, for text."""

    @abstractmethod
    def block(self, sizes: tuple[int, int]) -> Block:
        """Describe the processing of an utterance, which then has these sizes, for the picture of a recipe."""
