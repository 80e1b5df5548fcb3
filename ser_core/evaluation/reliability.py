"""Reliability of probabilities and of "none of these", measured on test speech.

Temperature and ranges are fitted on development speakers. Test utterances show their calibration error, how many lie
outside every class's range, and how many of a class inside its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ser_core.config import FileRecord
from ser_core.errors import ConfigError, InputError
from ser_core.evaluation.calibration import BINS, confidence_bins, expected_calibration_error
from ser_core.evaluation.statistics import interval_of_sums
from ser_core.labels import codes
from ser_core.types import BoolArray, FloatArray

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class CalibrationBin(FileRecord):
    """Bin of a reliability diagram: utterances whose most probable class has a probability in it.

    Mean of those probabilities, and share that is right; None in an empty bin.
    """

    utterances: int
    confidence: float | None = None
    accuracy: float | None = None

    def __post_init__(self) -> None:
        """Check that shares are shares."""
        _require_shares(self.confidence, self.accuracy)


@dataclass(frozen=True)
class ClassShares(FileRecord):
    """Coverage and rejection of the utterances of one true class.

    Shares inside the class's own range, nominally 0.9, and outside every class's range; None without utterances.
    """

    utterances: int
    covered: float | None = None
    rejected: float | None = None

    def __post_init__(self) -> None:
        """Check that shares are shares."""
        _require_shares(self.covered, self.rejected)


@dataclass(frozen=True)
class Reliability(FileRecord):
    """Reliability measured on test utterances; a JSON object of the same keys in cards and result files.

    Attributes:
        utterances: that were judged.
        speakers: who spoke them.
        ece: expected calibration error of the head's probabilities, 0 to 1.
        ece_interval_by_speaker: 95 %, lower and upper bound; None with fewer than two speakers.
        bins: of the reliability diagram, in equal steps from 0 to 1.
        rejected: share outside every class's range: none of these.
        rejected_interval_by_speaker: likewise.
        covered: share inside their own class's range, which promises 0.9.
        wa: share that the back end that judges gets right, of all.
        wa_kept: the same, of those inside a range; None where none is.
        classes: of each true class, how it lies to the ranges.
    """

    utterances: int
    speakers: int
    ece: float
    bins: tuple[CalibrationBin, ...]
    rejected: float
    covered: float
    wa: float
    classes: Mapping[str, ClassShares]
    wa_kept: float | None = None
    ece_interval_by_speaker: tuple[float, ...] | None = None
    rejected_interval_by_speaker: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        """Check values beyond their types."""
        intervals = (self.ece_interval_by_speaker, self.rejected_interval_by_speaker)
        _require_shares(self.ece, self.rejected, self.covered, self.wa, self.wa_kept)
        _require_shares(*(bound for interval in intervals for bound in interval or ()))
        if any(interval is not None and len(interval) != 2 for interval in intervals) or not self.bins:
            raise ConfigError("Expected two bounds of each interval, and the bins of a reliability diagram.")
        if self.utterances < 1 or sum(one.utterances for one in self.bins) != self.utterances:
            raise ConfigError(
                f"Expected bins that hold {self.utterances} utterances, at least one; "
                f"got {sum(one.utterances for one in self.bins)}."
            )


def reliability(table: "pandas.DataFrame", labels: Sequence[str], ranges: FloatArray, *, seed: int = 0) -> Reliability:
    """Measure the reliability of probabilities and ranges on test utterances.

    Args:
        table: a row per utterance with ``speaker, emotion, predicted, probability_<label>…, angle_<label>…``.
        ranges: of the ``K`` classes in degrees, shape ``(K,)``; or those of each utterance's own model, ``(B, K)``.

    Raises:
        InputError: if there is no utterance, or a class is not among the labels.

    References:
        Naeini et al. (2015), "Obtaining well calibrated probabilities using Bayesian binning", AAAI: the error, and
        the bins of the diagram; Guo et al. (2017), ICML: 15 of them.
    """
    if not len(table):
        raise InputError("Expected test utterances to measure on; got none. Choose a split that has some.")
    truth, speakers = table["emotion"].tolist(), table["speaker"].astype(str).tolist()
    numbers = codes(truth, labels)
    probabilities, angles = (
        table[[f"{kind}_{label}" for label in labels]].to_numpy(dtype=np.float64) for kind in ("probability", "angle")
    )
    within: BoolArray = np.asarray(angles <= ranges)  # (B, K)
    covered: BoolArray = within[np.arange(len(numbers)), numbers]
    outside: BoolArray = np.logical_not(within.any(axis=1))
    right: BoolArray = np.array([one == other for one, other in zip(truth, table["predicted"].tolist(), strict=True)])
    confidence, likely = probabilities.max(axis=1), probabilities.argmax(axis=1) == numbers
    places = confidence_bins(confidence)
    gaps = np.zeros((len(numbers), BINS))
    gaps[np.arange(len(numbers)), places] = confidence - likely
    return Reliability(
        utterances=len(numbers),
        speakers=len(set(speakers)),
        ece=expected_calibration_error(probabilities, truth, labels),
        ece_interval_by_speaker=_mean_interval(gaps, speakers, seed),
        bins=tuple(_bin(confidence[places == place], likely[places == place]) for place in range(BINS)),
        rejected=float(np.mean(outside)),
        rejected_interval_by_speaker=_mean_interval(outside[:, None].astype(np.float64), speakers, seed),
        covered=float(covered.mean()),
        wa=float(right.mean()),
        wa_kept=_share(right[~outside]),
        classes={
            label: ClassShares(
                int((numbers == number).sum()), _share(covered[numbers == number]), _share(outside[numbers == number])
            )
            for number, label in enumerate(labels)
        },
    )


def _mean_interval(values: FloatArray, speakers: Sequence[str], seed: int) -> tuple[float, ...] | None:
    """Bootstrap the sum of the columns' absolute sums, per utterance; values of shape ``(B, M)``."""
    if len(set(speakers)) < 2:
        return None
    counted = np.column_stack([values, np.ones(len(values))])
    found = interval_of_sums(counted, speakers, lambda sums: np.abs(sums[:, :-1]).sum(axis=1) / sums[:, -1], seed=seed)
    return found.low, found.high


def _bin(confidence: FloatArray, right: BoolArray) -> CalibrationBin:
    return CalibrationBin(len(right), _share(confidence), _share(right))


def _share(values: FloatArray | BoolArray) -> float | None:
    return float(np.mean(values)) if len(values) else None


def _require_shares(*values: float | None) -> None:
    for value in values:
        if value is not None and not 0 <= value <= 1:
            raise ConfigError(f"Expected shares between 0 and 1; got {value:g}.")
