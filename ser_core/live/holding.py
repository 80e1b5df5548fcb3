"""One listener at a time: who holds this computer's microphone, over all processes and visitors."""

import contextlib
import datetime
import json
import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import filelock

from ser_core.errors import MicrophoneError
from ser_core.storage import advice_when_full, write_text_atomically
from ser_core.workspace import microphone_lock


@dataclass(frozen=True)
class Holder:
    """Who holds the microphone.

    Attributes:
        name: for people, for example "the page Live".
        process: its number in the system.
        since: time of day at which it was taken.
    """

    name: str
    process: int
    since: str


class Hold:
    """The right to listen, from ``with`` to its end.

    The system gives the lock back when a process ends, however it ends: what a dead process left behind holds nobody
    up.
    """

    def __init__(self, name: str) -> None:
        """Say who wants to listen."""
        self.name = name
        # A visitor's page may be left in another thread than it was entered in.
        self._lock = filelock.FileLock(microphone_lock(), thread_local=False)

    def __enter__(self) -> Self:
        """Take the microphone.

        Raises:
            MicrophoneError: if somebody else holds it; says who.
            StorageError: if the workspace cannot be written.
        """
        with advice_when_full(microphone_lock()), contextlib.ExitStack() as unless_noted:
            microphone_lock().parent.mkdir(parents=True, exist_ok=True)
            try:
                self._lock.acquire(timeout=0)
            except filelock.Timeout as error:
                raise MicrophoneError(_taken(_noted())) from error
            unless_noted.callback(self._lock.release)
            now = datetime.datetime.now().astimezone().strftime("%H:%M")
            note = {"name": self.name, "process": os.getpid(), "since": now}
            write_text_atomically(_note(), json.dumps(note))
            unless_noted.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give it back."""
        with contextlib.suppress(OSError):
            _note().unlink(missing_ok=True)
        self._lock.release()


def holder() -> Holder | None:
    """Tell who holds the microphone now; ``None`` where it is free, or nobody can be named."""
    try:
        with filelock.FileLock(microphone_lock()).acquire(timeout=0):
            return None
    except filelock.Timeout:
        return _noted()
    except OSError:
        return None  # there is no workspace yet


def _note() -> Path:
    return microphone_lock().with_suffix(".json")


def _noted() -> Holder | None:
    """What the holder wrote about itself; ``None`` if it was deleted, or is written this moment."""
    try:
        told = json.loads(_note().read_text(encoding="utf-8"))
        return Holder(str(told["name"]), int(told["process"]), str(told["since"]))
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _taken(holder: Holder | None) -> str:
    who = "somebody else" if holder is None else f"{holder.name} (process {holder.process}), since {holder.since}"
    return f"Expected this computer's microphone to be free; it is held by {who}. Stop listening there, and try again."
