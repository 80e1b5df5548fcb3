"""The encoder of Moonshine tiny: a convolutional stem on raw samples, then six transformer layers.

It was trained to write down English speech. Its weights are those of the network that Moonshine AI publishes for small
devices, in ``moonshine_tiny/`` beside this file with their licence (MIT): those of the dense layers in 8 bits with one
scale a matrix. They are computed with in float32; the publisher's runtime also rounds what goes into each dense layer
to 8 bits, by the largest value in the batch, so that an utterance would depend on its company.

References:
    Jeffries et al. (2024), Moonshine: Speech Recognition for Live Transcription and Voice Commands, arXiv 2410.15608.
"""

import math
from collections.abc import Mapping
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from ser_core.pretrained.network import SAMPLE_RATE, FrozenNetwork
from ser_core.pretrained.weights import CarriedWeights

_WIDTH, _HEADS, _LAYERS = 288, 8, 6
_TURNED = 32  # of the 36 values of a head: those that are turned by their place in time
_SLOWEST = 10_000.0
_STEM = ((127, 64), (7, 3), (3, 2))  # kernel and stride of each convolution
_SHORTEST = 895  # samples of which the stem makes one step
_LONGEST = 30 * SAMPLE_RATE  # at once: attention compares every step with every other


class MoonshineEncoder(FrozenNetwork):
    """288 values 41.7 times a second; longer sounds than 30 s are read in equal parts."""

    weights = CarriedWeights(
        "moonshine-tiny",
        "the encoder of Moonshine tiny",
        "addc6ad9d99b600742d12034ec871452f9d066b1468dc954c305c5a3e351278a",
    )
    feature_count = _WIDTH
    steps_per_second = SAMPLE_RATE / math.prod(stride for _, stride in _STEM)
    words = "a transformer that was trained to write down English speech (Moonshine tiny), as it came"
    depth: ClassVar[int] = _LAYERS

    def __init__(self) -> None:
        """Build the network."""
        super().__init__()
        (first, second, third) = _STEM
        self.convolution1 = nn.Conv1d(1, _WIDTH, first[0], first[1], bias=False)
        self.norm1 = nn.GroupNorm(1, _WIDTH)
        self.convolution2 = nn.Conv1d(_WIDTH, 2 * _WIDTH, *second)
        self.convolution3 = nn.Conv1d(2 * _WIDTH, _WIDTH, *third)
        self.layers = nn.ModuleList(_TransformerLayer() for _ in range(self.depth))
        self.norm = nn.LayerNorm(_WIDTH, bias=False) if self.depth == _LAYERS else nn.Identity()

    @staticmethod
    def steps(samples: int) -> int:
        """See :class:`FrozenNetwork`."""
        return sum(_steps(part) for part in _parts(samples))

    @classmethod
    def state_of(cls, tensors: Mapping[str, Tensor]) -> Mapping[str, Tensor]:
        """Turn matrices of 8 bits into float32 by their scale and the number that stands for zero."""
        scales = {name.removesuffix(".scale"): name for name in tensors if name.endswith(".scale")}
        state = {name: value for name, value in tensors.items() if name.endswith(("weight", "bias"))}
        for layer, scale in scales.items():
            whole = tensors[f"{layer}.weight"].float() - tensors[f"{layer}.zero_point"].float()
            state[f"{layer}.weight"] = whole * tensors[scale]
        behind = ["norm."] * (cls.depth < _LAYERS) + [f"layers.{number}." for number in range(cls.depth, _LAYERS)]
        return {name: value for name, value in state.items() if not name.startswith(tuple(behind))}

    @torch.no_grad()
    def forward(self, samples: Tensor) -> Tensor:
        """See :class:`FrozenNetwork`."""
        return torch.cat([self._encoded(part) for part in samples.split(_parts(len(samples)))])

    def _encoded(self, samples: Tensor) -> Tensor:
        """Encode a part ``(N,)`` as ``(T, 288)``."""
        heard = functional.pad(samples, (0, max(0, _SHORTEST - len(samples))))[None, None]
        maps = self.norm1(torch.tanh(self.convolution1(heard)))
        maps = functional.gelu(self.convolution2(maps))
        states = functional.gelu(self.convolution3(maps)).transpose(1, 2)  # (1, T, 288)
        turns = _turns(states.shape[1])
        for layer in self.layers:
            states = layer(states, turns)
        encoded: Tensor = self.norm(states)[0]
        return encoded


class MoonshineMiddle(MoonshineEncoder):
    """What the third of the six layers hands on, at half the cost: the last ones know words, and less of their sound.

    References:
        Pasad et al. (2021), Layer-wise Analysis of a Self-supervised Speech Representation Model, arXiv 2107.04734:
        what is acoustic stands in lower layers of such networks, what is of words in higher ones.
    """

    words = "half of a transformer that was trained to write down English speech (Moonshine tiny), as it came"
    depth = 3


class _TransformerLayer(nn.Module):
    """Attention over all steps, then two dense layers on each, both added to what comes in."""

    def __init__(self) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(_WIDTH, bias=False)
        self.query = nn.Linear(_WIDTH, _WIDTH, bias=False)
        self.key = nn.Linear(_WIDTH, _WIDTH, bias=False)
        self.value = nn.Linear(_WIDTH, _WIDTH, bias=False)
        self.out = nn.Linear(_WIDTH, _WIDTH, bias=False)
        self.norm2 = nn.LayerNorm(_WIDTH, bias=False)
        self.dense1 = nn.Linear(_WIDTH, 4 * _WIDTH)
        self.dense2 = nn.Linear(4 * _WIDTH, _WIDTH)

    def forward(self, states: Tensor, turns: tuple[Tensor, Tensor]) -> Tensor:
        """Transform states ``(1, T, 288)``."""
        normed = self.norm1(states)
        query, key, value = (
            layer(normed).unflatten(-1, (_HEADS, -1)).transpose(1, 2)  # (1, heads, T, 36)
            for layer in (self.query, self.key, self.value)
        )
        heard = functional.scaled_dot_product_attention(_turned(query, *turns), _turned(key, *turns), value)
        states = states + self.out(heard.transpose(1, 2).flatten(2))
        result: Tensor = states + self.dense2(functional.gelu(self.dense1(self.norm2(states))))
        return result


def _turns(steps: int) -> tuple[Tensor, Tensor]:
    """Return cosine and sine of the angle by which each pair of values is turned at each step, ``(T, 32)``.

    References:
        Su et al. (2021), RoFormer: Enhanced Transformer with Rotary Position Embedding.
    """
    speeds = 1 / _SLOWEST ** (torch.arange(0, _TURNED, 2) / _TURNED)
    angles = torch.outer(torch.arange(steps).float(), speeds).repeat_interleave(2, dim=1)
    return angles.cos(), angles.sin()


def _turned(heads: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    """Turn neighbouring pairs of the first 32 values of ``(1, heads, T, 36)``."""
    turning, staying = heads[..., :_TURNED], heads[..., _TURNED:]
    across = torch.stack([-turning[..., 1::2], turning[..., 0::2]], dim=-1).flatten(-2)
    return torch.cat([turning * cosine + across * sine, staying], dim=-1)


def _parts(samples: int) -> list[int]:
    """Split so many samples into as few parts as are short enough, whose lengths differ by one at most."""
    count = max(1, math.ceil(samples / _LONGEST))
    return [(samples + place) // count for place in range(count)]


def _steps(samples: int) -> int:
    steps = max(samples, _SHORTEST)
    for kernel, stride in _STEM:
        steps = (steps - kernel) // stride + 1
    return steps
