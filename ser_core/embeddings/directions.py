"""Class directions of a space."""

from collections.abc import Callable, Mapping

from ser_core.config import lookup
from ser_core.embeddings.space import TRAINING, Space
from ser_core.geometry.angles import class_directions, unit
from ser_core.geometry.medoids import class_medoids
from ser_core.types import FloatArray


def directions_in(space: Space, source: str) -> tuple[tuple[str, ...], FloatArray]:
    """Return the classes of a space and the direction of each, unit vectors ``(K, D)``.

    It comes from the training utterances, or from all with an emotion, at least one, if there are none. ``source`` is a
    name in :data:`DIRECTIONS`.

    Raises:
        ConfigError: if there is no such source.
        InputError: if the vectors of a class have no mean direction.
    """
    named = space.select(space.has_value("emotion"))
    training = named.column("split") == TRAINING
    learned = named.select(training) if training.any() else named
    return learned.classes, lookup("directions", source, DIRECTIONS)(learned)


def _mean(learned: Space) -> FloatArray:
    return class_directions(learned.embeddings, learned.column("emotion"), learned.classes)


def _medoid(learned: Space) -> FloatArray:
    return unit(learned.embeddings[class_medoids(learned.embeddings, learned.column("emotion"), learned.classes)])


DIRECTIONS: Mapping[str, Callable[[Space], FloatArray]] = {"mean": _mean, "medoid": _medoid}
