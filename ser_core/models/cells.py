"""PyTorch's recurrent layers, forward in time and in full precision."""

import contextlib
from typing import Any

import torch
from torch import Tensor, nn


class _SizesOnMeta(nn.RNNBase):
    """On the meta device PyTorch would run every step of an utterance to find a size that is known."""

    def forward(self, steps: Tensor) -> Any:
        """Compute the states ``(B, T, units)`` of steps ``(B, T, F)``; the rest of PyTorch's result follows."""
        if steps.is_meta:
            return steps.new_empty(*steps.shape[:2], self.hidden_size), None
        return super().forward(steps)


class RNN(_SizesOnMeta, nn.RNN):  # type: ignore[misc]
    """A plain recurrent layer."""


class LSTM(_SizesOnMeta, nn.LSTM):  # type: ignore[misc]
    """A layer of long short-term memory."""


class GRU(_SizesOnMeta, nn.GRU):  # type: ignore[misc]
    """A gated recurrent layer."""


def full_precision(tensor: Tensor) -> contextlib.AbstractContextManager[object]:
    """Switch autocast off: in half precision rounding would add up from step to step. The meta device has none."""
    return contextlib.nullcontext() if tensor.is_meta else torch.autocast(tensor.device.type, enabled=False)
