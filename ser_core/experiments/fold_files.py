"""Scores of one fold and predictions of its test utterances, as records and as files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ser_core import plain_json
from ser_core.config import FileRecord
from ser_core.errors import ConfigError, TableError, reason_of
from ser_core.evaluation.reliability import Reliability
from ser_core.experiments.fold_record import FoldRecord
from ser_core.experiments.rating_folds import RatingFoldFile, RatingFoldResult
from ser_core.experiments.unfinished import delete_unfinished
from ser_core.storage import write_atomically, write_text_atomically
from ser_core.tables import read_frame

if TYPE_CHECKING:
    import pandas

_OF_ANY = ("fold", "file", "speaker")  # columns that a result is made of
_OF_EMOTIONS = (*_OF_ANY, "emotion", "predicted")


@dataclass(frozen=True, kw_only=True)
class FoldScores(FoldRecord):
    """One fold of a recipe that predicts emotions.

    Attributes:
        uar: of the back end that judges, on the test utterances, 0 to 1; likewise ``wa`` and ``macro_f1``.
        confusion: counts; rows are truth.
        temperature: that divides the head's logits.
        reliability: of probabilities and ranges on the test utterances.
    """

    uar: float
    wa: float
    macro_f1: float | None = None
    confusion: tuple[tuple[int, ...], ...] = ()
    temperature: float | None = None
    ranges_degrees: Mapping[str, float] | None = None
    reliability: Reliability | None = None

    def __post_init__(self) -> None:
        """Check values beyond their types."""
        super().__post_init__()
        _require_scores(self.uar, self.wa)
        if any(len(row) != len(self.confusion) or min(row) < 0 for row in self.confusion):
            raise ConfigError("Expected a confusion matrix of counts; got another table.")

    @property
    def in_words(self) -> str:
        """See :class:`FoldRecord`."""
        return f"UA {100 * self.uar:.1f} %, WA {100 * self.wa:.1f} %"


@dataclass(frozen=True)
class UarAndWa(FileRecord):
    """Unweighted average recall and accuracy, 0 to 1, of one back end on the test utterances of a fold."""

    uar: float
    wa: float

    def __post_init__(self) -> None:
        """Check that scores are scores."""
        _require_scores(self.uar, self.wa)


@dataclass(frozen=True)
class StageScores(FileRecord):
    """Scores of every back end after a stage of training, on the test utterances.

    ``same_accuracy`` is how often the objective recognises whether two test utterances have the same emotion; None for
    one that cannot.
    """

    fold: int
    stage: str
    back_ends: Mapping[str, UarAndWa]
    same_accuracy: float | None = None


@dataclass(frozen=True)
class FoldFile(FileRecord):
    """Content of the JSON file of a fold; ``stages`` are the scores of every back end after each stage."""

    fold: FoldScores
    stages: tuple[StageScores, ...]
    parameters: int

    def __post_init__(self) -> None:
        """See that a result can be made of it."""
        if not self.fold.confusion or not self.stages or self.parameters < 0:
            raise ConfigError("Expected a confusion matrix, stages and a number of parameters.")
        if any(stage.fold != self.fold.fold or not stage.back_ends for stage in self.stages):
            raise ConfigError(f"Expected stages of fold {self.fold.fold}, each with its back ends.")


@dataclass(frozen=True)
class FoldResult:
    """Scores of one fold for the result file, and one row of predictions per test utterance."""

    fold: FoldScores
    stages: tuple[StageScores, ...]
    predictions: "pandas.DataFrame"
    parameters: int

    @property
    def file(self) -> FoldFile:
        """What its JSON file holds."""
        return FoldFile(self.fold, self.stages, self.parameters)


def write_fold(path: Path, result: FoldResult | RatingFoldResult) -> None:
    """Write a fold as JSON with its predictions beside it; the JSON comes last, so that it stands for both."""
    write_atomically(path.with_suffix(".parquet"), lambda file: result.predictions.to_parquet(file, index=False))
    content = result.file.as_table() | {"fold": result.fold.as_table()}
    write_text_atomically(path, json.dumps(content, allow_nan=False) + "\n")
    delete_unfinished(path)


def read_fold(path: Path) -> FoldResult:
    """Read back what :func:`write_fold` wrote; raises ConfigError if a file is missing or damaged."""
    try:
        found = FoldFile.from_table(plain_json.read(path), "a fold")
        table = _predictions(path, found.fold, _OF_EMOTIONS)
    except (OSError, ValueError, TableError, ConfigError) as error:
        raise _unfinished(path, error) from error
    return FoldResult(found.fold, found.stages, table, found.parameters)


def read_rating_fold(path: Path) -> RatingFoldResult:
    """Read back what :func:`write_fold` wrote of a recipe that predicts ratings; errors as of :func:`read_fold`."""
    try:
        found = RatingFoldFile.from_table(plain_json.read(path), "a fold")
        rated = [column for name in found.fold.ratings for column in (name, f"predicted_{name}")]
        table = _predictions(path, found.fold, (*_OF_ANY, *rated))
    except (OSError, ValueError, TableError, ConfigError) as error:
        raise _unfinished(path, error) from error
    return RatingFoldResult(found.fold, table, found.parameters)


def read_scores(path: Path) -> FoldScores:
    """Read what a fold scored, without its predictions; raises ConfigError if its file is missing or damaged."""
    try:
        return FoldScores.from_table(plain_json.read(path)["fold"], "fold")
    except (OSError, ValueError, LookupError, TypeError, ConfigError) as error:
        raise _unfinished(path, error) from error


def _predictions(path: Path, fold: FoldRecord, needed: tuple[str, ...]) -> "pandas.DataFrame":
    """Read the table beside the file of a fold; raises ValueError if one of the two is another's, or not whole."""
    if path.stem != f"fold-{fold.fold}":
        raise ValueError(f"fold {fold.fold}")
    table = read_frame(path.with_suffix(".parquet"), path.with_suffix(".parquet").name)
    missing = [name for name in needed if name not in table.columns]
    if missing or not len(table):
        raise ValueError(f"predictions without {', '.join(missing) or 'a row'}")
    return table


def _require_scores(*values: float) -> None:
    for value in values:
        if not 0 <= value <= 1:
            raise ConfigError(f"Expected scores from 0 to 1; got {value:g}.")


def _unfinished(path: Path, error: Exception) -> ConfigError:
    return ConfigError(
        f"Expected a finished fold in {path} and beside it; got: {reason_of(error)}. Delete {path} to have it trained "
        "again."
    )
