"""Standard output with its own exception."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO, cast

from ser_core.cli.streams import visible


class OutputError(Exception):
    """Standard output cannot be written."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(
            f"Expected to print the answer; the system said: {cause.strerror}. Free some space, or print elsewhere."
        )
        self.nobody_reads = isinstance(cause, BrokenPipeError)


@contextlib.contextmanager
def printed() -> Iterator[None]:
    """Print everything or raise :class:`OutputError`; without standard output, print nothing."""
    stream = cast(TextIO | None, sys.stdout)
    if stream is None:  # closed by the parent process: the answer is not read
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
            yield
        return
    try:
        with contextlib.redirect_stdout(cast(TextIO, _Output(stream))):
            yield
            sys.stdout.flush()
    except OutputError:
        # Python writes what is left when it ends: let it vanish.
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, stream.fileno())
        os.close(sink)
        raise


class _Output:
    """A stream whose errors have a name of their own."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        try:
            return self._stream.write(visible(text))
        except OSError as error:
            raise OutputError(error) from error

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError as error:
            raise OutputError(error) from error
