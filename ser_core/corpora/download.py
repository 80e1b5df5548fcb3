"""Fetch a corpus from its publisher: resumed where it stopped, its checksum verified, unpacked safely."""

import contextlib
import hashlib
import http.client
import os
import re
import shutil
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from ser_core import workspace
from ser_core.config import lookup
from ser_core.corpora import ravdess
from ser_core.corpora.unpack import unpack_zip
from ser_core.errors import DownloadError, StorageError
from ser_core.jobs import Pace, Progress, Report
from ser_core.paths import expanded, is_folder
from ser_core.storage import advice_when_full
from ser_core.types import Seconds

BLOCK = 1 << 16
REPORT_EVERY: Seconds = 0.1
WORTH_REPEATING = (408, 425, 429, 500, 502, 503, 504)


@dataclass(frozen=True)
class Archive:
    """One published file of a corpus.

    Its https address, its publisher's MD5, a bound on its unpacked size, the page for people, and the terms to accept.
    """

    url: str
    file_name: str
    md5: str
    most_bytes: int
    page: str
    licence: str


# What is being done, in the words of its progress.
FETCHING, CHECKING, UNPACKING = "fetching", "checking", "unpacking"

DOWNLOADS: Mapping[str, Archive] = MappingProxyType(
    {
        "ravdess": Archive(
            url="https://zenodo.org/records/1188976/files/Audio_Speech_Actors_01-24.zip?download=1",
            file_name="Audio_Speech_Actors_01-24.zip",
            md5="bc696df654c87fed845eb13823edef8a",
            most_bytes=2_000_000_000,
            page=ravdess.URL,
            licence=ravdess.LICENCE,
        )
    }
)


def download_corpus(
    name: str,
    *,
    accept_licence: bool,
    directory: Path | None = None,
    url: str | None = None,
    progress: Report | None = None,
) -> Path:
    """Fetch and unpack a corpus of :data:`DOWNLOADS` into ``directory/name``; at once if it is there already.

    ``directory`` is the workspace's ``downloads`` by default. Another ``url`` may be given for the same file; the
    checksum stays. ``progress`` is called about ten times a second; what it raises stops the download, which can be
    resumed.

    Raises:
        ConfigError: for a corpus that cannot be fetched.
        DownloadError: if the terms are not accepted, or the file cannot be fetched, is not the published one, or
            is unsafe to unpack.
        StorageError: if the disk is full. What was fetched is kept, and the next call goes on from there.
    """
    archive = lookup("corpus to download", name, DOWNLOADS)
    if not accept_licence:
        raise DownloadError(
            f"Expected the terms of {name} to be accepted; they are not yet: {archive.licence} "
            f"See {archive.page}; if you accept them, repeat the command with --accept-licence."
        )
    directory = expanded(directory or workspace.downloads_directory()).absolute()
    folder = directory / name
    if is_folder(folder):
        return folder
    with advice_when_full(folder):
        directory.mkdir(parents=True, exist_ok=True)
    with _alone(directory / f".{archive.file_name}.lock", archive.file_name):
        if folder.is_dir():  # another process has just made it
            return folder
        file = fetch(archive, directory, url=url, progress=progress)
        unpacking = _Reporter(progress, UNPACKING)
        unpack_zip(file, folder, most_bytes=archive.most_bytes, progress=unpacking.report)
        file.unlink(missing_ok=True)
    return folder


def fetch(
    archive: Archive,
    directory: Path,
    *,
    url: str | None = None,
    progress: Report | None = None,
    attempts: int = 3,
    pause: Seconds = 1.0,
    timeout: Seconds = 30.0,
) -> Path:
    """Fetch one file into an existing folder, going on from what an earlier call left in ``NAME.part``.

    ``attempts`` is how often in a row the connection may fail without a byte of progress, with a ``pause`` that doubles
    each time; ``timeout`` is that of one silent connection. Returns the complete file, its checksum verified.

    Raises:
        DownloadError: if the server refuses, cannot be reached, keeps breaking off, or sends another file.
        StorageError: if the disk is full.
    """
    complete = directory / archive.file_name
    partial = directory / f"{archive.file_name}.part"
    if not complete.is_file():
        address = url or archive.url
        _require_web(address)
        failures = 0
        while not (outcome := _one_connection(address, archive, partial, _Reporter(progress, FETCHING), timeout)).done:
            failures = 0 if outcome.received else failures + 1
            if failures >= attempts or not outcome.worth_repeating:
                raise DownloadError(_advice(outcome.message, archive, partial))
            time.sleep(pause * 2 ** max(failures - 1, 0))
        with advice_when_full(complete):
            os.replace(partial, complete)
    _require_checksum(complete, archive, _Reporter(progress, CHECKING))
    return complete


@dataclass(frozen=True)
class _Outcome:
    """How one connection ended."""

    done: bool = False
    received: int = 0
    worth_repeating: bool = True
    message: str = ""


class _Reporter:
    """Turns byte counts into :class:`Progress`, at most ten times a second."""

    def __init__(self, progress: Report | None, words: str) -> None:
        self._progress = progress
        self._words = words
        self._pace = Pace()
        self._last: Seconds = -REPORT_EVERY

    def report(self, done: int, total: int | None) -> None:
        now = time.monotonic()
        if self._progress is None or (now - self._last < REPORT_EVERY and done != total):
            return
        self._last = now
        self._progress(Progress(done, total, self._pace.seconds_left(done, total), self._words))


def _one_connection(address: str, archive: Archive, partial: Path, reporter: _Reporter, timeout: Seconds) -> _Outcome:
    """Request the missing part, append what arrives, and return how the connection ended."""
    have = partial.stat().st_size if partial.exists() else 0
    headers = {"User-Agent": "ser-core", "Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    received = 0
    try:
        with _answer(address, headers, timeout) as answer:
            start, total = _extent(answer)
            if start not in (0, have):
                partial.unlink(missing_ok=True)
                return _Outcome(message="the server sent another part of the file than it was asked for")
            have = start  # 0 from a server without ranges, which starts again
            _require_space(partial, (total or 0) - have)
            with advice_when_full(partial):
                sink = partial.open("ab" if have else "wb")
            with sink:
                for block in _blocks(answer):
                    with advice_when_full(partial):
                        sink.write(block)
                    received += len(block)
                    reporter.report(have + received, total)
    except _NoAddress as error:
        return _Outcome(worth_repeating=False, message=str(error))
    except urllib.error.HTTPError as error:
        return _refused(error, partial, have)
    except (OSError, http.client.HTTPException) as error:  # a connection that fails, breaks off or stays silent
        reason = getattr(error, "reason", None) or error
        return _Outcome(received=received, message=f"the connection failed ({reason})")
    if total is not None and have + received < total:
        return _Outcome(received=received, message=f"the connection ended after {have + received} of {total} bytes")
    return _Outcome(done=True, received=received)


class _NoAddress(Exception):
    """An address, or one that the server leads on to, is none."""


def _answer(address: str, headers: Mapping[str, str], timeout: Seconds) -> http.client.HTTPResponse:
    try:
        request = urllib.request.Request(address, headers=dict(headers))  # noqa: S310 - _require_web has checked it
        answer: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=timeout)  # noqa: S310
    except (ValueError, http.client.InvalidURL) as error:
        raise _NoAddress(f"its address, or one that the server leads on to, cannot be used ({error})") from error
    return answer


def _blocks(answer: BinaryIO) -> Iterator[bytes]:
    while block := answer.read(BLOCK):
        yield block


def _extent(answer: http.client.HTTPResponse) -> tuple[int, int | None]:
    """Return where the answer begins in the file, and the file's length."""
    match = re.fullmatch(r"bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18}|\*)", answer.headers.get("Content-Range", ""))
    if answer.status == 206 and match:
        return int(match[1]), None if match[2] == "*" else int(match[2])
    length = answer.headers.get("Content-Length", "")
    return 0, int(length) if re.fullmatch(r"[0-9]{1,18}", length) else None


def _refused(error: urllib.error.HTTPError, partial: Path, have: int) -> _Outcome:
    if error.code == 416 and have:  # nothing beyond what is here: complete, or another file
        if error.headers.get("Content-Range", "") == f"bytes */{have}":
            return _Outcome(done=True)
        partial.unlink(missing_ok=True)
        return _Outcome(message="what an earlier download left does not fit the file")
    return _Outcome(
        worth_repeating=error.code in WORTH_REPEATING, message=f"the server answered {error.code} {error.reason}"
    )


def _require_web(address: str) -> None:
    if not address.startswith(("https://", "http://")):
        raise DownloadError(f"Expected an address that begins with https://; got {address!r}. Check it.")


def _require_space(partial: Path, more: int) -> None:
    free = shutil.disk_usage(partial.parent).free
    if more > free:
        raise StorageError(
            f"Expected {more / 1e6:.0f} MB of free space in {partial.parent}; there are {free / 1e6:.0f} MB. "
            "Free some space, or move the workspace with SER_WORKSPACE; what was fetched is kept."
        )


def _require_checksum(file: Path, archive: Archive, reporter: _Reporter) -> None:
    digest = hashlib.md5(usedforsecurity=False)
    size = file.stat().st_size
    done = 0
    with file.open("rb") as source:
        for block in _blocks(source):
            digest.update(block)
            done += len(block)
            reporter.report(done, size)
    if digest.hexdigest() != archive.md5:
        file.unlink(missing_ok=True)
        raise DownloadError(
            f"Expected {archive.file_name} with MD5 {archive.md5}; got {digest.hexdigest()} ({size} bytes). "
            f"It was deleted; download again, or fetch it by hand from {archive.page}"
        )


def _advice(message: str, archive: Archive, partial: Path) -> str:
    kept = partial.stat().st_size if partial.exists() else 0
    resume = f"{kept / 1e6:.1f} MB are kept, and the same command goes on from there" if kept else "Nothing was fetched"
    return (
        f"Expected {archive.file_name} from its publisher; {message}. {resume}. Check the network and try again, "
        f"or fetch it by hand from {archive.page} and unpack it yourself."
    )


@contextlib.contextmanager
def _alone(path: Path, name: str) -> Iterator[None]:
    """Hold a lock file, so that two downloads never write into one partial file; a crash frees it."""
    with advice_when_full(path):
        stream = path.open("a+b")
    with stream:
        try:
            _lock(stream)
        except OSError as error:
            raise DownloadError(
                f"Expected no other download of {name}; one is running in another window or terminal. "
                "Wait for it to end, or stop it first."
            ) from error
        yield


def _lock(stream: BinaryIO) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
