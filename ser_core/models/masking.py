"""Batches of utterances of different length: padding that never changes a result."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from ser_core.models.batch import Padded

_MOMENTUM, _EPSILON = 0.1, 1e-5


def pad(frames: Sequence[Tensor]) -> Padded:
    """Stack utterances ``(T, F)`` with zeros after the shorter ones."""
    lengths = torch.tensor([item.shape[0] for item in frames])
    return Padded(nn.utils.rnn.pad_sequence(list(frames), batch_first=True), lengths)


def time_mask(lengths: Tensor, longest: int) -> Tensor:
    """Return booleans ``(B, T)``, ``T`` the longest, true where a frame belongs to the utterance."""
    return torch.arange(longest, device=lengths.device)[None, :] < lengths[:, None]


def is_unpadded(mask: Tensor) -> bool:
    """Return whether a batch has no padding; on the meta device, which has no values, it has none."""
    return mask.is_meta or bool(mask.all())


class RowNorm(nn.BatchNorm1d):
    """Batch normalisation of rows ``(N, C)`` that also trains on a single one.

    One row has no spread to normalise by: the running statistics normalise it, and stay as they are.
    """

    def forward(self, rows: Tensor) -> Tensor:
        """Normalise rows of shape ``(N, C)``."""
        if self.training and rows.shape[0] == 1:
            return nn.functional.batch_norm(
                rows, self.running_mean, self.running_var, self.weight, self.bias, eps=self.eps
            )
        return super().forward(rows)


class MapNorm(nn.Module):
    """Batch normalisation (Ioffe and Szegedy, 2015) of packed maps over channels; every position counts."""

    running_mean: Tensor
    running_variance: Tensor

    def __init__(self, channels: int) -> None:
        """Start with unit scale, zero shift and standard running statistics."""
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.register_buffer("running_mean", torch.zeros(channels))
        self.register_buffer("running_variance", torch.ones(channels))

    def forward(self, maps: Tensor) -> Tensor:
        """Normalise maps of shape ``(1, C, N, F)``, statistics in float32 at least."""
        # One value per channel has no spread to normalise by, as in RowNorm.
        return nn.functional.batch_norm(
            maps,
            self.running_mean,
            self.running_variance,
            self.weight,
            self.bias,
            training=self.training and maps[:, 0].numel() > 1,
            momentum=_MOMENTUM,
            eps=_EPSILON,
        )
