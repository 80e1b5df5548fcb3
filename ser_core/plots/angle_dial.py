"""Angle dial: one recording and the class directions in the plane, at their true angles from the recording.

The recording points up, at 0°. A class at an angle of ``a`` degrees from it lies at ``+a`` (right) or ``-a`` (left). So
the plane keeps the angles from the recording to each class exactly. It cannot keep the angles of the classes to each
other: many dimensions do not fit into two. On which side a class lies is chosen once for a model, so that nothing jumps
from one recording to the next, and so that the order of those other angles is kept as well as two sides allow.
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ser_core.errors import InputError
from ser_core.geometry.angles import angles_to
from ser_core.labels import COLOURS, SYMBOLS
from ser_core.types import Degrees, FloatArray, IntArray

LEFT, RIGHT = -1, 1


@dataclass(frozen=True)
class DialClass:
    """A class on the dial.

    Attributes:
        name: of the emotion.
        side: :data:`LEFT` or :data:`RIGHT` of the recording.
        range_degrees: angle within which 90 % of its development speech lies.
    """

    name: str
    side: int
    range_degrees: Degrees

    def at(self, angle: Degrees) -> Degrees:
        """Return where its direction lies, from -180 to 180 with the recording at 0, for its angle to the recording."""
        return self.side * angle

    def sector(self, angle: Degrees) -> tuple[Degrees, Degrees]:
        """Return both edges of its range; 0 lies between them exactly where the recording lies in the range."""
        return self.at(angle) - self.range_degrees, self.at(angle) + self.range_degrees

    def described(self) -> dict[str, Any]:
        """Return what the browser draws with, as plain values."""
        return {
            "name": self.name,
            "colour": COLOURS[self.name],
            "symbol": SYMBOLS[self.name],
            "side": self.side,
            "range": round(self.range_degrees, 2),
        }


def dial_classes(ranges: Mapping[str, Degrees], directions: FloatArray) -> list[DialClass]:
    """Arrange the classes of a model.

    Args:
        ranges: each class with its range, ``K`` of them, in the model's order.
        directions: of the classes, shape ``(K, D)``.

    Raises:
        InputError: if there is not one direction for each class.
    """
    if directions.ndim != 2 or len(directions) != len(ranges):
        raise InputError(
            f"Expected {len(ranges)} directions, one for each class; got an array of shape {directions.shape}. "
            "Take both from the same checkpoint."
        )
    sides = sides_of(angles_to(directions, directions))
    return [DialClass(name, int(side), float(ranges[name])) for name, side in zip(ranges, sides, strict=True)]


def sides_of(between: FloatArray) -> IntArray:
    """Choose the side of each class.

    Each class direction in turn stands for the recording. Of two pairs of classes the plane keeps the order if the pair
    with the larger angle in space has the larger one in the plane too. The sides are those with the most pairs of pairs
    in order minus those out of order, over all classes in turn; of several such, those that put the most equal numbers
    on both sides, so that names do not collide. The first class lies right.

    Args:
        between: angles of the class directions in degrees, symmetric, shape ``(K, K)``.

    Returns:
        :data:`LEFT` or :data:`RIGHT` for each class, shape ``(K,)``.
    """
    count = len(between)
    sides = np.array([(RIGHT, *rest) for rest in itertools.product((RIGHT, LEFT), repeat=count - 1)])  # (A, K)
    first, second = np.triu_indices(count, 1)
    wanted = between[first, second]
    order = np.sign(wanted[:, None] - wanted[None, :])  # of every pair of pairs
    agreement = np.zeros(len(sides))
    for angles in between:
        places = sides * angles  # (A, K)
        apart = np.abs(places[:, first] - places[:, second])
        apart = np.round(np.minimum(apart, 360.0 - apart), 6)  # (A, pairs), the shorter way round
        agreement += np.array([(np.sign(one[:, None] - one[None, :]) * order).sum() for one in apart])
    unequal = np.abs(sides.sum(axis=1))
    chosen: IntArray = sides[np.lexsort((unequal, -agreement))[0]]
    return chosen
