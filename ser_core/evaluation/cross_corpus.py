"""Cross-corpus evaluation: scores of a finished model on a labelled corpus that it was not trained on.

Model and corpus rarely have the same labels. Utterances whose emotion the model does not know are not scored; they
only show how often the model answers "none of these". The others are scored twice: by the answer that the model gives,
and by the best of the labels that model and corpus share.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ser_core.config import FileRecord
from ser_core.errors import ConfigError, InputError
from ser_core.evaluation.calibration import expected_calibration_error
from ser_core.evaluation.metrics import confusion, uar, wa
from ser_core.evaluation.rating_agreement import RatingAgreement
from ser_core.evaluation.statistics import interval_by_speaker
from ser_core.labels import in_order
from ser_core.types import BoolArray, FloatArray

if TYPE_CHECKING:
    import pandas

ANGLE, HEAD = "angle", "head"
_DECADE = 10  # years in an age group


@dataclass(frozen=True)
class GroupScores:
    """Scores of some utterances of a corpus; all are fractions from 0 to 1.

    Attributes:
        utterances: with an emotion that the model knows.
        speakers: who spoke them.
        uar: unweighted average recall of the model's answers, over the emotions that occur.
        uar_interval: 95 %, by speaker; by utterance where one person spoke them all; None for one utterance.
        uar_present: the same with each answer replaced by the best of the labels that model and corpus share.
        uar_present_interval: as ``uar_interval``.
        accuracy: share of the utterances whose most probable emotion is the true one.
        confidence: mean probability of the most probable emotion.
        none_of_these: share outside every emotion's range.
    """

    utterances: int
    speakers: int
    uar: float
    uar_present: float
    accuracy: float
    confidence: float
    none_of_these: float
    uar_interval: tuple[float, ...] | None = None
    uar_present_interval: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        """Check that fractions are fractions."""
        bounds = (*(self.uar_interval or ()), *(self.uar_present_interval or ()))
        for value in (self.uar, self.uar_present, self.accuracy, self.confidence, self.none_of_these, *bounds):
            if not 0 <= value <= 1:
                raise ConfigError(f"Expected fractions between 0 and 1; got {value:g}.")


@dataclass(frozen=True)
class UnknownEmotion:
    """Utterances of an emotion that the model does not know, and the share outside every emotion's range."""

    utterances: int
    none_of_these: float


@dataclass(frozen=True)
class CorpusScores(FileRecord):
    """Scores of a model on one corpus; the same keys as in the JSON of ``evaluate --checkpoint``.

    Attributes:
        labels: the model's classes.
        present: those that occur in the corpus too.
        chance: of ``uar_present``, 1 over the number of present labels.
        present_back_end: what chooses the best present label: ``angle`` or ``head``.
        ece: expected calibration error of the head's probabilities, 0 to 1.
        confusion: counts by true (rows) and answered (columns) label, in the order of ``labels``.
        answers: share of each answer.
        unknown: utterances whose emotion the model does not know.
        by_speaker: scores by speaker.
        by_gender: by gender, where known.
        by_age: by decade of age, where known.
    """

    labels: tuple[str, ...]
    present: tuple[str, ...]
    chance: float
    present_back_end: str
    overall: GroupScores
    ece: float
    confusion: tuple[tuple[int, ...], ...]
    answers: Mapping[str, float]
    unknown: Mapping[str, UnknownEmotion]
    by_speaker: Mapping[str, GroupScores]
    by_gender: Mapping[str, GroupScores]
    by_age: Mapping[str, GroupScores]


@dataclass(frozen=True)
class CrossCorpusSummary(FileRecord):
    """A model's scores on one corpus, as its card keeps them.

    See :class:`CorpusScores` and :class:`GroupScores`; ``trained_on`` is whether the model learned from other speakers
    of this corpus, ``labels`` how many emotions model and corpus share, ``arousal`` its agreement with ratings, if any.
    """

    corpus: str
    title: str
    language: str
    trained_on: bool
    utterances: int
    speakers: int
    labels: int
    chance: float
    uar: float
    uar_present: float
    confidence: float
    accuracy: float
    ece: float
    none_of_these: float
    uar_present_interval: tuple[float, ...] | None = None
    arousal: RatingAgreement | None = None

    def __post_init__(self) -> None:
        """Check that fractions are fractions."""
        for value in (
            self.chance, self.uar, self.uar_present, self.confidence, self.accuracy, self.ece, self.none_of_these,
            *(self.uar_present_interval or ()),
        ):  # fmt: skip
            if not 0 <= value <= 1:
                raise ConfigError(f"Expected fractions between 0 and 1; got {value:g}.")


@dataclass(frozen=True)
class StrangerScore(FileRecord):
    """Scores on a corpus of models that were trained by a card's recipe, but without that corpus; mean over seeds.

    UA is that among the emotions that training and test share, from 0 to 1, with its 95 % interval by speaker.

    Attributes:
        corpus: that was tested, with its ``title``.
        trained_on: the corpora of the training; nobody in them speaks in the tested one.
        seeds: how many trainings.
        utterances: with an emotion that was learned.
        speakers: who spoke them.
        labels: how many emotions training and test share.
        chance: 1 over ``labels``.
        uar: of the models' own answers.
        ece: calibration error of their probabilities.
        clips: unlabelled clips of each speaker, after which the others were judged (transductive).
        uar_after: then.
        ece_after: then.
    """

    corpus: str
    title: str
    trained_on: tuple[str, ...]
    seeds: int
    utterances: int
    speakers: int
    labels: int
    chance: float
    uar: float
    ece: float
    clips: int
    uar_after: float
    ece_after: float
    uar_interval: tuple[float, ...] | None = None
    uar_after_interval: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        """Check that fractions are fractions."""
        bounds = (*(self.uar_interval or ()), *(self.uar_after_interval or ()))
        for value in (self.chance, self.uar, self.ece, self.uar_after, self.ece_after, *bounds):
            if not 0 <= value <= 1:
                raise ConfigError(f"Expected fractions between 0 and 1; got {value:g}.")


def corpus_scores(
    table: "pandas.DataFrame", labels: Sequence[str], ranges: FloatArray, *, back_end: str
) -> CorpusScores:
    """Score a model's answers on a corpus.

    Args:
        table: a row per judgement with ``speaker, emotion, predicted, probability_<label>…, angle_<label>…``, and where
            known ``gender`` and ``age``. An utterance has one, or as many as rows have its number in a column
            ``utterance``; all of them count alike.
        ranges: of the ``K`` classes in degrees, shape ``(K,)``.
        back_end: that gave ``predicted``. If it is ``angle``, the best shared label has the smallest angle, otherwise
            the largest probability.

    Raises:
        InputError: if no utterance has an emotion that the model knows.
    """
    emotions = table["emotion"].astype(str)
    judged = table[emotions.isin(labels)].reset_index(drop=True)
    if not len(judged):
        raise InputError(
            f"Expected utterances of an emotion that the model knows ({', '.join(labels)}); the corpus has only "
            f"{', '.join(sorted(set(emotions))) or 'none'}. Rename emotions with --map, or choose another model."
        )
    present = in_order(judged["emotion"])
    scored = judged.assign(
        best=_best(judged, present, back_end),
        likely=_best(judged, labels, HEAD),
        confidence=_columns(judged, "probability", labels).max(axis=1),
        outside=_outside(judged, labels, ranges),
    )
    others = table[~emotions.isin(labels)].assign(outside=_outside(table[~emotions.isin(labels)], labels, ranges))
    counts = confusion(scored["emotion"], scored["predicted"], labels)
    return CorpusScores(
        labels=tuple(labels),
        present=present,
        chance=1 / len(present),
        present_back_end=ANGLE if back_end == ANGLE else HEAD,
        overall=_group(scored, labels),
        ece=expected_calibration_error(
            _columns(scored, "probability", labels).astype(np.float64), scored["emotion"], labels
        ),
        confusion=tuple(tuple(map(int, row)) for row in counts),
        answers={label: float((scored["predicted"] == label).mean()) for label in labels},
        unknown={
            str(emotion): UnknownEmotion(_utterances(rows).nunique(), float(rows["outside"].mean()))
            for emotion, rows in others.groupby("emotion")
        },
        by_speaker=_groups(scored, scored["speaker"], labels),
        by_gender=_groups(scored, scored["gender"], labels) if "gender" in scored else {},
        by_age=_groups(scored, _decades(scored["age"]), labels) if "age" in scored else {},
    )


def _groups(rows: "pandas.DataFrame", names: "pandas.Series[Any]", labels: Sequence[str]) -> dict[str, GroupScores]:
    return {str(name): _group(group, labels) for name, group in rows.groupby(names)}


def _group(rows: "pandas.DataFrame", labels: Sequence[str]) -> GroupScores:
    speakers = len(set(rows["speaker"]))
    utterances = _utterances(rows)
    units = rows["speaker"].astype(str) if speakers > 1 else utterances.astype(str)

    def interval(predicted: str) -> tuple[float, float] | None:
        if utterances.nunique() < 2:
            return None
        found = interval_by_speaker(rows["emotion"], rows[predicted], units, labels)
        return found.low, found.high

    return GroupScores(
        utterances=utterances.nunique(),
        speakers=speakers,
        uar=uar(confusion(rows["emotion"], rows["predicted"], labels)),
        uar_interval=interval("predicted"),
        uar_present=uar(confusion(rows["emotion"], rows["best"], labels)),
        uar_present_interval=interval("best"),
        accuracy=wa(confusion(rows["emotion"], rows["likely"], labels)),
        confidence=float(rows["confidence"].mean()),
        none_of_these=float(rows["outside"].mean()),
    )


def _utterances(rows: "pandas.DataFrame") -> "pandas.Series[Any]":
    """Return the number of the utterance that each row is of."""
    return rows["utterance"] if "utterance" in rows else rows.index.to_series()


def _best(rows: "pandas.DataFrame", among: Sequence[str], back_end: str) -> list[str]:
    if back_end == ANGLE:
        places = _columns(rows, "angle", among).argmin(axis=1)
    else:
        places = _columns(rows, "probability", among).argmax(axis=1)
    return [among[place] for place in places]


def _outside(rows: "pandas.DataFrame", labels: Sequence[str], ranges: FloatArray) -> BoolArray:
    within: BoolArray = np.asarray(_columns(rows, "angle", labels) <= ranges)
    return np.logical_not(within.any(axis=1))


def _columns(rows: "pandas.DataFrame", kind: str, labels: Sequence[str]) -> FloatArray:
    values: FloatArray = rows[[f"{kind}_{label}" for label in labels]].to_numpy(dtype=np.float64)
    return values


def _decades(ages: "pandas.Series[Any]") -> "pandas.Series[Any]":
    return ages.map(lambda age: None if age is None or age != age else _decade(int(age)))  # noqa: PLR0124


def _decade(age: int) -> str:
    first = age // _DECADE * _DECADE
    return f"{first} to {first + _DECADE - 1}"
