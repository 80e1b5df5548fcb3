"""Mean over the predictions of many windows, in constant memory."""

import numpy as np

from ser_core.geometry.angles import unit
from ser_core.inference import EmotionPrediction, Reader
from ser_core.live.prediction import LivePrediction
from ser_core.types import FloatArray, Seconds


class RunningMean:
    """Mean embedding, probabilities and angles over windows; each embedding is scaled to length one first."""

    def __init__(self) -> None:
        """Start without windows."""
        self._count = 0
        self._sums: tuple[FloatArray, ...] = (np.zeros(()), np.zeros(()), np.zeros(()))

    def add(self, window: LivePrediction) -> None:
        """Add a window; one that was not judged changes nothing."""
        if window.embedding is None or window.probabilities is None or window.angles is None:
            return
        figures = (unit(window.embedding), window.probabilities, window.angles)
        self._sums = tuple(before + figure for before, figure in zip(self._sums, figures, strict=True))
        self._count += 1

    def reading(self, reader: Reader, *, hop: Seconds) -> EmotionPrediction | None:
        """Return the prediction of the means over windows ``hop`` apart; None before the first judged window."""
        if not self._count:
            return None
        embedding, probabilities, angles = (total / self._count for total in self._sums)
        return reader.read_figures(embedding, probabilities, angles, duration_seconds=self._count * hop)
