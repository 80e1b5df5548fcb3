"""The whole model: inputs → encoder → embedding → heads."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from ser_core.config import build, lookup
from ser_core.models.batch import AUDIO, EMOTION, Output, Padded
from ser_core.models.encoders import ENCODERS
from ser_core.models.fusion import Fusion
from ser_core.models.layout import VECTOR, Block, Part, blocks_of, dropout_text, parts_of
from ser_core.models.masking import RowNorm

ACTIVATIONS: Mapping[str, Callable[[], nn.Module]] = {"none": nn.Identity, "relu": nn.ReLU, "prelu": nn.PReLU}


class InputEncoder(NamedTuple):
    """An input and its encoder.

    ``encoder`` is a name in :data:`ENCODERS`, with keyword arguments; ``features`` are the values per step, ``F``; a
    step costs ``step_cost`` frames of a spectrogram in memory and time.
    """

    encoder: str
    options: Mapping[str, Any]
    features: int
    step_cost: float = 1.0


class EmotionModel(nn.Module):
    """An encoder, an embedding layer, and a head per task on the embedding.

    Inputs are standardised with the training utterances' mean and standard deviation per feature, which are part of
    the model, so that a checkpoint needs nothing from outside.

    ``step_costs`` are by input, see :class:`InputEncoder`.
    """

    def __init__(
        self,
        encoder: nn.Module,
        *,
        features: Mapping[str, int],
        embedding_size: int,
        heads: Mapping[str, int],
        dropout: float,
        embedding_activation: str = "none",
        embedding_norm: bool = True,
    ) -> None:
        """Put the parts together.

        Args:
            encoder: of one input, called :data:`AUDIO`: takes frames ``(B, T, F)`` and lengths ``(B,)``; or a
                :class:`Fusion` of several inputs. It has a ``size``.
            features: values per step, ``F``, of each input.
            heads: outputs of each task's head, by the task's name; at least one.
            dropout: on the encoder's output while training.
            embedding_activation: a name in :data:`ACTIVATIONS`, after the embedding layer.
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
        self.step_costs = dict.fromkeys(features, 1.0)
        for name, count in features.items():
            mean, deviation = _statistics_names(name)
            self.register_buffer(mean, torch.zeros(count))
            self.register_buffer(deviation, torch.ones(count))
        # The order in memory with which a processor convolves fastest; torch's types do not know this argument.
        self.to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def encoders(self) -> dict[str, nn.Module]:
        """Return the encoder of each input, by the input's name."""
        return dict(self.encoder.encoders.items()) if isinstance(self.encoder, Fusion) else {AUDIO: self.encoder}

    @property
    def device(self) -> torch.device:
        """Where the model computes."""
        return self.embedding.weight.device

    def set_statistics(self, statistics: Mapping[str, tuple[Tensor, Tensor]]) -> None:
        """Remember mean and standard deviation over the training utterances, by the input's name, each ``(F,)``."""
        for name, (mean, deviation) in statistics.items():
            own_mean, own_deviation = self.statistics(name)
            own_mean.copy_(mean)
            own_deviation.copy_(deviation.clamp_min(1e-3))

    def statistics(self, name: str) -> tuple[Tensor, Tensor]:
        """Return mean and standard deviation by which an input is standardised, each of shape ``(F,)``."""
        mean, deviation = _statistics_names(name)
        return self.get_buffer(mean), self.get_buffer(deviation)

    def standardise(self, name: str, values: Tensor) -> Tensor:
        """Scale values ``(…, F)`` of an input to zero mean and unit deviation over the training utterances."""
        mean, deviation = self.statistics(name)
        return (values - mean) / deviation

    @property
    def heads(self) -> dict[str, nn.Linear]:
        """The layers that answer for each task, by the task's name."""
        others = {name: head for name, head in self.other_heads.items() if isinstance(head, nn.Linear)}
        return {self.first_task: self.head, **others}

    def forward(self, inputs: Mapping[str, Padded]) -> Output:
        """Compute embedding and heads from standardised inputs, by their names."""
        encoder = self.encoder
        pooled = (encoder(inputs) if isinstance(encoder, Fusion) else encoder(*inputs[AUDIO])).float()
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

    def blocks(self, inputs: Mapping[str, Tensor]) -> list[Block]:
        """Describe the blocks with the sizes that inputs ``(T, F)`` of one utterance have behind each."""
        was_training = self.training
        self.eval()
        batch = {
            name: Padded(values[None], torch.tensor([values.shape[0]], device=values.device))
            for name, values in inputs.items()
        }
        try:
            return blocks_of(self.layout(), lambda: self(batch))
        finally:
            self.train(was_training)


def build_model(
    encoder: str,
    options: Mapping[str, Any],
    *,
    features: int | None,
    step_cost: float = 1.0,
    further: Mapping[str, InputEncoder] = MappingProxyType({}),
    embedding_size: int,
    heads: Mapping[str, int],
    dropout: float,
    embedding_activation: str = "none",
    embedding_norm: bool = True,
) -> EmotionModel:
    """Build a model with fresh weights; see :class:`EmotionModel` and :class:`InputEncoder` for the settings.

    ``further`` are the encoders of further inputs, by their names. Without ``features`` there is no sound: the model is
    made of those alone, and ``encoder`` and ``options`` do not count.

    Raises:
        ConfigError: for an unknown encoder, option or activation, or a value the encoder refuses.
    """
    inputs = dict(further)
    if features is not None:
        inputs = {AUDIO: InputEncoder(encoder, options, features, step_cost), **further}
    encoders = {
        name: build("encoder", item.encoder, ENCODERS, item.options, features=item.features)
        for name, item in inputs.items()
    }
    model = EmotionModel(
        Fusion(encoders) if further else encoders[AUDIO],
        features={name: item.features for name, item in inputs.items()},
        embedding_size=embedding_size,
        heads=heads,
        dropout=dropout,
        embedding_activation=embedding_activation,
        embedding_norm=embedding_norm,
    )
    model.step_costs = {name: item.step_cost for name, item in inputs.items()}
    return model


def _statistics_names(name: str) -> tuple[str, str]:
    """Name the buffers of an input's statistics; those of the first input are called as checkpoints have them."""
    prefix = "frame" if name == AUDIO else name
    return f"{prefix}_mean", f"{prefix}_deviation"
