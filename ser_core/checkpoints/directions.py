"""What a class's direction can be taken from: the mean of its training utterances, their medoid, or the head."""

from collections.abc import Callable, Mapping

import numpy as np

from ser_core.checkpoints.store import Checkpoint
from ser_core.config import lookup
from ser_core.geometry.angles import unit
from ser_core.geometry.medoids import class_medoids
from ser_core.types import FloatArray


def directions_by(source: str, checkpoint: Checkpoint) -> FloatArray:
    """Return the direction of each of a checkpoint's labels, unit vectors ``(K, D)``, by a name in :data:`DIRECTIONS`.

    Raises:
        ConfigError: if there is no such source.
        InputError: if a class has no direction, for example in a head that was never trained.
    """
    return unit(lookup("directions", source, DIRECTIONS)(checkpoint))


def _mean(checkpoint: Checkpoint) -> FloatArray:
    return checkpoint.directions


def _medoid(checkpoint: Checkpoint) -> FloatArray:
    labels = checkpoint.labels
    spoken = [labels[target] for target in checkpoint.training_targets]
    return checkpoint.training_embeddings[class_medoids(checkpoint.training_embeddings, spoken, labels)]


def _head(checkpoint: Checkpoint) -> FloatArray:
    """The rows of the softmax layer: along each, its class's logit grows fastest."""
    weights: FloatArray = checkpoint.model.head.weight.detach().numpy().astype(np.float64)
    return weights


DIRECTIONS: Mapping[str, Callable[[Checkpoint], FloatArray]] = {"mean": _mean, "medoid": _medoid, "head": _head}
