"""Colours and markers of a column's values; a colour bar for many numbers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ser_core.labels import COLOURS, EMOTIONS, SYMBOLS
from ser_core.plots.style import CATEGORIES, CATEGORY_SYMBOLS
from ser_core.types import IntArray

if TYPE_CHECKING:
    import pandas

EMOTION_COLUMNS = ("emotion", "predicted")
FEW = 12  # a column of numbers with at most this many values is a category
MISSING = "not given"


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


def categories_of(values: "pandas.Series[Any]", column: str) -> tuple[list[Category], IntArray]:
    """Return a column's distinct values in the order of a legend, missing ones last, and each row's number ``(B,)``.

    Emotions keep the colour and marker that they have everywhere.

    Examples:
        >>> import pandas
        >>> found, codes = categories_of(pandas.Series(["sad", None, "neutral"]), "emotion")
        >>> [category.name for category in found], codes.tolist()
        (['neutral', 'sad', 'not given'], [1, 2, 0])
    """
    import pandas

    places, distinct = pandas.factorize(values, use_na_sentinel=True)
    names = np.array([*(str(value) for value in distinct), MISSING], dtype=object)[places]  # -1 is the last
    present = set(names)
    ordered = [name for name in EMOTIONS if name in present] if column in EMOTION_COLUMNS else []
    ordered += sorted(present - set(ordered), key=lambda name: (name == MISSING, _natural(name)))
    number_of = {name: number for number, name in enumerate(ordered)}
    of_distinct = np.array([number_of.get(str(value), 0) for value in distinct] + [number_of.get(MISSING, 0)])
    return [_category(number, name, column) for number, name in enumerate(ordered)], of_distinct[places]


def _category(number: int, name: str, column: str) -> Category:
    if column in EMOTION_COLUMNS and name in COLOURS:
        return Category(name, COLOURS[name], SYMBOLS[name])
    return Category(name, CATEGORIES[number % len(CATEGORIES)], CATEGORY_SYMBOLS[number % len(CATEGORY_SYMBOLS)])


def _natural(name: str) -> tuple[int, float, str]:
    try:
        return (0, float(name), "")
    except ValueError:
        return (1, 0.0, name)
