"""A process that answers requests, ``python -m ser_core.jobs.worker MODULE``, and the messages in both directions.

The module has a function ``answer(request, arrays, report)``: a JSON object and arrays in, one array out.
"""

import contextlib
import importlib
import io
import json
import os
import sys
import time
import traceback
from dataclasses import asdict, replace
from typing import Any, BinaryIO

import numpy as np

from ser_core.errors import SerError
from ser_core.jobs.progress import Pace, Progress
from ser_core.types import FloatArray, Seconds

_BETWEEN_REPORTS: Seconds = 0.2


def send(stream: BinaryIO, message: dict[str, Any], *arrays: FloatArray) -> None:
    """Write a message: a line of JSON, and the arrays after it; raises OSError if the reader has ended."""
    content = io.BytesIO()
    for array in arrays:
        np.save(content, array, allow_pickle=False)
    stream.write(json.dumps({**message, "bytes": content.tell()}).encode() + b"\n")
    stream.write(content.getvalue())
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict[str, Any], tuple[FloatArray, ...]]:
    """Wait for a message; raises EOFError if the other side has ended."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    message: dict[str, Any] = json.loads(line)
    size = message.pop("bytes")
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    arrays, rest = [], io.BytesIO(content)
    while rest.tell() < size:
        arrays.append(np.load(rest, allow_pickle=False))
    return message, tuple(arrays)


def main(module: str) -> None:
    """Answer one request after another, until the other side ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints goes to the log, not between the answers
    if hasattr(os, "nice"):
        os.nice(10)  # pages come first
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            message, arrays = receive(sys.stdin.buffer)
            _answer(answers, module, message["request"], arrays)


def _answer(answers: BinaryIO, module: str, request: dict[str, Any], arrays: tuple[FloatArray, ...]) -> None:
    try:
        found = importlib.import_module(module).answer(request, arrays, _Reporter(answers).report)
    except SerError as error:
        send(answers, {"kind": type(error).__name__, "error": str(error)})
    except BrokenPipeError:
        raise
    except Exception:  # noqa: BLE001 - every error is reported to the caller, and the process goes on
        traceback.print_exc()
        send(answers, {"kind": "bug", "error": traceback.format_exc(limit=-1).strip().splitlines()[-1]})
    else:
        send(answers, {}, found)


class _Reporter:
    """Sends how far the work is, a few times a second, with the time left."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._last = -_BETWEEN_REPORTS
        self._pace = Pace(ignored=2)  # what is done first is loading and compiling

    def report(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._last >= _BETWEEN_REPORTS:
            self._last = now
            left = self._pace.seconds_left(progress.done, progress.total)
            send(self._answers, {"progress": asdict(replace(progress, seconds_left=left))})


if __name__ == "__main__":
    main(sys.argv[1])
