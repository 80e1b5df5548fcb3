"""Log-mel and log-STFT spectrograms: frames in decibels, and their random changes while training."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal

import torch
from torch import Tensor
from torch.nn import functional

from ser_core.features.front_end import FrontEnd, frames_of, frames_shape
from ser_core.inputs.cropping import cropped
from ser_core.inputs.sound import SoundInput
from ser_core.models import Padded
from ser_core.models.layout import Block
from ser_core.models.masking import time_mask
from ser_core.recipes import Augmentation
from ser_core.types import FloatArray, Seconds


@dataclass(frozen=True)
class Spectrogram(FrontEnd, SoundInput):
    """Frames of a spectrogram, in decibels; the settings are those of the front end.

    A change of level adds a constant, since frames are logarithms.
    """

    augmentations: ClassVar[frozenset[str]] = frozenset(
        {"crop", "stretch", "warp", "gain_decibels", "frequency_masks", "time_masks"}
    )

    @property
    def steps_per_second(self) -> float:
        """Frames per second."""
        return self.sample_rate / self.hop_length

    def of_signals(self, signals: Sequence[FloatArray]) -> list[Tensor]:
        """See :class:`Input`."""
        return frames_of(signals, self)

    def augment(
        self, padded: Padded, settings: Augmentation, random: torch.Generator, *, mean: Tensor, deviation: Tensor
    ) -> Padded:
        """See :class:`Input`: crop, tempo, vocal tract, level, hidden stretches of time and of frequency."""
        if settings.crop:
            padded = cropped(padded, settings.crop, random)
        if settings.stretch or settings.warp:
            padded = _stretch_and_warp(padded, settings, random)
        frames, lengths = padded
        batch, time, features = frames.shape
        if settings.gain_decibels:
            gain = (2 * torch.rand(batch, 1, 1, generator=random) - 1) * settings.gain_decibels
            frames = frames + gain * (1.0 / deviation)
        # What stays is marked step by step and band by band: hiding value by value takes four times as long.
        bands = torch.ones(batch, features, dtype=torch.bool)
        for _ in range(settings.frequency_masks):
            sizes = torch.rand(batch, generator=random) * settings.frequency_mask_share * features
            bands &= ~_stretch_of(sizes, torch.full((batch,), features), features, random)
        steps = time_mask(lengths, time)
        for _ in range(settings.time_masks):
            sizes = torch.rand(batch, generator=random) * settings.time_mask_share * lengths
            steps &= ~_stretch_of(sizes, lengths, time, random)
        return Padded(frames * steps[:, :, None] * bands[:, None], lengths)

    def shape(self, seconds: Seconds) -> tuple[int, int]:
        """See :class:`Input`."""
        return frames_shape(round(seconds * self.sample_rate), self)

    def block(self, sizes: tuple[int, int]) -> Block:
        """See :class:`Input`."""
        values = "bands" if self.kind == "log-mel" else "bins"
        title = f"{self.kind.replace('stft', 'STFT')} spectrogram"
        detail = ", ".join([*spectrogram_words(self), "then every value standardised"])
        return Block("front end", title, detail, ("frames", values), sizes)


@dataclass(frozen=True)
class LogMel(Spectrogram):
    """Mel bands."""

    kind: Literal["log-mel"] = field(default="log-mel", init=False)


@dataclass(frozen=True)
class LogStft(Spectrogram):
    """Bins of the Fourier transform."""

    unused: ClassVar[frozenset[str]] = frozenset({"mel_bands", "lowest_hertz", "highest_hertz"})

    kind: Literal["log-stft"] = field(default="log-stft", init=False)


def spectrogram_words(front_end: FrontEnd) -> list[str]:
    """Describe how a spectrogram is computed, one part after another."""
    parts = [
        f"{front_end.window.capitalize()} window of {_milliseconds(front_end.window_seconds)}",
        f"hop {_milliseconds(front_end.hop_seconds)}",
        f"transform of {front_end.transform_length}",
    ]
    if front_end.kind != "log-stft":
        parts.append(f"{front_end.mel_bands} bands from {front_end.lowest_hertz:g} to {front_end.highest_hertz:g} Hz")
    parts.append(f"floor {front_end.dynamic_range_decibels:g} dB below the peak")
    if front_end.trim:
        parts.append("cut to the speech")
    if front_end.level:
        parts.append("brought to one level")
    if front_end.longest_seconds:
        parts.append(f"the middle {front_end.longest_seconds:g} s of longer ones")
    if front_end.duration_seconds:
        parts.append(f"all of {front_end.duration_seconds:g} s: cut, or the last frame repeated")
    return parts


def _milliseconds(seconds: Seconds) -> str:
    return f"{1000 * seconds:g} ms"


def _stretch_and_warp(padded: Padded, settings: Augmentation, random: torch.Generator) -> Padded:
    """Change tempo and vocal tract; what stands on padding means nothing."""
    frames, lengths = padded
    batch, time, features = frames.shape
    tempo = 1.0 + (2 * torch.rand(batch, generator=random) - 1) * settings.stretch
    warp = 1.0 + (2 * torch.rand(batch, generator=random) - 1) * settings.warp
    new_lengths = (lengths * tempo).round().long().clamp_min(1)
    longest = int(new_lengths.max())
    # Where each new frame and band looks in the old batch, in the -1 … 1 of grid_sample (corners aligned).
    along_time = torch.arange(longest)[None, :] * (lengths / new_lengths)[:, None]  # (B, T')
    along_time = torch.minimum(along_time, (lengths - 1)[:, None])
    along_bands = torch.arange(features)[None, :] * warp[:, None]  # (B, F)
    grid = torch.stack(
        torch.broadcast_tensors(
            (along_bands / max(features - 1, 1) * 2 - 1)[:, None, :],
            (along_time / max(time - 1, 1) * 2 - 1)[:, :, None],
        ),
        dim=-1,
    )  # (B, T', F, 2)
    moved = functional.grid_sample(frames[:, None], grid, mode="bilinear", padding_mode="border", align_corners=True)
    return Padded(moved[:, 0], new_lengths)


def _stretch_of(sizes: Tensor, limits: Tensor, length: int, random: torch.Generator) -> Tensor:
    """Mark one random stretch per row: booleans ``(B, length)``, ``sizes`` long, inside ``limits``."""
    starts = torch.rand(sizes.shape[0], generator=random) * (limits - sizes).clamp_min(0)
    positions = torch.arange(length)[None, :]
    return (positions >= starts[:, None].round()) & (positions < (starts + sizes)[:, None].round())
