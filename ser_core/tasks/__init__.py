"""Tasks: what a model predicts of an utterance and how it is judged; one entry per kind of task."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ser_core.config import build, lookup
from ser_core.corpora.manifest import Manifest
from ser_core.errors import ConfigError
from ser_core.recipes.recipe import TaskSettings
from ser_core.tasks.arousal import AROUSAL, ArousalProxyTask
from ser_core.tasks.base import Labels, Task
from ser_core.tasks.classes import CLASS_KINDS, ClassTask
from ser_core.tasks.ratings import DIMENSIONS, RATINGS, RatingsTask

__all__ = [
    "AROUSAL",
    "DIMENSIONS",
    "RATINGS",
    "TASKS",
    "ArousalProxyTask",
    "ClassTask",
    "Labels",
    "RatingsTask",
    "Task",
    "build_task",
    "build_tasks",
    "task_from",
]


@dataclass(frozen=True)
class TaskKind:
    """How tasks of one kind are made.

    ``build`` takes a manifest, its training rows and the options of the recipe; ``record`` is the class into which a
    checkpoint's card is read.
    """

    build: Callable[..., Task]
    record: type[Task]


TASKS: Mapping[str, TaskKind] = MappingProxyType(
    {
        **{kind.column: TaskKind(kind.build, ClassTask) for kind in CLASS_KINDS},
        RATINGS: TaskKind(RatingsTask.build, RatingsTask),
        AROUSAL: TaskKind(ArousalProxyTask.build, ArousalProxyTask),
    }
)
FIRST = ("emotion", RATINGS)  # tasks that a model can be judged by


def build_task(kind: str, options: Mapping[str, Any], manifest: Manifest, train: Sequence[int]) -> Task:
    """Make the task ``kind``, a name in :data:`TASKS`, for the training rows of a manifest.

    Raises:
        ConfigError: for an unknown name or option, if the manifest lacks the labels, or if the entry makes a task of
            another name, since the card of its model could not be read.
    """
    makers = {name: entry.build for name, entry in TASKS.items()}
    task = build("task", kind, makers, options, manifest=manifest, train=train)
    if task.name != kind:
        raise ConfigError(
            f"Expected the task of the entry {kind!r} of ser_core.tasks.TASKS to have that name; got {task.name!r}. "
            f"Let {type(task).__name__}.name return {kind!r}, or rename the entry."
        )
    return task


def build_tasks(settings: Sequence[TaskSettings], manifest: Manifest, train: Sequence[int]) -> tuple[Task, ...]:
    """Make every task of a recipe for a training set.

    Raises:
        ConfigError: as :func:`build_task`, and if no page or command can show the first task by itself.
    """
    if settings[0].kind not in FIRST:
        raise ConfigError(
            f"Expected {' or '.join(FIRST)} as the first task of the recipe, which its model is judged by; got "
            f"{settings[0].kind!r}. Put that task behind one of them."
        )
    return tuple(build_task(task.kind, task.options, manifest, train) for task in settings)


def task_from(kind: str, table: Mapping[str, Any]) -> Task:
    """Read a task from its ``as_table``.

    Raises:
        ConfigError: for an unknown kind, or a table that is none of that kind.
    """
    return lookup("task", kind, TASKS).record.from_table(table, f"heads.{kind}")
