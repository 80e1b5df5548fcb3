"""What a model tells of an utterance and how it is judged: one entry per kind of task."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ser_core.config import build, fill, lookup
from ser_core.corpora.manifest import Manifest
from ser_core.tasks.base import Labels, Task
from ser_core.tasks.classes import CLASS_KINDS, ClassTask
from ser_core.tasks.ratings import DIMENSIONS, RATINGS, RatingsTask

__all__ = ["DIMENSIONS", "RATINGS", "TASKS", "ClassTask", "Labels", "RatingsTask", "Task", "build_task", "task_from"]


@dataclass(frozen=True)
class TaskKind:
    """How tasks of one kind are made.

    Attributes:
        build: from a manifest, the rows that are trained on, and the options of the recipe.
        record: the class that a checkpoint's card is read into.
    """

    build: Callable[..., Task]
    record: type[Task]


TASKS: Mapping[str, TaskKind] = MappingProxyType(
    {
        **{kind.column: TaskKind(kind.build, ClassTask) for kind in CLASS_KINDS},
        RATINGS: TaskKind(RatingsTask.build, RatingsTask),
    }
)


def build_task(kind: str, options: Mapping[str, Any], manifest: Manifest, train: Sequence[int]) -> Task:
    """Make the task called ``kind`` for a training set.

    Args:
        kind: a name in :data:`TASKS`.
        options: of the recipe.
        manifest: the corpus.
        train: rows that are trained on.

    Raises:
        ConfigError: for an unknown name or option, or if the manifest lacks the labels.
    """
    makers = {name: entry.build for name, entry in TASKS.items()}
    return build("task", kind, makers, options, manifest=manifest, train=train)


def task_from(kind: str, table: Mapping[str, Any]) -> Task:
    """Read a task as :meth:`Task.table` gave it.

    Raises:
        ConfigError: for an unknown kind, or a table that is none of that kind.
    """
    return fill(lookup("task", kind, TASKS).record, table, f"heads.{kind}")
