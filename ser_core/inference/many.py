"""Many recordings at once: files and ZIP archives in, one row of a CSV table for each out.

A file that cannot be judged is named with the reason, and the others go on.
"""

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from ser_core.audio.reading import read_audio
from ser_core.errors import AudioError, SerError
from ser_core.inference.reader import EmotionPrediction, NotSpeech, Reader
from ser_core.tables.writing import csv_text

MOST_FILES = 2_000  # in one archive
MOST_BYTES = 300_000_000  # of one file in an archive: an hour and a half of 48 kHz mono
_AROUSAL = ("arousal", "arousal_low", "arousal_high")
_ARCHIVE = b"PK\x03\x04"
_EMPTY_ARCHIVE = b"PK\x05\x06"


@dataclass(frozen=True)
class NamedSound:
    """A recording that waits to be judged.

    Attributes:
        name: of the file; in an archive with its folders.
        opened: returns its content; raises an :class:`AudioError` where an archive cannot give it.
    """

    name: str
    opened: Callable[[], BinaryIO]


@dataclass(frozen=True)
class FileJudgement:
    """What became of one file.

    Attributes:
        name: of the file.
        reading: the judgement; ``None`` where there is none.
        refusal: why there is none; empty otherwise.
    """

    name: str
    reading: EmotionPrediction | NotSpeech | None
    refusal: str = ""


def sounds_of(name: str, content: bytes) -> list[NamedSound]:
    """List the recordings of an upload: itself, or the files of a ZIP archive.

    Folders, hidden files and what macOS adds to an archive are left out.

    Args:
        name: of the upload.
        content: of it.

    Raises:
        AudioError: if it is a ZIP archive that cannot be read, holds no file or more than :data:`MOST_FILES`.
    """
    if not content.startswith((_ARCHIVE, _EMPTY_ARCHIVE)):
        return [NamedSound(name, lambda: io.BytesIO(content))]
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError) as error:
        raise AudioError(f"Expected a complete ZIP archive in {name}; got: {error}. Pack the folder again.") from error
    members = [one for one in archive.infolist() if not one.is_dir() and not _is_hidden(one.filename)]
    if not members:
        raise AudioError(f"Expected recordings in {name}; got an archive without files. Pack the folder again.")
    if len(members) > MOST_FILES:
        raise AudioError(
            f"Expected at most {MOST_FILES} files in {name}; got {len(members)}. Pack it in parts, or judge the folder "
            "with: python -m ser_core predict"
        )
    return [NamedSound(one.filename, _opener(archive, one)) for one in members]


def judge_each(reader: Reader, sounds: Iterable[NamedSound]) -> Iterator[FileJudgement]:
    """Judge recordings one after another; one that cannot be judged is refused with the reason.

    Args:
        reader: the model.
        sounds: the recordings.
    """
    for sound in sounds:
        try:
            signal = read_audio(sound.opened(), sample_rate=reader.front_end.sample_rate, name=sound.name)
            yield FileJudgement(sound.name, reader.read(signal, name=sound.name))
        except SerError as error:
            yield FileJudgement(sound.name, None, " ".join(str(error).split()))


def judgements_csv(judgements: Iterable[FileJudgement], labels: Sequence[str], *, arousal: bool = False) -> str:
    """Write judgements as a CSV table with one row for each file.

    Args:
        judgements: of the files.
        labels: classes of the model.
        arousal: whether the model predicts it.

    Returns:
        Columns ``file``, ``answer`` (an emotion, ``none of these`` or ``not speech``; empty where refused),
        ``emotion`` (what the back end chooses, also outside every range), ``probability`` of it, ``angle_degrees`` to
        it, ``nearest`` class by angle, ``probability_…`` and ``angle_…`` of every class, with ``arousal`` also
        ``arousal, arousal_low, arousal_high``, then ``seconds``, ``notes`` and ``refused`` with the reason.
    """
    columns = [
        "file", "answer", "emotion", "probability", "angle_degrees", "nearest",
        *(f"probability_{label}" for label in labels), *(f"angle_{label}" for label in labels),
        *(_AROUSAL if arousal else ()), "seconds", "notes", "refused",
    ]  # fmt: skip
    return csv_text([columns, *(_row(one, labels, arousal) for one in judgements)])


def _row(judgement: FileJudgement, labels: Sequence[str], arousal: bool) -> list[str | float | None]:
    reading = judgement.reading
    nothing: list[None] = [None] * (4 + 2 * len(labels) + len(_AROUSAL) * arousal)
    if reading is None:
        return [judgement.name, None, *nothing, None, None, judgement.refusal]
    last: list[str | float | None] = [round(reading.duration_seconds, 3), " ".join(reading.notes), None]
    if not reading.speech:
        return [judgement.name, reading.verdict, *nothing, *last]
    emotion = reading.emotion
    shares = [round(reading.probabilities[label], 4) for label in labels]
    angles = [round(reading.angles_degrees[label], 2) for label in labels]
    chosen = labels.index(emotion)
    heard = reading.arousal
    excited = [] if heard is None else [round(value, 3) for value in (heard.value, heard.low, heard.high)]
    return [
        judgement.name, reading.verdict, emotion, shares[chosen], angles[chosen], reading.nearest_class,
        *shares, *angles, *(excited if arousal else ()), *last,
    ]  # fmt: skip


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def _opener(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        name = member.filename
        if member.flag_bits & 1:
            raise AudioError(f"Expected a file without a password in {name}; got an encrypted one. Pack it without.")
        try:
            with archive.open(member) as file:
                content = file.read(MOST_BYTES + 1)  # the sizes in a directory can lie
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError) as error:
            raise AudioError(f"Expected a complete file in {name}; got: {error}. Pack the folder again.") from error
        if len(content) > MOST_BYTES:
            raise AudioError(
                f"Expected at most {MOST_BYTES / 1e6:.0f} MB in {name}; got more. Open it on the page Long recordings."
            )
        return io.BytesIO(content)

    return opened
