"""How sound becomes frames, for what draws it in the browser: the sound, its loudest part, and settings of a front end.

Windows, filters and spectrogram are computed there, so that a change of window or hop is seen at once; they are those
of :func:`ser_core.features.front_end.frames_of` (a test compares them).
"""

import dataclasses
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ser_core.audio.high_pass import high_pass
from ser_core.audio.pcm import to_base64, to_pcm16
from ser_core.errors import InputError
from ser_core.plots.style import sequential_colours
from ser_core.types import FloatArray, Hertz, Seconds

if TYPE_CHECKING:
    from ser_core.features.front_end import FrontEnd

EXCERPT = 0.15  # seconds of the waveform


@dataclass(frozen=True)
class FramedSound:
    """Sound for the browser, in plain values.

    Attributes:
        title: what it is called.
        samples: by the cutoff of the high-pass that they went through in hertz, ``"0"`` for none: mono, 16 bits, as
            base64 text of :mod:`ser_core.audio.pcm`.
        full_scale: what the largest of 16 bits stands for: the highest peak among them; 1 in silence.
        begins: where its loudest part begins.
        excerpt: how long that part is.
        pitch_times: of each value of the pitch, in seconds.
        pitch_hertz: ``None`` where unvoiced.
        voice: median of the pitch, in hertz; ``None`` if nothing is voiced.
        scale: colours of the spectrogram, from faint to loud.
    """

    title: str
    samples: dict[str, str]
    full_scale: float
    sample_rate: Hertz
    begins: Seconds
    excerpt: Seconds
    pitch_times: list[float]
    pitch_hertz: list[float | None]
    voice: float | None
    scale: list[str]


def framed_sound(
    samples: FloatArray,
    *,
    sample_rate: Hertz,
    title: str,
    pitch: tuple[FloatArray, FloatArray],
    cutoffs: Collection[float] = (),
) -> FramedSound:
    """Write a recording for the browser.

    Args:
        samples: float32, shape ``(N,)``.
        sample_rate: of the samples.
        title: what to call it.
        pitch: times in seconds and hertz, NaN where unvoiced.
        cutoffs: of high-passes that front ends begin with, in hertz; 0 is none.

    Raises:
        InputError: if there are no samples.
    """
    begins = loudest_excerpt(samples, sample_rate)
    signals = {0.0: samples}
    for cutoff in cutoffs:
        signals[cutoff] = high_pass(samples, cutoff=cutoff, sample_rate=sample_rate) if cutoff else samples
    full_scale = max(float(np.abs(signal).max()) for signal in signals.values()) or 1.0
    times, hertz = pitch
    voiced = hertz[np.isfinite(hertz)]
    return FramedSound(
        title=title,
        samples={f"{cutoff:g}": to_base64(to_pcm16(signal / full_scale)) for cutoff, signal in signals.items()},
        full_scale=full_scale,
        sample_rate=sample_rate,
        begins=begins,
        excerpt=min(EXCERPT, len(samples) / sample_rate),
        pitch_times=times.round(4).tolist(),
        pitch_hertz=[round(one, 1) if np.isfinite(one) else None for one in hertz.tolist()],
        voice=float(np.median(voiced)) if len(voiced) else None,
        scale=sequential_colours(),
    )


def settings_of(front_end: "FrontEnd") -> dict[str, Any]:
    """Write the settings that the browser makes frames by; times in milliseconds.

    What cuts, continues or scales a recording is left out, so that all of it is seen. A front end without a
    spectrogram gets that of log-mel frames.
    """
    shown = of_whole_recording(front_end)
    return {
        "kind": shown.kind,
        "taper": shown.window,
        "high_pass": shown.high_pass_hertz,
        "rate": shown.sample_rate,
        "window": round(1000 * shown.window_seconds),
        "hop": round(1000 * shown.hop_seconds),
        "bands": shown.mel_bands,
        "transform": 1 << (shown.transform_length - 1).bit_length(),
        "lowest": shown.lowest_hertz,
        "highest": shown.highest_hertz,
        "range": shown.dynamic_range_decibels,
    }


def of_whole_recording(front_end: "FrontEnd") -> "FrontEnd":
    """Return the same frames without what cuts, continues or scales a recording, so that all of it is seen.

    A front end without a spectrogram gets that of log-mel frames.
    """
    kind = front_end.kind if front_end.kind in ("log-mel", "log-stft") else "log-mel"
    return dataclasses.replace(front_end, kind=kind, trim=False, level=False, longest_seconds=0.0, duration_seconds=0.0)


def loudest_excerpt(samples: FloatArray, sample_rate: int) -> Seconds:
    """Return where the loudest :data:`EXCERPT` begins, in seconds; 0 in a shorter recording.

    Raises:
        InputError: if there are no samples.
    """
    if samples.ndim != 1 or not len(samples):
        raise InputError(f"Expected samples of shape (N,) with N > 0; got {samples.shape}. Choose a longer recording.")
    length = round(EXCERPT * sample_rate)
    if len(samples) <= length:
        return 0.0
    energy = np.concatenate([[0.0], np.cumsum(np.square(samples, dtype=np.float64))])
    return int(np.argmax(energy[length:] - energy[:-length])) / sample_rate
