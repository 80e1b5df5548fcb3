"""One optimiser with its schedule and its clipping: how a loss moves the weights of one network."""

import functools
import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import Parameter

from ser_core.recipes import Stage
from ser_core.training.algorithms.base import NotFinite, StepProgress


class Descent(NamedTuple):
    """A step that was taken: its learning rate, and whether its gradient was clipped to the stage's norm."""

    learning_rate: float
    clipped: bool


class Optimisation:
    """AdamW with the learning rate, its schedule, the weight decay and the longest gradient of a stage.

    References:
        Loshchilov and Hutter (2019), Decoupled Weight Decay Regularization.
        Pascanu et al. (2013), On the difficulty of training recurrent neural networks: clipping by the norm.
    """

    def __init__(self, weights: Iterable[Parameter], stage: Stage, *, limit: float | None = None) -> None:
        """Start with empty moments of all weights to train: others are neither clipped nor checked.

        ``limit`` is the largest norm of their gradient, 0 for none; by default the stage's ``gradient_norm``.
        """
        self._weights = list(weights)
        self._stage = stage
        self._limit = (stage.gradient_norm if limit is None else limit) or math.inf

    @functools.cached_property
    def optimiser(self) -> torch.optim.AdamW:
        """The optimiser, made when it is first needed: a second passes until torch has loaded its compiler for it.

        Neither a page that counts parameters nor the picture of a space before training waits for that.
        """
        return torch.optim.AdamW(
            self._weights,
            lr=self._stage.learning_rate,
            weight_decay=self._stage.weight_decay,
            fused=True,
        )

    def descend(self, loss: Tensor, progress: StepProgress) -> Descent:
        """Take a step; raises NotFinite, before a weight has changed, if loss or gradient is not finite."""
        rate = learning_rate(self._stage, progress)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        length = float(torch.nn.utils.clip_grad_norm_(self._weights, self._limit))
        value = float(loss.detach())
        if not math.isfinite(value) or not math.isfinite(length):
            raise NotFinite(value, length)
        self.optimiser.step()
        return Descent(rate, length > self._limit)

    def state(self) -> dict[str, Tensor]:
        """Return the moments, as ``NUMBER.NAME`` for each weight."""
        return {
            f"{number}.{name}": value
            for number, values in self.optimiser.state_dict()["state"].items()
            for name, value in values.items()
        }

    def restore(self, tensors: Mapping[str, Tensor]) -> None:
        """Go on from what :meth:`state` returned; raises ValueError if it is the state of other weights."""
        state: dict[int, dict[str, Tensor]] = {}
        for key, value in tensors.items():
            number, _, name = key.partition(".")
            state.setdefault(int(number), {})[name] = self._laid_out(int(number), value) if value.dim() else value
        groups = self.optimiser.state_dict()["param_groups"]
        self.optimiser.load_state_dict({"state": state, "param_groups": groups})

    def _laid_out(self, number: int, moments: Tensor) -> Tensor:
        """Copy moments to where the fused kernel looks for them: they lie in memory as the weights do."""
        if number >= len(self._weights):
            raise ValueError(f"moments of weight {number}, of {len(self._weights)}")
        return torch.empty_like(self._weights[number]).copy_(moments)


def learning_rate(stage: Stage, progress: StepProgress) -> float:
    """Return the learning rate of a step: constant, or rising to its height and then falling as a cosine."""
    if stage.schedule == "constant":
        return stage.learning_rate
    step, steps = progress
    rising = max(1, round(stage.warm_up * steps))
    if step < rising:
        return stage.learning_rate * (step + 1) / rising
    done = (step - rising) / max(1, steps - rising)
    return stage.learning_rate * 0.5 * (1 + math.cos(math.pi * done))
