"""Inter-process lock that records its owner."""

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
class LockOwner:
    """Owner of a lock, as recorded beside it: name for people ("the page Live"), process ID, time of day."""

    name: str
    process: int
    since: str


class ProcessLock:
    """File lock between processes and between visitors of one process; a context manager.

    The operating system releases the lock when its process ends, even if it is killed: files of a dead process do not
    block others.
    """

    def __init__(self, lock: Path, name: str, refusal: Callable[[str], SerError], *, patience: Seconds = 0.0) -> None:
        """Prepare the lock, a file with the owner's name in a JSON file beside it; ``with`` acquires it.

        Args:
            refusal: makes the error if the lock is taken, from a text that names the owner.
            patience: how long to wait for the lock; :func:`is_held` takes it for a moment, too.
        """
        self.lock = lock
        self.name = name
        self.refusal = refusal
        self.patience = patience
        # A page may release the lock in another thread than the one that acquired it.
        self._lock = filelock.FileLock(lock, thread_local=False)

    def __enter__(self) -> Self:
        """Acquire the lock and record the owner.

        Raises:
            SerError: if another owner holds the lock; names the owner.
            StorageError: if the folder of the lock cannot be written.
        """
        with advice_when_full(self.lock), contextlib.ExitStack() as unless_noted:
            self.lock.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._lock.acquire(timeout=self.patience)
            except filelock.Timeout as error:
                raise self.refusal(_in_words(_recorded_owner(self.lock))) from error
            unless_noted.callback(self._lock.release)
            now = datetime.datetime.now().astimezone().strftime("%H:%M")
            note = {"name": self.name, "process": os.getpid(), "since": now}
            write_text_atomically(owner_file(self.lock), json.dumps(note))
            unless_noted.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Release the lock."""
        with contextlib.suppress(OSError):
            owner_file(self.lock).unlink(missing_ok=True)
        self._lock.release()


def owner(lock: Path) -> LockOwner | None:
    """Return the present owner of a lock; ``None`` if the lock is free or its owner is not recorded."""
    return _recorded_owner(lock) if is_held(lock) else None


def is_held(lock: Path) -> bool:
    """Return whether a lock is held now, by any process."""
    if not is_file(lock):
        return False
    try:
        with filelock.FileLock(lock).acquire(timeout=0):
            return False
    except filelock.Timeout:
        return True
    except OSError:
        return False  # it was deleted meanwhile, with its folder


def owner_file(lock: Path) -> Path:
    """Return the path of the file that names the owner of a lock."""
    return lock.with_suffix(".json")


def _recorded_owner(lock: Path) -> LockOwner | None:
    """Return the recorded owner; ``None`` if the file is missing or not yet complete."""
    try:
        found = plain_json.read(owner_file(lock))
        return LockOwner(str(found["name"]), int(found["process"]), str(found["since"]))
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _in_words(owner: LockOwner | None) -> str:
    return "somebody else" if owner is None else f"{owner.name} (process {owner.process}), since {owner.since}"
