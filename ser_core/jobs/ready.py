"""``python -m ser_core.jobs.ready MODULE…``: load libraries ahead, then do one command of the command line.

The command comes on standard input as a line of JSON; if the other side ends before it, so does this process. A command
that comes early waits for no further library: it loads what it needs when it needs it.
"""

import importlib
import json
import os
import runpy
import select
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO


def send_command(stream: BinaryIO, arguments: Sequence[str], output: Path) -> None:
    """Tell the process what to do, and the file for what it prints; raises OSError if it has ended."""
    stream.write(json.dumps({"arguments": list(arguments), "output": str(output)}).encode() + b"\n")
    stream.close()


def main(modules: Sequence[str]) -> None:
    """Load modules, wait for the command, do it, and exit with its status."""
    for module in modules:
        if _has_come():
            break
        importlib.import_module(module)
    line = sys.stdin.buffer.readline()
    if not line.endswith(b"\n"):
        return
    command = json.loads(line)
    with Path(command["output"]).open("wb") as output, Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    sys.argv[1:] = command["arguments"]
    runpy.run_module("ser_core", run_name="__main__", alter_sys=True)  # as ``python -m ser_core`` does


def _has_come() -> bool:
    """Tell whether the command, or the end of the other side, is there; not known on Windows."""
    return os.name == "posix" and bool(select.select([sys.stdin], [], [], 0)[0])


if __name__ == "__main__":
    main(sys.argv[1:])
