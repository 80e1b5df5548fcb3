"""What every algorithm gives the loop: a step, the model to be judged, and a state to resume from."""

from collections.abc import Mapping
from typing import NamedTuple

from torch import Tensor

from ser_core.models import Batch, EmotionModel


class StepProgress(NamedTuple):
    """Number of a step from 0, and the steps of its stage, if it is not ended early."""

    step: int
    steps: int


class StepResult(NamedTuple):
    """Loss of the batch before a step, the step's learning rate, and figures that are shown beside the loss."""

    loss: float
    learning_rate: float
    figures: Mapping[str, float]


class NotFinite(Exception):
    """The loss, or the length of its gradient, is not finite; the step was not taken."""

    def __init__(self, loss: float, gradient: float) -> None:
        """Say which values they are."""
        super().__init__(f"loss {loss:g}, gradient {gradient:g}")
        self.loss = loss
        self.gradient = gradient


class AlgorithmState(NamedTuple):
    """Tensors and whole numbers, by any names, with which a stopped run continues as if it had not been stopped."""

    tensors: Mapping[str, Tensor]
    counts: Mapping[str, int]


class Algorithm:
    """Base: what is trained in a stage, and how.

    The loop draws batches, calls :meth:`step`, judges :attr:`judged` after every epoch and keeps the weights of the
    best one. Everything else belongs to the algorithm: further networks, optimisers, their schedules and clipping. A
    new one is built for every stage, after torch's generator was seeded for it.
    """

    def step(self, batch: Batch, progress: StepProgress) -> StepResult:
        """Train on one batch; raises NotFinite if a loss or its gradient is not finite; nothing was changed."""
        raise TypeError(f"{type(self).__name__} has to define step")

    @property
    def judged(self) -> EmotionModel:
        """The model that is judged after an epoch, and whose weights are kept."""
        raise TypeError(f"{type(self).__name__} has to define judged")

    def state(self) -> AlgorithmState:
        """Return everything but the model's weights that decides how training goes on."""
        raise TypeError(f"{type(self).__name__} has to define state")

    def restore(self, state: AlgorithmState) -> None:
        """Go on from what :meth:`state` returned.

        Raises:
            KeyError, ValueError, RuntimeError: if it is the state of other settings.
        """
        raise TypeError(f"{type(self).__name__} has to define restore")


def section(tensors: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    """Take the tensors whose names begin with ``prefix``, without it.

    Examples:
        >>> section({"optimiser.0": Tensor(), "average.0": Tensor()}, "average.")
        {'0': tensor([])}
    """
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}
