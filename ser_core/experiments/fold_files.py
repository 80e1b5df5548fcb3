"""Scores of one fold and predictions of its test utterances, as records and as files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ser_core import plain_json
from ser_core.checkpoints.environment import ComputingEnvironment
from ser_core.config import FileRecord
from ser_core.errors import ConfigError, TableError, reason_of
from ser_core.evaluation.reliability import Reliability
from ser_core.experiments.unfinished import delete_unfinished
from ser_core.storage import write_atomically, write_text_atomically
from ser_core.tables import read_frame

if TYPE_CHECKING:
    import pandas

_NEEDED_COLUMNS = ("fold", "file", "speaker", "emotion", "predicted")  # what a result is made of


@dataclass(frozen=True)
class FoldScores(FileRecord):
    """One fold in a result file; fields that files of earlier releases lack are empty or None.

    Attributes:
        development_speakers: that set temperature and ranges.
        speaker_overlap: how many test speakers occur in the other parts.
        uar: of the back end that judges, on the test utterances, 0 to 1; likewise ``wa`` and ``macro_f1``.
        confusion: counts; rows are truth.
        temperature: that divides the head's logits.
        reliability: of probabilities and ranges on the test utterances.
        core_seconds: computing time, beside ``seconds`` on the clock.
    """

    fold: int
    uar: float
    wa: float
    train_speakers: tuple[str, ...] = ()
    development_speakers: tuple[str, ...] = ()
    test_speakers: tuple[str, ...] = ()
    speaker_overlap: int | None = None
    macro_f1: float | None = None
    confusion: tuple[tuple[int, ...], ...] = ()
    temperature: float | None = None
    ranges_degrees: Mapping[str, float] | None = None
    reliability: Reliability | None = None
    epochs: int = 0
    seconds: float = 0.0
    core_seconds: float = 0.0
    environment: ComputingEnvironment | None = None

    def __post_init__(self) -> None:
        """Check values beyond their types."""
        _require_scores(self.uar, self.wa)
        if any(len(row) != len(self.confusion) or min(row) < 0 for row in self.confusion):
            raise ConfigError("Expected a confusion matrix of counts; got another table.")
        if min(self.epochs, self.seconds, self.core_seconds) < 0:
            raise ConfigError("Expected epochs and seconds that are not below zero.")

    def as_table(self) -> dict[str, Any]:
        """Return it as JSON, without missing values."""
        return {name: value for name, value in super().as_table().items() if value is not None}


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


def write_fold(path: Path, result: FoldResult) -> None:
    """Write a fold as JSON with its predictions beside it; the JSON comes last, so that it stands for both."""
    write_atomically(path.with_suffix(".parquet"), lambda file: result.predictions.to_parquet(file, index=False))
    content = FoldFile(result.fold, result.stages, result.parameters).as_table() | {"fold": result.fold.as_table()}
    write_text_atomically(path, json.dumps(content, allow_nan=False) + "\n")
    delete_unfinished(path)


def read_fold(path: Path) -> FoldResult:
    """Read back what :func:`write_fold` wrote; raises ConfigError if a file is missing or damaged."""
    try:
        found = FoldFile.from_table(plain_json.read(path), "a fold")
        if path.stem != f"fold-{found.fold.fold}":
            raise ValueError(f"fold {found.fold.fold}")
        table = read_frame(path.with_suffix(".parquet"), path.with_suffix(".parquet").name)
        missing = [name for name in _NEEDED_COLUMNS if name not in table.columns]
        if missing or not len(table):
            raise ValueError(f"predictions without {', '.join(missing) or 'a row'}")
    except (OSError, ValueError, TableError, ConfigError) as error:
        raise _unfinished(path, error) from error
    return FoldResult(found.fold, found.stages, table, found.parameters)


def read_scores(path: Path) -> FoldScores:
    """Read what a fold scored, without its predictions; raises ConfigError if its file is missing or damaged."""
    try:
        return FoldScores.from_table(plain_json.read(path)["fold"], "fold")
    except (OSError, ValueError, LookupError, TypeError, ConfigError) as error:
        raise _unfinished(path, error) from error


def _require_scores(*values: float) -> None:
    for value in values:
        if not 0 <= value <= 1:
            raise ConfigError(f"Expected scores from 0 to 1; got {value:g}.")


def _unfinished(path: Path, error: Exception) -> ConfigError:
    return ConfigError(
        f"Expected a finished fold in {path} and beside it; got: {reason_of(error)}. Delete {path} to have it trained "
        "again."
    )
