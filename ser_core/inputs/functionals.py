"""Statistics of an utterance's mel bands over time: one step per utterance."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import torch
from torch import Tensor

from ser_core.features.front_end import FrontEnd, frames_of
from ser_core.inputs.sound import SoundInput
from ser_core.inputs.spectrogram import spectrogram_words
from ser_core.models.layout import Block
from ser_core.types import FloatArray, Seconds

STATISTICS = ("mean", "standard deviation", "10th percentile", "median", "90th percentile")
_PERCENTILES = (0.1, 0.5, 0.9)


@dataclass(frozen=True)
class Functionals(FrontEnd, SoundInput):
    """Mean, standard deviation and percentiles of every mel band over the frames; the settings are the front end's.

    An utterance has one step, so that it cannot be stretched or masked: there is no augmentation.

    References:
        Eyben et al. (2016), The Geneva Minimalistic Acoustic Parameter Set for Voice Research and Affective Computing:
        functionals of low-level descriptors. Which of both there are is our choice.
    """

    kind: Literal["functionals"] = field(default="functionals", init=False)

    @property
    def feature_count(self) -> int:
        """Statistics of all bands, one statistic after another."""
        return len(STATISTICS) * self.mel_bands

    @property
    def steps_per_second(self) -> float:
        """One step per utterance, of some seconds."""
        return 1.0

    def of_signals(self, signals: Sequence[FloatArray]) -> list[Tensor]:
        """See :class:`Input`: shapes ``(1, F)``."""
        return [_functionals(frames)[None] for frames in frames_of(signals, self)]

    def shape(self, seconds: Seconds) -> tuple[int, int]:
        """See :class:`Input`."""
        return 1, self.feature_count

    def block(self, sizes: tuple[int, int]) -> Block:
        """See :class:`Input`."""
        detail = f"{', '.join(STATISTICS)} of every band: {', '.join(spectrogram_words(self))}, then standardised"
        return Block("front end", "functionals", detail, ("step", "statistics"), sizes)


def _functionals(frames: Tensor) -> Tensor:
    """Compute the statistics of frames ``(T, F)`` in the order of :data:`STATISTICS`."""
    percentiles = torch.quantile(frames, torch.tensor(_PERCENTILES), dim=0)  # (3, F)
    return torch.cat([frames.mean(dim=0), frames.std(dim=0, correction=0), percentiles.flatten()])
