"""Events of an evaluation or a sweep that trains its folds."""

from dataclasses import dataclass
from pathlib import Path

from ser_core.experiments.fold_record import FoldRecord
from ser_core.training.events import CorpusReading, EpochFigures


@dataclass(frozen=True)
class FoldsPlanned:
    """Work begins; of all folds, some are done, in ``folder``."""

    done: int
    of: int
    notes: tuple[str, ...]
    folder: Path


@dataclass(frozen=True)
class FoldEpoch:
    """An epoch of a fold was trained; ``point`` is that of a sweep, empty in an evaluation."""

    fold: int
    seed: int
    point: str
    figures: EpochFigures


@dataclass(frozen=True)
class FoldDone:
    """A fold was trained and tested; ``point`` is that of a sweep, empty in an evaluation."""

    done: int
    of: int
    seed: int
    point: str
    scores: FoldRecord


ExperimentEvent = FoldsPlanned | CorpusReading | FoldEpoch | FoldDone
