"""Voices saved in the workspace."""

from dataclasses import dataclass, replace
from pathlib import Path

from ser_core.config import did_you_mean
from ser_core.errors import VoiceError
from ser_core.named_files import NamedFiles
from ser_core.storage import require_writable, write_text_atomically
from ser_core.voices.voice import Voice
from ser_core.voices.voice_text import read_voice_json, voice_json
from ser_core.workspace import voices_directory

_FILES = NamedFiles("voice", ".json", VoiceError, voices_directory)


@dataclass(frozen=True, eq=False)
class SavedVoice:
    """A saved voice and its file."""

    path: Path
    voice: Voice


def saved_voices() -> tuple[list[SavedVoice], list[tuple[Path, str]]]:
    """Read the saved voices, by name, and the unreadable files with their reasons."""
    good, damaged = [], []
    for path in _FILES.paths():
        try:
            good.append(SavedVoice(path, load(path)))
        except VoiceError as error:
            damaged.append((path, str(error)))
    return sorted(good, key=lambda one: one.voice.name), damaged


def load(path: Path) -> Voice:
    """Read a voice from a file; raises VoiceError if the file is gone, damaged, or no voice."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise VoiceError(
            f"Expected a voice in {path.name}; got: {getattr(error, 'strerror', None) or error}. Choose another one, "
            "or make a new one."
        ) from error
    return read_voice_json(text, path.name)


def find_voice(voice: str | Path) -> Voice:
    """Find a voice by its name, or by its file; raises VoiceError if there is neither, or the file is damaged."""
    return load(voice) if isinstance(voice, Path) else load(file_of(voice))


def file_of(name: str) -> Path:
    """Find the file of a voice by its name; a damaged one has the name of its file.

    Raises:
        VoiceError: if there is no such voice.
    """
    good, damaged = saved_voices()
    named = {path.stem: path for path, _ in damaged} | {one.voice.name: one.path for one in good}
    if name in named:
        return named[name]
    raise VoiceError(
        f"Expected a voice among {', '.join(named) or 'none yet'}; got {name!r}.{did_you_mean(name, named)} "
        "Make one on the page Your voice or with: python -m ser_core voice make NAME --checkpoint MODEL "
        "--clip FILE:EMOTION"
    )


def require_place(name: str) -> None:
    """See that a voice can be kept, before it is computed; raises StorageError if it cannot be written."""
    require_writable(_FILES.free_path(name))


def save_voice(voice: Voice) -> Path:
    """Save a voice in a file called after its name; the same voice is saved once.

    Raises:
        VoiceError: if another voice has the name.
        StorageError: if it cannot be written.
    """
    text = voice_json(voice)
    for one in saved_voices()[0]:
        if voice_json(one.voice) == text:
            return one.path
    _require_free(voice.name)
    path = _FILES.free_path(voice.name)
    write_text_atomically(path, text)
    return path


def rename(path: Path, name: str) -> None:
    """Rename a voice; its file stays.

    Raises:
        ConfigError: for a forbidden name.
        VoiceError: if there is no such voice, it is damaged, or the name is taken.
        StorageError: if it cannot be written.
    """
    _FILES.require(path)
    renamed = replace(load(path), name=name)
    _require_free(renamed.name, but=path)
    write_text_atomically(path, voice_json(renamed))


def delete(path: Path) -> None:
    """Delete a voice, also a damaged one, permanently.

    Raises:
        VoiceError: if there is no such file.
        StorageError: if it may not be deleted.
    """
    _FILES.delete(path)


def _require_free(name: str, but: Path | None = None) -> None:
    if name in {one.voice.name for one in saved_voices()[0] if one.path != but}:
        raise VoiceError(
            f"Expected a name that no other voice has; got {name!r}. Choose another name, or delete that voice first."
        )
