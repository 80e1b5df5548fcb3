"""What a page and the process that computes its maps tell each other: a line of JSON, and arrays after it if any."""

import io
import json
from typing import Any, BinaryIO

import numpy as np

from ser_core.types import FloatArray


def send(stream: BinaryIO, told: dict[str, Any], *arrays: FloatArray) -> None:
    """Write a message.

    Raises:
        OSError: if nobody reads any more.
    """
    content = io.BytesIO()
    for array in arrays:
        np.save(content, array, allow_pickle=False)
    stream.write(json.dumps({**told, "bytes": content.tell()}).encode() + b"\n")
    stream.write(content.getvalue())
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict[str, Any], tuple[FloatArray, ...]]:
    """Wait for a message.

    Raises:
        EOFError: if the other side has ended.
    """
    line = stream.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    told: dict[str, Any] = json.loads(line)
    size = told.pop("bytes")
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    arrays, rest = [], io.BytesIO(content)
    while rest.tell() < size:
        arrays.append(np.load(rest, allow_pickle=False))
    return told, tuple(arrays)
