"""Table of pairwise angles: labels and degrees, checked, with the rounding of the printed values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ser_core.errors import InputError
from ser_core.types import BoolArray, Degrees, FloatArray

MOST_LABELS = 500
_SAME = 1e-6  # two halves of a table that differ by less hold the same figure
_MOST_DECIMALS = 10


@dataclass(frozen=True)
class AngleTable:
    """Pairwise angles between labelled directions.

    Attributes:
        labels: names of the ``K`` things.
        degrees: shape ``(K, K)``, symmetric, 0 to 180, zero on the diagonal.
        rounding_degrees: how far each angle may lie from the figure that was printed for it, shape ``(K, K)``.
    """

    labels: tuple[str, ...]
    degrees: FloatArray
    rounding_degrees: FloatArray


def angle_table(labels: Sequence[str], values: FloatArray, *, cosines: bool = False) -> AngleTable:
    """Check a matrix ``(K, K)`` of angles in degrees, or of cosines, between ``K`` labelled directions.

    The diagonal is ignored. Where one half holds NaN, the other half counts. The rounding of the angles is half a unit
    of the last decimal that any value has.

    Raises:
        InputError: for fewer than two labels or more than :data:`MOST_LABELS`, an empty label or one that stands twice,
            another shape, a pair without a value, two halves that differ, or a value out of range.

    Examples:
        >>> angle_table(["a", "b"], np.array([[0, 0.5], [np.nan, 0]]), cosines=True).degrees.round()
        array([[ 0., 60.],
               [60.,  0.]])
    """
    names = tuple(labels)
    _check_labels(names)
    given = np.asarray(values, dtype=np.float64)
    if given.shape != (len(names), len(names)):
        raise InputError(
            f"Expected a square table, {len(names)} rows and columns as there are labels; got {given.shape}. "
            "Give each label one row and one column."
        )
    given = np.where(np.eye(len(names), dtype=bool), 0.0, given) + 0.0  # of -0, which some programs write, too
    _check_range(names, given, cosines=cosines)
    missing = np.isnan(given)
    differ = ~missing & ~missing.T & (np.abs(given - given.T) > _SAME)
    if differ.any():
        a, b = _first(differ)
        raise InputError(
            f"Expected one figure for {names[a]} and {names[b]} in both halves of the table; got {given[a, b]:g} and "
            f"{given[b, a]:g}. Correct one of them, or leave one half of the table empty."
        )
    whole = np.where(missing, given.T, given)
    if np.isnan(whole).any():
        a, b = _first(np.isnan(whole))
        raise InputError(
            f"Expected a figure for every pair; got none for {names[a]} and {names[b]}. "
            "Fill in one half of the table, or leave one of the two out."
        )
    whole = np.triu(whole, 1) + np.triu(whole, 1).T
    half_unit = 0.5 * 10.0 ** -_decimals(whole)
    if not cosines:
        return AngleTable(names, whole, np.where(np.eye(len(names), dtype=bool), 0.0, half_unit))
    degrees = np.degrees(np.arccos(whole))
    bounds = [np.degrees(np.arccos(np.clip(whole + step, -1, 1))) for step in (-half_unit, half_unit)]
    rounding = np.maximum(bounds[0] - degrees, degrees - bounds[1])
    for matrix in (degrees, rounding):
        np.fill_diagonal(matrix, 0.0)
    return AngleTable(names, degrees, rounding)


def changed(table: AngleTable, changes: Mapping[tuple[str, str], Degrees]) -> AngleTable:
    """Replace angles, by pairs of labels in any order; the rounding of each entry stays.

    Raises:
        InputError: if an angle is not a number from 0 to 180.
    """
    degrees, names = table.degrees.copy(), table.labels
    for (a, b), value in changes.items():
        if not 0 <= value <= 180:
            raise InputError(f"Expected an angle from 0 to 180 for {a} and {b}; got {value:g}. Correct that cell.")
        row, column = names.index(a), names.index(b)
        degrees[row, column] = degrees[column, row] = value
    return AngleTable(names, degrees, table.rounding_degrees)


def _check_labels(names: tuple[str, ...]) -> None:
    if not 2 <= len(names) <= MOST_LABELS:
        raise InputError(
            f"Expected 2 to {MOST_LABELS} labels; got {len(names)}. An angle needs two things, and a larger table is "
            "looked at in parts."
        )
    for number, name in enumerate(names):
        if not name.strip():
            raise InputError(f"Expected a label for every row; got none in row {number + 1}. Name it.")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(f"Expected every label once; got {', '.join(twice)} more than once. Rename or remove one.")


def _check_range(names: tuple[str, ...], given: FloatArray, *, cosines: bool) -> None:
    low, high, what, other = (-1, 1, "cosines", "degrees") if cosines else (0, 180, "angles", "cosines")
    outside = (given < low) | (given > high)
    if outside.any():
        a, b = _first(outside)
        looks_like_the_other = cosines or bool((np.abs(given[~np.isnan(given)]) <= 1).all())
        hint = f" If these are {other}, choose {other}." if looks_like_the_other else ""
        raise InputError(
            f"Expected {what} from {low} to {high}; got {given[a, b]:g} for {names[a]} and {names[b]}. "
            f"Correct that figure.{hint}"
        )


def _first(found: BoolArray) -> tuple[int, int]:
    row, column = np.argwhere(found)[0]
    return int(row), int(column)


def _decimals(values: FloatArray) -> int:
    """Return the number of decimals of the printed values; at most :data:`_MOST_DECIMALS`."""
    for decimals in range(_MOST_DECIMALS):
        if np.abs(values - np.round(values, decimals)).max() < 1e-11:
            return decimals
    return _MOST_DECIMALS
