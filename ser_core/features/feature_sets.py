"""The named sets of acoustic features: which values they have, frame by frame, and their statistics."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import torch

from ser_core.features.cepstrum import cepstrum
from ser_core.features.chroma import PITCH_CLASSES, chroma
from ser_core.features.contrast import BANDS, LOWEST_RATE, spectral_contrast
from ser_core.features.feature_kinds import FeatureKind, SetName, parts_of
from ser_core.features.front_end import FrontEnd, complex_spectra, decibels, power_spectra
from ser_core.features.harmonic import harmonic_part
from ser_core.features.mel import MelScale, mel_filters
from ser_core.features.short_term import NAMES, short_term_features, short_term_steps, with_changes
from ser_core.features.silence import silent_share
from ser_core.features.tonnetz import CENTROIDS, tonnetz
from ser_core.types import FloatArray, Hertz

MEL_BANDS, COEFFICIENTS = 128, 40
_RANGE = 80.0  # decibels below an utterance's loudest band, where levels end
_WINDOW, _HOP = 0.025, 0.010  # seconds, of the levels and their cepstrum alone
_WIDEST_BIN = 12.0  # hertz, so that none of 128 bands is without a bin
_TRANSFORM, _TRANSFORM_HOP = 2_048, 512  # samples, of the 193 values


@dataclass(frozen=True)
class FeatureSet:
    """What a set of features is.

    Attributes:
        values: name of each value of a frame.
        frames: computes them of a float32 signal ``(N,)`` and its sample rate, ``(T, F)``.
        steps: number of frames of so many samples at a sample rate.
        steps_per_second: about.
        lowest_rate: sample rate, in hertz, below which the set is not defined.
        words: how it is computed, for readers of a recipe.
    """

    values: tuple[str, ...]
    frames: Callable[[FloatArray, Hertz], FloatArray]
    steps: Callable[[int, Hertz], int]
    steps_per_second: Callable[[Hertz], float]
    words: str
    lowest_rate: Hertz = 8_000


def feature_values(signal: FloatArray, kind: FeatureKind, *, sample_rate: Hertz) -> FloatArray:
    """Compute the frames of a set of a float32 signal ``(N,)``, float32 ``(T, F)``, or their statistics, ``(1, F)``.

    ``mean`` has a value for each of a frame, ``hsf1`` their standard deviations behind them, and ``hsf2`` the share of
    silence behind both.

    References:
        Atmaja and Akagi (2020), The effect of silence feature in dimensional speech emotion recognition: high-level
        statistical functions of low-level descriptors.
    """
    name, statistics = parts_of(kind)
    frames = FEATURE_SETS[name].frames(signal, sample_rate)
    if statistics == "frames":
        return frames.astype(np.float32)
    parts = [frames.mean(axis=0, dtype=np.float64)]
    if statistics != "mean":
        parts.append(frames.std(axis=0, dtype=np.float64))
    if statistics == "hsf2":
        parts.append(np.array([silent_share(signal)]))
    return np.concatenate(parts)[None].astype(np.float32)


def value_names(kind: FeatureKind) -> tuple[str, ...]:
    """Name every value of a step, in order.

    Examples:
        >>> value_names("short-term-34-hsf2")[1], value_names("short-term-34-hsf2")[-1]
        ('mean of energy', 'share of silence')
        >>> len(value_names("spectral-193-hsf1"))
        386
    """
    name, statistics = parts_of(kind)
    values = FEATURE_SETS[name].values
    if statistics == "frames":
        return values
    means = tuple(f"mean of {value}" for value in values)
    deviations = tuple(f"deviation of {value}" for value in values)
    return {"mean": means, "hsf1": means + deviations, "hsf2": (*means, *deviations, "share of silence")}[statistics]


def _levels(signal: FloatArray, sample_rate: Hertz) -> FloatArray:
    """Compute levels in decibels of 128 bands from 0 Hz to half the sample rate, on the scale of HTK, ``(T, 128)``."""
    length = 2 ** int(np.ceil(np.log2(sample_rate / _WIDEST_BIN)))
    front_end = FrontEnd(
        sample_rate=sample_rate,
        window_seconds=_WINDOW,
        hop_seconds=_HOP,
        transform_length=length,
        highest_hertz=sample_rate / 2,
    )
    power, _ = power_spectra([signal], front_end)
    bands = power[0] @ torch.from_numpy(_mel(sample_rate, length, "htk").T)
    levels: FloatArray = decibels(bands, _RANGE).numpy()
    return levels


def _coefficients(signal: FloatArray, sample_rate: Hertz) -> FloatArray:
    return cepstrum(_levels(signal, sample_rate), COEFFICIENTS)


def _spectral(signal: FloatArray, sample_rate: Hertz) -> FloatArray:
    """Compute cepstrum, chroma, power of mel bands (Slaney's scale), contrast and tonal centroids, ``(T, 193)``."""
    front_end = FrontEnd(
        sample_rate=sample_rate,
        window_seconds=_TRANSFORM / sample_rate,
        hop_seconds=_TRANSFORM_HOP / sample_rate,
        transform_length=_TRANSFORM,
        highest_hertz=sample_rate / 2,
    )
    spectra = complex_spectra([signal], front_end)[0]  # (bins, T)
    magnitude = spectra.abs()
    mel = torch.from_numpy(_mel(sample_rate, _TRANSFORM, "slaney")) @ magnitude.square()
    levels: FloatArray = decibels(mel.T, _RANGE).numpy()
    harmonic = harmonic_part(spectra, signal.shape[0], hop_length=_TRANSFORM_HOP)
    return np.column_stack(
        [
            cepstrum(levels, COEFFICIENTS),
            chroma(magnitude.numpy(), sample_rate=sample_rate).T,
            mel.T.numpy(),
            spectral_contrast(magnitude, sample_rate=sample_rate).T.numpy(),
            tonnetz(harmonic, sample_rate=sample_rate, hop_length=_TRANSFORM_HOP).T,
        ]
    )


def _mel(sample_rate: Hertz, length: int, scale: MelScale) -> FloatArray:
    filters = mel_filters(
        sample_rate=sample_rate,
        transform_length=length,
        bands=MEL_BANDS,
        lowest=0.0,
        highest=sample_rate / 2,
        scale=scale,
    )
    return filters.copy()  # torch warns of an array that cannot be written


def _changing(signal: FloatArray, sample_rate: Hertz) -> FloatArray:
    return with_changes(short_term_features(signal, sample_rate))


def _centred_steps(samples: int, sample_rate: Hertz) -> int:
    return 1 + samples // round(_HOP * sample_rate)


def _hundred(sample_rate: Hertz) -> float:
    return 1 / _HOP


_CEPSTRUM = tuple(f"cepstral coefficient {number}" for number in range(1, COEFFICIENTS + 1))
_MEL = tuple(f"mel band {number}" for number in range(1, MEL_BANDS + 1))
_FRAMES = f"Hann window of {1000 * _WINDOW:g} ms, hop {1000 * _HOP:g} ms, {MEL_BANDS} bands on HTK's mel scale"
_SHORT_TERM = (
    "frames of 25 ms every 10 ms: zero crossings, energy, entropies, centroid, spread, flux, roll-off, cepstrum, chroma"
)

FEATURE_SETS: Mapping[SetName, FeatureSet] = {
    "mfcc-40": FeatureSet(
        _CEPSTRUM, _coefficients, _centred_steps, _hundred, f"{_FRAMES}, {COEFFICIENTS} cepstral coefficients"
    ),
    "log-mel-128": FeatureSet(_MEL, _levels, _centred_steps, _hundred, f"{_FRAMES}, in decibels"),
    "spectral-193": FeatureSet(
        (
            *_CEPSTRUM,
            *(f"chroma {name}" for name in PITCH_CLASSES),
            *_MEL,
            *(f"contrast of band {number}" for number in range(1, BANDS + 1)),
            *(f"tonal centroid, {name}" for name in CENTROIDS),
        ),
        _spectral,
        lambda samples, _: 1 + samples // _TRANSFORM_HOP,
        lambda sample_rate: sample_rate / _TRANSFORM_HOP,
        f"Hann window of {_TRANSFORM} samples, hop {_TRANSFORM_HOP}: 40 cepstral coefficients, 12 of chroma, power of "
        "128 mel bands, contrast of 7 bands, 6 tonal centroids",
        lowest_rate=LOWEST_RATE,
    ),
    "short-term-34": FeatureSet(NAMES, short_term_features, short_term_steps, _hundred, _SHORT_TERM),
    "short-term-68": FeatureSet(
        (*NAMES, *(f"change of {name}" for name in NAMES)),
        _changing,
        short_term_steps,
        _hundred,
        f"{_SHORT_TERM}, and the change of each",
    ),
}
