"""Correction of a model by unlabelled speech: the mean of a speaker's, or a corpus's, embeddings is taken out.

With ``n`` clips of mean unit embedding ``p``, spoken with whatever emotion, and the model's own mean ``m``, that of its
class means, so that every emotion counts the same, embeddings are shifted by

    s = n / (n + c) · (p − m)

as in :mod:`ser_core.voices.calibration`; ``c`` is the number of clips as which the model's mean counts.
"""

import numpy as np

from ser_core.checkpoints.store import Checkpoint
from ser_core.geometry.angles import unit
from ser_core.types import FloatArray
from ser_core.voices.correction import Calibration, class_means_of, head_of


def unlabelled_shifts(
    checkpoint: Checkpoint, means: FloatArray, counts: FloatArray, *, model_counts: float
) -> FloatArray:
    """Return the shifts ``s``, ``(B, D)``, by means ``p``, ``(B, D)``, of the unit embeddings of ``counts`` clips each.

    By no clips the shift is zero, whatever the mean.
    """
    counts = np.asarray(counts, dtype=np.float64)
    believed = np.divide(counts, counts + model_counts, out=np.zeros(len(counts)), where=counts > 0)
    away = np.where(counts[:, None] > 0, means - class_means_of(checkpoint).mean(axis=0), 0.0)
    shifts: FloatArray = believed[:, None] * away
    return shifts


def shifting(checkpoint: Checkpoint, shifts: FloatArray) -> Calibration:
    """Return the correction that shifts by ``(D,)``, or every row by its own, ``(B, D)``."""
    head = head_of(checkpoint)
    return Calibration(shifts, unit(checkpoint.directions), head, head)
