"""What a disturbance is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from ser_core.config import check_range
from ser_core.errors import InputError
from ser_core.types import FloatArray, Hertz

Change: TypeAlias = Callable[[FloatArray, Hertz, float, np.random.Generator], FloatArray]


@dataclass(frozen=True)
class Disturbance:
    """A change of a recording, with the range of its strength.

    Attributes:
        change: of samples ``(N,)``, sample rate, strength and generator; returns float32 ``(N,)``.
        unit: of the strength, with what it measures.
        lowest: strength.
        highest: strength.
        title: for people, as in "heard in …".
    """

    change: Change
    unit: str
    lowest: float
    highest: float
    title: str

    def __call__(
        self, samples: FloatArray, sample_rate: Hertz, strength: float, random: np.random.Generator
    ) -> FloatArray:
        """Change samples ``(N,)``; returns float32 ``(N,)``.

        Raises:
            InputError: if the samples are not one-dimensional and finite.
            ConfigError: if the strength is out of its range.
        """
        check_range(f"the strength of {self.title} ({self.unit})", strength, self.lowest, self.highest)
        samples = np.asarray(samples)
        if samples.ndim != 1 or not np.isfinite(samples).all():
            raise InputError(
                f"Expected finite samples of one channel to disturb; got shape {samples.shape}"
                f"{'' if samples.ndim != 1 else ' with values that are not finite'}. Read the file with read_audio."
            )
        if not samples.size:
            return samples.astype(np.float32)
        return self.change(samples.astype(np.float64), sample_rate, strength, random).astype(np.float32)
