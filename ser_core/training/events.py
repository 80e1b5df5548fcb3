"""Events of a training run, as records: passed to listeners, and written as the lines of the log."""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar, Self

from ser_core.checkpoints.card import Metrics
from ser_core.checkpoints.environment import ComputingEnvironment
from ser_core.config import FileRecord, fill


@dataclass(frozen=True)
class RunEvent(FileRecord):
    """Base of the events of a run; ``kind`` is the name in the log."""

    kind: ClassVar[str]

    def as_table(self) -> dict[str, Any]:
        """Return it as JSON; figures that are unknown or not finite are left out."""
        return {name: value for name, value in super().as_table().items() if _can_be_said(value)}


@dataclass(frozen=True)
class RunStarted(RunEvent):
    """A process begins to train, or continues after a stop.

    ``total_epochs`` counts all stages, at most; ``utterances`` those of each part of the split; ``environment`` is None
    in logs of earlier releases.
    """

    kind = "started"
    total_epochs: int
    labels: tuple[str, ...]
    corpus: str
    recipe: str
    protocol: str
    fold: int = 1
    seed: int = 0
    parameters: int = 0
    utterances: Mapping[str, int] = field(default_factory=dict)
    resumed: bool = False
    environment: ComputingEnvironment | None = None


@dataclass(frozen=True)
class CorpusReading(RunEvent):
    """Utterances were read: how many of how many."""

    kind = "reading"
    done: int
    total: int


@dataclass(frozen=True)
class RunNote(RunEvent):
    """A sentence for people."""

    kind = "note"
    text: str


@dataclass(frozen=True)
class BatchFigures(RunEvent):
    """A step was made; ``batch`` and ``epoch`` (over all stages) count from 1.

    Loss of the batch, and seconds left of the run at the present pace; None where a figure is not finite.
    """

    kind = "batch"
    batch: int
    batches: int
    epoch: int = 0
    loss: float | None = None
    seconds_left: float | None = None


@dataclass(frozen=True)
class EpochFigures(RunEvent):
    """An epoch was trained and, where there are development utterances, judged; None where it was not.

    Attributes:
        epoch: its number over all stages, from 1.
        stage: name of its stage.
        train_loss: mean over its batches.
        learning_rate: of its last step.
        seconds: that it took.
        seconds_left: of the run, at the present pace.
        development_loss: cross-entropy of the head.
        development_uar: by the head, 0 to 1.
        development_wa: likewise.
        development_uar_angle: by the nearest class direction, 0 to 1.
        development_wa_angle: likewise.
        confusion: counts by the back end that judges epochs; rows are truth.
        best: whether no earlier epoch of the stage was judged better.
        further: figures of the stage's objective by name, and ``development_<metric>`` of a first task without classes,
            ``development_<task>_<metric>`` of others; in the log they stand beside the rest.
    """

    kind = "epoch"
    epoch: int
    stage: str
    train_loss: float | None = None
    learning_rate: float | None = None
    seconds: float | None = None
    seconds_left: float | None = None
    development_loss: float | None = None
    development_uar: float | None = None
    development_wa: float | None = None
    development_uar_angle: float | None = None
    development_wa_angle: float | None = None
    confusion: tuple[tuple[int, ...], ...] | None = None
    best: bool | None = None
    further: Mapping[str, float] = field(default_factory=dict)

    def judged(self, figures: Mapping[str, float], *, confusion: Sequence[Sequence[int]] | None, best: bool) -> Self:
        """Return it with the measures on the development utterances, by metric."""
        found = {f"development_{name}": value for name, value in figures.items()}
        own: dict[str, Any] = {name: value for name, value in found.items() if name in _own_names(type(self))}
        return dataclasses.replace(
            self,
            **own,
            confusion=None if confusion is None else tuple(map(tuple, confusion)),
            best=best,
            further={**self.further, **{name: value for name, value in found.items() if name not in own}},
        )

    @classmethod
    def from_table(cls, table: object, where: str = "") -> Self:
        """Read it; numbers under names of their own are the further ones."""
        if not isinstance(table, Mapping):
            return super().from_table(table, where)
        names = {*_own_names(cls), "time"}
        further = {name: value for name, value in table.items() if name not in names and _is_number(value)}
        return fill(cls, {**table, "further": further}, where)

    def as_table(self) -> dict[str, Any]:
        """Return it as JSON; further figures stand beside the rest."""
        plain = super().as_table()
        further = plain.pop("further")
        return plain | {name: value for name, value in further.items() if _can_be_said(value)}


@dataclass(frozen=True)
class ModelSaved(RunEvent):
    """The model was written into the folder ``path``."""

    kind = "saved"
    path: str = ""


@dataclass(frozen=True)
class RunStopped(RunEvent):
    """The run ended because somebody asked for it; it can be resumed."""

    kind = "stopped"


@dataclass(frozen=True)
class RunFailed(RunEvent):
    """The run cannot go on."""

    kind = "failed"
    message: str = ""


@dataclass(frozen=True)
class RunFinished(RunEvent):
    """The end of a run that left a model.

    Attributes:
        metrics: scores by part and back end.
        task_metrics: part → task → metric → value, of every task but a first one of emotions.
        back_end: the one that judges.
        seconds: that training took.
    """

    kind = "finished"
    metrics: Metrics
    back_end: str = ""
    seconds: float = 0.0
    task_metrics: Mapping[str, Mapping[str, Mapping[str, float]]] = field(default_factory=dict)


KINDS: Mapping[str, type[RunEvent]] = MappingProxyType(
    {
        event.kind: event
        for event in (
            RunStarted,
            CorpusReading,
            RunNote,
            BatchFigures,
            EpochFigures,
            ModelSaved,
            RunStopped,
            RunFailed,
            RunFinished,
        )
    }
)


def _own_names(kind: type[EpochFigures]) -> set[str]:
    return {item.name for item in dataclasses.fields(kind)} - {"further"}


def _can_be_said(value: object) -> bool:
    return value is not None and not (isinstance(value, float) and not math.isfinite(value))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
