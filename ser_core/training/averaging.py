"""A running average of a model's weights, which generalises better than the last step's."""

import copy

import torch

from ser_core.models import EmotionModel


class AveragedModel:
    """Exponential average of weights and running statistics.

    The decay grows from zero as ``(1 + step) / (10 + step)`` up to its final value, so that random first weights are
    soon forgotten.

    References:
        Polyak and Juditsky (1992), Acceleration of stochastic approximation by averaging.
    """

    def __init__(self, model: EmotionModel, decay: float) -> None:
        """Start at the model's present weights; a ``decay`` of 0 follows the model exactly."""
        self.model = copy.deepcopy(model).eval()
        self.decay = decay
        self.steps = 0

    @torch.no_grad()
    def update(self, model: EmotionModel) -> None:
        """Move towards the model's present weights."""
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps)) if self.decay else 0.0
        pairs = list(zip(self.model.state_dict().values(), model.state_dict().values(), strict=True))
        real = [pair for pair in pairs if pair[0].dtype.is_floating_point]
        torch._foreach_lerp_([mine for mine, _ in real], [theirs for _, theirs in real], 1 - decay)
        for mine, theirs in pairs:
            if not mine.dtype.is_floating_point:
                mine.copy_(theirs)
