"""Globe: a map on the unit sphere with an arrow for the direction of each class."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from ser_core.errors import InputError
from ser_core.geometry.angles import angle_matrix
from ser_core.plots.categories import Category, looks_of
from ser_core.types import FloatArray

if TYPE_CHECKING:
    import pandas

EXACT = 0.5  # degrees by which an angle may be off and still is the number that is written


@dataclass(frozen=True)
class Globe:
    """What is drawn on the sphere besides its points.

    Attributes:
        column: of the table, whose values are the classes.
        classes: ``K`` of them, with the looks they have as points.
        tips: where the arrows point to, unit vectors, shape ``(K, 3)``.
        degrees: the angles between the directions in the space itself, shape ``(K, K)``.
    """

    column: str = ""
    classes: Sequence[Category] = ()
    tips: FloatArray = field(default_factory=lambda: np.zeros((0, 3)))
    degrees: FloatArray = field(default_factory=lambda: np.zeros((0, 0)))

    @property
    def drawn(self) -> FloatArray:
        """The angles as they are seen on the sphere, in degrees, shape ``(K, K)``."""
        return angle_matrix(self.tips)

    @property
    def in_words(self) -> str:
        """Say what the arrows are, and how far the drawn angles are from those that are written."""
        if len(self.classes) < 2:
            return ""
        off = np.triu(np.abs(self.drawn - self.degrees), 1)
        row, column = (int(place) for place in np.unravel_index(off.argmax(), off.shape))
        if off[row, column] < EXACT:
            return "Arrows: the directions of the classes, all at their true angles."
        one, other = self.classes[row].name, self.classes[column].name
        return (
            "Arrows: the directions of the classes. The angles written are those of the whole space; three dimensions "
            f"draw them otherwise, most of all {one} and {other}: {self.degrees[row, column]:.0f}°, drawn as "
            f"{self.drawn[row, column]:.0f}°."
        )

    def described(self) -> dict[str, Any]:
        """Return what the browser draws with, as plain values."""
        return {
            "column": self.column,
            "arrows": [
                {"name": one.name, "colour": one.colour, "symbol": one.symbol, "at": [float(part) for part in tip]}
                for one, tip in zip(self.classes, self.tips, strict=True)
            ],
            "degrees": [[round(float(value), 2) for value in row] for row in self.degrees],
        }


def globe_of(
    table: "pandas.DataFrame", column: str, labels: Sequence[str], directions: FloatArray, tips: FloatArray
) -> Globe:
    """Give every class the look that its utterances have on the map.

    Args:
        table: of the utterances on the map.
        column: of the table, whose values are the classes.
        labels: the classes, ``K`` of them; some may have no utterance in the table.
        directions: of the classes, shape ``(K, D)``.
        tips: where they point to on the sphere, shape ``(K, 3)``; see :func:`ser_core.geometry.globe.globe_tips`.

    Raises:
        InputError: if there is not one direction and one tip for each class.
    """
    if len(directions) != len(labels) or tips.shape != (len(labels), 3):
        raise InputError(
            f"Expected {len(labels)} directions and tips of shape ({len(labels)}, 3), one for each class; got "
            f"{len(directions)} and {tips.shape}. Take both from the same classes."
        )
    return Globe(column, tuple(looks_of(labels, table[column])), tips, angle_matrix(directions))
