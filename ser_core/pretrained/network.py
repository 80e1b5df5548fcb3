"""What a network of somebody else's does here: from samples to vectors, loaded once, and always the same."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import cache
from typing import ClassVar

import torch
from torch import Tensor, nn

from ser_core.pretrained.weights import CarriedWeights
from ser_core.types import Hertz

SAMPLE_RATE: Hertz = 16_000  # that both networks were trained at

_loading = threading.Lock()


class FrozenNetwork(nn.Module, ABC):
    """Base of the networks: samples ``(N,)`` of one utterance to vectors ``(T, F)``, without a gradient.

    Attributes:
        weights: the file that it is loaded from.
        feature_count: values of a vector, ``F``.
        steps_per_second: vectors of a second of sound, about.
        words: what is computed, for the picture of a recipe.
    """

    weights: ClassVar[CarriedWeights]
    feature_count: ClassVar[int]
    steps_per_second: ClassVar[float]
    words: ClassVar[str]

    @staticmethod
    @abstractmethod
    def steps(samples: int) -> int:
        """Return how many vectors so many samples give, ``T``, at least one."""

    @classmethod
    def state_of(cls, tensors: Mapping[str, Tensor]) -> Mapping[str, Tensor]:
        """Turn the tensors of the file into the parameters of the network."""
        return tensors

    @abstractmethod
    def forward(self, samples: Tensor) -> Tensor:
        """Compute the vectors ``(T, F)`` of samples ``(N,)`` at 16 kHz, float32 between -1 and 1, at least one."""


def frozen_network(kind: type[FrozenNetwork]) -> FrozenNetwork:
    """Return a network with its weights, on the processor: one for the whole process, whoever asks.

    Raises:
        InputError: if the weights are missing, or others.
    """
    with _loading:  # or two visitors who come at once would each read them
        return _loaded(kind)


@cache
def _loaded(kind: type[FrozenNetwork]) -> FrozenNetwork:
    with torch.device("meta"):  # nothing is drawn only to be written over
        network = kind()
    network.load_state_dict(dict(kind.state_of(kind.weights.read())), assign=True)
    return network.requires_grad_(False).eval()
