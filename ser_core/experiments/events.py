"""What is told while an evaluation or a sweep trains its folds."""

from dataclasses import dataclass
from pathlib import Path

from ser_core.experiments.fold_files import FoldScores
from ser_core.training.events import CorpusReading, EpochFigures


@dataclass(frozen=True)
class FoldsPlanned:
    """Work begins.

    Attributes:
        done: folds that were done before.
        of: folds in all.
        notes: of the corpus.
        folder: where those that are done lie.
    """

    done: int
    of: int
    notes: tuple[str, ...]
    folder: Path


@dataclass(frozen=True)
class FoldEpoch:
    """An epoch of a fold was trained.

    Attributes:
        point: of a sweep; empty in an evaluation.
    """

    fold: int
    seed: int
    point: str
    figures: EpochFigures


@dataclass(frozen=True)
class FoldDone:
    """A fold was trained and tested.

    Attributes:
        done: folds that are done by now.
        of: folds in all.
        point: of a sweep; empty in an evaluation.
    """

    done: int
    of: int
    seed: int
    point: str
    scores: FoldScores


ExperimentEvent = FoldsPlanned | CorpusReading | FoldEpoch | FoldDone
