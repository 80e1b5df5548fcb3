"""What a stage of training minimises: how losses, embedding and head come together."""

from collections.abc import Callable, Mapping
from typing import Any

from ser_core.config import build
from ser_core.training.objectives.base import LossValue, Objective, ObjectiveContext, class_numbers, one_hot
from ser_core.training.objectives.centre import CentreObjective
from ser_core.training.objectives.metric import (
    ArcFaceObjective,
    ProxyAnchorObjective,
    SupervisedContrastiveObjective,
    TripletObjective,
)
from ser_core.training.objectives.pairs import PairObjective
from ser_core.training.objectives.softmax import SoftmaxObjective

__all__ = [
    "OBJECTIVES",
    "LossValue",
    "Objective",
    "ObjectiveContext",
    "build_objective",
    "class_numbers",
    "one_hot",
]

OBJECTIVES: Mapping[str, Callable[..., Objective]] = {
    "softmax": SoftmaxObjective,
    "triplet": TripletObjective,
    "centre": CentreObjective,
    "pairs": PairObjective,
    "supervised-contrastive": SupervisedContrastiveObjective,
    "arcface": ArcFaceObjective,
    "proxy-anchor": ProxyAnchorObjective,
}


def build_objective(name: str, options: Mapping[str, Any], context: ObjectiveContext) -> Objective:
    """Build the objective called ``name`` for a model and a training set.

    Raises:
        ConfigError: for an unknown name or option, or a value out of range.
    """
    return build("objective", name, OBJECTIVES, options, context=context)
