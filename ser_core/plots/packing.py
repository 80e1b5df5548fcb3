"""Binary format for the browser: a JSON header, then arrays and texts.

The layout, all numbers little-endian::

    4 bytes   the letters SERM
    4 bytes   length of the header
    header    JSON in UTF-8: what the caller describes, and the digest of it all
    padding   up to the next multiple of eight, counted from the beginning
    columns   each at the offset that the header names, counted from here, itself a multiple of eight
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"SERM"
_ALIGNMENT = 8


class Packing:
    """Collect columns, then write them behind their header."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._length = 0

    def array(self, values: NDArray[Any], kind: str) -> dict[str, Any]:
        """Add numbers; ``kind`` is a type both of NumPy and of the browser, such as ``float32`` or ``uint8``."""
        place = self._add(np.ascontiguousarray(values, dtype=np.dtype(kind).newbyteorder("<")).tobytes())
        return {"at": place, "type": kind, "length": int(np.size(values))}

    def texts(self, values: Iterable[str]) -> dict[str, Any]:
        """Add texts: their bytes one after another, and where each ends."""
        encoded = [value.encode("utf-8", "replace") for value in values]
        ends = np.cumsum([len(text) for text in encoded], dtype=np.uint32)
        joined = b"".join(encoded)
        return {"at": self._add(joined), "bytes": len(joined), "ends": self.array(ends, "uint32")}

    def written(self, header: Mapping[str, Any]) -> tuple[bytes, str]:
        """Return everything, and the digest that is its identity."""
        body = b"".join(self._parts)
        described = json.dumps(header, allow_nan=False, sort_keys=True)
        digest = hashlib.blake2b(described.encode() + body, digest_size=12).hexdigest()
        text = json.dumps({**header, "digest": digest}, allow_nan=False).encode()
        text += b" " * (-(len(MAGIC) + 4 + len(text)) % _ALIGNMENT)
        return MAGIC + len(text).to_bytes(4, "little") + text + body, digest

    def _add(self, content: bytes) -> int:
        place = self._length
        padded = content + b"\0" * (-len(content) % _ALIGNMENT)
        self._parts.append(padded)
        self._length += len(padded)
        return place
