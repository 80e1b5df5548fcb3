"""The samples of an utterance, one a step."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal

import numpy as np
import torch
from torch import Tensor

from ser_core.config import check_range
from ser_core.features.front_end import prepared_signal
from ser_core.inputs.sound import SoundInput
from ser_core.models import Padded
from ser_core.models.layout import Block
from ser_core.models.masking import time_mask
from ser_core.recipes import Augmentation
from ser_core.types import FloatArray, Hertz, Seconds

_FRAMES_PER_SECOND = 100  # that a second of samples costs as much as, behind an encoder's first strides


@dataclass(frozen=True)
class Waveform(SoundInput):
    """Samples, after high-pass, cut and level; see :class:`ser_core.features.FrontEnd` for the settings.

    A change of level multiplies the samples. Masks over time or frequency belong to spectrograms.
    """

    augmentations: ClassVar[frozenset[str]] = frozenset({"gain_decibels"})
    duration_seconds: ClassVar[Seconds] = 0.0  # every utterance keeps its own

    kind: Literal["waveform"] = field(default="waveform", init=False)
    sample_rate: Hertz = 16_000
    high_pass_hertz: float = 0.0
    trim: bool = True
    level: bool = True
    longest_seconds: Seconds = 0.0

    def __post_init__(self) -> None:
        """Check ranges."""
        check_range("sample_rate", self.sample_rate, 1_000, 96_000)
        check_range("high_pass_hertz", self.high_pass_hertz, 0, 500)
        check_range("longest_seconds", self.longest_seconds, 0, 3_600)

    @property
    def feature_count(self) -> int:
        """One."""
        return 1

    @property
    def steps_per_second(self) -> float:
        """The sample rate."""
        return float(self.sample_rate)

    @property
    def step_cost(self) -> float:
        """A second of samples costs as much as a second of frames every 10 ms, not sixteen thousand frames."""
        return _FRAMES_PER_SECOND / self.sample_rate

    def of_signals(self, signals: Sequence[FloatArray]) -> list[Tensor]:
        """See :class:`Input`: shapes ``(N, 1)``."""
        prepared = [np.array(prepared_signal(signal, self), dtype=np.float32) for signal in signals]
        return [torch.from_numpy(samples)[:, None] for samples in prepared]

    def augment(
        self, padded: Padded, settings: Augmentation, random: torch.Generator, *, mean: Tensor, deviation: Tensor
    ) -> Padded:
        """See :class:`Input`: louder or softer by a factor."""
        if not settings.gain_decibels:
            return padded
        values, lengths = padded
        decibels = (2 * torch.rand(len(values), 1, 1, generator=random) - 1) * settings.gain_decibels
        factor = 10 ** (decibels / 20)
        changed = factor * values + (factor - 1) * mean / deviation  # of the samples, not of the standardised values
        return Padded(changed * time_mask(lengths, values.shape[1])[:, :, None], lengths)

    def shape(self, seconds: Seconds) -> tuple[int, int]:
        """See :class:`Input`."""
        return round(min(seconds, self.longest_seconds or seconds) * self.sample_rate), 1

    def block(self, sizes: tuple[int, int]) -> Block:
        """See :class:`Input`."""
        parts = [f"{self.sample_rate} samples per second"]
        parts += ["cut to the speech"] * self.trim + ["brought to one level"] * self.level
        return Block("front end", "waveform", ", ".join([*parts, "then standardised"]), ("samples", "value"), sizes)
