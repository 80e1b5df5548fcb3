"""A process that outlives the one that started it, and is watched through its folder."""

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from ser_core.storage import advice_when_full
from ser_core.types import Seconds
from ser_core.workspace import workspace_root

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
_OUTPUT = "output.txt"
# When the last process of a folder was started, and the same once that process has ended.
_SPAWNED, _ENDED = "spawned", "ended"
_SECONDS_TO_START: Seconds = 300.0  # a first start on a busy computer compiles Python's bytecode of all libraries


def environment() -> dict[str, str]:
    """Return the environment of a process of this package, which computes on one thread.

    Threads of one process wait for each other where several programs want the cores.
    """
    package = str(Path(__file__).resolve().parents[2])
    return {
        **os.environ,
        **dict.fromkeys(_THREADS, "1"),
        "PYTHONPATH": os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH", "")])),
        "PYTHONUNBUFFERED": "1",
        # It writes where this process does, whatever folder either was started in.
        "SER_WORKSPACE": str(workspace_root()),
    }


def start_detached(arguments: Sequence[str], folder: Path) -> None:
    """Start ``python -m ser_core ARGUMENTS`` as a process that outlives this one; its output goes into its folder.

    Raises:
        StorageError: if the folder cannot be written.
    """
    spawned = repr(time.time())
    with advice_when_full(folder), (folder / _OUTPUT).open("w", encoding="utf-8") as output:
        (folder / _SPAWNED).write_text(spawned, encoding="utf-8")
        process = subprocess.Popen(
            [sys.executable, "-m", "ser_core", *arguments],
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=environment(),
            start_new_session=True,
        )
    threading.Thread(target=_wait, args=(process, folder, spawned), daemon=True).start()


def _wait(process: "subprocess.Popen[bytes]", folder: Path, spawned: str) -> None:
    """Collect the process when it ends, so that none is left as a zombie, and note that it has ended."""
    process.wait()
    with contextlib.suppress(OSError):  # the folder may have been deleted
        (folder / _ENDED).write_text(spawned, encoding="utf-8")


def spawned_at(folder: Path) -> float:
    """Return when the last process of a folder was started, in seconds since 1970; 0 if none was."""
    return _number_in(folder / _SPAWNED)


def may_be_starting(folder: Path) -> bool:
    """Tell whether a process that has said nothing yet may still be loading its libraries."""
    spawned = spawned_at(folder)
    return time.time() - spawned < _SECONDS_TO_START and _number_in(folder / _ENDED) != spawned


def last_words(folder: Path) -> str:
    """Return the last line that a process of this folder printed, which often says why it ended."""
    try:
        lines = (folder / _OUTPUT).read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        return ""
    return lines[-1][:300] if lines else ""


def _number_in(path: Path) -> float:
    try:
        return float(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return 0.0
