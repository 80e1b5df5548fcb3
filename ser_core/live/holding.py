"""One listener at a time: who holds this computer's microphone, over all processes and visitors."""

from ser_core import locks
from ser_core.errors import MicrophoneError
from ser_core.workspace import microphone_lock


class Hold(locks.ProcessLock):
    """The right to listen, from ``with`` to its end."""

    def __init__(self, name: str) -> None:
        """Say who wants to listen."""
        super().__init__(microphone_lock(), name, _taken)


def holder() -> locks.LockOwner | None:
    """Tell who holds the microphone now; ``None`` where it is free, or nobody can be named."""
    return locks.owner(microphone_lock())


def _taken(holder: str) -> MicrophoneError:
    return MicrophoneError(
        f"Expected this computer's microphone to be free; it is held by {holder}. Stop listening there, and try again."
    )
