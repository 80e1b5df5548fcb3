"""What a command prints on: any file name can be printed, also one that the terminal's encoding cannot hold."""

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO, cast

# Signs that a terminal obeys instead of showing them, but for tab and line breaks.
_OBEYED = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n\r"}


def visible(text: str) -> str:
    r"""Escape control characters, which a label or a file name may hold and a terminal would obey.

    Examples:
        >>> visible("\x1b[2Jsad")
        '\\x1b[2Jsad'
    """
    return text.translate(_OBEYED)


def say(text: str) -> None:
    """Print a message beside the result: on standard error, at once."""
    print(visible(text), file=sys.stderr, flush=True)


@contextlib.contextmanager
def optional_messages() -> Iterator[None]:
    """Let a command continue if standard error is closed."""
    if sys.stderr is None:  # closed by the parent process
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere, contextlib.redirect_stderr(nowhere):
            yield
        return
    with contextlib.redirect_stderr(cast(TextIO, _Messages(sys.stderr))):
        yield


class _Messages:
    """A stream that takes everything, whether or not it can be written."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        with contextlib.suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            self._stream.flush()


def print_any_name() -> None:
    r"""Print characters that cannot be encoded as ``\udcff`` instead of raising in the middle of a result."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # tests and other programs put streams of their own in its place
            stream.reconfigure(errors="backslashreplace")
