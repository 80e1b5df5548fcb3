"""Which parts of a sound decided: occlusion and integrated gradients over the spectrogram that a model hears.

Both ask how the evidence for one class depends on each value of the spectrogram. The evidence is what the model's back
end compares: the logit of the class for the back end ``head``, for the others the cosine of the embedding to the class
direction. Hidden means set to the mean of the training speech in that band, which is zero after standardisation.

A model that hears by something else (a pretrained network, the waveform, several inputs) has parts of the sound itself
silenced (:mod:`ser_core.inference.sound_occlusion`); they are drawn over a spectrogram all the same.

References:
    Zeiler and Fergus (2014), Visualizing and Understanding Convolutional Networks: occlusion.
    Sundararajan, Taly and Yan (2017), Axiomatic Attribution for Deep Networks: integrated gradients.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from ser_core.audio.signal import Signal
from ser_core.checkpoints.card import Card
from ser_core.config import lookup
from ser_core.errors import InputError
from ser_core.features.front_end import FrontEnd, frames_of, prepared_start
from ser_core.features.mel import band_centres
from ser_core.inference.reader import Reader, require_rate
from ser_core.inference.sound_occlusion import sound_occlusion
from ser_core.models import AUDIO, EMOTION, Padded
from ser_core.types import FloatArray, Seconds

LONGEST: Seconds = 30.0  # of a recording: the time to compute grows with its length
TILE_SECONDS: Seconds = 0.128  # hidden at once: about a vowel
TILE_BANDS = 16
MOST_COLUMNS = 40  # of tiles; those of longer recordings are wider
STEPS = 64  # of the path from the mean to the recording
_FRAMES_PER_BATCH = 4_000


@dataclass(frozen=True, eq=False)
class Attribution:
    """Share of each value of a spectrogram in the evidence for a class.

    Attributes:
        method: a name in :data:`METHODS`.
        of_sound: whether parts of the sound itself were silenced, since the model does not hear this spectrogram.
        label: the class.
        measure: ``cosine`` to the class direction, or ``logit`` of the head.
        values: positive where the value speaks for the class, negative against it, in units of the measure; shape
            ``(T, F)``.
        levels: the spectrogram, in decibels, shape ``(T, F)``.
        times: middle of each frame, in seconds of the recording, shape ``(T,)``.
        hertz: middle of each band, shape ``(F,)``.
        evidence: for the class, of the recording.
        baseline: evidence for the class if everything is hidden.
    """

    method: str
    label: str
    measure: str
    values: FloatArray
    levels: FloatArray
    times: FloatArray
    hertz: FloatArray
    evidence: float
    baseline: float
    of_sound: bool = False


class _Method(Protocol):
    """How the parts are found; ``progress`` is called with how many looks at the recording are done, and of all."""

    def __call__(
        self, evidence: "Evidence", frames: Tensor, tile_frames: float, *, progress: Callable[[int, int], None] | None
    ) -> Tensor: ...


def attribution(
    reader: Reader,
    signal: Signal,
    label: str,
    method: str = "occlusion",
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Attribution:
    """Compute which parts of a recording speak for a class.

    Args:
        reader: the model, for a voice where it has one.
        signal: the recording, at the model's sample rate.
        label: a class of the model.
        method: a name in :data:`METHODS`.
        progress: told how many of how many tiles or steps are done, if given.

    Raises:
        ConfigError: if there is no such method or class.
        InputError: if the model needs another method, or more than sound, or the recording is longer than
            :data:`LONGEST` or has another sample rate.
    """
    compute = lookup("method", method, METHODS)
    lookup("class", label, dict.fromkeys(reader.labels))
    require_rate(reader.front_end, [signal])
    front_end, card = reader.front_end, reader.checkpoint.card
    if method not in methods_for(card):
        raise InputError(
            f"Expected a model that hears a spectrogram alone; {card.name} hears by "
            f"{' and '.join(card.settings.input_kinds)}. Choose {' or '.join(methods_for(card))}, or another model."
        )
    if signal.duration_seconds > LONGEST:
        raise InputError(
            f"Expected a recording of at most {LONGEST:.0f} s; got {signal.duration_seconds:.1f} s. "
            "Select a part of it."
        )
    if not hears_spectrogram_alone(card):
        return _of_sound(reader, signal, label, progress)
    (levels,) = reader.checkpoint.inputs[AUDIO].of_signals([signal.samples])
    model = reader.checkpoint.model.eval()
    frames = model.standardise(AUDIO, levels.to(model.device))
    evidence = Evidence(reader, label)
    whole, hidden = evidence.of(torch.stack([frames, torch.zeros_like(frames)])).tolist()
    start = prepared_start(signal.samples, front_end)
    return Attribution(
        method=method,
        label=label,
        measure=evidence.measure,
        values=compute(evidence, frames, TILE_SECONDS / front_end.hop_seconds, progress=progress).cpu().numpy(),
        levels=levels.numpy(),
        times=start + np.arange(len(levels)) * front_end.hop_seconds,
        hertz=_bands(reader),
        evidence=whole,
        baseline=hidden,
    )


class Evidence:
    """What a model's back end compares, for one class, as a function of standardised frames.

    Attributes:
        measure: ``logit`` for the back end ``head``; ``cosine`` for the others.
    """

    def __init__(self, reader: Reader, label: str) -> None:
        """Prepare for a class of the model, with the correction for the reader's voice."""
        checkpoint, calibration = reader.checkpoint, reader.calibration
        self._model = checkpoint.model
        self._class = reader.labels.index(label)
        self.measure = "logit" if checkpoint.card.back_end == "head" else "cosine"
        directions = checkpoint.directions if calibration is None else calibration.directions
        self._direction = self._tensor(directions[self._class])
        self._shift = None if calibration is None else self._tensor(calibration.shift)
        self._rows = None
        if calibration is not None:
            self._rows = self._tensor(calibration.head), self._tensor(calibration.turned_head)

    def of(self, frames: Tensor) -> Tensor:
        """Return the evidence, shape ``(B,)``, of standardised frames ``(B, T, F)``; gradients pass through."""
        with torch.set_grad_enabled(frames.requires_grad):
            lengths = torch.full((frames.shape[0],), frames.shape[1], device=frames.device)
            output = self._model({AUDIO: Padded(frames, lengths)})
            return self.of_outputs(output.embedding, output.heads[EMOTION])

    def of_outputs(self, embedding: Tensor, logits: Tensor) -> Tensor:
        """Return the evidence, shape ``(B,)``, of the model's embeddings ``(B, D)`` and logits ``(B, K)``."""
        shifted = embedding
        if self._shift is not None:
            length = embedding.norm(dim=1, keepdim=True)
            shifted = length * functional.normalize(functional.normalize(embedding, dim=1) - self._shift, dim=1)
        if self.measure == "cosine":
            return functional.cosine_similarity(shifted, self._direction[None], dim=1)
        if self._rows is not None:
            head, turned = self._rows
            logits = logits + shifted @ turned.T - embedding @ head.T
        of_class: Tensor = logits[:, self._class]
        return of_class

    def _tensor(self, values: FloatArray) -> Tensor:
        return torch.as_tensor(np.asarray(values), dtype=torch.float32, device=self._model.device)


def occlusion(
    evidence: Evidence,
    frames: Tensor,
    tile_frames: float,
    tile_bands: int = TILE_BANDS,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Tensor:
    """Hide one tile after another: what each is worth is how much evidence is lost without it.

    Args:
        evidence: for the class.
        frames: standardised, shape ``(T, F)``.
        tile_frames: length of a tile; at most :data:`MOST_COLUMNS` tiles stand beside each other.
        tile_bands: height of a tile.
        progress: told how many of how many tiles are done, if given.

    Returns:
        Shape ``(T, F)``; the same for all values of a tile.
    """
    count, bands = frames.shape
    wide = max(1, round(tile_frames), -(-count // MOST_COLUMNS))
    corners = [(first, low) for first in range(0, count, wide) for low in range(0, bands, tile_bands)]
    values = torch.zeros_like(frames)
    whole = evidence.of(frames[None])[0]
    at_once = max(1, _FRAMES_PER_BATCH // count)
    for begin in range(0, len(corners), at_once):
        chosen = corners[begin : begin + at_once]
        batch = frames.repeat(len(chosen), 1, 1)
        for row, (first, low) in zip(batch, chosen, strict=True):
            row[first : first + wide, low : low + tile_bands] = 0.0
        for (first, low), without in zip(chosen, evidence.of(batch), strict=True):
            values[first : first + wide, low : low + tile_bands] = whole - without
        if progress is not None:
            progress(begin + len(chosen), len(corners))
    return values


def integrated_gradients(
    evidence: Evidence,
    frames: Tensor,
    tile_frames: float = 0.0,
    steps: int = STEPS,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Tensor:
    """Follow the evidence along the straight path from the mean to the recording.

    The value at ``x`` is ``x`` times the mean of the derivative along the path, by the midpoint rule. All values add up
    to the evidence of the recording minus that of the mean (completeness), up to the error of the rule.

    Args:
        evidence: for the class.
        frames: standardised, shape ``(T, F)``.
        tile_frames: not used; every value has a share of its own.
        steps: of the path.
        progress: told how many of how many steps are done, if given.

    Returns:
        Shape ``(T, F)``.
    """
    total = torch.zeros_like(frames)
    at_once = max(1, _FRAMES_PER_BATCH // frames.shape[0])
    shares = (torch.arange(steps, device=frames.device) + 0.5) / steps
    done = 0
    for part in shares.split(at_once):
        path = (part[:, None, None] * frames).requires_grad_()
        with torch.enable_grad():
            (gradient,) = torch.autograd.grad(evidence.of(path).sum(), path)
        total += gradient.sum(dim=0)
        done += len(part)
        if progress is not None:
            progress(done, steps)
    return frames * total / steps


METHODS: Mapping[str, _Method] = {
    "occlusion": occlusion,
    "integrated gradients": integrated_gradients,
}


def hears_spectrogram_alone(card: Card) -> bool:
    """Whether a spectrogram of the front end is all that a model is given."""
    return card.settings.input_kinds in (("log-mel",), ("log-stft",))


def methods_for(card: Card) -> tuple[str, ...]:
    """Name the methods of :data:`METHODS` that a model can be asked by."""
    return tuple(METHODS) if hears_spectrogram_alone(card) else ("occlusion",)


def _of_sound(reader: Reader, signal: Signal, label: str, progress: Callable[[int, int], None] | None) -> Attribution:
    """Silence parts of the sound itself, and draw them over its usual spectrogram."""
    picture = FrontEnd(sample_rate=signal.sample_rate, trim=False, level=False)
    levels = frames_of([signal.samples], picture)[0].numpy()
    times = np.arange(len(levels)) * picture.hop_seconds
    hertz = band_centres(picture.mel_bands, lowest=picture.lowest_hertz, highest=picture.highest_hertz)
    evidence = Evidence(reader, label)
    values, whole, silence = sound_occlusion(
        reader, evidence, signal.samples, times=times, hertz=hertz, progress=progress
    )
    return Attribution(
        "occlusion", label, evidence.measure, values, levels, times, hertz, evidence=whole, baseline=silence,
        of_sound=True,
    )  # fmt: skip


def _bands(reader: Reader) -> FloatArray:
    front_end = reader.front_end
    if front_end.kind == "log-stft":
        return np.linspace(0.0, front_end.sample_rate / 2, front_end.feature_count)
    return band_centres(front_end.mel_bands, lowest=front_end.lowest_hertz, highest=front_end.highest_hertz)
