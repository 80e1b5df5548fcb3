"""Occlusion of a sound itself: one band after another is silenced for a moment, and the model asked again.

For models that hear by something other than one spectrogram, of which nothing can be hidden: what a pretrained network
makes of a sound without a part is known only by letting it hear that. High-pass, cut and level act on the silenced
sound as on any other, as the model hears it.

References:
    Zeiler and Fergus (2014), Visualizing and Understanding Convolutional Networks: occlusion.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from ser_core.models import EMOTION
from ser_core.models.running import run_model
from ser_core.types import FloatArray, Hertz, Seconds

if TYPE_CHECKING:
    from ser_core.inference.attribution import Evidence
    from ser_core.inference.reader import Reader

EDGES: tuple[float, ...] = (0, 500, 1_000, 2_000, 4_000)  # hertz: the lowest formant, then octaves
SHORTEST: Seconds = 0.2  # silenced at once: about a syllable
MOST_COLUMNS = 12  # of parts beside each other; those of longer recordings are longer
WINDOW = 512  # samples of the transform in which parts are silenced; a quarter of it from one to the next
_AT_ONCE = 8  # sounds that are heard together


class SilencedPart(NamedTuple):
    """A part of a sound, in seconds and hertz; the upper ends do not belong to it."""

    start: Seconds
    end: Seconds
    low: float
    high: float


def parts_of(duration: Seconds, sample_rate: Hertz) -> list[SilencedPart]:
    """Divide a sound into moments of one length and bands that begin at :data:`EDGES`, moment after moment."""
    columns = max(1, min(MOST_COLUMNS, int(duration / SHORTEST)))
    moments = [number * duration / columns for number in range(columns)]
    lows = [edge for edge in EDGES if edge < sample_rate / 2]
    return [
        SilencedPart(start, end, low, high)
        for start, end in zip(moments, [*moments[1:], float("inf")], strict=True)
        for low, high in zip(lows, [*lows[1:], float("inf")], strict=True)
    ]


def silenced(samples: FloatArray, sample_rate: Hertz, parts: Sequence[SilencedPart]) -> FloatArray:
    """Return a sound ``(N,)`` without each of the parts, ``(P, N)`` float32: their values of its transform are zero.

    The transform is that of Hann windows of :data:`WINDOW` samples; whatever is not silenced comes back as it was.
    """
    window = torch.hann_window(WINDOW)
    step = WINDOW // 4
    spectrum = torch.stft(
        torch.from_numpy(np.ascontiguousarray(samples, dtype=np.float32)), WINDOW, step, window=window,
        return_complex=True, pad_mode="constant",
    )  # fmt: skip
    hertz = torch.arange(spectrum.shape[0]) * sample_rate / WINDOW
    times = torch.arange(spectrum.shape[1]) * step / sample_rate
    kept = torch.stack(
        [~(_within(hertz, part.low, part.high)[:, None] & _within(times, part.start, part.end)[None]) for part in parts]
    )
    sounds = torch.istft(spectrum * kept, WINDOW, step, window=window, length=len(samples))
    found: FloatArray = sounds.numpy()
    return found


def sound_occlusion(
    reader: "Reader",
    evidence: "Evidence",
    samples: FloatArray,
    *,
    times: FloatArray,
    hertz: FloatArray,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[FloatArray, float, float]:
    """Silence one part of a sound after another: what each is worth is how much evidence is lost without it.

    Args:
        reader: the model.
        evidence: for a class.
        samples: of the sound, shape ``(N,)``, at the model's sample rate.
        times: in seconds, shape ``(T,)``, at which the values are wanted.
        hertz: likewise, shape ``(F,)``.
        progress: told how many of how many parts are done, if given.

    Returns:
        Values ``(T, F)``, the same within a part; the evidence of the sound, and of silence.
    """
    rate = reader.front_end.sample_rate
    parts = parts_of(len(samples) / rate, rate)
    whole, nothing = _asked(reader, evidence, [samples, np.zeros_like(samples)])
    values = np.zeros((len(times), len(hertz)))
    done = 0
    for chosen in _in_groups(parts):
        for part, without in zip(chosen, _asked(reader, evidence, list(silenced(samples, rate, chosen))), strict=True):
            rows = (times >= part.start) & (times < part.end)
            columns = (hertz >= part.low) & (hertz < part.high)
            values[np.ix_(rows, columns)] = whole - without
        done += len(chosen)
        if progress is not None:
            progress(done, len(parts))
    return values, whole, nothing


def _asked(reader: "Reader", evidence: "Evidence", sounds: Sequence[FloatArray]) -> list[float]:
    checkpoint = reader.checkpoint
    inputs = {name: item.of_signals(list(sounds)) for name, item in checkpoint.inputs.items()}
    outputs = run_model(checkpoint.model, inputs)
    found = evidence.of_outputs(torch.from_numpy(outputs.embeddings), torch.from_numpy(outputs.heads[EMOTION]))
    answers: list[float] = found.tolist()
    return answers


def _in_groups(parts: Sequence[SilencedPart]) -> Iterator[Sequence[SilencedPart]]:
    for first in range(0, len(parts), _AT_ONCE):
        yield parts[first : first + _AT_ONCE]


def _within(values: torch.Tensor, low: float, high: float) -> torch.Tensor:
    inside: torch.Tensor = (values >= low) & (values < high)
    return inside
