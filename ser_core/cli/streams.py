"""What a command prints on: any file name can be printed, also one that the terminal's encoding cannot hold."""

import io
import sys


def print_any_name() -> None:
    r"""Let what cannot be encoded come out as ``\udcff`` in place of an exception in the middle of a result."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # tests and other programs put streams of their own in its place
            stream.reconfigure(errors="backslashreplace")
