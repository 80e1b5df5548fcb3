"""What comes back from the browser: ids, which are checked like everything from outside."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ser_core.types import IntArray


@dataclass(frozen=True)
class Answer:
    """What a visitor has chosen on the map.

    Attributes:
        selected: ids of the selected points, each once, in the order in which they came.
        clicked: the id that was pressed last, if any.
        missing: whether the browser cannot draw the map.
        unknown: how many entries were left out since no point has such an id.
    """

    selected: tuple[int, ...] = ()
    clicked: int | None = None
    missing: bool = False
    unknown: int = 0


def checked(value: Any, ids: IntArray) -> Answer:
    """Keep of an answer what can be true.

    Args:
        value: what the browser sent; anything at all.
        ids: of the points that were drawn.

    Examples:
        >>> checked({"selected": [2, 9, 2], "clicked": 1}, np.arange(3))
        Answer(selected=(2,), clicked=1, missing=False, unknown=1)
    """
    if not isinstance(value, dict):
        return Answer()
    given = value.get("selected")
    given = given if isinstance(given, list | tuple) else []
    # True is an int in Python, and numbers beyond 64 bits are none in NumPy: neither is an id.
    numbers = [one for one in given if type(one) is int and 0 <= one < 2**32]
    known = np.isin(np.array(numbers, dtype=np.int64), ids)
    selected = tuple(dict.fromkeys(one for one, is_known in zip(numbers, known, strict=True) if is_known))
    clicked = value.get("clicked")
    exists = type(clicked) is int and 0 <= clicked < 2**32 and bool((ids == clicked).any())
    unknown = len(given) - int(known.sum()) + (clicked is not None and not exists)
    return Answer(selected, clicked if exists else None, value.get("missing") is True, unknown)
