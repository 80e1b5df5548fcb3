"""Shared checks of corpus folders: find recordings, check that they open, list missing ones."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ser_core.audio.opening import seconds_in
from ser_core.errors import AudioError, CorpusError, FormatError
from ser_core.paths import below, expanded, is_file, is_folder, is_text, size

AUDIO_SUFFIXES: tuple[str, ...] = (".wav", ".flac")  # the earlier one is kept where both lie side by side
FEW_MISSING = 0.05  # at most this share missing is an interrupted copy; more is a chosen subset
_LFS_POINTER = b"version https://git-lfs"  # what a clone holds while Git LFS is not installed


def require_folder(root: Path, title: str) -> Path:
    """Return the folder as an absolute path; raises CorpusError if there is no such folder."""
    folder = expanded(root).absolute()
    if not is_folder(folder):
        found = "that is a file" if is_file(folder) else "there is none"
        raise CorpusError(
            f"Expected the folder of {title} at {folder}; {found}. Check the path, or see where to get "
            "the corpus with: python -m ser_core corpora"
        )
    return folder


def recordings_in(
    root: Path, title: str, layout: str, *, name: Callable[[Path], str] = lambda path: path.stem
) -> tuple[dict[str, Path], list[str]]:
    """Return name (without suffix) → path of every WAV and FLAC below a folder, sorted by path, and notes.

    Links to files are followed, links to folders are not. Where a name occurs twice (a WAV beside its FLAC, a second
    copy in a sub-folder) the shallowest path is kept.

    Args:
        layout: what its files are called, for messages.
        name: what distinguishes recordings, where the file's own name does not.

    Raises:
        CorpusError: if the folder is missing, or holds no recording.
    """
    root = require_folder(root, title)
    found: dict[str, Path] = {}
    repeated = 0
    linked: list[str] = []
    for path in sorted(_audio_files(root, linked), key=lambda path: _preference(path, root)):
        if name(path) in found:
            repeated += 1
        else:
            found[name(path)] = path
    if not found:
        raise CorpusError(
            f"Expected recordings of {title} below {root} ({layout}); found no .wav or .flac file. "
            f"Unpack the corpus there, or give the folder that holds it. {_not_entered(linked)}"
        )
    notes = [_not_entered(linked)] if linked else []
    if repeated:
        notes.append(f"{repeated} file(s) repeat the name of another (second copy or second format) and were left out.")
    ordered = sorted(found.items(), key=lambda item: item[1].relative_to(root).as_posix())
    return dict(ordered), notes


def require_readable(paths: Iterable[Path]) -> None:
    """Open every file, without reading its samples.

    Raises:
        CorpusError: listing the first few that are missing, empty or no audio, or have a name that is no text.
    """
    paths = list(paths)
    _require_text(paths)
    missing: list[str] = []
    unreadable: list[str] = []
    advice: dict[str, None] = {}  # each once, in order
    for path in paths:
        problem = _problem(path)
        if problem is None:
            continue
        if not is_file(path):
            missing.append(str(path))
            continue
        unreadable.append(f"{path} ({problem.got})")
        advice[problem.advice] = None
    if missing:
        raise CorpusError(
            f"Expected every listed recording on disk; {len(missing)} missing: {first_few(missing)}. "
            "Copy the corpus again, or take these rows out of the list."
        )
    if unreadable:
        raise CorpusError(
            f"Expected recordings that can be opened; {len(unreadable)} cannot: {first_few(unreadable)}. "
            f"{' '.join(advice)}"
        )


def require_names(wrong: Sequence[str], expected: str, advice: str) -> None:
    """Reject a corpus whose names do not follow its scheme; raises CorpusError if ``wrong`` is not empty."""
    if wrong:
        raise CorpusError(f"Expected {expected}; got {len(wrong)} other(s): {first_few(wrong)}. {advice}")


def missing_note(missing: Sequence[str], *, published: int, title: str) -> list[str]:
    """Note that a subset lacks published recordings; nothing for a complete corpus of ``published`` recordings.

    Raises:
        CorpusError: if only a few are missing: then the copy was most likely interrupted.
    """
    if not missing:
        return []
    if len(missing) <= FEW_MISSING * published:
        raise CorpusError(
            f"Expected all {published} recordings of {title}; {len(missing)} missing: {first_few(missing)}. "
            "Copy the corpus again; to work with a part of it, write a manifest CSV that lists the files you want."
        )
    return [f"{published - len(missing)} of the {published} published recordings are here; figures are for this part."]


def first_few(items: Sequence[str], shown: int = 3) -> str:
    """Join the first items and count the rest.

    Examples:
        >>> first_few(["a", "b", "c", "d"])
        'a, b, c and 1 more'
    """
    rest = len(items) - shown
    return ", ".join(items[:shown]) + (f" and {rest} more" if rest > 0 else "")


def _audio_files(root: Path, linked: list[str]) -> Iterable[Path]:
    """Yield the recordings, and list the linked folders: entered, they could lead in a circle or to anywhere."""
    for path in below(root):
        if path.is_symlink() and is_folder(path):
            linked.append(path.relative_to(root).as_posix())
        elif path.suffix.lower() in AUDIO_SUFFIXES and not _hidden(path, root) and not is_folder(path):
            yield path


def _require_text(paths: Iterable[Path]) -> None:
    """Tables and cards hold UTF-8, so a name in another encoding could be read and trained on, but never written."""
    unnamed = [repr(str(path)) for path in paths if not is_text(path)]
    if unnamed:
        raise CorpusError(
            f"Expected names in UTF-8; {len(unnamed)} have another encoding: {first_few(unnamed)}. Rename them (for "
            "example: convmv -r -f latin1 -t utf8 FOLDER)."
        )


def _not_entered(linked: Sequence[str]) -> str:
    return f"{len(linked)} linked folder(s) were not looked into: {first_few(linked)}." if linked else ""


def _hidden(path: Path, root: Path) -> bool:
    """``._name.wav`` and ``__MACOSX`` are what macOS adds to archives; they hold no sound."""
    return any(part.startswith(".") or part == "__MACOSX" for part in path.relative_to(root).parts)


def _preference(path: Path, root: Path) -> tuple[int, int, str]:
    relative = path.relative_to(root)
    return len(relative.parts), AUDIO_SUFFIXES.index(path.suffix.lower()), relative.as_posix()


@dataclass(frozen=True)
class _Problem:
    got: str
    advice: str = "Copy these files again from the original corpus, or delete them to go on without."


def _problem(path: Path) -> _Problem | None:
    """Say why a file cannot be opened; ``None`` if it can."""
    try:
        if seconds_in(path) > 0:
            return None
    except FormatError as error:
        if error.kind != "unknown":
            return _Problem(error.got, error.advice)
    except (AudioError, ValueError):  # a name with a null byte
        pass
    if not is_file(path):
        return _Problem("gone meanwhile")
    if size(path) == 0:
        return _Problem("empty file")
    if _is_lfs_pointer(path):
        return _Problem("a pointer of Git LFS in place of the recording: run git lfs pull in the corpus folder")
    return _Problem("not audio, or cut off")


def _is_lfs_pointer(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(len(_LFS_POINTER)) == _LFS_POINTER
    except OSError:  # gone meanwhile, or not ours to read
        return False
