"""Opening of recordings with libsndfile, and messages with advice if that fails."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Literal

import soundfile

from ser_core.audio import ogg
from ser_core.audio.concatenated import has_second_recording
from ser_core.audio.decoding import EXTRA, FETCH_AGAIN, DecodedRecording, can_decode
from ser_core.audio.foreign import foreign_format
from ser_core.audio.lengths import RecordedLength, length_of
from ser_core.errors import AudioError, FormatError
from ser_core.paths import is_file, is_folder
from ser_core.types import Seconds

CONVERT = "Convert it to WAV or FLAC (for example: ffmpeg -i INPUT output.wav) and try again."
CONVERT_OR_DECODE = (
    "Convert it to WAV or FLAC (for example: ffmpeg -i INPUT output.wav), or install the decoder for such files "
    f"({EXTRA}), and try again."
)
JOIN = (
    "Use the files that were put together, one by one, or join their sound (for example by ffmpeg's filter concat). "
    "Of OGG, ffmpeg -i INPUT output.wav makes one recording."
)

_RAW = "raw samples without a header"


class OpenRecording(soundfile.SoundFile):  # type: ignore[misc] # soundfile has no types
    """An open file that is read sequentially.

    soundfile seeks to its present position after every block. That fails in files that cannot seek (GSM and G.72x in
    WAV or AIFF), and it is not needed.

    Attributes:
        length: declared in its header.
        tracks: 1; files with more are decoded by PyAV.
    """

    tracks = 1

    def __init__(self, file: str | bytes | BinaryIO, length: RecordedLength) -> None:
        """Open ``file``, or ``length.patched`` if there is one."""
        self.length = length
        super().__init__(file if length.patched is None else length.patched)

    def seekable(self) -> bool:
        """Return False, so that soundfile does not seek."""
        return False

    def go_to(self, frame: int) -> None:
        """Move to a frame, counted from the beginning of the file."""
        if frame and super().seekable():
            self.seek(frame)
            return
        while frame > 0:
            passed = len(self.read(min(frame, 1 << 16), dtype="float32", always_2d=True))
            frame = frame - passed if passed else 0


Recording = OpenRecording | DecodedRecording


@contextlib.contextmanager
def opened(source: Path | str | BinaryIO, shown: str, *, whole: bool = True) -> Iterator[Recording]:
    """Open a recording; errors, also those while it is read, get a message with advice.

    The source is a path, or an open binary file that can seek. ``whole`` also checks the checksums of OGG, and that no
    second recording follows.

    Raises:
        FormatError: if it is not audio, or in a format that cannot be read.
        AudioError: if there is no such file, or it is empty, truncated or damaged.
    """
    _check_present(source, shown)
    try:
        with _stream(source) as stream:
            if whole:
                _require_whole_pages(stream, shown)
                _require_one_recording(stream, shown)
            length = length_of(stream)
            stream.seek(0)
            with _file(source, length, stream, shown) as file:
                yield file
    except soundfile.LibsndfileError as error:  # while it was read
        raise _damaged(shown, error) from error
    except OSError as error:
        raise AudioError(
            f"Expected to read {shown}; the system answered: {error.strerror or error}. Check the file's permissions."
        ) from error


def seconds_in(source: Path | str | BinaryIO, shown: str | None = None) -> Seconds:
    """Return the declared or, without one, the actual duration; the samples are not read.

    Errors are those of :func:`opened`.
    """
    with opened(source, shown or name_of(source), whole=False) as file:
        return float(file.frames) / float(file.samplerate)


def name_of(source: Path | str | BinaryIO) -> str:
    """Return the name of a recording for messages: its file name, if it has one."""
    if isinstance(source, Path | str):
        return Path(source).name
    return Path(str(getattr(source, "name", ""))).name or "the recording"


def reason(error: soundfile.LibsndfileError) -> str:
    """Return libsndfile's description of an error."""
    return str(error.error_string).strip().rstrip(".")


def _check_present(source: Path | str | BinaryIO, shown: str) -> None:
    if isinstance(source, Path | str):
        path = Path(source)
        if is_folder(path):
            raise AudioError(f"Expected an audio file at {path}; got a folder. Name a file in it.")
        if not is_file(path):
            raise AudioError(f"Expected an audio file at {path}; there is none. Check the path.")
        size = path.stat().st_size
    else:
        source.seek(0, 2)
        size = source.tell()
        source.seek(0)
    if size == 0:
        raise AudioError(f"Expected audio in {shown}; got an empty file (0 bytes). {FETCH_AGAIN}")


def _stream(source: Path | str | BinaryIO) -> Any:
    """Return a context with the binary file; a file that was open already stays open after it."""
    return Path(source).open("rb") if isinstance(source, Path | str) else contextlib.nullcontext(source)


def _openable(source: Path | str | BinaryIO) -> str | bytes | BinaryIO:
    """Return the path in a form that soundfile can open: bytes, because a path need not be text; text on Windows."""
    if not isinstance(source, Path | str):
        return source
    return str(source) if os.name == "nt" else os.fsencode(source)


def _require_whole_pages(stream: BinaryIO, shown: str) -> None:
    stream.seek(0)
    if not ogg.is_whole(stream):
        raise AudioError(f"Expected a complete recording in {shown}; got one with damaged parts. {FETCH_AGAIN}")


def _require_one_recording(stream: BinaryIO, shown: str) -> None:
    if has_second_recording(stream):
        raise AudioError(
            f"Expected one recording in {shown}; got several behind each other, of which only the first would be read. "
            f"{JOIN}"
        )


def _file(source: Path | str | BinaryIO, length: RecordedLength, stream: BinaryIO, shown: str) -> Recording:
    try:
        file = OpenRecording(_openable(source), length)
    except soundfile.LibsndfileError as error:
        if _is_damage(error) and (length.missing or foreign_format(stream) is None):
            raise _damaged(shown, error) from error
        return _decoded(source, stream, shown, f"something else ({reason(error)})", kind="unknown")
    except TypeError:  # a name that ends in .raw: libsndfile asks for its format
        return _decoded(source, stream, shown, _RAW, kind="raw")
    if file.format == "RAW":  # libsndfile infers this from the name alone
        file.close()
        return _decoded(source, stream, shown, _RAW, kind="raw")
    return file


def _decoded(
    source: Path | str | BinaryIO, stream: BinaryIO, shown: str, got: str, *, kind: Literal["raw", "unknown"]
) -> DecodedRecording:
    """Open a file that libsndfile cannot read; raises FormatError if nothing here can."""
    foreign = foreign_format(stream)
    if foreign is not None and can_decode():
        return DecodedRecording(source, foreign, shown)
    expected = f"Expected audio in {shown} (WAV, FLAC, OGG, MP3, AIFF, …)"
    if foreign is not None:
        raise FormatError(expected, got=foreign.title, advice=CONVERT_OR_DECODE, kind="foreign")
    raise FormatError(expected, got=got, advice=CONVERT, kind=kind)


def _damaged(shown: str, error: soundfile.LibsndfileError) -> AudioError:
    return AudioError(
        f"Expected a complete recording in {shown}; got one that is truncated or damaged ({reason(error)}). "
        f"{FETCH_AGAIN}"
    )


def _is_damage(error: soundfile.LibsndfileError) -> bool:
    return any(word in str(error) for word in ("lost sync", "chunk marker", "Error while decoding", "malformed"))
