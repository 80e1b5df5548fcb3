"""Angles between embeddings and class directions, in degrees."""

from collections.abc import Iterable, Sequence

import numpy as np
from scipy import sparse

from ser_core.errors import InputError
from ser_core.labels import codes
from ser_core.types import Degrees, FloatArray, IntArray

_STEEP = 0.99  # cosine, of 8 degrees


def unit(embeddings: FloatArray) -> FloatArray:
    """Scale every row of ``(B, D)``, or one vector ``(D,)``, to length one; float64.

    Raises:
        InputError: if a value is not finite, a row has zero length, or the shape is another one.

    Examples:
        >>> unit(np.array([[3.0, 4.0]]))
        array([[0.6, 0.8]])
    """
    embeddings = np.asarray(embeddings, dtype=np.float64)
    if embeddings.ndim not in (1, 2) or not embeddings.shape[-1]:
        raise InputError(
            f"Expected embeddings of shape (B, D); got {embeddings.shape}. Give one row of numbers per utterance."
        )
    # The lengths show whether anything below needs care; a comparison with NaN is false.
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        squares = np.einsum("...d,...d->...", embeddings, embeddings)
    if ((squares > 1e-200) & (squares < 1e200)).all():
        plain: FloatArray = embeddings / np.sqrt(squares)[..., None]
        return plain
    if not np.isfinite(embeddings).all():
        row = int(np.flatnonzero(~np.isfinite(np.atleast_2d(embeddings)).all(axis=1))[0])
        raise InputError(
            f"Expected finite embeddings; got a NaN or infinite value in row {row}. "
            "Leave that row out, or compute its embedding again."
        )
    # The largest component is taken out first, so that neither huge nor tiny vectors leave the range of a float.
    largest = np.abs(embeddings).max(axis=-1, keepdims=True, initial=0.0)
    if (largest == 0).any():
        row = int(np.flatnonzero(np.atleast_1d(largest.squeeze(-1)) == 0)[0])
        raise InputError(
            f"Expected vectors with a direction; got zero length in row {row}. "
            "Leave that row out, or compute its embedding again."
        )
    scaled = embeddings / largest
    normalised: FloatArray = scaled / np.linalg.norm(scaled, axis=-1, keepdims=True)
    return normalised


def class_directions(embeddings: FloatArray, labels: Iterable[str], order: Sequence[str]) -> FloatArray:
    """Find the direction of each class: the normalised mean of its embeddings, each scaled to length one.

    The embeddings ``(B, D)`` are those of the training set; returns unit vectors ``(K, D)`` in the order of the
    classes.

    Raises:
        InputError: if a class has no row, or its rows cancel each other; or as in :func:`unit`.

    References:
        Kumar et al. (2020), ICPR, doi:10.1109/ICPR48806.2021.9413144: the emotion embedding matrix.
    """
    means = class_means(embeddings, labels, order)
    lengths = np.linalg.norm(means, axis=1)
    if (lengths < 1e-9).any():
        raise InputError(
            f"Expected embeddings with a common direction in {order[int(np.argmin(lengths))]}; they cancel "
            "each other. This class has no direction: train longer, or leave it out."
        )
    return unit(means)


def class_means(embeddings: FloatArray, labels: Iterable[str], order: Sequence[str]) -> FloatArray:
    """Average the unit-length embeddings of each class; the length of a mean, at most one, measures concentration.

    Returns vectors of length 0 to 1, shape ``(K, D)``, from ``(B, D)``.

    Raises:
        InputError: if a class has no row; or as in :func:`unit`.
    """
    units, numbers = unit(embeddings), _numbers(labels, order, len(embeddings))
    members = sparse.csc_array((np.ones(len(units)), numbers, np.arange(len(units) + 1)), (len(order), len(units)))
    sums, counts = members @ units, np.bincount(numbers, minlength=len(order))
    if not counts.all():
        missing = [label for label, count in zip(order, counts, strict=True) if not count]
        raise InputError(
            f"Expected at least one embedding per class; got none of {', '.join(missing)}. "
            "Leave that class out, or choose a split that has it."
        )
    return np.asarray(sums / counts[:, None])


def angles_to(embeddings: FloatArray, directions: FloatArray) -> FloatArray:
    """Return the angles in degrees, 0 to 180, shape ``(B, K)``, of embeddings ``(B, D)`` to directions ``(K, D)``.

    Equals the arc cosine of the cosine, in a form that stays exact for angles near 0 and 180 degrees.

    Raises:
        InputError: as in :func:`unit`, or if the two have different ``D``.

    References:
        Kahan (2006), "How futile are mindless assessments of roundoff in floating-point computation?"

    Examples:
        >>> angles_to(np.array([[1.0, 1.0]]), np.eye(2)).round()
        array([[45., 45.]])
    """
    first, second = np.atleast_2d(unit(embeddings)), np.atleast_2d(unit(directions))
    if first.shape[1] != second.shape[1]:
        raise InputError(
            f"Expected embeddings and directions of one size; got {first.shape[1]} and {second.shape[1]}. "
            "They come from different models: take both from one checkpoint."
        )
    cosines = first @ second.T
    angles: FloatArray = np.arccos(np.clip(cosines, -1, 1))
    # Where the arc cosine is steep, it multiplies a cosine's last digit.
    for column, direction in enumerate(second):
        steep = np.abs(cosines[:, column]) > _STEEP
        rows = first[steep]
        difference, total = np.linalg.norm(rows - direction, axis=1), np.linalg.norm(rows + direction, axis=1)
        angles[steep, column] = 2 * np.arctan2(difference, total)
    return np.degrees(angles)


def angle_matrix(directions: FloatArray) -> FloatArray:
    """Return the angles in degrees between all directions ``(K, D)``; symmetric ``(K, K)``, zero on the diagonal.

    Raises:
        InputError: if a direction has zero length.

    Examples:
        >>> angle_matrix(np.eye(2)).round()
        array([[ 0., 90.],
               [90.,  0.]])
    """
    angles = angles_to(directions, directions)
    return (angles + angles.T) / 2  # in a product, the same two vectors may differ in the last digit


def class_angle_matrix(
    embeddings: FloatArray, labels: Iterable[str], directions: FloatArray, order: Sequence[str]
) -> FloatArray:
    """Build the table of angles ``(K, K)`` of one split, in degrees.

    Off the diagonal: the angle between two classes' directions ``(K, D)``, which come from the training set. On it: the
    mean angle between the split's utterances ``(B, D)`` of the class and its direction, NaN for a class without
    utterances.

    Raises:
        InputError: as in :func:`angles_to`.

    References:
        Kumar et al. (2020), ICPR, tables 2 and 4.
    """
    matrix = angle_matrix(directions)
    own, numbers = _own_angles(angles_to(embeddings, directions), labels, order)
    counts = np.bincount(numbers, minlength=len(order))
    sums = np.bincount(numbers, weights=own, minlength=len(order))
    np.fill_diagonal(matrix, np.divide(sums, counts, out=np.full(len(order), np.nan), where=counts > 0))
    return matrix


def class_ranges(angles: FloatArray, labels: Iterable[str], order: Sequence[str], quantile: float = 0.9) -> FloatArray:
    """Compute the range of each class: a quantile of the angles to its direction.

    Returns degrees, ``(K,)``, from the angles ``(B, K)`` of development utterances. A class without any gets the
    quantile over those of all classes.

    Raises:
        InputError: if there are no rows, or the shapes do not agree.
    """
    own, numbers = _own_angles(np.asarray(angles, dtype=np.float64), labels, order)
    if not len(own):
        raise InputError(
            "Expected development utterances to measure ranges on; got none. Give the split some speakers."
        )
    everywhere: Degrees = float(np.quantile(own, quantile))
    return np.array(
        [
            np.quantile(own[numbers == number], quantile) if (numbers == number).any() else everywhere
            for number in range(len(order))
        ]
    )


def _own_angles(angles: FloatArray, labels: Iterable[str], order: Sequence[str]) -> tuple[FloatArray, IntArray]:
    """Return the angle of each row to its own class direction, and the class numbers; ``(B,)`` each."""
    if angles.ndim != 2 or angles.shape[1] != len(order):
        raise InputError(
            f"Expected one angle per class, shape (B, {len(order)}); got {angles.shape}. "
            "Name the classes in the order of the directions."
        )
    numbers = _numbers(labels, order, len(angles))
    return angles[np.arange(len(angles)), numbers], numbers


def _numbers(labels: Iterable[str], order: Sequence[str], rows: int) -> IntArray:
    numbers = codes(labels, order)
    if len(numbers) != rows:
        raise InputError(f"Expected one label per row; got {len(numbers)} labels for {rows} rows. Check the table.")
    return numbers
