"""Softmax cross entropy of the head, alone."""

from collections.abc import Mapping

from torch import nn

from ser_core.losses import SoftmaxLoss, inverse_count_weights
from ser_core.models import Output, Targets
from ser_core.training.objectives.base import LossValue, Objective, ObjectiveContext


class SoftmaxObjective(Objective):
    """Cross entropy of the head's softmax."""

    minimises = "cross entropy of the head, through the whole network"
    mixes = True

    def __init__(self, context: ObjectiveContext, *, label_smoothing: float = 0.0, weighted: bool = False) -> None:
        """Set the share of each target spread over all classes; ``weighted`` weighs classes by inverse counts."""
        super().__init__(context)
        weights = inverse_count_weights(context.class_counts) if weighted else None
        self.loss = SoftmaxLoss(label_smoothing=label_smoothing, class_weights=weights)

    def forward(self, output: Output, heads: Mapping[str, nn.Module], targets: Mapping[str, Targets]) -> LossValue:
        """See :class:`Objective`."""
        loss = self.loss(output.heads[self.task], targets[self.task].values)
        return LossValue(loss, {"softmax": float(loss.detach())})
