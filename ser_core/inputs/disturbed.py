"""Disturbed versions of utterances to train on, made once and kept on disk as the utterances themselves are."""

import dataclasses
import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ser_core.audio.disturbances import DISTURBANCES
from ser_core.config import check_range, lookup
from ser_core.corpora.manifest import Manifest
from ser_core.errors import ConfigError
from ser_core.inputs.base import Input
from ser_core.inputs.cache import Span, frames_of_files
from ser_core.inputs.sound import SoundInput
from ser_core.recipes import DisturbanceSettings
from ser_core.seeding import stream
from ser_core.types import FloatArray, Hertz

_OF_THE_SOUND = ("lowest", "highest")


@dataclass(frozen=True)
class DisturbedSound:
    """An input of sound, whose signals are disturbed first.

    The strength and every other draw depend on the signal, the settings and the number of the version alone, so that a
    version is the same in every run and found on disk again.
    """

    source: SoundInput
    disturbance: str
    settings: DisturbanceSettings
    version: int

    @property
    def sample_rate(self) -> Hertz:
        """Of the signals."""
        return self.source.sample_rate

    @property
    def feature_count(self) -> int:
        """Values per step, those of the input."""
        return self.source.feature_count

    def key(self) -> Mapping[str, Any]:
        """All settings that decide the values; how often they are taken is none."""
        changed = {name: value for name, value in dataclasses.asdict(self.settings).items() if name in _OF_THE_SOUND}
        return {**self.source.key(), "disturbance": self.disturbance, "version": self.version, **changed}

    def of_signals(self, signals: Sequence[FloatArray]) -> list[Tensor]:
        """Disturb signals ``(N,)`` and compute the input's values of them."""
        return self.source.of_signals([self.disturbed(signal) for signal in signals])

    def disturbed(self, signal: FloatArray) -> FloatArray:
        """Return this version of a signal ``(N,)``."""
        content = hashlib.sha256(np.ascontiguousarray(signal, dtype=np.float32).tobytes()).hexdigest()
        random = stream(self.version, "disturbance", self.disturbance, content)
        strength = random.uniform(self.settings.lowest, self.settings.highest)
        return DISTURBANCES[self.disturbance](signal, self.sample_rate, strength, random)


def check_disturbances(disturbances: Mapping[str, DisturbanceSettings], inputs: Mapping[str, Input]) -> None:
    """See that a recipe's disturbances exist, lie in their range, and that its inputs are made of sound.

    Raises:
        ConfigError: otherwise.
    """
    for name, settings in disturbances.items():
        entry = lookup("disturbance", name, DISTURBANCES)
        for bound in ("lowest", "highest"):
            where = f"disturbances.{name}.{bound} ({entry.unit})"
            check_range(where, getattr(settings, bound), entry.lowest, entry.highest)
    silent = [name for name, item in inputs.items() if not isinstance(item, SoundInput)]
    if disturbances and silent:
        raise ConfigError(
            f"Expected inputs made of sound alone beside [disturbances]; {', '.join(silent)} is not. Leave out the "
            "disturbances, or that input."
        )


def disturbance_words(disturbances: Mapping[str, DisturbanceSettings]) -> str:
    """Say what training hears utterances through, and how often; empty without disturbances.

    Examples:
        >>> disturbance_words({"room": DisturbanceSettings(0.2, 0.6, share=0.3)})
        'while training, 30 % through a room (0.2 to 0.6 s reverberation time)'
    """
    parts = [
        f"{100 * one.share:.3g} % through {DISTURBANCES[name].title} "
        f"({one.lowest:g} to {one.highest:g} {DISTURBANCES[name].unit})"
        for name, one in disturbances.items()
    ]
    return f"while training, {', '.join(parts)}" if parts else ""


def read_disturbed(
    disturbances: Mapping[str, DisturbanceSettings],
    inputs: Mapping[str, Input],
    manifest: Manifest,
    *,
    cache: Path | None,
    trained: Collection[int] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, list[dict[str, list[Tensor]]]]:
    """Read a recipe's disturbed versions of utterances: disturbance → version → input → ``(T, F)`` of each.

    Args:
        disturbances: of the recipe.
        inputs: of the recipe, by name.
        manifest: the corpus.
        cache: folder that keeps what was computed, or none.
        trained: indices of the utterances that are trained on, which alone have versions; the others' are empty,
            ``(0, F)``. All of them if not given.
        progress: called with the number of versions that are done, and of all of one kind.

    Raises:
        AudioError: if a recording cannot be read.
    """
    count = len(manifest.utterances)
    rows = sorted(range(count) if trained is None else trained)
    chosen = [manifest.utterances[row] for row in rows]
    spans = [Span(manifest.path(item), item.start, item.end) for item in chosen]
    sounding = {name: item for name, item in inputs.items() if isinstance(item, SoundInput)}

    def version_of(name: str, settings: DisturbanceSettings, number: int) -> dict[str, list[Tensor]]:
        found = {}
        for place, item in sounding.items():
            source = DisturbedSound(item, name, settings, number)
            found[place] = [torch.empty(0, source.feature_count)] * count
            for row, values in zip(rows, frames_of_files(spans, source, cache=cache, progress=progress), strict=True):
                found[place][row] = values
        return found

    return {
        name: [version_of(name, settings, number) for number in range(settings.versions)]
        for name, settings in disturbances.items()
    }
