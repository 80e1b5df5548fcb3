"""From frames to one vector per utterance, ignoring padding."""

from collections.abc import Callable, Mapping

import torch
from torch import Tensor, nn

from ser_core.config import lookup
from ser_core.models.layout import VECTOR, Part

_HIDDEN = 64  # units of the layer that scores a step
_SMALLEST_VARIANCE = 1e-5


class MeanPooling(nn.Module):
    """Mean over true frames: unlike deviation and maximum, it does not grow with the length of an utterance."""

    def __init__(self, features: int) -> None:
        """Take frames of ``features`` values; :attr:`size` is the size of the result."""
        super().__init__()
        self.size = features

    def forward(self, frames: Tensor, mask: Tensor) -> Tensor:
        """Pool frames ``(B, T, F)`` where ``mask`` ``(B, T)`` is true, ``(B, F)``."""
        weights = mask / mask.sum(dim=1, keepdim=True)  # (B, T)
        pooled: Tensor = (frames * weights.to(frames.dtype)[:, :, None]).sum(dim=1)
        return pooled

    def part(self) -> Part:
        """Describe the layer."""
        return Part("pooling", "mean pooling", "mean of every value over time", VECTOR, output=self)


class StatisticsPooling(nn.Module):
    """Mean and standard deviation over true frames.

    References:
        Snyder et al. (2017), Deep Neural Network Embeddings for Text-Independent Speaker Verification.
    """

    def __init__(self, features: int) -> None:
        """Take frames of ``features`` values; :attr:`size` is the size of the result."""
        super().__init__()
        self.size = 2 * features

    def forward(self, frames: Tensor, mask: Tensor) -> Tensor:
        """Pool frames ``(B, T, F)`` where ``mask`` ``(B, T)`` is true: means, then standard deviations, ``(B, 2F)``."""
        weights = mask / mask.sum(dim=1, keepdim=True)  # (B, T)
        return _weighted_statistics(frames, weights.to(frames.dtype)[:, :, None])

    def part(self) -> Part:
        """Describe the layer."""
        return Part("pooling", "statistics pooling", "mean and deviation of every value over time", VECTOR, output=self)


class AttentionPooling(nn.Module):
    """Mean and standard deviation under learned weights over true frames.

    References:
        Okabe et al. (2018), Attentive Statistics Pooling for Deep Speaker Embedding.
    """

    def __init__(self, features: int) -> None:
        """Take frames of ``features`` values and score them through a hidden layer."""
        super().__init__()
        self.size = 2 * features
        self.score = nn.Sequential(nn.Linear(features, _HIDDEN), nn.Tanh(), nn.Linear(_HIDDEN, 1))

    def forward(self, frames: Tensor, mask: Tensor) -> Tensor:
        """Pool; shapes as in :class:`StatisticsPooling`."""
        scores = self.score(frames).squeeze(-1).float()  # (B, T)
        weights = scores.masked_fill(~mask, -torch.inf).softmax(dim=1)  # (B, T)
        return _weighted_statistics(frames, weights.to(frames.dtype)[:, :, None])

    def part(self) -> Part:
        """Describe the layer."""
        detail = "mean and deviation of every value over time, each step by a learned weight"
        return Part("pooling", "attention pooling", detail, VECTOR, output=self)


class MaximumPooling(StatisticsPooling):
    """Mean, standard deviation and maximum over true frames."""

    def __init__(self, features: int) -> None:
        """Take frames of ``features`` values; :attr:`size` is the size of the result."""
        super().__init__(features)
        self.size = 3 * features

    def forward(self, frames: Tensor, mask: Tensor) -> Tensor:
        """Pool as :class:`StatisticsPooling`, maxima last, ``(B, 3F)``."""
        highest = frames.masked_fill(~mask[:, :, None], -torch.inf).amax(dim=1)
        return torch.cat([super().forward(frames, mask), highest], dim=1)

    def part(self) -> Part:
        """Describe the layer."""
        detail = "mean, deviation and maximum of every value over time"
        return Part("pooling", "statistics pooling", detail, VECTOR, output=self)


def _weighted_statistics(frames: Tensor, weights: Tensor) -> Tensor:
    mean = (frames * weights).sum(dim=1)  # (B, F)
    variance = ((frames - mean[:, None, :]).square() * weights).sum(dim=1)  # (B, F)
    return torch.cat([mean, (variance + _SMALLEST_VARIANCE).sqrt()], dim=1)


POOLINGS: Mapping[str, Callable[[int], nn.Module]] = {
    "mean": MeanPooling,
    "statistics": StatisticsPooling,
    "statistics-maximum": MaximumPooling,
    "attention": AttentionPooling,
}


def build_pooling(name: str, features: int) -> nn.Module:
    """Build the pooling layer called ``name`` for frames of ``features`` values."""
    return lookup("pooling", name, POOLINGS)(features)
