"""What corrects a model for one voice, and what it is computed from."""

from dataclasses import dataclass

import numpy as np

from ser_core.checkpoints.store import Checkpoint
from ser_core.geometry.angles import class_means, unit
from ser_core.types import FloatArray


@dataclass(frozen=True, eq=False)
class Calibration:
    """Correction of a model for one voice; see :mod:`ser_core.voices.calibration` for the equations.

    Attributes:
        shift: subtracted from unit embeddings, ``s``, shape ``(D,)``, or ``(B, D)``, one for each row.
        directions: unit vectors ``d'``, shape ``(K, D)``.
        head: rows of the model's head, ``W``, shape ``(K, D)``.
        turned_head: rows of the head for this voice, ``W'``, shape ``(K, D)``.
    """

    shift: FloatArray
    directions: FloatArray
    head: FloatArray
    turned_head: FloatArray

    def applied(self, embeddings: FloatArray, logits: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return float32 ``e'`` and ``z'`` of a model's embeddings ``(B, D)``, none zero, and logits ``(B, K)``."""
        lengths = np.linalg.norm(embeddings, axis=1, keepdims=True)
        shifted = lengths * unit(unit(embeddings) - self.shift)
        corrected: FloatArray = logits + shifted @ self.turned_head.T - embeddings @ self.head.T
        return shifted.astype(np.float32), corrected


def class_means_of(checkpoint: Checkpoint) -> FloatArray:
    """Return the means of the unit embeddings of each class's training utterances, ``m_k``, shape ``(K, D)``."""
    spoken = [checkpoint.labels[target] for target in checkpoint.training_targets]
    return class_means(checkpoint.training_embeddings, spoken, checkpoint.labels)


def head_of(checkpoint: Checkpoint) -> FloatArray:
    """Return the rows of a model's head, ``W``, float64, shape ``(K, D)``."""
    rows: FloatArray = checkpoint.model.head.weight.detach().cpu().numpy().astype(np.float64)
    return rows
