"""What one stage of training minimises: how losses, embedding and head come together."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from ser_core.config import build
from ser_core.errors import ConfigError
from ser_core.losses import SoftmaxLoss, TripletLoss
from ser_core.models import Output


class Value(NamedTuple):
    """A loss to go down, and figures that are shown beside it."""

    loss: Tensor
    figures: dict[str, float]


class Objective(nn.Module):
    """Base: one value for a batch.

    Attributes:
        mixes: whether targets may be mixtures of classes.
        back_end: which back end judges the development set: ``head`` or ``angle``.
    """

    mixes: bool = False
    back_end: str = "head"

    def forward(self, output: Output, head: nn.Module, targets: Tensor) -> Value:
        """Compute the value.

        Args:
            output: of the model.
            head: of the model, for objectives that train it on embeddings held fixed.
            targets: class shares, shape ``(B, K)``; one-hot unless :attr:`mixes`.
        """
        raise TypeError(f"{type(self).__name__} has to define forward")


class SoftmaxObjective(Objective):
    """Cross entropy of the head's softmax."""

    mixes = True

    def __init__(self, *, classes: int, label_smoothing: float = 0.0) -> None:
        """Choose the label smoothing."""
        super().__init__()
        self.loss = SoftmaxLoss(label_smoothing=label_smoothing)

    def forward(self, output: Output, head: nn.Module, targets: Tensor) -> Value:
        """See :class:`Objective`."""
        return Value(self.loss(output.logits, targets), {})


class TripletObjective(Objective):
    """Triplet loss on the embedding; the head follows on embeddings held fixed, and does not shape them.

    ``softmax_share`` above zero lets the cross entropy of the head shape the embedding as well.
    """

    back_end = "angle"

    def __init__(
        self,
        *,
        classes: int,
        margin: float = 0.2,
        distance: str = "squared-euclidean",
        miner: str = "batch-hard",
        unit_length: bool = True,
        softmax_share: float = 0.0,
        label_smoothing: float = 0.0,
    ) -> None:
        """Choose the triplet loss; see :class:`ser_core.losses.TripletLoss`."""
        super().__init__()
        if not 0 <= softmax_share <= 1:
            raise ConfigError(f"Expected softmax_share in [0, 1]; got {softmax_share}. Use 0 for triplets alone.")
        self.triplet = TripletLoss(margin=margin, distance=distance, miner=miner, unit_length=unit_length)
        self.softmax = SoftmaxLoss(label_smoothing=label_smoothing)
        self.softmax_share = softmax_share

    def forward(self, output: Output, head: nn.Module, targets: Tensor) -> Value:
        """See :class:`Objective`."""
        triplet, active = self.triplet(output.embeddings, targets.argmax(dim=1))
        loss = (1 - self.softmax_share) * triplet
        if self.softmax_share:
            loss = loss + self.softmax_share * self.softmax(output.logits, targets)
        loss = loss + self.softmax(head(output.embeddings.detach()), targets)
        return Value(loss, {"triplet": float(triplet.detach()), "active_fraction": active})


OBJECTIVES: Mapping[str, Callable[..., Objective]] = {"softmax": SoftmaxObjective, "triplet": TripletObjective}


def build_objective(name: str, options: Mapping[str, Any], *, classes: int) -> Objective:
    """Build the objective called ``name`` for ``classes`` classes.

    Raises:
        ConfigError: for an unknown name or option, or a value out of range.
    """
    return build("objective", name, OBJECTIVES, options, classes=classes)


def one_hot(targets: Tensor, classes: int) -> Tensor:
    """Turn class numbers ``(B,)`` into shares ``(B, K)``."""
    return functional.one_hot(targets, classes).to(torch.float32)
