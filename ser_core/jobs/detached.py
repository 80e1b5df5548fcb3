"""A process that outlives the one that started it, and is watched through its folder."""

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, cast

from ser_core.jobs.ready import send_command
from ser_core.storage import advice_when_full
from ser_core.types import Seconds
from ser_core.workspace import workspace_root

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
_OUTPUT = "output.txt"
# When the last process of a folder was started, and the same once that process has ended.
_SPAWNED, _ENDED = "spawned", "ended"
FILES = (_OUTPUT, _SPAWNED, _ENDED)  # that lie in the folder before the process has written anything itself
_SECONDS_TO_START: Seconds = 300.0  # a first start on a busy computer compiles Python's bytecode of all libraries
_SECONDS_READY: Seconds = 300.0  # without a command: then the memory is worth more than the libraries in it


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


class DetachedStarter:
    """Starts commands of ``python -m ser_core`` as processes that outlive this one, with libraries loaded ahead."""

    def __init__(self, *modules: str) -> None:
        """Name the modules that are worth loading ahead; nothing is started yet."""
        self._modules = modules
        self._ready: subprocess.Popen[bytes] | None = None
        self._environment: dict[str, str] = {}
        self._leave: threading.Timer | None = None
        self._lock = threading.Lock()

    def load_ahead(self) -> None:
        """Let a process load the modules and wait for the next command, unless one waits already.

        It ends without a command after some minutes, and at once when this process ends.
        """
        with self._lock:
            if not self._is_ready():
                self._end_ready()
                self._environment = environment()
                self._ready = subprocess.Popen(
                    [sys.executable, "-m", "ser_core.jobs.ready", *self._modules],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    env=self._environment,
                    start_new_session=True,
                )
            if self._leave is not None:
                self._leave.cancel()
            self._leave = threading.Timer(_SECONDS_READY, self.let_go)
            self._leave.daemon = True
            self._leave.start()

    def let_go(self) -> None:
        """End the process that waits, if there is one."""
        with self._lock:
            self._end_ready()

    def start(self, arguments: Sequence[str], folder: Path) -> None:
        """Start a command; its output goes into its folder.

        Raises:
            StorageError: if the folder cannot be written.
        """
        spawned = repr(time.time())
        with advice_when_full(folder):
            (folder / _OUTPUT).write_bytes(b"")
            (folder / _SPAWNED).write_text(spawned, encoding="utf-8")
        process = self._handed_over(arguments, folder / _OUTPUT) or _new_process(arguments, folder / _OUTPUT)
        threading.Thread(target=_wait, args=(process, folder, spawned), daemon=True).start()

    def _handed_over(self, arguments: Sequence[str], output: Path) -> "subprocess.Popen[bytes] | None":
        """Return the process that waited, which has the command now; None if none fits."""
        with self._lock:
            if not self._is_ready():
                self._end_ready()
            process, self._ready = self._ready, None
        if process is None:
            return None
        try:
            send_command(cast(BinaryIO, process.stdin), arguments, output.absolute())
        except OSError:  # it has ended just now
            process.wait()
            return None
        return process

    def _is_ready(self) -> bool:
        return self._ready is not None and self._ready.poll() is None and self._environment == environment()

    def _end_ready(self) -> None:
        process, self._ready = self._ready, None
        if process is not None:
            process.kill()
            process.communicate()  # closes the pipe, too


def _new_process(arguments: Sequence[str], output: Path) -> "subprocess.Popen[bytes]":
    with advice_when_full(output), output.open("w", encoding="utf-8") as printed:
        return subprocess.Popen(
            [sys.executable, "-m", "ser_core", *arguments],
            stdout=printed,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=environment(),
            start_new_session=True,
        )


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
