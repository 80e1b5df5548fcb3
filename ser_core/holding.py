"""What only one may use at a time, over all processes and visitors, and who it is that holds it."""

import contextlib
import datetime
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import filelock

from ser_core import plain_json
from ser_core.errors import SerError
from ser_core.paths import is_file
from ser_core.storage import advice_when_full, write_text_atomically
from ser_core.types import Seconds


@dataclass(frozen=True)
class Holder:
    """Who holds it.

    Attributes:
        name: for people, for example "the page Live".
        process: its number in the system.
        since: time of day at which it was taken.
    """

    name: str
    process: int
    since: str


class Hold:
    """The right to use it, from ``with`` to its end.

    The system gives the lock back when a process ends, however it ends: what a dead process left behind holds nobody
    up.
    """

    def __init__(self, lock: Path, name: str, refusal: Callable[[str], SerError], *, patience: Seconds = 0.0) -> None:
        """Say who wants it.

        Args:
            lock: file whose lock is held; a note of who it is lies beside it.
            name: of who wants it, for people.
            refusal: makes the error for everyone else, of words that name the holder.
            patience: how long to wait for it; asking who has it takes it for a moment too.
        """
        self.lock = lock
        self.name = name
        self.refusal = refusal
        self.patience = patience
        # A visitor's page may be left in another thread than it was entered in.
        self._lock = filelock.FileLock(lock, thread_local=False)

    def __enter__(self) -> Self:
        """Take it.

        Raises:
            SerError: if somebody else holds it; says who.
            StorageError: if the lock's folder cannot be written.
        """
        with advice_when_full(self.lock), contextlib.ExitStack() as unless_noted:
            self.lock.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._lock.acquire(timeout=self.patience)
            except filelock.Timeout as error:
                raise self.refusal(_words_for(_noted(self.lock))) from error
            unless_noted.callback(self._lock.release)
            now = datetime.datetime.now().astimezone().strftime("%H:%M")
            note = {"name": self.name, "process": os.getpid(), "since": now}
            write_text_atomically(note_beside(self.lock), json.dumps(note))
            unless_noted.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give it back."""
        with contextlib.suppress(OSError):
            note_beside(self.lock).unlink(missing_ok=True)
        self._lock.release()


def holder(lock: Path) -> Holder | None:
    """Tell who holds a lock now; ``None`` where it is free, or nobody can be named."""
    return _noted(lock) if is_held(lock) else None


def is_held(lock: Path) -> bool:
    """Tell whether anybody holds a lock now."""
    if not is_file(lock):
        return False
    try:
        with filelock.FileLock(lock).acquire(timeout=0):
            return False
    except filelock.Timeout:
        return True
    except OSError:
        return False  # it was deleted meanwhile, with its folder


def note_beside(lock: Path) -> Path:
    """Return where the holder of a lock writes who it is."""
    return lock.with_suffix(".json")


def _noted(lock: Path) -> Holder | None:
    """What the holder wrote about itself; ``None`` if it was deleted, or is written this moment."""
    try:
        told = plain_json.read(note_beside(lock))
        return Holder(str(told["name"]), int(told["process"]), str(told["since"]))
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _words_for(holder: Holder | None) -> str:
    return "somebody else" if holder is None else f"{holder.name} (process {holder.process}), since {holder.since}"
