"""Confidence and "none of these" that hold on corpora not trained on, fitted on corpora that were left out.

On development speakers of its own corpus a model is right more often, and surer, than with anybody else. So each corpus
of the training is left out once: a model is trained without it and judges it. One temperature is fitted to all these
answers, and one number of degrees by which the ranges of the emotions must grow to hold what they promise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from ser_core.config import FileRecord
from ser_core.errors import ConfigError, InputError
from ser_core.evaluation.calibration import (
    COLDEST,
    HOTTEST,
    expected_calibration_error,
    fit_shared_temperature,
    softmax,
)
from ser_core.labels import codes
from ser_core.types import Degrees, FloatArray

_ARRAYS = ("logits", "angles", "ranges")
_ROUNDING = 1e-12  # of sums of weights
PROMISED = 0.9  # share of a class's utterances inside its range


@dataclass(frozen=True, eq=False)
class LeftOutAnswers:
    """Answers of a model to a corpus that was left out of its training.

    Attributes:
        corpus: that was left out; several joined by ``+`` where the same people speak in them.
        labels: the ``K`` classes of this model.
        truth: emotion of each of the ``B`` utterances, one of the labels.
        speakers: who spoke each.
        logits: of the head, shape ``(B, K)``.
        angles: to the class directions in degrees, shape ``(B, K)``.
        ranges: of the classes in degrees, as development speakers set them, shape ``(K,)``.
        temperature: as development speakers set it.
    """

    corpus: str
    labels: tuple[str, ...]
    truth: tuple[str, ...]
    speakers: tuple[str, ...]
    logits: FloatArray
    angles: FloatArray
    ranges: FloatArray
    temperature: float

    def as_table(self) -> dict[str, Any]:
        """Return it as JSON."""
        plain = {name: list(getattr(self, name)) for name in ("labels", "truth", "speakers")}
        arrays = {name: np.asarray(getattr(self, name), dtype=np.float64).tolist() for name in _ARRAYS}
        return {"corpus": self.corpus, **plain, **arrays, "temperature": self.temperature}

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> Self:
        """Read what :meth:`as_table` returned; raises LookupError, TypeError or ValueError for anything else."""
        labels, truth, speakers = (tuple(map(str, table[name])) for name in ("labels", "truth", "speakers"))
        logits, angles, ranges = (np.array(table[name], dtype=np.float64) for name in _ARRAYS)
        shape = (len(truth), len(labels))
        if logits.shape != shape or angles.shape != shape or ranges.shape != shape[1:]:
            raise ValueError(f"arrays that do not fit {shape[0]} utterances and {shape[1]} classes")
        temperature = float(table["temperature"])
        return cls(str(table["corpus"]), labels, truth, speakers, logits, angles, ranges, temperature)

    @property
    def excess(self) -> FloatArray:
        """How far each utterance lies beyond the range of its own class, in degrees, negative inside; ``(B,)``."""
        numbers = codes(self.truth, self.labels)
        own: FloatArray = self.angles[np.arange(len(numbers)), numbers] - self.ranges[numbers]
        return own

    def calibration_error(self, temperature: float) -> float:
        """Return the expected calibration error of the probabilities at a temperature, 0 to 1."""
        return expected_calibration_error(softmax(self.logits, temperature), self.truth, self.labels)


@dataclass(frozen=True)
class LeftOutCorpus(FileRecord):
    """What was found on one corpus that was left out; shares from 0 to 1.

    Attributes:
        corpus: its name.
        utterances: with an emotion that the model trained without it knows.
        speakers: who spoke them.
        accuracy: share whose most probable emotion is the true one.
        ece_by_development: calibration error at the temperature of that model's development speakers.
        ece: at the one temperature that was fitted on all corpora left out.
        covered_by_development: share inside the range of its own emotion, by development speakers.
        covered: with the ranges grown.
    """

    corpus: str
    utterances: int
    speakers: int
    accuracy: float
    ece_by_development: float
    ece: float
    covered_by_development: float
    covered: float

    def __post_init__(self) -> None:
        """Check that shares are shares."""
        shares = (self.accuracy, self.ece_by_development, self.ece, self.covered_by_development, self.covered)
        if not all(0 <= share <= 1 for share in shares):
            raise ConfigError(f"Expected shares between 0 and 1; got {', '.join(f'{share:g}' for share in shares)}.")


@dataclass(frozen=True)
class FittedOnLeftOut(FileRecord):
    """How temperature and ranges of a model were fitted on corpora left out of the training of others like it.

    Attributes:
        temperature: that was fitted, and is the model's.
        temperature_by_development: what development speakers had set.
        ranges_by_development: of each emotion, likewise, in degrees.
        widened_degrees: added to each of these ranges.
        corpora: that were left out, one by one.
    """

    temperature: float
    temperature_by_development: float
    ranges_by_development: Mapping[str, Degrees]
    widened_degrees: Degrees
    corpora: tuple[LeftOutCorpus, ...]

    def __post_init__(self) -> None:
        """Check values beyond their types."""
        for value in (self.temperature, self.temperature_by_development):
            if not COLDEST <= value <= HOTTEST:
                raise ConfigError(f"Expected temperatures from {COLDEST} to {HOTTEST}; got {value:g}.")
        ranges = self.ranges_by_development.values()
        if not (self.corpora and -180 <= self.widened_degrees <= 180 and all(0 <= value <= 180 for value in ranges)):
            raise ConfigError("Expected ranges of 0 to 180 degrees, and the corpora that were left out.")


def fit_on_left_out(
    answers: Sequence[LeftOutAnswers], *, temperature: float, ranges: Mapping[str, Degrees]
) -> FittedOnLeftOut:
    """Fit one temperature, and one widening of the ranges, to the answers to all corpora that were left out.

    Every corpus counts the same, however many utterances it has. The temperature minimises the negative log
    likelihood. The widening is the least with which :data:`PROMISED` of the utterances lie inside the range of their
    own emotion (split conformal prediction, with the angle beyond the range as score).

    Args:
        answers: one per corpus that was left out.
        temperature: of the model that is to be fitted, as its development speakers set it.
        ranges: of its emotions in degrees, likewise.

    Raises:
        InputError: if there are no answers, or one has no utterance.

    References:
        Guo et al. (2017), "On calibration of modern neural networks", ICML, § 4.2.
        Romano, Patterson and Candès (2019), "Conformalized quantile regression", NeurIPS: the score.
    """
    if not answers or not all(one.truth for one in answers):
        raise InputError(
            "Expected answers to at least one corpus that was left out, each with an utterance of a known emotion; got "
            "none. Train on corpora that share emotions."
        )
    fitted, widened = fit_shared_temperature((one.logits, one.truth, one.labels) for one in answers), widening(answers)
    return FittedOnLeftOut(
        temperature=fitted,
        temperature_by_development=temperature,
        ranges_by_development=dict(ranges),
        widened_degrees=widened,
        corpora=tuple(_measured(one, fitted, widened) for one in answers),
    )


def widening(answers: Sequence[LeftOutAnswers], share: float = PROMISED) -> Degrees:
    """Return the least number of degrees with which ``share`` of the utterances lie inside their class's range.

    Every corpus counts the same; less than 0 where the ranges held more than that.
    """
    excess = np.concatenate([one.excess for one in answers])
    weights = np.concatenate([np.full(len(one.truth), 1 / len(one.truth)) for one in answers]) / len(answers)
    order = np.argsort(excess)
    held = np.cumsum(weights[order])
    return float(excess[order][np.searchsorted(held, share - _ROUNDING)])


def widened_ranges(ranges: FloatArray, degrees: Degrees) -> FloatArray:
    """Return ranges ``(K,)`` grown by so many degrees, within 0 and 180."""
    grown: FloatArray = np.clip(np.asarray(ranges, dtype=np.float64) + degrees, 0.0, 180.0)
    return grown


def _measured(one: LeftOutAnswers, temperature: float, widened: Degrees) -> LeftOutCorpus:
    right = one.logits.argmax(axis=1) == codes(one.truth, one.labels)
    return LeftOutCorpus(
        corpus=one.corpus,
        utterances=len(one.truth),
        speakers=len(set(one.speakers)),
        accuracy=float(np.mean(right)),
        ece_by_development=one.calibration_error(one.temperature),
        ece=one.calibration_error(temperature),
        covered_by_development=float(np.mean(one.excess <= 0)),
        covered=float(np.mean(one.excess <= widened)),
    )
