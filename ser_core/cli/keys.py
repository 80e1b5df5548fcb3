"""Single key presses from a terminal, without Enter."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

from ser_core.errors import InputError
from ser_core.types import Seconds

ENTER = "\n"
Pressed = Callable[[Seconds | None], str | None]


@contextlib.contextmanager
def keys() -> Iterator[Pressed]:
    """Read keys as they are pressed, until the end of ``with``.

    Yields a function that waits for a key, at most for so many seconds, and returns it in lower case, or None. Raises
    InputError if keys cannot be read, for example behind a pipe.
    """
    if not sys.stdin.isatty():
        raise InputError("Expected a terminal to press keys in; got none. Add --yes to record without being asked.")
    if sys.platform == "win32":
        yield _windows
        return
    import termios
    import tty

    former = termios.tcgetattr(sys.stdin)
    tty.setcbreak(sys.stdin)
    try:
        yield _posix
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, former)


def _posix(timeout: Seconds | None = None) -> str | None:
    import os
    import select

    ready, _, _ = select.select([sys.stdin], [], [], timeout)
    if not ready:
        return None
    key = os.read(sys.stdin.fileno(), 16).decode(errors="ignore")[:1]
    if not key:  # the terminal was closed
        raise KeyboardInterrupt
    return key.replace("\r", ENTER).lower()


def _windows(timeout: Seconds | None = None) -> str | None:
    import msvcrt

    end = None if timeout is None else time.monotonic() + timeout
    while not msvcrt.kbhit():  # type: ignore[attr-defined, unused-ignore]
        if end is not None and time.monotonic() >= end:
            return None
        time.sleep(0.02)
    key: str = msvcrt.getwch()  # type: ignore[attr-defined, unused-ignore]
    if key == "\x03":
        raise KeyboardInterrupt
    return key.replace("\r", ENTER).lower()
