"""Messages from the map, validated as untrusted input."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ser_core.types import IntArray

_SEEN = ("colour", "search", "hidden", "limits", "camera")


@dataclass(frozen=True)
class MapMessage:
    """Selection of a visitor on the map.

    Attributes:
        selected: ids of the selected points, each once, in the order in which they came.
        clicked: the id that was pressed last, if any.
        missing: whether the browser cannot draw the map.
        unknown: how many entries were left out since no point has such an id.
        kept: what the visitor wants to keep of how the map looks, just now: plain values of
            :func:`ser_core.embeddings.view.read_view`, which checks them; ``None`` if nothing was asked for.
    """

    selected: tuple[int, ...] = ()
    clicked: int | None = None
    missing: bool = False
    unknown: int = 0
    kept: Mapping[str, Any] | None = None


def checked(value: Any, ids: IntArray, kept: Any = None) -> MapMessage:
    """Validate a message from the browser.

    Args:
        value: what the browser sent; anything at all.
        ids: of the points that were drawn.
        kept: how the map looks, if the visitor wants to keep that; anything at all.

    Examples:
        >>> checked({"selected": [2, 9, 2], "clicked": 1}, np.arange(3))
        MapMessage(selected=(2,), clicked=1, missing=False, unknown=1, kept=None)
    """
    seen = {name: kept[name] for name in _SEEN if name in kept} if isinstance(kept, dict) else None
    if not isinstance(value, dict):
        return MapMessage(kept=seen)
    given = value.get("selected")
    given = given if isinstance(given, list | tuple) else []
    # True is an int in Python, and numbers beyond 64 bits are none in NumPy: neither is an id.
    numbers = [one for one in given if type(one) is int and 0 <= one < 2**32]
    known = np.isin(np.array(numbers, dtype=np.int64), ids)
    selected = tuple(dict.fromkeys(one for one, is_known in zip(numbers, known, strict=True) if is_known))
    clicked = value.get("clicked")
    exists = type(clicked) is int and 0 <= clicked < 2**32 and bool((ids == clicked).any())
    unknown = len(given) - int(known.sum()) + (clicked is not None and not exists)
    return MapMessage(selected, clicked if exists else None, value.get("missing") is True, unknown, seen)
