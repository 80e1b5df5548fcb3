"""Comparison of two spaces of the same utterances, and of one space over training epochs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ser_core.embeddings.directions import directions_in
from ser_core.embeddings.matching import matched
from ser_core.embeddings.space import Space
from ser_core.errors import EmbeddingError
from ser_core.geometry.angles import angle_matrix, unit
from ser_core.geometry.cka import CkaResult, linear_cka
from ser_core.geometry.movement import neighbourhood_change, turned_degrees
from ser_core.geometry.procrustes import procrustes
from ser_core.geometry.projection import pca
from ser_core.types import FloatArray, IntArray

NEIGHBOURS = 10


@dataclass(frozen=True)
class MatchedSpaces:
    """Two spaces with their common utterances only, row by row.

    ``held_out`` is whether neither model has learned from them.
    """

    first: Space
    second: Space
    held_out: bool


@dataclass(frozen=True)
class AngleChange:
    """Angles in degrees between ``K`` common classes, in each of two spaces, ``(K, K)``."""

    labels: tuple[str, ...]
    first: FloatArray
    second: FloatArray

    def largest(self, count: int) -> "AngleChange":
        """Select the classes with the largest changes of an angle, in their order."""
        if len(self.labels) <= count:
            return self
        kept = np.sort(np.argsort(-np.abs(self.change).max(axis=1), kind="stable")[:count])
        places = np.ix_(kept, kept)
        return AngleChange(tuple(self.labels[place] for place in kept), self.first[places], self.second[places])

    @property
    def change(self) -> FloatArray:
        """Second minus first angle, in degrees, shape ``(K, K)``."""
        return self.second - self.first


def match(first: Space, second: Space, names: tuple[str, str], *, training: bool = False) -> MatchedSpaces:
    """Select the common utterances of two spaces, without training utterances if possible and not asked for.

    ``names`` are those of the spaces in messages.

    Raises:
        EmbeddingError: if fewer than three utterances occur in both.
    """
    ours, theirs = matched((first, second), names)
    one, other = first.select(ours), second.select(theirs)
    learned = (one.column("split") == "train") | (other.column("split") == "train")
    few = int((~learned).sum()) < 3
    if training or few or not learned.any():
        return MatchedSpaces(one, other, not learned.any())
    return MatchedSpaces(one.select(~learned), other.select(~learned), True)


def classed_alike(first: Space, second: Space, column: str, names: tuple[str, str]) -> tuple[Space, Space]:
    """Return two spaces with the values of one column as their classes.

    In a space without that column, an utterance has the value of the same utterance in the other space. ``names`` are
    those of the spaces in messages.

    Raises:
        EmbeddingError: if neither has the column, or one has and fewer than three utterances occur in both.
    """
    spaces = (first, second)
    has = [column in space.frame.columns for space in spaces]
    if not any(has):
        there = sorted({*map(str, first.frame.columns), *map(str, second.frame.columns)})
        raise EmbeddingError(
            f"Expected a column of {names[0]} or {names[1]} to give the classes; got {column!r}. Choose among "
            f"{', '.join(there)}."
        )
    if not all(has):
        giver, taker = (0, 1) if has[0] else (1, 0)
        rows = matched(spaces, names)
        values = np.full(len(spaces[taker]), None, dtype=object)
        values[rows[taker]] = spaces[giver].frame[column].to_numpy(dtype=object)[rows[giver]]
        told = replace(spaces[taker], frame=spaces[taker].frame.assign(**{column: values}))
        spaces = (first, told) if has[0] else (told, second)
    return spaces[0].classed_by(column), spaces[1].classed_by(column)


def similarity(pair: MatchedSpaces) -> CkaResult:
    """Measure linear CKA between two spaces, on unit vectors; see :func:`ser_core.geometry.cka.linear_cka`."""
    return linear_cka(_unit(pair.first), _unit(pair.second))


def neighbours_changed(
    pair: MatchedSpaces, count: int = NEIGHBOURS, *, progress: Callable[[int, int], None] | None = None
) -> FloatArray:
    """Return :func:`ser_core.geometry.movement.neighbourhood_change` of two spaces, shape ``(M,)``."""
    return neighbourhood_change(pair.first.embeddings, pair.second.embeddings, count, progress=progress)


def rotation(pair: MatchedSpaces) -> FloatArray:
    """Return the degrees, ``(M,)``, by which utterances moved between two epochs of one run.

    See :func:`ser_core.geometry.movement.turned_degrees`.
    """
    return turned_degrees(pair.first.embeddings, pair.second.embeddings)


def maps(pair: MatchedSpaces) -> tuple[FloatArray, FloatArray, float]:
    """Project both spaces by PCA of the unit vectors; the second map is aligned to the first.

    Returns both maps, ``(M, 2)``, and the disparity. Raises InputError if all utterances of a space lie at one point.
    """
    reference = pca(_unit(pair.first))
    aligned = procrustes(reference, pca(_unit(pair.second)))
    return reference, aligned.points, aligned.disparity


def angles_changed(first: Space, second: Space) -> AngleChange:
    """Compute the angles between directions of the common classes, in both spaces.

    Each space has its own directions; see :func:`ser_core.embeddings.directions.directions_in`.

    Raises:
        EmbeddingError: if there are fewer than two such classes.
        InputError: if the vectors of a class cancel each other.
    """
    known = [_directions(space) for space in (first, second)]
    labels = tuple(label for label in known[0] if label in known[1])
    if len(labels) < 2:
        raise EmbeddingError(
            f"Expected at least two classes with a direction in both spaces; got {', '.join(labels) or 'none'}. "
            "Compare spaces whose utterances have the same classes, or choose another column for them."
        )
    before, after = (angle_matrix(np.stack([directions[label] for label in labels])) for directions in known)
    return AngleChange(labels, before, after)


def _directions(space: Space) -> dict[str, FloatArray]:
    return dict(zip(*directions_in(space, "mean"), strict=True)) if space.classes else {}


@dataclass(frozen=True)
class EpochMaps:
    """Maps of one run's epochs, each ``(M, 2)``, all aligned to the last, with the disparity to it.

    ``rows`` are the row numbers in the last space of the utterances that every epoch has, ``(M,)``.
    """

    rows: IntArray
    maps: tuple[FloatArray, ...]
    disparities: tuple[float, ...]


def epoch_maps(spaces: Sequence[Space], names: Sequence[str]) -> EpochMaps:
    """Project each epoch by PCA of the unit vectors; all maps are aligned to that of the last epoch.

    ``names`` are those of the spaces in messages.

    Raises:
        EmbeddingError: if fewer than three utterances occur in all of them.
        InputError: if all utterances of one lie at one point.
    """
    places = matched((spaces[-1], *spaces[:-1]), (names[-1], *names[:-1]))
    rows = [*places[1:], places[0]]
    flat = [pca(unit(space.embeddings[chosen])) for space, chosen in zip(spaces, rows, strict=True)]
    aligned = [procrustes(flat[-1], points) for points in flat]
    return EpochMaps(places[0], tuple(one.points for one in aligned), tuple(one.disparity for one in aligned))


def _unit(space: Space) -> FloatArray:
    return unit(space.embeddings)
