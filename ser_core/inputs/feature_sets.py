"""Named sets of acoustic features as inputs: their frames, or statistics of an utterance's frames."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, get_args

import numpy as np
import torch
from torch import Tensor

from ser_core.config import check_range
from ser_core.errors import ConfigError
from ser_core.features.feature_kinds import FeatureKind, parts_of
from ser_core.features.feature_sets import FEATURE_SETS, FeatureSet, feature_values, value_names
from ser_core.features.front_end import prepared_signal
from ser_core.inputs.cropping import cropped
from ser_core.inputs.sound import SoundInput
from ser_core.models import Padded
from ser_core.models.layout import Block
from ser_core.recipes import Augmentation
from ser_core.types import FloatArray, Hertz, Seconds

_HIGHEST_RATE = 48_000
_STATISTICS = {
    "mean": "mean of every value",
    "hsf1": "mean and standard deviation of every value",
    "hsf2": "mean and standard deviation of every value and the share of silence",
}


@dataclass(frozen=True)
class AcousticFeatures(SoundInput):
    """Values of one kind of :data:`ser_core.features.feature_kinds.FeatureKind`, after high-pass, cut and level.

    See :class:`ser_core.features.FrontEnd` for the settings; the frames are those of the set. Frames can be cropped;
    statistics are one step per utterance, so that nothing of them is augmented.
    """

    duration_seconds: ClassVar[Seconds] = 0.0  # every utterance keeps its own

    kind: FeatureKind = field(init=False)
    sample_rate: Hertz = 16_000
    high_pass_hertz: float = 0.0
    trim: bool = True
    level: bool = True
    longest_seconds: Seconds = 0.0

    def __post_init__(self) -> None:
        """Check ranges."""
        lowest = self.features.lowest_rate
        if not lowest <= self.sample_rate <= _HIGHEST_RATE:
            raise ConfigError(
                f"Expected a sample rate between {lowest} and {_HIGHEST_RATE} Hz for the features {self.kind}; got "
                f"{self.sample_rate}. Correct sample_rate."
            )
        check_range("high_pass_hertz", self.high_pass_hertz, 0, 500)
        check_range("longest_seconds", self.longest_seconds, 0, 3_600)

    @property
    def features(self) -> FeatureSet:
        """The set."""
        return FEATURE_SETS[parts_of(self.kind)[0]]

    @property
    def summed_up(self) -> bool:
        """Whether an utterance is one step."""
        return parts_of(self.kind)[1] != "frames"

    @property
    def feature_count(self) -> int:
        """Values of a step."""
        return len(value_names(self.kind))

    @property
    def steps_per_second(self) -> float:
        """Frames per second; one step for statistics, of some seconds."""
        return 1.0 if self.summed_up else self.features.steps_per_second(self.sample_rate)

    def of_signals(self, signals: Sequence[FloatArray]) -> list[Tensor]:
        """See :class:`Input`; each utterance by itself, so that its values never depend on others."""
        prepared = [np.array(prepared_signal(signal, self), dtype=np.float32) for signal in signals]
        values = [feature_values(samples, self.kind, sample_rate=self.sample_rate) for samples in prepared]
        return [torch.from_numpy(np.ascontiguousarray(item)) for item in values]

    def augment(
        self, padded: Padded, settings: Augmentation, random: torch.Generator, *, mean: Tensor, deviation: Tensor
    ) -> Padded:
        """See :class:`Input`: of frames one stretch is kept, at least one of them."""
        return cropped(padded, settings.crop, random) if settings.crop and not self.summed_up else padded

    def shape(self, seconds: Seconds) -> tuple[int, int]:
        """See :class:`Input`."""
        samples = round(min(seconds, self.longest_seconds or seconds) * self.sample_rate)
        return 1 if self.summed_up else self.features.steps(samples, self.sample_rate), self.feature_count

    def block(self, sizes: tuple[int, int]) -> Block:
        """See :class:`Input`."""
        parts = ["cut to the speech"] * self.trim + ["brought to one level"] * self.level + [self.features.words]
        if self.summed_up:
            parts.append(_STATISTICS[parts_of(self.kind)[1]])
        axes = ("step", "statistics") if self.summed_up else ("frames", "values")
        return Block("front end", self.kind, ", ".join([*parts, "then every value standardised"]), axes, sizes)


def _input_of(kind: FeatureKind) -> type[AcousticFeatures]:
    """Build the class of one kind, which has nothing of its own but the name."""
    augmentations = frozenset({"crop"}) if parts_of(kind)[1] == "frames" else frozenset()
    return dataclasses.make_dataclass(
        kind.title().replace("-", ""),
        [("kind", FeatureKind, field(default=kind, init=False))],
        bases=(AcousticFeatures,),
        namespace={"augmentations": augmentations, "__doc__": f"The features {kind}.", "__module__": __name__},
        frozen=True,
    )


FEATURE_INPUTS: Mapping[str, type[AcousticFeatures]] = {kind: _input_of(kind) for kind in get_args(FeatureKind)}
