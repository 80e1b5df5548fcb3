"""The whole model: inputs → encoder → embedding → heads."""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor, nn

from ser_core.config import build, lookup
from ser_core.models.batch import AUDIO, EMOTION, Output, Padded
from ser_core.models.encoders import ENCODERS
from ser_core.models.layout import VECTOR, Block, Part, blocks_of, dropout_text, parts_of
from ser_core.models.masking import RowNorm

ACTIVATIONS: Mapping[str, Callable[[], nn.Module]] = {"none": nn.Identity, "relu": nn.ReLU, "prelu": nn.PReLU}


class EmotionModel(nn.Module):
    """An encoder, an embedding layer, and a head per task on the embedding.

    Frames are standardised with the training frames' mean and standard deviation per feature, which are part of
    the model, so that a checkpoint needs nothing from outside.
    """

    frame_mean: Tensor
    frame_deviation: Tensor

    def __init__(
        self,
        encoder: nn.Module,
        *,
        features: int,
        embedding_size: int,
        heads: Mapping[str, int],
        dropout: float,
        embedding_activation: str = "none",
        embedding_norm: bool = True,
    ) -> None:
        """Put the parts together.

        Args:
            encoder: takes frames ``(B, T, F)`` and lengths ``(B,)``; has a ``size``.
            features: values per frame, ``F``.
            embedding_size: ``D``.
            heads: outputs of each task's head, by the task's name; at least one.
            dropout: on the encoder's output while training.
            embedding_activation: a name in :data:`ACTIVATIONS`, behind the embedding layer.
            embedding_norm: whether the encoder's output is batch-normalised before the embedding layer.

        Raises:
            ConfigError: for an unknown activation.
        """
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        size: int = encoder.size  # type: ignore[assignment]
        self.norm = RowNorm(size) if embedding_norm else nn.Identity()
        self.embedding = nn.Linear(size, embedding_size)
        self.activation = lookup("embedding_activation", embedding_activation, ACTIVATIONS)()
        (self.first_task, outputs), *others = heads.items()
        # The first has a name of its own in the weights of earlier releases.
        self.head = nn.Linear(embedding_size, outputs)
        self.other_heads = nn.ModuleDict({name: nn.Linear(embedding_size, size) for name, size in others})
        self.register_buffer("frame_mean", torch.zeros(features))
        self.register_buffer("frame_deviation", torch.ones(features))

    def set_frame_statistics(self, mean: Tensor, deviation: Tensor) -> None:
        """Remember the training frames' mean and standard deviation, each of shape ``(F,)``."""
        self.frame_mean.copy_(mean)
        self.frame_deviation.copy_(deviation.clamp_min(1e-3))

    def standardise(self, frames: Tensor) -> Tensor:
        """Scale frames ``(…, F)`` to the training frames' zero mean and unit deviation."""
        return (frames - self.frame_mean) / self.frame_deviation

    @property
    def heads(self) -> dict[str, nn.Linear]:
        """The layers that answer for each task, by the task's name."""
        others = {name: head for name, head in self.other_heads.items() if isinstance(head, nn.Linear)}
        return {self.first_task: self.head, **others}

    def forward(self, inputs: Mapping[str, Padded]) -> Output:
        """Compute embedding and heads from standardised inputs, by their names."""
        pooled = self.encoder(*inputs[AUDIO]).float()
        embedding = self.activation(self.embedding(self.dropout(self.norm(pooled))))
        return Output(embedding, {name: head(embedding) for name, head in self.heads.items()})

    def layout(self) -> list[Part]:
        """Describe the blocks, in the order in which they work: the encoder's, the embedding, the head."""
        normalised = ["batch norm"] if isinstance(self.norm, RowNorm) else []
        sizes = f"dense layer {self.embedding.in_features} → {self.embedding.out_features}"
        behind = [] if isinstance(self.activation, nn.Identity) else [type(self.activation).__name__]
        return [
            *parts_of(self.encoder),
            Part(
                "embedding",
                "embedding",
                ", ".join([*normalised, *dropout_text(self.dropout), sizes, *behind]),
                VECTOR,
                output=self.activation,
                modules=(self.norm, self.embedding, self.activation),
            ),
            *(self._head_part(name, head) for name, head in self.heads.items()),
        ]

    def _head_part(self, name: str, head: nn.Linear) -> Part:
        if name == EMOTION:
            return Part("head", "head", f"dense layer to {head.out_features} emotions, softmax", VECTOR, head)
        return Part("head", f"head: {name}", "dense layer", VECTOR, head)

    def blocks(self, frames: Tensor) -> list[Block]:
        """Describe the blocks with the sizes that frames ``(T, F)`` of one utterance have behind each."""
        was_training = self.training
        self.eval()
        lengths = torch.tensor([frames.shape[0]], device=frames.device)
        try:
            return blocks_of(self.layout(), lambda: self({AUDIO: Padded(frames[None], lengths)}))
        finally:
            self.train(was_training)


def build_model(
    encoder: str,
    options: Mapping[str, Any],
    *,
    features: int,
    embedding_size: int,
    heads: Mapping[str, int],
    dropout: float,
    embedding_activation: str = "none",
    embedding_norm: bool = True,
) -> EmotionModel:
    """Build a model with fresh weights.

    Args:
        encoder: a name in :data:`ENCODERS`.
        options: keyword arguments of that encoder.
        features: values per frame.
        embedding_size: ``D``.
        heads: outputs of each task's head, by the task's name; at least one.
        dropout: before the embedding layer.
        embedding_activation: a name in :data:`ACTIVATIONS`, behind the embedding layer.
        embedding_norm: whether the encoder's output is batch-normalised before the embedding layer.

    Raises:
        ConfigError: for an unknown encoder, option or activation, or a value the encoder refuses.
    """
    built = build("encoder", encoder, ENCODERS, options, features=features)
    return EmotionModel(
        built,
        features=features,
        embedding_size=embedding_size,
        heads=heads,
        dropout=dropout,
        embedding_activation=embedding_activation,
        embedding_norm=embedding_norm,
    )
