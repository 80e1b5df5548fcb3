"""Vectors that a frozen network of somebody else's computes of an utterance, one a step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

import numpy as np
import torch
from torch import Tensor

from ser_core.config import check_range
from ser_core.errors import ConfigError
from ser_core.features.front_end import prepared_signal
from ser_core.inputs.cropping import cropped
from ser_core.inputs.sound import SoundInput
from ser_core.models import Padded
from ser_core.models.layout import Block
from ser_core.pretrained import NETWORKS, FrozenNetwork, frozen_network
from ser_core.pretrained.network import SAMPLE_RATE
from ser_core.recipes import Augmentation
from ser_core.types import FloatArray, Hertz, Seconds


@dataclass(frozen=True)
class Pretrained(SoundInput):
    """Vectors of one network in :data:`ser_core.pretrained.NETWORKS`, after high-pass, cut and level.

    See :class:`ser_core.features.FrontEnd` for the settings. The network is not trained here, so that its vectors are
    computed once and kept on disk. For that reason, crops are the only augmentation: after any other change of the
    sound they would have to be computed again.
    """

    augmentations: ClassVar[frozenset[str]] = frozenset({"crop"})

    duration_seconds: ClassVar[Seconds] = 0.0  # every utterance keeps its own

    kind: str = field(init=False)
    sample_rate: Hertz = SAMPLE_RATE
    high_pass_hertz: float = 0.0
    trim: bool = True
    level: bool = True
    longest_seconds: Seconds = 0.0

    def __post_init__(self) -> None:
        """Check ranges."""
        if self.sample_rate != SAMPLE_RATE:
            raise ConfigError(
                f"Expected a sample rate of {SAMPLE_RATE} Hz, at which {self.network.weights.title} was trained; got "
                f"{self.sample_rate}. Correct sample_rate."
            )
        check_range("high_pass_hertz", self.high_pass_hertz, 0, 500)
        check_range("longest_seconds", self.longest_seconds, 0, 3_600)

    @property
    def network(self) -> type[FrozenNetwork]:
        """The network."""
        return NETWORKS[self.kind]

    @property
    def feature_count(self) -> int:
        """Values of a vector."""
        return self.network.feature_count

    @property
    def steps_per_second(self) -> float:
        """Vectors per second."""
        return self.network.steps_per_second

    @property
    def carried(self) -> Mapping[str, str]:
        """See :class:`Input`."""
        return {self.kind: self.network.weights.digest}

    def key(self) -> Mapping[str, Any]:
        """Return all settings, and which weights they are used with."""
        return {**super().key(), "weights": self.network.weights.digest}

    def of_signals(self, signals: Sequence[FloatArray]) -> list[Tensor]:
        """See :class:`Input`; each utterance by itself, so that its values never depend on others.

        Raises:
            InputError: if the network's weights are missing.
        """
        network = frozen_network(self.network)
        prepared = [np.array(prepared_signal(signal, self), dtype=np.float32) for signal in signals]
        return [network(torch.from_numpy(samples)) for samples in prepared]

    def augment(
        self, padded: Padded, settings: Augmentation, random: torch.Generator, *, mean: Tensor, deviation: Tensor
    ) -> Padded:
        """See :class:`Input`: one stretch of every utterance is kept, at least one step of it."""
        return cropped(padded, settings.crop, random) if settings.crop else padded

    def shape(self, seconds: Seconds) -> tuple[int, int]:
        """See :class:`Input`."""
        samples = round(min(seconds, self.longest_seconds or seconds) * self.sample_rate)
        return self.network.steps(samples), self.feature_count

    def block(self, sizes: tuple[int, int]) -> Block:
        """See :class:`Input`."""
        parts = ["cut to the speech"] * self.trim + ["brought to one level"] * self.level
        detail = ", ".join([*parts, self.network.words, "then every value standardised"])
        return Block("front end", f"pretrained: {self.kind}", detail, ("steps", "values"), sizes)


@dataclass(frozen=True)
class MoonshineTiny(Pretrained):
    """What a network for writing down speech hears; see :class:`ser_core.pretrained.MoonshineEncoder`."""

    kind: Literal["moonshine-tiny"] = field(default="moonshine-tiny", init=False)


@dataclass(frozen=True)
class MoonshineTinyMiddle(Pretrained):
    """What the same network hears half way; see :class:`ser_core.pretrained.MoonshineMiddle`."""

    kind: Literal["moonshine-tiny-middle"] = field(default="moonshine-tiny-middle", init=False)


@dataclass(frozen=True)
class Ge2eVoice(Pretrained):
    """What a network for telling speakers apart hears; see :class:`ser_core.pretrained.VoiceEncoder`."""

    kind: Literal["ge2e-voice"] = field(default="ge2e-voice", init=False)
