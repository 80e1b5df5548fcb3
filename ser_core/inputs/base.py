"""What every input gives: values of an utterance as ``(T, F)``, their augmentation, and what a step of them costs."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
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
    """One input of every utterance of a corpus.

    Attributes:
        values: a float32 tensor of shape ``(T, F)`` per utterance; ``(0, F)`` where the utterance lacks this input.
        notes: what a reader of results must know of them.
    """

    values: list[Tensor]
    notes: tuple[str, ...] = ()


class Input(ABC):
    """One thing that a model takes of an utterance. A subclass is a frozen dataclass of its settings.

    Values are standardised by the model, with the mean and the standard deviation per feature over the training
    utterances (:meth:`ser_core.training.examples.Examples.statistics`), before they are augmented.

    Attributes:
        augmentations: fields of :class:`ser_core.recipes.Augmentation` that :meth:`augment` knows.
        step_cost: what one of the ``T`` steps costs an encoder in memory and time, in frames of a spectrogram.
    """

    augmentations: ClassVar[frozenset[str]] = frozenset()

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

    @abstractmethod
    def of_manifest(
        self, manifest: Manifest, *, cache: Path | None, progress: Callable[[int, int], None] | None
    ) -> InputValues:
        """Read a corpus.

        Args:
            cache: folder in which values are kept from one time to the next, or none.
            progress: told how many of how many utterances are done.

        Raises:
            AudioError: if a recording cannot be read.
            InputError: if something else that the input needs cannot.
        """

    @abstractmethod
    def of_signals(self, signals: Sequence[FloatArray]) -> list[Tensor]:
        """Compute the values of signals ``(N,)`` that come without a corpus.

        Raises:
            InputError: if the input is not made of sound alone.
        """

    def augment(
        self, padded: Padded, settings: Augmentation, random: torch.Generator, *, mean: Tensor, deviation: Tensor
    ) -> Padded:
        """Change every utterance of a batch in its own way, by what is in :attr:`augmentations`.

        Args:
            padded: standardised, zero on padding.
            settings: how much.
            random: draws the changes.
            mean: by which the values were standardised, shape ``(F,)``.
            deviation: by which they were standardised, shape ``(F,)``.

        Returns:
            New values, zero on padding.
        """
        return padded

    @abstractmethod
    def shape(self, seconds: Seconds) -> tuple[int, int]:
        """Return the shape ``(T, F)`` of an utterance of so many seconds, of which nothing is cut; about, for text."""

    @abstractmethod
    def block(self, sizes: tuple[int, int]) -> Block:
        """Describe what is done to an utterance, which then has these sizes, for the picture of a recipe."""
