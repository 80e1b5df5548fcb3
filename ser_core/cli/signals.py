"""A polite kill (SIGTERM) and a terminal that closes (SIGHUP) end a command as Ctrl-C does."""

import contextlib
import signal
from collections.abc import Iterator


class Terminated(KeyboardInterrupt):
    """The process was asked to end by the signal ``number``."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextlib.contextmanager
def ended_like_ctrl_c() -> Iterator[None]:
    """Raise :class:`Terminated` where SIGTERM or SIGHUP would end the process without tidying up."""
    listening = []
    for number in [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]:
        # Only the main thread may listen to signals. A process that ignores one, as under nohup, or listens already is
        # left alone.
        if signal.getsignal(number) is signal.SIG_DFL:
            with contextlib.suppress(ValueError):
                signal.signal(number, _raise)
                listening.append(number)
    try:
        yield
    finally:
        for number in listening:
            signal.signal(number, signal.SIG_DFL)


def _raise(number: int, frame: object) -> None:
    raise Terminated(number)
