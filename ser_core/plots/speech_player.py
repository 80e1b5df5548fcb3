"""Data of a recording for the browser component: samples and contours in bytes.

The samples are those that the model hears, mono at its sample rate, so that what is seen, heard, selected and judged
is the same sound. The spectrogram is computed from them in the browser, where zooming needs no new data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ser_core.audio.intensity import intensity_contour
from ser_core.audio.pcm import to_pcm16
from ser_core.errors import InputError
from ser_core.plots.packing import Packing
from ser_core.plots.style import sequential_colours
from ser_core.types import FloatArray, Hertz, Seconds


@dataclass(frozen=True)
class PlayedSound:
    """Encoded recording for the browser, in the format of :mod:`ser_core.plots.packing`.

    ``digest`` is its identity; ``begins`` and ``ends`` are the times of its samples in the recording.
    """

    content: bytes
    digest: str
    begins: Seconds
    ends: Seconds


def played_sound(
    samples: FloatArray,
    *,
    sample_rate: Hertz,
    title: str,
    begins: Seconds = 0.0,
    speech: Sequence[tuple[Seconds, Seconds]] = (),
    pitch: tuple[FloatArray, FloatArray] | None = None,
    reads: bool = False,
) -> PlayedSound:
    """Encode a recording.

    Args:
        samples: mono, shape ``(N,)``; sent with 16 bits, scaled so that the largest one uses them all.
        title: for visitors who cannot see it.
        begins: where in the recording the first sample lies; all other times are counted from the recording's
            beginning.
        speech: stretches that count as speech; those outside are left out.
        pitch: times in seconds and fundamental frequency in hertz, NaN where unvoiced; ``None`` if not computed.
        reads: whether there is a button that judges a selection.

    Raises:
        InputError: if ``samples`` is empty, not one-dimensional or not finite, if the sample rate is none, or if the
            pitch has not one time for each frequency.
    """
    peak = _checked_peak(samples, sample_rate)
    ends = begins + len(samples) / sample_rate
    packing = Packing()
    inside = [(max(start, begins), min(end, ends)) for start, end in speech if start < ends and end > begins]
    times, levels = intensity_contour(samples, sample_rate=sample_rate)
    header: dict[str, Any] = {
        "version": 1,
        "title": title,
        "sample_rate": sample_rate,
        "begins": begins,
        "peak": peak,
        "samples": packing.array(to_pcm16(samples / peak), "int16"),
        "speech": packing.array(np.array(inside).reshape(-1), "float32"),
        "intensity": _packed_contour(packing, times + begins, levels),
        "pitch": _packed_pitch(packing, pitch),
        "reads": reads,
        "scale": sequential_colours(),
    }
    content, digest = packing.written(header)
    return PlayedSound(content, digest, begins, ends)


def _checked_peak(samples: FloatArray, sample_rate: Hertz) -> float:
    if samples.ndim != 1 or samples.shape[0] == 0:
        raise InputError(
            f"Expected samples of shape (N,) with N > 0; got {samples.shape}. "
            "Mix the channels down, or read a longer clip."
        )
    if not sample_rate > 0:
        raise InputError(f"Expected a sample rate above 0 Hz; got {sample_rate}. Pass that of the samples.")
    peak = max(float(samples.max()), -float(samples.min()))
    if not np.isfinite(peak):
        raise InputError(
            "Expected finite samples; got NaN or infinite values. Write the recording again with the "
            "program that made it."
        )
    return peak or 1.0


def _packed_pitch(packing: Packing, pitch: tuple[FloatArray, FloatArray] | None) -> dict[str, Any] | None:
    if pitch is None:
        return None
    times, hertz = pitch
    if times.ndim != 1 or times.shape != hertz.shape:
        raise InputError(
            f"Expected one time for each frequency of the pitch; got shapes {times.shape} and {hertz.shape}. "
            "Pass both as pitch_contour returns them."
        )
    return _packed_contour(packing, times, hertz) if np.isfinite(hertz).any() else None


def _packed_contour(packing: Packing, times: FloatArray, values: FloatArray) -> dict[str, Any]:
    return {"times": packing.array(times, "float32"), "values": packing.array(values, "float32")}
