"""Colours and markers of a column's values; a colour bar for many numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ser_core.embeddings.space import class_name
from ser_core.labels import COLOURS, EMOTIONS, SYMBOLS
from ser_core.plots.style import CATEGORIES, CATEGORY_SYMBOLS
from ser_core.types import IntArray

if TYPE_CHECKING:
    import pandas

FEW = 12  # a column of numbers with at most this many values is a category
MISSING = "not given"
_TOO_ALIKE = 60.0  # distance of two colours in red, green and blue, 0 to 255 each


@dataclass(frozen=True)
class Category:
    """One value of a column: as it is shown, with its colour (``#0072B2``) and Plotly's name of its marker."""

    name: str
    colour: str
    symbol: str


def is_continuous(values: "pandas.Series[Any]") -> bool:
    """Return whether a column is drawn with a colour bar rather than a legend."""
    import pandas

    return bool(
        pandas.api.types.is_numeric_dtype(values)
        and not pandas.api.types.is_bool_dtype(values)
        and values.nunique() > FEW
    )


def categories_of(values: "pandas.Series[Any]") -> tuple[list[Category], IntArray]:
    """Return a column's distinct values in the order of a legend, missing ones last, and each row's number ``(B,)``.

    Examples:
        >>> import pandas
        >>> found, codes = categories_of(pandas.Series(["sad", None, "neutral"]))
        >>> [category.name for category in found], codes.tolist()
        (['neutral', 'sad', 'not given'], [1, 2, 0])
    """
    import pandas

    places, distinct = pandas.factorize(values, use_na_sentinel=True)
    told = [class_name(value) for value in distinct.tolist()]
    names = np.array([*told, MISSING], dtype=object)[places]  # -1 is the last
    found = looks(set(names))
    number_of = {one.name: number for number, one in enumerate(found)}
    return found, np.array([number_of.get(name, 0) for name in (*told, MISSING)])[places]


def looks(names: Iterable[str]) -> list[Category]:
    """Give each name its look, in the order of a legend: emotions first, then by name, a missing value last.

    Emotions keep the colour and marker that they have everywhere, whatever the column is called. The others have
    colours that none of these emotions has, and markers as well while there are some; no two have the same pair.

    Examples:
        >>> [(one.name, one.colour, one.symbol) for one in looks(["calm?", "sad"])]
        [('sad', '#0072B2', 'triangle-down'), ('calm?', '#E69F00', 'circle')]
    """
    present = set(names)
    emotions = [name for name in EMOTIONS if name in present] if present & set(EMOTIONS) - {"other"} else []
    others = sorted(present - set(emotions), key=lambda name: (name == MISSING, _natural(name)))
    taken = [COLOURS[name] for name in emotions]
    colours = [one for one in CATEGORIES if not any(_are_alike(one, other) for other in taken)]
    # Markers that no emotion here has come first. Their number is prime: a colour comes back with another one.
    symbols = sorted(CATEGORY_SYMBOLS, key=[SYMBOLS[name] for name in emotions].__contains__)
    return [Category(name, COLOURS[name], SYMBOLS[name]) for name in emotions] + [
        Category(name, colours[number % len(colours)], symbols[number % len(symbols)])
        for number, name in enumerate(others)
    ]


def looks_of(labels: Sequence[str], values: "pandas.Series[Any]") -> list[Category]:
    """Return the looks that classes have on a map of a column's values, in the order of the classes.

    A class without a value there gets one, too.
    """
    known = {one.name: one for one in (*looks(labels), *categories_of(values)[0])}
    return [known[label] for label in labels]


def _are_alike(one: str, other: str) -> bool:
    first, second = (np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) for colour in (one, other))
    return bool(np.linalg.norm(first - second) < _TOO_ALIKE)


def _natural(name: str) -> tuple[int, float, str]:
    try:
        return (0, float(name), "")
    except ValueError:
        return (1, 0.0, name)
