"""Reference to a chosen recording, before it is read."""

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from ser_core.paths import changed
from ser_core.types import Seconds


@dataclass(frozen=True)
class SoundReference:
    """Reference to a recording.

    Attributes:
        key: the same for the same content; what caches go by.
        name: what to call it on the page and in messages.
        path: where it lies, for files on disk.
        content: its bytes, for recordings and uploads.
        start: where the utterance begins in the file, in seconds.
        end: where it ends.
        artificial: made by a program, not spoken by a person.
        truth: the emotion it was spoken in, where that is known.
        speaker: who speaks in a corpus that ships, by a name that nobody of another corpus has; empty for others.
    """

    key: str
    name: str
    path: Path | None = None
    content: bytes | None = field(default=None, repr=False)
    start: Seconds | None = None
    end: Seconds | None = None
    artificial: bool = False
    truth: str | None = None
    speaker: str = ""

    @property
    def whole_key(self) -> str:
        """The key of the recording of which this is all or a part."""
        return self.key.partition("|")[0] if self.path is None else str(self.path)

    def opened(self) -> Path | BinaryIO:
        """Return what the audio reader takes: a path, or an open file."""
        return self.path if self.path is not None else io.BytesIO(self.content or b"")


def sound_on_disk(
    path: Path,
    *,
    name: str,
    start: Seconds | None = None,
    end: Seconds | None = None,
    artificial: bool = False,
    truth: str | None = None,
    speaker: str = "",
) -> SoundReference:
    """Refer to a file on disk, or to a part of one."""
    key = f"{path}|{changed(path)}|{start}|{end}"
    return SoundReference(
        key=key, name=name, path=path, start=start, end=end, artificial=artificial, truth=truth, speaker=speaker
    )
