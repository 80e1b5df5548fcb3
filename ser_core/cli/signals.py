"""A polite kill, as by ``kill`` or a system that shuts down, ends a command as Ctrl-C does."""

import contextlib
import signal
from collections.abc import Iterator


class Terminated(KeyboardInterrupt):
    """Somebody asked this process to end."""


@contextlib.contextmanager
def terminated_like_ctrl_c() -> Iterator[None]:
    """Raise :class:`Terminated` where a polite kill would end the process without tidying up."""
    # Only the main thread may listen to signals; and who ignores this one, or listens already, is left alone.
    listening = False
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        with contextlib.suppress(ValueError):
            signal.signal(signal.SIGTERM, _raise)
            listening = True
    try:
        yield
    finally:
        if listening:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _raise(number: int, frame: object) -> None:
    raise Terminated
