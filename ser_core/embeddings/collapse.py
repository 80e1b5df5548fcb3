"""Signs of collapse in an embedding space, as sentences."""

import numpy as np

from ser_core.embeddings.space import CLASS, NAME, Space
from ser_core.errors import InputError
from ser_core.geometry.angles import angle_matrix, class_directions, unit
from ser_core.types import Degrees, FloatArray, IntArray

# Thresholds are our choice; each message gives the number, so that a reader can judge it.
A_LINE = 1.5  # effective dimension
ONE_WAY: Degrees = 10.0  # mean angle of two utterances
ALL_ALIKE: Degrees = 3.0  # deviation of the angle of two utterances
COINCIDE: Degrees = 5.0  # angle of two classes' directions
HUBS = 1.4  # skewness of the k-occurrence
_FEW = 3  # pairs that are named
_MOST_PAIRS = 1_000  # utterances of which all pairs are looked at


def collapses(
    space: Space,
    compared: IntArray,
    counted: IntArray,
    occurrences: IntArray | None,
    *,
    dimension: float | None,
    hubness: float | None,
    neighbours: int,
) -> tuple[str, ...]:
    """Describe each sign of collapse in a sentence or two; none if there is none.

    Args:
        space: with its classes in the column ``emotion``.
        compared: numbers of the rows that were compared with each other.
        counted: numbers of the rows whose neighbours were counted, one for each direction.
        occurrences: how often each of them is among the neighbours of the others; ``None`` if it could not be counted.
        hubness: skewness of the occurrences.
        neighbours: of each row, k.
    """
    found = _of_directions(space)
    angles = _pair_angles(space.embeddings[compared[:: max(1, len(compared) // _MOST_PAIRS)]])
    if dimension is not None and dimension < A_LINE:
        shape = "line" if dimension > 0 else "point"
        found.append(
            f"The space is hardly more than a {shape}: its effective dimension is {dimension:.1f} of {space.size}. One "
            "number says nearly all that these vectors say."
        )
    if angles.mean() < ONE_WAY:
        found.append(
            f"All vectors point nearly the same way: two utterances lie {angles.mean():.1f}° apart on average. "
            "Take the mean off before angles are compared, or train with a loss that spreads them."
        )
    elif angles.std() < ALL_ALIKE:
        found.append(
            f"All angles are nearly equal: any two utterances lie {angles.mean():.0f}° ± {angles.std():.1f}° apart. "
            "Who is nearest is then close to chance; neighbours and maps say little."
        )
    if occurrences is not None and hubness is not None and hubness > HUBS:
        hub = int(occurrences.argmax())
        found.append(
            f"There are hubs (skewness {hubness:.1f}): {space.frame[NAME].iloc[int(counted[hub])]} is among the "
            f"{neighbours} nearest of {int(occurrences[hub])} of {len(counted)} utterances. Seeing it as a neighbour "
            "means little."
        )
    return tuple(found)


def _of_directions(space: Space) -> list[str]:
    named = space.select(space.has_value(CLASS))
    found = []
    kept: list[str] = []
    directions: list[FloatArray] = []
    classes = named.column(CLASS)
    for name in named.classes:
        try:
            directions.append(
                class_directions(named.embeddings[classes == name], [name] * (classes == name).sum(), [name])[0]
            )
            kept.append(name)
        except InputError:
            found.append(f"The utterances of {name} cancel each other: this class has no direction.")
    if len(kept) < 2:
        return found
    matrix = angle_matrix(np.array(directions))
    rows, columns = np.triu_indices(len(kept), 1)
    pairs = sorted(
        (float(matrix[row, column]), f"{kept[row]} and {kept[column]}")
        for row, column in zip(rows, columns, strict=True)
    )
    close = [f"{names} ({angle:.1f}° apart)" for angle, names in pairs if angle < COINCIDE]
    if close:
        more = f" and {len(close) - _FEW} more pairs" if len(close) > _FEW else ""
        found.append(f"Classes share one direction: {', '.join(close[:_FEW])}{more}. Angles cannot distinguish them.")
    return found


def _pair_angles(embeddings: FloatArray) -> FloatArray:
    units = unit(embeddings)
    angles: FloatArray = np.degrees(np.arccos(np.clip(units @ units.T, -1, 1)))
    return angles[np.triu_indices(len(units), 1)]
