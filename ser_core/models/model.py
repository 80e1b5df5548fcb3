"""The whole model: frames → encoder → embedding → logits."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from ser_core.config import build
from ser_core.models.residual import ResidualEncoder

ENCODERS: Mapping[str, Callable[..., nn.Module]] = {"residual": ResidualEncoder}


class Output(NamedTuple):
    """What a model computes for a batch.

    Attributes:
        embeddings: shape ``(B, D)``, not scaled.
        logits: shape ``(B, K)``.
    """

    embeddings: Tensor
    logits: Tensor


class EmotionModel(nn.Module):
    """An encoder, an embedding layer, and a softmax head on the embedding.

    Frames are standardised with the training frames' mean and standard deviation per feature, which are part of
    the model, so that a checkpoint needs nothing from outside.
    """

    frame_mean: Tensor
    frame_deviation: Tensor

    def __init__(self, encoder: nn.Module, *, features: int, embedding_size: int, classes: int, dropout: float) -> None:
        """Put the parts together.

        Args:
            encoder: takes frames ``(B, T, F)`` and lengths ``(B,)``; has a ``size``.
            features: values per frame, ``F``.
            embedding_size: ``D``.
            classes: ``K``.
            dropout: on the encoder's output while training.
        """
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        size: int = encoder.size  # type: ignore[assignment]
        self.norm = nn.BatchNorm1d(size)
        self.embedding = nn.Linear(size, embedding_size)
        self.head = nn.Linear(embedding_size, classes)
        self.register_buffer("frame_mean", torch.zeros(features))
        self.register_buffer("frame_deviation", torch.ones(features))

    def set_frame_statistics(self, mean: Tensor, deviation: Tensor) -> None:
        """Remember the training frames' mean and standard deviation, each of shape ``(F,)``."""
        self.frame_mean.copy_(mean)
        self.frame_deviation.copy_(deviation.clamp_min(1e-3))

    def standardise(self, frames: Tensor) -> Tensor:
        """Scale frames ``(…, F)`` to the training frames' zero mean and unit deviation."""
        return (frames - self.frame_mean) / self.frame_deviation

    def forward(self, frames: Tensor, lengths: Tensor) -> Output:
        """Compute embeddings and logits from standardised frames ``(B, T, F)`` with ``lengths`` true frames each."""
        pooled = self.encoder(frames, lengths).float()
        # One utterance has no spread to normalise by: a batch of one uses the running statistics.
        if self.training and pooled.shape[0] == 1:
            pooled = nn.functional.batch_norm(
                pooled, self.norm.running_mean, self.norm.running_var, self.norm.weight, self.norm.bias
            )
        else:
            pooled = self.norm(pooled)
        embeddings = self.embedding(self.dropout(pooled))
        return Output(embeddings, self.head(embeddings))


def build_model(
    encoder: str,
    options: Mapping[str, Any],
    *,
    features: int,
    embedding_size: int,
    classes: int,
    dropout: float,
) -> EmotionModel:
    """Build a model with fresh weights.

    Args:
        encoder: a name in :data:`ENCODERS`.
        options: keyword arguments of that encoder.
        features: values per frame.
        embedding_size: ``D``.
        classes: ``K``.
        dropout: before the embedding layer.

    Raises:
        ConfigError: for an unknown encoder or option, or a value the encoder refuses.
    """
    built = build("encoder", encoder, ENCODERS, options, features=features)
    return EmotionModel(built, features=features, embedding_size=embedding_size, classes=classes, dropout=dropout)
