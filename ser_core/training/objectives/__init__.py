"""What a stage of training minimises: how losses, embedding and head come together."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ser_core.config import build
from ser_core.errors import ConfigError
from ser_core.recipes.recipe import Recipe, TaskSettings
from ser_core.tasks import ClassTask, Task
from ser_core.training.objectives.base import LossValue, Objective, ObjectiveContext, class_numbers
from ser_core.training.objectives.centre import CentreObjective
from ser_core.training.objectives.metric import (
    ArcFaceObjective,
    ProxyAnchorObjective,
    SupervisedContrastiveObjective,
    TripletObjective,
)
from ser_core.training.objectives.pairs import PairObjective
from ser_core.training.objectives.softmax import SoftmaxObjective
from ser_core.training.objectives.task import JointObjective, TaskObjective

__all__ = [
    "OBJECTIVES",
    "LossValue",
    "Objective",
    "ObjectiveContext",
    "build_objective",
    "build_objectives",
    "class_numbers",
]

OBJECTIVES: Mapping[str, Callable[..., Objective]] = {
    "softmax": SoftmaxObjective,
    "triplet": TripletObjective,
    "centre": CentreObjective,
    "pairs": PairObjective,
    "supervised-contrastive": SupervisedContrastiveObjective,
    "arcface": ArcFaceObjective,
    "proxy-anchor": ProxyAnchorObjective,
    "task": TaskObjective,
}


def build_objective(name: str, options: Mapping[str, Any], context: ObjectiveContext) -> Objective:
    """Build an objective for a model and a training set.

    Raises:
        ConfigError: for an unknown name or option, or a value out of range.
    """
    return build("objective", name, OBJECTIVES, options, context=context)


def build_objectives(recipe: Recipe, tasks: Sequence[Task], class_counts: Sequence[int]) -> list[Objective]:
    """Build the objective of every stage: on the first task, with the losses of the others beside it.

    Raises:
        ConfigError: as :func:`build_objective`, and if an objective needs classes that the first task has not.
    """
    first = tasks[0]
    context = ObjectiveContext(tuple(class_counts), recipe.embedding_size, first.name, first.loss)
    weights = [task.weight for task in recipe.tasks]
    others = list(zip(tasks[1:], weights[1:], strict=True))
    built = []
    for stage in recipe.stages:
        objective = build_objective(stage.objective, stage.options, context)
        by_class = objective.classes_only or objective.pairs or stage.utterances_per_class
        if by_class and not isinstance(first, ClassTask):
            raise ConfigError(
                f"Expected a stage for a task without classes, {first.name}; got the objective {stage.objective!r} in "
                f"stage {stage.name!r}{' with batches by class' if stage.utterances_per_class else ''}. Write "
                'objective = "task", and no utterances_per_class.'
            )
        # Emotion alone is left as it is, to the last bit.
        alone = recipe.tasks == (TaskSettings(),)
        built.append(objective if alone else JointObjective(objective, weights[0], others))
    return built
