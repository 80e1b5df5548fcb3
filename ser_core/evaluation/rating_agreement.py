"""Arousal that a model predicts against ratings by people, which it has never seen.

Ratings are moved onto the model's scale by the ends of their own, and by nothing that is measured on them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ser_core.config import FileRecord
from ser_core.errors import ConfigError
from ser_core.evaluation.agreement import concordance, spearman
from ser_core.evaluation.statistics import jackknife_by_speaker
from ser_core.types import FloatArray


@dataclass(frozen=True)
class RatingAgreement(FileRecord):
    """How well predictions agree with ratings of the same utterances; see :func:`rating_agreement`.

    Attributes:
        utterances: that were rated and judged.
        speakers: who spoke them.
        scale: ends of the ratings' own scale.
        ccc: concordance, on the model's scale; None where it is undefined.
        spearman: rank correlation; None where it is undefined.
        covered: share of the ratings inside the interval around the prediction.
        level: share that such intervals promise for the proxy.
        width: mean width of the intervals, of a scale that is 2 wide.
        ccc_interval: 95 %, by speaker; None for fewer than three speakers; so are the others.
    """

    utterances: int
    speakers: int
    scale: tuple[float, ...]
    ccc: float | None
    spearman: float | None
    covered: float
    level: float
    width: float
    ccc_interval: tuple[float, ...] | None = None
    spearman_interval: tuple[float, ...] | None = None
    covered_interval: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        """Check ranges; raises ConfigError."""
        for value in (self.ccc, self.spearman):
            if value is not None and not -1 <= value <= 1:
                raise ConfigError(f"Expected correlations between -1 and 1; got {value:g}.")
        for value in (self.covered, self.level):
            if not 0 <= value <= 1:
                raise ConfigError(f"Expected fractions between 0 and 1; got {value:g}.")


def on_model_scale(ratings: FloatArray, scale: Sequence[float]) -> FloatArray:
    """Move ratings from a scale with the ends ``scale`` to one from −1 to 1.

    Examples:
        >>> on_model_scale(np.array([1.0, 3.0, 4.5]), (1, 5)).tolist()
        [-1.0, 0.0, 0.75]
    """
    low, high = scale
    moved: FloatArray = 2 * (np.asarray(ratings, dtype=np.float64) - low) / (high - low) - 1
    return moved


def rating_agreement(
    ratings: FloatArray,
    predicted: FloatArray,
    speakers: Sequence[str],
    *,
    scale: Sequence[float],
    half_width: float,
    level: float,
) -> RatingAgreement:
    """Measure predictions in [−1, 1] against ratings on a scale of their own.

    Args:
        ratings: of the utterances, shape ``(B,)``.
        predicted: arousal, shape ``(B,)``.
        speakers: who speaks each.
        scale: both ends of the ratings' scale.
        half_width: of the interval around a prediction.
        level: share that such intervals promise.

    Raises:
        InputError: if there are fewer than two utterances.
    """
    truth = on_model_scale(ratings, scale)
    names = list(map(str, speakers))

    def interval(measure: Callable[[FloatArray, FloatArray], float]) -> tuple[float, float] | None:
        return jackknife_by_speaker(lambda rows: measure(truth[rows], predicted[rows]), names)

    def share_inside(rated: FloatArray, told: FloatArray) -> float:
        return float((np.abs(rated - told) <= half_width).mean())

    ends = np.clip([predicted - half_width, predicted + half_width], -1, 1)
    return RatingAgreement(
        utterances=len(truth),
        speakers=len(set(names)),
        scale=(float(scale[0]), float(scale[1])),
        ccc=_defined(concordance(truth, predicted)),
        spearman=_defined(spearman(truth, predicted)),
        covered=share_inside(truth, predicted),
        level=level,
        width=float((ends[1] - ends[0]).mean()),
        ccc_interval=interval(concordance),
        spearman_interval=interval(spearman),
        covered_interval=interval(share_inside),
    )


def _defined(value: float) -> float | None:
    return None if np.isnan(value) else value
