"""Supervised training: one model, one optimiser, the stage's objective."""

import torch

from ser_core.models import Batch, EmotionModel
from ser_core.recipes import Stage
from ser_core.training.algorithms.base import Algorithm, AlgorithmState, StepProgress, StepResult, section
from ser_core.training.algorithms.optimisation import Optimisation
from ser_core.training.averaging import AveragedModel
from ser_core.training.device import autocast
from ser_core.training.objectives import Objective


class Supervised(Algorithm):
    """Every step goes down the loss of the stage's objective; a running average of the weights is judged."""

    def __init__(self, *, model: EmotionModel, objective: Objective, stage: Stage, device: torch.device) -> None:
        """Start with a fresh optimiser and average."""
        self.model = model
        self.objective = objective
        self.device = device
        self.average = AveragedModel(model, stage.average)
        self.optimisation = Optimisation([*model.parameters(), *objective.parameters()], stage)

    @property
    def judged(self) -> EmotionModel:
        """The running average."""
        return self.average.model

    def step(self, batch: Batch, progress: StepProgress) -> StepResult:
        """See :class:`Algorithm`."""
        with autocast(self.device):
            output = self.model(batch.inputs)
        # Losses are small differences of large sums: they are computed in float32 whatever the model ran in.
        value = self.objective(output.float(), self.model.heads, batch.targets)
        descent = self.optimisation.descend(value.loss, progress)
        self.average.update(self.model)
        figures = {**value.figures, "clipped_fraction": float(descent.clipped)}
        return StepResult(float(value.loss.detach()), descent.learning_rate, figures)

    def state(self) -> AlgorithmState:
        """See :class:`Algorithm`; the names are those of the first release."""
        tensors = {f"average.{name}": value for name, value in self.average.model.state_dict().items()}
        tensors |= {f"objective.{name}": value for name, value in self.objective.state_dict().items()}
        tensors |= {f"optimiser.{name}": value for name, value in self.optimisation.state().items()}
        return AlgorithmState(tensors, {"average_steps": self.average.steps})

    def restore(self, state: AlgorithmState) -> None:
        """See :class:`Algorithm`."""
        self.average.model.load_state_dict(section(state.tensors, "average."))
        self.average.steps = state.counts["average_steps"]
        self.objective.load_state_dict(section(state.tensors, "objective."))
        self.optimisation.restore(section(state.tensors, "optimiser."))
