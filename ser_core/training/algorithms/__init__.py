"""Algorithms of training: which networks and optimisers there are, and what one step does."""

from collections.abc import Callable, Mapping

import torch

from ser_core.config import build
from ser_core.models import EmotionModel
from ser_core.recipes import Stage
from ser_core.training.algorithms.base import Algorithm, AlgorithmState, NotFinite, StepProgress, StepResult, section
from ser_core.training.algorithms.optimisation import Optimisation
from ser_core.training.algorithms.supervised import Supervised
from ser_core.training.objectives import Objective

__all__ = [
    "ALGORITHMS",
    "Algorithm",
    "AlgorithmState",
    "NotFinite",
    "Optimisation",
    "StepProgress",
    "StepResult",
    "build_algorithm",
    "section",
]

ALGORITHMS: Mapping[str, Callable[..., Algorithm]] = {
    "supervised": Supervised,
}


def build_algorithm(model: EmotionModel, objective: Objective, stage: Stage, device: torch.device) -> Algorithm:
    """Build the algorithm of a stage for a model on ``device``.

    Raises:
        ConfigError: for an unknown name or option, or a value out of range.
    """
    options = stage.algorithm_options
    return build(
        "algorithm", stage.algorithm, ALGORITHMS, options, model=model, objective=objective, stage=stage, device=device
    )
