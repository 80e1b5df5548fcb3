"""Frames on disk, found again by the content of the recording and the settings of the input."""

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from torch import Tensor

from ser_core.audio.reading import read_audio
from ser_core.errors import StorageError
from ser_core.storage import write_atomically
from ser_core.types import FloatArray, Hertz, Seconds

# Raise when frames of the same settings are computed differently, so that old files are not taken for new ones.
_VERSION = 2
_UTTERANCES_PER_STEP = 64


@dataclass(frozen=True)
class Span:
    """A stretch of a recording: ``start`` and ``end`` in seconds, or the whole file."""

    path: Path
    start: Seconds | None = None
    end: Seconds | None = None


class FrameSource(Protocol):
    """What computes frames of signals; see :class:`ser_core.inputs.sound.SoundInput`."""

    @property
    def sample_rate(self) -> Hertz:
        """Of the signals."""
        ...

    @property
    def feature_count(self) -> int:
        """Values per frame."""
        ...

    def key(self) -> Mapping[str, Any]:
        """All settings."""
        ...

    def of_signals(self, signals: Sequence[FloatArray]) -> list[Tensor]:
        """Compute the frames of signals."""
        ...


def frames_of_files(
    spans: Sequence[Span],
    source: FrameSource,
    *,
    cache: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Tensor]:
    """Read recordings and compute or load their frames, float32 ``(T, F)`` per span.

    A ``cache`` folder that cannot be written is not used, without an error. ``progress`` is called with the number of
    spans that are done, and of all.

    Raises:
        AudioError: if a recording cannot be read.
    """
    frames: list[Tensor] = []
    for start in range(0, len(spans), _UTTERANCES_PER_STEP):
        part = spans[start : start + _UTTERANCES_PER_STEP]
        frames += _step(part, source, cache)
        if progress is not None:
            progress(len(frames), len(spans))
    return frames


def _step(spans: Sequence[Span], source: FrameSource, cache: Path | None) -> Iterator[Tensor]:
    files = [None if cache is None else cache / _name(span, source) for span in spans]
    known = [None if file is None else _load(file, source) for file in files]
    missing = [index for index, frames in enumerate(known) if frames is None]
    signals = [_read(spans[index], source.sample_rate) for index in missing]
    for index, frames in zip(missing, source.of_signals(signals), strict=True):
        known[index] = frames
        file = files[index]
        if file is not None:
            with contextlib.suppress(StorageError):
                write_atomically(file, lambda path, frames=frames: _save(path, frames))  # type: ignore[misc]
    return (frames for frames in known if frames is not None)


def _read(span: Span, sample_rate: Hertz) -> FloatArray:
    return read_audio(span.path, start=span.start, end=span.end, sample_rate=sample_rate).samples


def _name(span: Span, source: FrameSource) -> Path:
    settings = json.dumps([_VERSION, source.key(), span.start, span.end], sort_keys=True)
    digest = hashlib.sha256(settings.encode())
    with contextlib.suppress(OSError):  # a file that is not there is reported when it is read
        digest.update(span.path.read_bytes())
    name = digest.hexdigest()
    return Path("frames", name[:2], f"{name}.npy")


def _load(file: Path, source: FrameSource) -> Tensor | None:
    try:
        frames = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    if frames.ndim != 2 or frames.shape[1] != source.feature_count or frames.dtype != np.float32:
        return None
    return torch.from_numpy(frames)


def _save(path: Path, frames: Tensor) -> None:
    with path.open("wb") as file:
        np.save(file, frames.numpy(), allow_pickle=False)
