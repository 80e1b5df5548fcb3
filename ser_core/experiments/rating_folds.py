"""Scores of one fold of a recipe that predicts ratings, with the predictions of all its test utterances."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from ser_core.config import FileRecord
from ser_core.corpora.manifest import Manifest
from ser_core.corpora.splits import Fold
from ser_core.errors import ConfigError
from ser_core.evaluation.agreement import concordance, pearson, rmse
from ser_core.experiments.fold_record import FoldRecord
from ser_core.tasks import RatingsTask
from ser_core.types import FloatArray

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class RatingScores(FileRecord):
    """Agreement of predictions with one dimension of the ratings, of test utterances that are rated.

    Attributes:
        utterances: that are rated.
        ccc: concordance, −1 to 1; None where it is undefined, also below two utterances; so are the others.
        pearson: Pearson's correlation, −1 to 1.
        rmse: root mean squared error, on the corpus's scale.
    """

    utterances: int
    ccc: float | None = None
    pearson: float | None = None
    rmse: float | None = None

    def __post_init__(self) -> None:
        """Check ranges; raises ConfigError."""
        within = all(value is None or -1 <= value <= 1 for value in (self.ccc, self.pearson))
        if self.utterances < 0 or not within or (self.rmse is not None and self.rmse < 0):
            raise ConfigError(
                f"Expected correlations from -1 to 1, and an error and a number of utterances that are not below zero; "
                f"got {self.ccc}, {self.pearson}, {self.rmse} and {self.utterances}."
            )

    @classmethod
    def measured(cls, truth: FloatArray, predicted: FloatArray) -> "RatingScores":
        """Compare predictions with ratings, both ``(B,)``; NaN where an utterance is not rated."""
        rated = ~np.isnan(truth)
        count = int(rated.sum())
        if count < 2:
            return cls(count)
        found = (measure(truth[rated], predicted[rated]) for measure in (concordance, pearson, rmse))
        return cls(count, *(None if np.isnan(value) else value for value in found))


@dataclass(frozen=True, kw_only=True)
class RatingFoldScores(FoldRecord):
    """One fold of a recipe that predicts ratings.

    Attributes:
        ratings: dimension → its scores.
        ccc: mean over the dimensions in which it is defined; None where it is in none.
    """

    ratings: Mapping[str, RatingScores]
    ccc: float | None = None

    @property
    def in_words(self) -> str:
        """See :class:`FoldRecord`."""
        return f"CCC {ccc_in_words(self.ccc, {name: found.ccc for name, found in self.ratings.items()})}"


@dataclass(frozen=True)
class RatingFoldFile(FileRecord):
    """Content of the JSON file of such a fold."""

    task: Literal["ratings"]
    fold: RatingFoldScores
    parameters: int


@dataclass(frozen=True)
class RatingFoldResult:
    """Scores of one fold for the result file, and one row of predictions per test utterance."""

    fold: RatingFoldScores
    predictions: "pandas.DataFrame"
    parameters: int

    @property
    def file(self) -> RatingFoldFile:
        """What its JSON file holds."""
        return RatingFoldFile("ratings", self.fold, self.parameters)


def require_rated(manifest: Manifest, folds: Sequence[Fold], dimensions: Sequence[str]) -> None:
    """Check that there is something to score; raises ConfigError for a dimension that no fold tests twice."""
    for name in dimensions:
        tested = [sum(getattr(manifest.utterances[index], name) is not None for index in fold.test) for fold in folds]
        if max(tested) < 2:
            raise ConfigError(
                f"Expected a fold that tests at least two utterances with ratings of {name}; got at most "
                f"{max(tested)}. Fill that column of the table in, or leave {name} out of the task's dimensions."
            )


def rating_predictions(manifest: Manifest, fold: Fold, task: RatingsTask, outputs: FloatArray) -> "pandas.DataFrame":
    """Put ratings and predictions of the test utterances side by side, on the corpus's scale.

    ``outputs`` are the head's for every utterance of the manifest, ``(B, R)``.
    """
    import pandas

    chosen = list(fold.test)
    rows = [manifest.utterances[index] for index in chosen]
    frame = pandas.DataFrame({"fold": fold.number, "file": [row.file for row in rows]})
    for name in ("start", "end"):
        stretch = [getattr(row, name) for row in rows]
        if any(value is not None for value in stretch):
            frame[name] = stretch
    frame["speaker"] = [row.speaker for row in rows]
    judged = task.predictions(outputs[chosen])
    rated = task.ratings(manifest)[chosen]
    for place, name in enumerate(task.dimensions):
        frame[name] = rated[:, place]
        frame[f"predicted_{name}"] = [one[name] for one in judged]
    return frame


def rating_scores(table: "pandas.DataFrame", dimensions: Sequence[str]) -> dict[str, RatingScores]:
    """Score every dimension of a table as :func:`rating_predictions` makes it."""
    return {
        name: RatingScores.measured(
            table[name].to_numpy(dtype=np.float64), table[f"predicted_{name}"].to_numpy(dtype=np.float64)
        )
        for name in dimensions
    }


def mean_ccc(scores: Mapping[str, RatingScores]) -> float | None:
    """Average the concordance over the dimensions in which it is defined; None where it is in none."""
    defined = [found.ccc for found in scores.values() if found.ccc is not None]
    return statistics.fmean(defined) if defined else None


def ccc_in_words(mean: float | None, of_dimensions: Mapping[str, float | None]) -> str:
    """Write a mean concordance with those of its dimensions.

    Examples:
        >>> ccc_in_words(0.5, {"arousal": 0.75, "valence": 0.25})
        '0.500 (arousal 0.750, valence 0.250)'
    """
    each = ", ".join(f"{name} {_written(value)}" for name, value in of_dimensions.items())
    return f"{_written(mean)} ({each})"


def _written(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.3f}"
