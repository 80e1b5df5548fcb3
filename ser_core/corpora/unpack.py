"""Safe unpacking of an archive: nothing is written outside the folder, which appears complete or not at all."""

import lzma
import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from ser_core.errors import DownloadError
from ser_core.leftovers import prefix_while_writing
from ser_core.storage import advice_when_full

BLOCK = 1 << 20
MOST_FILES = 20_000
MOST_FOLDERS = 32  # one in another


def unpack_zip(
    archive: Path, folder: Path, *, most_bytes: int, progress: Callable[[int, int], None] | None = None
) -> None:
    """Unpack a ZIP into a folder that does not exist yet.

    The content is written to a hidden folder beside it, which then takes the name in one step.

    ``progress`` is called with bytes written and bytes in all.

    Raises:
        DownloadError: if it is no ZIP, is empty or damaged, is larger than the bound, or holds a name that leads out
            of the folder or cannot be written, a link or an encrypted file. Nothing is left behind.
        StorageError: if the disk is full.
    """
    temporary: Path | None = None
    try:
        with advice_when_full(folder), zipfile.ZipFile(archive) as opened:
            members = _checked(opened, archive.name, most_bytes)
            temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=prefix_while_writing(folder.name)))
            _write(opened, members, temporary, most_bytes, progress)
            temporary.chmod(0o755)
            os.replace(temporary, folder)
            temporary = None
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError) as error:
        raise DownloadError(
            f"Expected a complete ZIP archive in {archive.name}; got: {error}. Delete {archive} and download it again."
        ) from error
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)


def _checked(opened: zipfile.ZipFile, name: str, most_bytes: int) -> list[tuple[zipfile.ZipInfo, PurePosixPath]]:
    members = [(member, _safe_name(member, name)) for member in opened.infolist() if not member.is_dir()]
    if not members:
        raise DownloadError(_refusal(name, "files", "none"))
    if len(members) > MOST_FILES:
        raise DownloadError(_refusal(name, f"at most {MOST_FILES} files", f"{len(members)}"))
    total = sum(member.file_size for member, _ in members)
    if total > most_bytes:
        raise DownloadError(_refusal(name, f"at most {most_bytes} bytes unpacked", f"{total}"))
    if len({str(path).casefold() for _, path in members}) < len(members):
        raise DownloadError(_refusal(name, "each file once", "one name twice"))
    return members


def _safe_name(member: zipfile.ZipInfo, name: str) -> PurePosixPath:
    path = PurePosixPath(member.filename)
    mode = member.external_attr >> 16
    if path.is_absolute() or ".." in path.parts or any(mark in member.orig_filename for mark in ("\\", ":", "\0")):
        raise DownloadError(_refusal(name, "names inside the folder", repr(member.filename)))
    if len(path.parts) > MOST_FOLDERS or any(len(part.encode()) > 255 for part in path.parts):
        raise DownloadError(_refusal(name, "names that can be written", f"{member.filename[:60]!r}…"))
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise DownloadError(_refusal(name, "plain files", f"a link or device, {member.filename!r}"))
    if member.flag_bits & 1:
        raise DownloadError(_refusal(name, "files without a password", f"an encrypted one, {member.filename!r}"))
    return path


def _refusal(name: str, expected: str, got: str) -> str:
    return (
        f"Expected {expected} in {name}; got {got}. Nothing was unpacked; fetch the archive from its publisher instead."
    )


def _write(
    opened: zipfile.ZipFile,
    members: list[tuple[zipfile.ZipInfo, PurePosixPath]],
    folder: Path,
    most_bytes: int,
    progress: Callable[[int, int], None] | None,
) -> None:
    total = sum(member.file_size for member, _ in members)
    written = 0
    for member, path in members:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as sink:
            for block in _content(opened, member):
                written += len(block)
                if written > most_bytes:  # the sizes in a directory can lie
                    raise DownloadError(
                        _refusal(opened.filename or "the archive", f"at most {most_bytes} bytes", "more")
                    )
                sink.write(block)
        if progress is not None:
            progress(written, total)


def _content(opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a file in the archive; errors in reading it are damage, not a full disk."""
    try:
        with opened.open(member) as source:
            while block := source.read(BLOCK):
                yield block
    except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
        raise zipfile.BadZipFile(f"{member.filename!r} cannot be read ({error})") from error
