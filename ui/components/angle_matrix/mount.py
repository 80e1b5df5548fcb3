"""Mount of the matrix of angles."""

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ser_core.plots.style import sequential_colours
from ser_core.types import FloatArray
from ui import state
from ui.components import in_browser

_BROWSER = Path(__file__).parent / "browser"
WARMEST = 90.0  # degrees at the end of the colours, or more where an angle is larger

Cell = tuple[str, str]  # labels of row and column


def draw(
    matrix: FloatArray,
    labels: Sequence[str],
    *,
    key: str,
    title: str,
    space: str,
    column: str,
    chosen: Cell | None,
    bounds: FloatArray | None = None,
) -> None:
    """Draw a matrix; a press rings both classes on the maps of a space at once.

    Args:
        matrix: degrees, shape ``(K, K)``; NaN where there is none.
        labels: of the ``K`` classes.
        key: of matrices that follow each other in one place.
        title: what it is, for those who cannot see it.
        space: of the maps; see :func:`ser_core.plots.point_map.point_map`.
        column: of the maps that holds the classes.
        chosen: the cell that the page looks at.
        bounds: lowest and highest value of each angle at 95 %, shape ``(K, K, 2)``, NaN where there is none.
    """
    largest = float(np.nanmax(matrix, initial=0.0))
    data = {
        "title": title,
        "labels": list(labels),
        "degrees": [[None if np.isnan(value) else round(float(value), 2) for value in row] for row in matrix],
        "bounds": None if bounds is None else [[_span(ends) for ends in row] for row in bounds],
        "colours": sequential_colours(),
        "most": max(WARMEST, largest),
        "space": space,
        "column": column,
        "chosen": None if chosen is None else list(chosen),
    }
    _component()(data, key)


def pressed(key: str, labels: Sequence[str], chosen: Cell | None) -> Cell | None:
    """Return the cell that was pressed in the run that this started, before the matrix is drawn; else ``chosen``.

    ``None`` if the chosen cell was pressed once more.
    """
    return checked(state.component_value(key, "pressed"), labels, chosen)


def checked(answer: Any, labels: Sequence[str], chosen: Cell | None) -> Cell | None:
    """Validate what the browser sent; anything but a cell of the matrix, or none, leaves the choice as it is.

    Examples:
        >>> checked({"cell": ["sad", "calm"]}, ["sad", "calm"], None), checked({"cell": ["x", "sad"]}, ["sad"], None)
        (('sad', 'calm'), None)
    """
    if not isinstance(answer, dict) or "cell" not in answer:
        return chosen
    cell = answer["cell"]
    if cell is None:
        return None
    fits = isinstance(cell, list | tuple) and len(cell) == 2 and all(one in labels for one in cell)
    return (str(cell[0]), str(cell[1])) if fits else chosen


def _span(ends: FloatArray) -> list[float] | None:
    return None if np.isnan(ends).any() else [round(float(end), 1) for end in ends]


@functools.cache
def _component() -> Callable[[Any, str], Any]:
    return in_browser.component(
        "angle_matrix", _BROWSER, markup="matrix.html", styles=("controls.css", "matrix.css"), values=("pressed",)
    )
