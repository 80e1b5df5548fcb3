"""Batches of utterances of different length: padding that never changes a result."""

import typing
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from ser_core.models.batch import Padded


def pad(frames: Sequence[Tensor]) -> Padded:
    """Stack utterances with zeros after the shorter ones.

    Args:
        frames: each of shape ``(T, F)``.
    """
    lengths = torch.tensor([item.shape[0] for item in frames])
    return Padded(nn.utils.rnn.pad_sequence(list(frames), batch_first=True), lengths)


def time_mask(lengths: Tensor, longest: int) -> Tensor:
    """Mark true frames.

    Args:
        lengths: shape ``(B,)``.
        longest: number of frames of the padded batch, ``T``.

    Returns:
        Booleans of shape ``(B, T)``, true where a frame belongs to the utterance.
    """
    return torch.arange(longest, device=lengths.device)[None, :] < lengths[:, None]


def is_unpadded(mask: Tensor) -> bool:
    """Tell whether a batch has no padding; on the meta device, which knows sizes alone, it never has."""
    return mask.is_meta or bool(mask.all())


def map_mask(lengths: Tensor, maps: Tensor) -> Tensor:
    """Mark true frames of maps ``(B, C, T, F)`` with one and padding with zero: shape ``(B, 1, T, 1)``."""
    return time_mask(lengths, maps.shape[2])[:, None, :, None].to(maps.dtype)


class RowNorm(nn.BatchNorm1d):
    """Batch normalisation of rows ``(N, C)`` that also trains on a single one.

    One row has no spread to normalise by: it gets the running statistics, and leaves them as they are.
    """

    def forward(self, rows: Tensor) -> Tensor:
        """Normalise rows of shape ``(N, C)``."""
        if self.training and rows.shape[0] == 1:
            return nn.functional.batch_norm(
                rows, self.running_mean, self.running_var, self.weight, self.bias, eps=self.eps
            )
        return super().forward(rows)


class MaskedBatchNorm2d(nn.Module):
    """Batch normalisation over channels whose statistics count true frames only, and that clears padding.

    References:
        Ioffe and Szegedy (2015), Batch Normalization.
    """

    running_mean: Tensor
    running_variance: Tensor

    def __init__(self, channels: int, *, momentum: float = 0.1, epsilon: float = 1e-5) -> None:
        """Start with unit scale, zero shift and standard running statistics."""
        super().__init__()
        self.momentum = momentum
        self.epsilon = epsilon
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.register_buffer("running_mean", torch.zeros(channels))
        self.register_buffer("running_variance", torch.ones(channels))

    def forward(self, maps: Tensor, mask: Tensor) -> Tensor:
        """Normalise.

        Args:
            maps: shape ``(B, C, T, F)``; what stands on padding is ignored.
            mask: shape ``(B, 1, T, 1)``, one on true frames and zero on padding.

        Returns:
            Maps of the same shape, zero on padding.
        """
        # Where nothing is padded the library's fused kernel does the same; it does not train on one value per channel.
        if is_unpadded(mask) and (maps[:, 0].numel() > 1 or not self.training):
            return nn.functional.batch_norm(
                maps,
                self.running_mean,
                self.running_variance,
                self.weight,
                self.bias,
                training=self.training,
                momentum=self.momentum,
                eps=self.epsilon,
            )
        if not self.training:
            scale = self.weight * torch.rsqrt(self.running_variance + self.epsilon)
            shift = self.bias - self.running_mean * scale
            normalised: Tensor = (maps * _channels(scale) + _channels(shift)) * mask
            return normalised
        # Half-precision sums over a whole batch lose digits, so statistics are computed in float32 at least.
        exact = torch.promote_types(maps.dtype, torch.float32)
        result, mean, variance, count = _MaskedNormalisation.apply(  # type: ignore[no-untyped-call]
            maps.to(exact), mask.to(exact), self.weight, self.bias, self.epsilon
        )
        with torch.no_grad():
            self.running_mean.lerp_(mean, self.momentum)
            self.running_variance.lerp_(variance * (count / (count - 1).clamp_min(1)), self.momentum)
        return typing.cast(Tensor, result)


def _channels(values: Tensor) -> Tensor:
    return values[:, None, None]


class _MaskedNormalisation(torch.autograd.Function):
    """Training-mode normalisation with its gradient written out: half the passes over memory of autograd's."""

    @staticmethod
    def forward(
        ctx: Any, maps: Tensor, mask: Tensor, weight: Tensor, bias: Tensor, epsilon: float
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        clear = maps * mask
        count = mask.sum() * maps.shape[3]
        # Padding is zero, so sums over all positions are sums over true ones.
        mean = clear.sum(dim=(0, 2, 3)) / count  # (C,)
        squares = torch.linalg.vector_norm(clear, dim=(0, 2, 3)).square() / count
        variance = (squares - mean.square()).clamp_min(0.0)
        inverse = torch.rsqrt(variance + epsilon)
        scale = weight * inverse
        result = torch.addcmul(_channels(bias - mean * scale) * mask, clear, _channels(scale))
        ctx.save_for_backward(clear, mask, weight, mean, inverse, count)
        ctx.mark_non_differentiable(mean, variance, count)
        return result, mean, variance, count

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        clear, mask, weight, mean, inverse, count = ctx.saved_tensors
        gradient = gradients[0] * mask
        to_bias = gradient.sum(dim=(0, 2, 3))  # (C,)
        to_weight = ((gradient * clear).sum(dim=(0, 2, 3)) - mean * to_bias) * inverse  # (C,)
        scale = weight * inverse
        slope = -scale * inverse * to_weight / count
        constant = -scale * to_bias / count - slope * mean
        to_maps = torch.addcmul(_channels(constant) * mask, gradient, _channels(scale))
        to_maps.addcmul_(clear, _channels(slope))
        return to_maps, None, to_weight, to_bias, None
