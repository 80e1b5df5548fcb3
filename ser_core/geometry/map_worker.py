"""The process that computes maps and places on them: ``python -m ser_core.geometry.map_worker``; see ``map_jobs``."""

import contextlib
import os
import sys
import threading
import time
import traceback
from typing import Any, BinaryIO

from ser_core.errors import MapError, SerError
from ser_core.geometry.map_messages import receive, send
from ser_core.geometry.maps import Request
from ser_core.types import FloatArray

IDLE_SECONDS = 300.0  # without a request: then the memory is worth more than the libraries in it
_BETWEEN_SHARES = 0.2  # seconds between two messages on how far the work is


def main() -> None:
    """Compute one map after another, until nobody asks any more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints goes to the log, not between the answers
    if hasattr(os, "nice"):
        os.nice(10)  # pages come first
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            leave = threading.Timer(IDLE_SECONDS, os._exit, (0,))
            leave.daemon = True
            leave.start()
            told, arrays = receive(sys.stdin.buffer)
            leave.cancel()
            _answer(answers, told, arrays)


def _answer(answers: BinaryIO, told: dict[str, Any], arrays: tuple[FloatArray, ...]) -> None:
    told["settings"] = tuple((name, value) for name, value in told["settings"])
    try:
        request = Request(**told)
        points = request.points(*arrays, _Shares(answers)) if len(arrays) == 1 else request.place(*arrays)
    except SerError as error:
        send(answers, {"kind": type(error).__name__, "error": str(error)})
    except MemoryError:
        send(answers, {
            "kind": MapError.__name__,
            "error": f"Expected memory for a map of {len(arrays[-1])} utterances; there is not enough. Choose fewer.",
        })  # fmt: skip
    except BrokenPipeError:
        raise
    except Exception:  # noqa: BLE001 - whatever it is, the one who waits is told, and the process goes on
        traceback.print_exc()
        send(answers, {"kind": "bug", "error": traceback.format_exc(limit=-1).strip().splitlines()[-1]})
    else:
        send(answers, {}, points)


class _Shares:
    """Tells how far the work is, a few times a second."""

    def __init__(self, answers: BinaryIO) -> None:
        self.answers = answers
        self.last = -_BETWEEN_SHARES

    def __call__(self, share: float) -> None:
        now = time.monotonic()
        if now - self.last >= _BETWEEN_SHARES:
            self.last = now
            send(self.answers, {"share": share})


if __name__ == "__main__":
    main()
