"""From signals to the frames a model sees: high-pass, speech part, level, log-mel or log-STFT, in batches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import torch
from torch import Tensor

from ser_core.audio.activity import speech_extent, trim_to_speech
from ser_core.audio.high_pass import LOWEST_CUTOFF, high_pass
from ser_core.audio.level import normalise_level
from ser_core.config import check_range
from ser_core.errors import ConfigError, InputError
from ser_core.features.batching import batches_by_length
from ser_core.features.feature_kinds import FeatureKind
from ser_core.features.mel import mel_filters
from ser_core.types import Decibels, FloatArray, Hertz, Seconds

# Smallest and largest value of each number: wide enough for any speech, narrow enough for any computer.
_RANGES: Mapping[str, tuple[float, float]] = {
    "sample_rate": (1_000, 96_000),
    "high_pass_hertz": (0, 500),
    "window_seconds": (0.001, 10),
    "hop_seconds": (0.001, 10),
    "transform_length": (1, 16_384),
    "mel_bands": (1, 1_024),
    "dynamic_range_decibels": (0.1, 1_000),
    "longest_seconds": (0, 3_600),
    "duration_seconds": (0, 60),
}
# Of the spectra, before mel bands are made of them: some six times those of 513 bins every 10 ms.
MOST_VALUES_PER_SECOND = 300_000
# A batch of padded signals is kept below this many samples, so that a corpus never needs more than some 200 MB.
_SAMPLES_PER_BATCH = 2_000_000


class Preparation(Protocol):
    """How a signal is prepared; the attributes are those of :class:`FrontEnd`."""

    @property
    def sample_rate(self) -> Hertz: ...  # noqa: D102
    @property
    def high_pass_hertz(self) -> float: ...  # noqa: D102
    @property
    def trim(self) -> bool: ...  # noqa: D102
    @property
    def level(self) -> bool: ...  # noqa: D102
    @property
    def longest_seconds(self) -> Seconds: ...  # noqa: D102
    @property
    def duration_seconds(self) -> Seconds: ...  # noqa: D102


@dataclass(frozen=True)
class FrontEnd:
    """Settings of the front end.

    Attributes:
        kind: ``log-mel`` bands, ``log-stft`` bins, the samples themselves (``waveform``), statistics of mel bands
            over the utterance (``functionals``), a named set of acoustic features or its statistics
            (``spectral-193-hsf1``), or the vectors of a pretrained network (``moonshine-tiny``, half of it,
            ``moonshine-tiny-middle``, or ``ge2e-voice``). All but the first two use only some of the other settings;
            see ``ser_core.inputs``.
            ``none``: the model hears nothing and takes its further inputs alone; no other setting counts.
        high_pass_hertz: lower frequencies are removed first, before speech is found and its level measured; 0 keeps
            everything. See :func:`ser_core.audio.high_pass.high_pass`.
        window: taper of each frame.
        window_seconds: length of the taper.
        hop_seconds: distance between frames.
        transform_length: length of the Fourier transform in samples.
        mel_bands: number of mel bands (log-mel only).
        lowest_hertz: lower edge of the first mel band.
        highest_hertz: upper edge of the last mel band.
        dynamic_range_decibels: what lies further below the utterance's peak is raised to that floor.
        trim: keep the part from the first to the last speech.
        level: scale the speech to one level, so that the distance to the microphone does not matter.
        longest_seconds: of longer utterances the middle is taken; 0 takes everything.
        duration_seconds: every utterance is cut at this duration, or its last frame repeated until it is reached: all
            have ``duration_seconds / hop_seconds`` frames; 0 leaves each its own length.
    """

    kind: Literal[
        "log-mel",
        "log-stft",
        "waveform",
        "functionals",
        FeatureKind,
        "moonshine-tiny",
        "moonshine-tiny-middle",
        "ge2e-voice",
        "none",
    ] = "log-mel"
    sample_rate: Hertz = 16_000
    high_pass_hertz: float = 0.0
    window: Literal["hann", "hamming"] = "hann"
    window_seconds: Seconds = 0.032
    hop_seconds: Seconds = 0.016
    transform_length: int = 512
    mel_bands: int = 64
    lowest_hertz: float = 50.0
    highest_hertz: float = 8_000.0
    dynamic_range_decibels: Decibels = 80.0
    trim: bool = True
    level: bool = True
    longest_seconds: Seconds = 0.0
    duration_seconds: Seconds = 0.0

    def __post_init__(self) -> None:
        """Check that the settings describe a front end that can exist."""
        for name, (low, high) in _RANGES.items():
            check_range(f"front_end.{name}", getattr(self, name), low, high)
        if self.window_length > self.transform_length:
            raise ConfigError(
                f"Expected a window of at most {self.transform_length} samples (transform_length); got "
                f"{self.window_length}. Choose a shorter window_seconds or a longer transform."
            )
        values = (self.transform_length // 2 + 1) * self.sample_rate / self.hop_length
        if values > MOST_VALUES_PER_SECOND:
            raise ConfigError(
                f"Expected spectra of at most {MOST_VALUES_PER_SECOND} values per second; got {values:.0f}. "
                "Choose a longer front_end.hop_seconds or a shorter front_end.transform_length."
            )
        if self.high_pass_hertz and not LOWEST_CUTOFF <= self.high_pass_hertz <= self.sample_rate / 4:
            raise ConfigError(
                f"Expected front_end.high_pass_hertz of 0 or between {LOWEST_CUTOFF:g} and {self.sample_rate / 4:g}; "
                f"got {self.high_pass_hertz:g}. Use 75, below every voice, or 0 to keep everything."
            )
        if not 0 <= self.lowest_hertz < self.highest_hertz <= self.sample_rate / 2:
            raise ConfigError(
                f"Expected 0 <= lowest_hertz < highest_hertz <= {self.sample_rate / 2:g}; got {self.lowest_hertz:g} "
                f"and {self.highest_hertz:g}. Keep the bands below half the sample rate."
            )
        if 0 < self.duration_seconds < self.hop_seconds:
            raise ConfigError(
                "Expected front_end.duration_seconds of 0 or at least one hop; got "
                f"{self.duration_seconds:g} with a hop of {self.hop_seconds:g}. Use 0 to keep every length."
            )

    @property
    def window_length(self) -> int:
        """Length of the taper in samples."""
        return round(self.window_seconds * self.sample_rate)

    @property
    def hop_length(self) -> int:
        """Distance between frames in samples."""
        return round(self.hop_seconds * self.sample_rate)

    @property
    def frame_count(self) -> int:
        """Number of frames that every utterance is cut or continued to; 0 where each keeps its own."""
        return round(self.duration_seconds / self.hop_seconds)

    @property
    def feature_count(self) -> int:
        """Number of features of a frame of the spectrogram, ``F``."""
        return self.transform_length // 2 + 1 if self.kind == "log-stft" else self.mel_bands


def frames_of(signals: Sequence[FloatArray], front_end: FrontEnd) -> list[Tensor]:
    """Compute the frames of float32 signals ``(N,)`` in batches; float32 ``(T, F)`` per signal.

    They are in decibels (of the unscaled transform's power).

    Raises:
        InputError: if a signal is empty or not one-dimensional.
    """
    prepared = [prepared_signal(signal, front_end) for signal in signals]
    frames: list[Tensor | None] = [None] * len(prepared)
    for chosen in batches_by_length([signal.shape[0] for signal in prepared], limit=_SAMPLES_PER_BATCH):
        spectra_of = power_spectra if front_end.kind == "log-stft" else mel_spectra
        spectra, counts = spectra_of([prepared[index] for index in chosen], front_end)
        for index, spectrum, count in zip(chosen, spectra, counts, strict=True):
            frames[index] = _to_length(decibels(spectrum[:count], front_end.dynamic_range_decibels), front_end)
    return [frame for frame in frames if frame is not None]


def frames_shape(samples: int, front_end: FrontEnd) -> tuple[int, int]:
    """Return the shape ``(T, F)`` that :func:`frames_of` gives so many samples of which nothing is trimmed."""
    for seconds in (front_end.longest_seconds, front_end.duration_seconds):
        samples = min(samples, round(seconds * front_end.sample_rate) or samples)
    return front_end.frame_count or _frame_count(samples, front_end), front_end.feature_count


def power_spectra(signals: Sequence[FloatArray], front_end: FrontEnd) -> tuple[Tensor, list[int]]:
    """Compute the power spectrum of every frame of a batch of signals, as librosa does with zero padding.

    Frames are centred: frame ``t`` looks at the samples around ``t * hop_length``, with zeros outside the signal.

    The signals are float32, ``(N,)`` of any length. Returns the power, ``(B, T, transform_length // 2 + 1)``, and the
    number of true frames of each signal.
    """
    spectra = complex_spectra(signals, front_end)
    # Part by part: torch's sum over an axis of two is many times slower.
    power = spectra.real.square() + spectra.imag.square()
    return power.transpose(1, 2), [_frame_count(signal.shape[0], front_end) for signal in signals]


def complex_spectra(signals: Sequence[FloatArray], front_end: FrontEnd) -> Tensor:
    """Compute the Fourier transform of every frame of signals, ``(B, bins, T)``; see :func:`power_spectra`."""
    longest = max(signal.shape[0] for signal in signals)
    batch = torch.zeros(len(signals), longest)
    for row, signal in zip(batch, signals, strict=True):
        row[: signal.shape[0]] = torch.from_numpy(np.ascontiguousarray(signal, dtype=np.float32))
    window = (torch.hann_window if front_end.window == "hann" else torch.hamming_window)(front_end.window_length)
    return torch.stft(
        batch,
        n_fft=front_end.transform_length,
        hop_length=front_end.hop_length,
        win_length=front_end.window_length,
        window=window,
        center=True,
        pad_mode="constant",
        return_complex=True,
    )


def mel_spectra(signals: Sequence[FloatArray], front_end: FrontEnd) -> tuple[Tensor, list[int]]:
    """Compute the power in every mel band, ``(B, T, mel_bands)``; otherwise as :func:`power_spectra`."""
    spectra, counts = power_spectra(signals, front_end)
    return spectra @ torch.from_numpy(_filters(front_end).T.copy()), counts


def decibels(power: Tensor, dynamic_range: Decibels) -> Tensor:
    """Turn power into decibels, with a floor at ``dynamic_range`` below the largest value."""
    level = 10.0 * torch.log10(power.clamp_min(1e-10))
    return torch.maximum(level, level.max() - dynamic_range)


def _frame_count(samples: int, front_end: FrontEnd) -> int:
    return 1 + samples // front_end.hop_length


def prepared_signal(signal: FloatArray, settings: Preparation) -> FloatArray:
    """High-pass a float32 signal ``(N,)``, cut it to its speech, scale it to one level, and cut it at a duration.

    Raises:
        InputError: if the signal is empty or not one-dimensional.
    """
    if signal.ndim != 1 or signal.shape[0] == 0:
        raise InputError(
            f"Expected a signal of shape (N,) with at least one sample; got {signal.shape}. "
            "Read it with ser_core.audio.read_audio, which mixes channels to one."
        )
    signal = _filtered(signal, settings)
    if settings.trim:
        signal = trim_to_speech(signal, sample_rate=settings.sample_rate)
    if settings.level:
        signal = normalise_level(signal, sample_rate=settings.sample_rate)
    longest = round(settings.longest_seconds * settings.sample_rate)
    if longest and signal.shape[0] > longest:
        start = (signal.shape[0] - longest) // 2
        signal = signal[start : start + longest]
    duration = round(settings.duration_seconds * settings.sample_rate)
    return signal[:duration] if duration else signal


def prepared_start(signal: FloatArray, settings: Preparation) -> Seconds:
    """Return the second of a signal at which its part of :func:`prepared_signal` begins."""
    first, last = 0, signal.shape[0]
    if settings.trim:
        first, last = speech_extent(_filtered(signal, settings), sample_rate=settings.sample_rate)
    longest = round(settings.longest_seconds * settings.sample_rate) or last - first
    start: int = first + max(0, last - first - longest) // 2
    return start / settings.sample_rate


def _filtered(signal: FloatArray, settings: Preparation) -> FloatArray:
    if settings.high_pass_hertz:
        return high_pass(signal, cutoff=settings.high_pass_hertz, sample_rate=settings.sample_rate)
    return signal


def _to_length(frames: Tensor, front_end: FrontEnd) -> Tensor:
    """Cut frames ``(T, F)`` at the wanted number, or repeat the last one."""
    wanted = front_end.frame_count
    if not wanted:
        return frames
    missing = max(0, wanted - frames.shape[0])
    return torch.cat([frames[:wanted], frames[-1:].expand(missing, -1)])


def _filters(front_end: FrontEnd) -> FloatArray:
    return mel_filters(
        sample_rate=front_end.sample_rate,
        transform_length=front_end.transform_length,
        bands=front_end.mel_bands,
        lowest=front_end.lowest_hertz,
        highest=front_end.highest_hertz,
    )
