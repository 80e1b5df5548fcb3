"""Softmax cross entropy of the head, alone."""

from torch import Tensor, nn

from ser_core.losses import SoftmaxLoss, inverse_count_weights
from ser_core.models import Output
from ser_core.training.objectives.base import Objective, Outline, Value


class SoftmaxObjective(Objective):
    """Cross entropy of the head's softmax."""

    mixes = True

    def __init__(self, outline: Outline, *, label_smoothing: float = 0.0, weighted: bool = False) -> None:
        """Choose.

        Args:
            outline: of model and training set.
            label_smoothing: share of each target spread over all classes.
            weighted: weigh classes inversely to their number of training utterances.
        """
        super().__init__()
        weights = inverse_count_weights(outline.class_counts) if weighted else None
        self.loss = SoftmaxLoss(label_smoothing=label_smoothing, class_weights=weights)

    def forward(self, output: Output, head: nn.Module, targets: Tensor) -> Value:
        """See :class:`Objective`."""
        return Value(self.loss(output.logits, targets), {})
