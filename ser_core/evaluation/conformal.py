"""Intervals around predicted numbers by split conformal prediction."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ser_core.config import FileRecord
from ser_core.errors import ConfigError, InputError
from ser_core.types import FloatArray

LEVEL = 0.9


@dataclass(frozen=True)
class ConformalInterval(FileRecord):
    """How far a prediction is taken to be off, up or down.

    Attributes:
        half_width: of the interval around a prediction, in the unit of what is predicted.
        level: share of the utterances that such intervals hold if these resemble those that it was made from.
        utterances: that it was made from.
        speakers: who spoke them.
        part: of the split from which these are; ``train`` makes it too narrow.
    """

    half_width: float
    level: float
    utterances: int
    speakers: int
    part: Literal["development", "train"]

    def __post_init__(self) -> None:
        """Check the figures; raises ConfigError."""
        if not (0 < self.level < 1 and self.half_width >= 0):
            raise ConfigError(
                f"Expected a level between 0 and 1 and a half width of 0 or more; got {self.level:g} and "
                f"{self.half_width:g}. Train the model again."
            )


def conformal_half_width(truth: FloatArray, predicted: FloatArray, *, level: float = LEVEL) -> float:
    """Return the half width of split conformal intervals: the ``⌈(n + 1) · level⌉``-th smallest absolute error.

    If one more utterance is exchangeable with these ``n``, an interval of this half width around its prediction holds
    its truth with a probability of at least ``level``. Utterances of one speaker resemble each other, so that for other
    speakers this is what to expect, and no promise. Infinite where ``n`` is too small for the level.

    Raises:
        InputError: if the two are not of one shape ``(n,)``, or empty.

    References:
        Lei, G'Sell, Rinaldo, Tibshirani and Wasserman (2018), "Distribution-free predictive inference for regression",
        Journal of the American Statistical Association 113, algorithm 2.

    Examples:
        >>> conformal_half_width(np.zeros(9), np.arange(9.0), level=0.9)
        8.0
    """
    truth, predicted = np.asarray(truth, dtype=np.float64), np.asarray(predicted, dtype=np.float64)
    if truth.shape != predicted.shape or truth.ndim != 1 or not len(truth):
        raise InputError(
            f"Expected one true number and one prediction for each of at least one utterance; got shapes {truth.shape} "
            f"and {predicted.shape}. Leave out utterances without a number."
        )
    place = math.ceil((len(truth) + 1) * level - 1e-9)  # (9 + 1) · 0.9 is 9, not a little more
    return float(np.sort(np.abs(truth - predicted))[place - 1]) if place <= len(truth) else math.inf
