"""Correction of a model by unlabelled speech: the mean of a speaker's, or a corpus's, embeddings is taken out.

With ``n`` clips of mean unit embedding ``p``, spoken with whatever emotion, and the model's own mean ``m``, that of its
class means, so that every emotion counts the same, embeddings are shifted by

    s = g · n / (n + c) · (p − m)

as in :mod:`ser_core.voices.calibration`; ``c`` is the number of clips as which the model's mean counts. The mean of
clips in one emotion is that emotion's, which must stay. So ``g`` asks whether several emotions can be among them: with
``a`` the angle between the two clips that are least alike, and ``A`` the median angle between two of the model's
directions, ``g`` grows evenly from 0 at ``a = 0.6 A`` to 1 at ``a = 0.8 A``. A single clip moves nothing.
"""

from collections.abc import Sequence

import numpy as np

from ser_core.checkpoints.store import Checkpoint
from ser_core.geometry.angles import angle_matrix, unit
from ser_core.types import Degrees, FloatArray
from ser_core.voices.correction import Calibration, class_means_of, head_of

ALIKE, MIXED = 0.6, 0.8  # of the median angle between directions; see docs/decisions/0038-clips-of-one-emotion.md

_ROWS = 512  # of the table of angles at a time: a whole corpus may be one speaker


def unlabelled_shifts(checkpoint: Checkpoint, clips: Sequence[FloatArray], *, model_counts: float) -> FloatArray:
    """Return the shifts ``s``, ``(B, D)``, by the unit embeddings of each speaker's clips, ``(n, D)``.

    By no clips the shift is zero.
    """
    middle = class_means_of(checkpoint).mean(axis=0)
    shifts: FloatArray = np.zeros((len(clips), len(middle)))
    for row, own in enumerate(clips):
        if mixed := mixed_share(checkpoint, own):
            shifts[row] = mixed * len(own) / (len(own) + model_counts) * (own.mean(axis=0) - middle)
    return shifts


def mixed_share(checkpoint: Checkpoint, units: FloatArray) -> float:
    """Return ``g``, 0 to 1: how much clips of unit embeddings ``(n, D)`` differ as several emotions do."""
    matrix = angle_matrix(checkpoint.directions)
    between = float(np.median(matrix[np.triu_indices(len(matrix), 1)]))
    return float(np.interp(widest_angle(units), [ALIKE * between, MIXED * between], [0.0, 1.0]))


def alike_text(share: float) -> str:
    """Say what it means that clips differ as emotions do to the :func:`mixed_share` given; empty where they do."""
    if share >= 1:
        return ""
    percent = round(100 * share)
    taken = f"only {percent} % of it is taken out" if percent else "nothing of it is taken out"
    return (
        "These clips differ no more than clips of one emotion may. Their mean could be that emotion's and not your "
        f"voice's, so {taken}. Add a clip spoken quite differently."
    )


def widest_angle(units: FloatArray) -> Degrees:
    """Return the angle between the two of the unit vectors ``(n, D)`` that are least alike; 0 for fewer than two."""
    if len(units) < 2:
        return 0.0
    least = min(float((units[first : first + _ROWS] @ units.T).min()) for first in range(0, len(units), _ROWS))
    return float(np.degrees(np.arccos(np.clip(least, -1.0, 1.0))))


def shifting(checkpoint: Checkpoint, shifts: FloatArray) -> Calibration:
    """Return the correction that shifts by ``(D,)``, or every row by its own, ``(B, D)``."""
    head = head_of(checkpoint)
    return Calibration(shifts, unit(checkpoint.directions), head, head)
