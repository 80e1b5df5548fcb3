"""A space that forms: its epochs as pictures in one plane, on voices heard in training and on others, with figures.

Every epoch has a plane of its own: the one in which the class directions of the heard voices lie farthest apart. It is
turned in itself so that the points lie as near as possible to where they lay an epoch before. A point is the shadow of
an utterance's unit vector on that plane, so that nothing lies outside the circle of radius one, and no epoch is drawn
larger than another.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ser_core.embeddings.space import NAME, TRAINING, Space
from ser_core.errors import EmbeddingError, InputError
from ser_core.geometry.angles import angle_matrix, angles_to, class_directions, unit
from ser_core.geometry.separation import class_spread
from ser_core.types import BoolArray, Degrees, FloatArray, IntArray

FEWEST_UTTERANCES = 2  # of a class in a part, to have a direction and a spread


@dataclass(frozen=True)
class PartFigures:
    """Some voices' utterances in one epoch.

    Attributes:
        angles: between the classes' directions in these voices, shape ``(K, K)``; NaN for a class without a direction.
        ratio: scatter of the unit vectors around their class's mean, by the scatter of the means; see
            :func:`ser_core.geometry.separation.class_spread`.
        accuracy: mean over the classes of the share that lies nearest to the own direction, which are always those of
            the heard voices; 0 to 1.
        own: mean angle to the own direction of the heard voices.
    """

    angles: FloatArray
    ratio: float
    accuracy: float
    own: Degrees


@dataclass(frozen=True)
class FormingEpoch:
    """A space after an epoch.

    Attributes:
        epoch: epochs done; 0 is before training.
        stage: whose epoch it was.
        points: of every utterance in the plane, shape ``(B, 2)``, within the circle of radius one.
        directions: of the classes by the heard voices, in the same plane, shape ``(K, 2)``.
        heard: voices that are trained on.
        unheard: other voices; ``None`` where there are none.
    """

    epoch: int
    stage: str
    points: FloatArray
    directions: FloatArray
    heard: PartFigures
    unheard: PartFigures | None


@dataclass(frozen=True)
class FormingSpace:
    """A space that forms.

    Attributes:
        classes: emotions, ``K`` of them.
        files: name of each utterance, ``B`` of them.
        codes: class number of each, shape ``(B,)``.
        training: which are heard in training, shape ``(B,)``.
        epochs: in their order.
    """

    classes: tuple[str, ...]
    files: tuple[str, ...]
    codes: IntArray
    training: BoolArray
    epochs: tuple[FormingEpoch, ...]

    @property
    def chance(self) -> float:
        """Accuracy of guessing, mean over the classes."""
        return 1 / len(self.classes)


def forming_space(epochs: "Sequence[tuple[int, str, Space]]", before: FormingSpace | None = None) -> FormingSpace:
    """Lay out a space epoch by epoch.

    Args:
        epochs: number of epochs done, name of the stage and space of each, in their order, at least one; of each the
            utterances are taken that all have.
        before: what the same epochs, or the first of them, gave earlier: they are not computed again.

    Returns:
        Its pictures and figures.

    Raises:
        EmbeddingError: if there is no epoch, or fewer than two classes are heard in training, each with two utterances.
    """
    if not epochs:
        raise EmbeddingError("Expected a snapshot of the run, to be drawn; there is none yet. Wait for its first one.")
    known = set(epochs[0][2].column(NAME)).intersection(*(space.column(NAME) for _, _, space in epochs[1:]))
    first = epochs[0][2].select([name in known for name in epochs[0][2].column(NAME)])
    files = tuple(first.column(NAME).tolist())
    training = first.column("split") == TRAINING
    if not training.any():
        training = ~training  # what has no split is looked at as a whole
    classes = _classes(first, training)
    kept = np.isin(first.column("emotion"), classes)
    files, training = tuple(np.array(files)[kept].tolist()), training[kept]
    codes = np.array([classes.index(name) for name in first.column("emotion")[kept]], dtype=np.int64)
    done: list[FormingEpoch] = []
    if before is not None and (before.files, before.classes) == (files, classes):
        numbers = [number for number, _, _ in epochs]
        if [one.epoch for one in before.epochs] == numbers[: len(before.epochs)]:
            done = list(before.epochs)
    for number, stage, space in epochs[len(done) :]:
        vectors = _in_order(space, files)
        done.append(_epoch(number, stage, vectors, codes, training, classes, done[-1] if done else None))
    return FormingSpace(classes, files, codes, training, tuple(done))


def _classes(space: Space, training: BoolArray) -> tuple[str, ...]:
    emotions = space.column("emotion")[training & space.has_value("emotion")]
    classes = tuple(name for name in space.classes if (emotions == name).sum() >= FEWEST_UTTERANCES)
    if len(classes) < 2:
        raise EmbeddingError(
            f"Expected at least two emotions with two training utterances each in the snapshots; got "
            f"{', '.join(classes) or 'none'}. Train with more of the corpus."
        )
    return classes


def _in_order(space: Space, files: tuple[str, ...]) -> FloatArray:
    place = {name: row for row, name in enumerate(space.column(NAME))}
    return unit(space.embeddings[[place[name] for name in files]].astype(np.float64))


def _epoch(
    number: int,
    stage: str,
    vectors: FloatArray,
    codes: IntArray,
    training: BoolArray,
    classes: tuple[str, ...],
    former: FormingEpoch | None,
) -> FormingEpoch:
    names = np.array(classes)[codes]
    directions = class_directions(vectors[training], names[training], classes)  # (K, D)
    axes = _plane(directions)  # (2, D)
    points = vectors @ axes.T
    if former is not None:
        left, _, right = np.linalg.svd(former.points.T @ points)  # orthogonal Procrustes about the origin
        axes = left @ right @ axes
        points = vectors @ axes.T
    heard = _figures(vectors[training], names[training], classes, directions)
    others = ~training
    unheard = _figures(vectors[others], names[others], classes, directions) if others.any() else None
    return FormingEpoch(number, stage, points, directions @ axes.T, heard, unheard)


def _plane(directions: FloatArray) -> FloatArray:
    """Return two orthonormal axes, ``(2, D)``, of the plane in which the directions differ most."""
    _, _, axes = np.linalg.svd(directions - directions.mean(axis=0), full_matrices=True)
    signs = np.sign(axes[:2][np.arange(2), np.abs(axes[:2]).argmax(axis=1)])
    return np.asarray(axes[:2] * signs[:, None])


def _figures(
    vectors: FloatArray, names: "np.ndarray[tuple[int], np.dtype[np.str_]]", classes: tuple[str, ...], of: FloatArray
) -> PartFigures:
    angles = angles_to(vectors, of)  # (B, K)
    nearest = angles.argmin(axis=1)
    true = np.array([classes.index(name) for name in names])
    recalls = [float(np.mean(nearest[true == code] == code)) for code in np.unique(true)]
    between = np.full((len(classes), len(classes)), np.nan)
    present = [code for code in range(len(classes)) if (true == code).sum() >= FEWEST_UTTERANCES]
    try:
        order = [classes[code] for code in present]
        own = class_directions(vectors[np.isin(true, present)], names[np.isin(true, present)], order)
        between[np.ix_(present, present)] = angle_matrix(own)
    except InputError:
        pass  # utterances that cancel each other have no direction: the picture shows no angle there
    return PartFigures(
        between,
        ratio=class_spread(vectors, names, classes).ratio,
        accuracy=float(np.mean(recalls)),
        own=float(angles[np.arange(len(true)), true].mean()),
    )
