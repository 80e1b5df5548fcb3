"""One optimiser with its schedule and its clipping: how a loss moves the weights of one network."""

import math
from collections.abc import Iterable, Mapping

import torch
from torch import Tensor
from torch.nn import Parameter

from ser_core.recipes import Stage
from ser_core.training.algorithms.base import NotFinite, StepProgress

_WARM_UP = 0.1  # share of a stage's steps in which the learning rate rises
_GRADIENT_LIMIT = 5.0


class Optimisation:
    """AdamW with the learning rate, its schedule and the weight decay of a stage.

    Attributes:
        optimiser: AdamW.

    References:
        Loshchilov and Hutter (2019), Decoupled Weight Decay Regularization. Warm-up and clipping are our choice.
    """

    def __init__(
        self,
        clipped: Iterable[Parameter],
        stage: Stage,
        *,
        unclipped: Iterable[Parameter] = (),
        limit: float = _GRADIENT_LIMIT,
    ) -> None:
        """Start with empty moments.

        Args:
            clipped: weights to train, the norm of whose gradient is limited.
            stage: settings.
            unclipped: further weights to train, with whatever gradient they get.
            limit: largest norm.
        """
        self._clipped = list(clipped)
        self._stage = stage
        self._limit = limit
        self.optimiser = torch.optim.AdamW(
            [*self._clipped, *unclipped],
            lr=stage.learning_rate,
            weight_decay=stage.weight_decay,
        )

    def descend(self, loss: Tensor, progress: StepProgress) -> float:
        """Take a step down the loss.

        Returns:
            The learning rate of this step.

        Raises:
            NotFinite: if the loss or its gradient is not finite; no weight has then changed.
        """
        rate = learning_rate(self._stage, progress)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        length = float(torch.nn.utils.clip_grad_norm_(self._clipped, self._limit))
        value = float(loss.detach())
        if not math.isfinite(value) or not math.isfinite(length):
            raise NotFinite(value, length)
        self.optimiser.step()
        return rate

    def state(self) -> dict[str, Tensor]:
        """Return the moments, as ``NUMBER.NAME`` for each weight."""
        return {
            f"{number}.{name}": value
            for number, values in self.optimiser.state_dict()["state"].items()
            for name, value in values.items()
        }

    def restore(self, tensors: Mapping[str, Tensor]) -> None:
        """Go on from what :meth:`state` returned.

        Raises:
            ValueError: if it is the state of other weights.
        """
        state: dict[int, dict[str, Tensor]] = {}
        for key, value in tensors.items():
            number, _, name = key.partition(".")
            state.setdefault(int(number), {})[name] = value
        groups = self.optimiser.state_dict()["param_groups"]
        self.optimiser.load_state_dict({"state": state, "param_groups": groups})


def learning_rate(stage: Stage, progress: StepProgress) -> float:
    """Return the learning rate of a step: constant, or rising to its height and then falling as a cosine."""
    if stage.schedule == "constant":
        return stage.learning_rate
    step, steps = progress
    rising = max(1, round(_WARM_UP * steps))
    if step < rising:
        return stage.learning_rate * (step + 1) / rising
    done = (step - rising) / max(1, steps - rising)
    return stage.learning_rate * 0.5 * (1 + math.cos(math.pi * done))
