"""Reports of bugs: the traceback of an exception that was not raised on purpose, in a file of the workspace."""

import datetime
import hashlib
import platform
import sys
import traceback
from pathlib import Path

from ser_core import __version__
from ser_core.errors import StorageError
from ser_core.storage import write_text_atomically
from ser_core.workspace import bugs_directory

_LONGEST = 100_000  # characters of a report: the message of an exception can hold a whole array


def write_report(error: BaseException, doing: str) -> Path | None:
    """Write the traceback of an unexpected exception into the workspace; None if it cannot be written.

    The same bug has the same file, so that reports cannot fill the disk. ``doing`` is the request, such as the command
    with its arguments.
    """
    moment = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    trace = "".join(traceback.format_exception(error))
    if len(trace) > _LONGEST:
        trace = f"{trace[: _LONGEST // 2]}\n…\n{trace[-_LONGEST // 2 :]}"
    text = (
        f"time:    {moment}\ndoing:   {doing[:2000]}\nversion: {__version__}\n"
        f"python:  {sys.version.split()[0]} on {platform.platform()}\n\n{trace}"
    )
    path = bugs_directory() / f"{type(error).__name__}-{_place(error)}.txt"
    try:
        write_text_atomically(path, text.encode("utf-8", "backslashreplace").decode("utf-8"))
    except StorageError:
        return None
    return path


def _place(error: BaseException) -> str:
    """Name the lines of code that an exception went through, whatever its message."""
    lines = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]
