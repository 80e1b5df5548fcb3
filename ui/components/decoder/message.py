"""Messages from the browser about an upload, validated as untrusted input."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from ser_core.audio.pcm import from_base64
from ser_core.types import Hertz, IntArray, Seconds

LONGEST: Seconds = 600.0
_RATES = range(8_000, 96_001)
_MOST_VALUES = 3_000_000  # of a piece
_MOST_PIECES = round(LONGEST) * 48_000 * 2 // _MOST_VALUES + 1


@dataclass(frozen=True)
class DecodingFailure:
    """Failure of the browser to decode an upload.

    Attributes:
        file: key of the upload.
        kind: ``long`` for more than ten minutes, ``lost`` where the browser has to start again, ``unknown`` otherwise.
        seconds: how long it is, where it is too long.
    """

    file: str
    kind: Literal["unknown", "long", "lost"] = "unknown"
    seconds: Seconds = 0.0


@dataclass(frozen=True)
class SampleChunk:
    """Chunk of decoded samples.

    Attributes:
        file: key of the upload.
        number: of the piece, from 0.
        count: how many there are.
        sample_rate: samples per second.
        channels: one or two.
        samples: int16, channel after channel within a frame; shape ``(frames * channels,)``.
    """

    file: str
    number: int
    count: int
    sample_rate: Hertz
    channels: int
    samples: IntArray = field(repr=False)

    @property
    def form(self) -> tuple[int, int, int]:
        """Properties that all chunks of an upload share."""
        return self.count, self.sample_rate, self.channels


def checked(value: Any) -> SampleChunk | DecodingFailure | None:
    """Validate a message from the browser.

    Args:
        value: what the browser sent; anything at all.

    Returns:
        What it says; ``None`` for no answer. A damaged piece counts as what the browser cannot decode.

    Examples:
        >>> checked({"file": "a", "trouble": "long", "seconds": 700}).seconds, checked("a")
        (700.0, None)
    """
    if not isinstance(value, dict) or not isinstance(value.get("file"), str):
        return None
    file = value["file"]
    if value.get("restart") is True:
        return DecodingFailure(file, "lost")
    if value.get("trouble") == "long" and type(value.get("seconds")) in (int, float):
        return DecodingFailure(file, "long", float(value["seconds"]))
    return _piece(file, value) or DecodingFailure(file)


def wav(pieces: Sequence[SampleChunk]) -> bytes:
    """Join all chunks of an upload as a 16-bit WAV file."""
    import soundfile

    samples = np.concatenate([piece.samples for piece in pieces])
    file = io.BytesIO()
    soundfile.write(
        file, samples.reshape(-1, pieces[0].channels), pieces[0].sample_rate, format="WAV", subtype="PCM_16"
    )
    return file.getvalue()


def _piece(file: str, value: dict[str, Any]) -> SampleChunk | None:
    number, count = value.get("piece"), value.get("pieces")
    rate, channels = value.get("rate"), value.get("channels")
    if type(number) is not int or type(count) is not int or not 0 <= number < count <= _MOST_PIECES:
        return None
    if type(rate) is not int or rate not in _RATES or type(channels) is not int or channels not in (1, 2):
        return None
    samples = from_base64(value.get("samples"), longest=_MOST_VALUES)
    if samples is None or len(samples) % channels:
        return None
    return SampleChunk(file, number, count, rate, channels, samples)
