"""One convolution over time and frequency, with its normalisation; the brick of the convolutional encoders."""

import typing
from collections.abc import Iterable, Sequence
from typing import TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from ser_core.models.layout import MAPS, Part
from ser_core.models.masking import MapNorm, time_mask
from ser_core.models.packing import BatchPacking

Size = TypeVar("Size", int, Tensor)


class Convolution(nn.Conv2d):
    """A convolution over time and frequency that avoids two faults of oneDNN (torch 2.13).

    The result is the same. Where a step of several frequencies leaves one, the result and the gradient of the weights
    are taken from memory that was never written (bfloat16, or channels last), and training ends at random in non-finite
    values: it steps by one there, and the first position is kept. With a kernel of one and a longer step the gradient
    writes behind the end of its memory (channels last, any precision), which ends the process: positions are chosen
    beforehand there.
    """

    @property
    def time(self) -> tuple[tuple[int, int], ...]:
        """Kernel and stride over time, of one convolution."""
        return ((self.kernel_size[0], self.stride[0]),)

    def forward(self, maps: Tensor) -> Tensor:
        """Convolve maps ``(B, C, T, F)``."""
        if self.kernel_size == (1, 1):
            # Chosen in the order of memory, in which the gradient is then laid out, too.
            chosen = maps.permute(0, 2, 3, 1)[:, :: self.stride[0], :: self.stride[1]]
            return functional.conv2d(chosen.permute(0, 3, 1, 2), self.weight, self.bias, padding=self.padding)
        padding = typing.cast(tuple[int, int], self.padding)
        width = (maps.shape[3] + 2 * padding[1] - self.kernel_size[1]) // self.stride[1] + 1
        stride = (self.stride[0], 1) if width == 1 else self.stride
        return functional.conv2d(maps, self.weight, self.bias, stride, self.padding)[..., :width]


class ConvolutionLayer(nn.Module):
    """A convolution with batch normalisation and ReLU; ``time`` is kernel and stride over time."""

    def __init__(
        self, inputs: int, outputs: int, *, kernel: tuple[int, int] = (3, 3), stride: tuple[int, int] = (1, 1)
    ) -> None:
        """Take ``inputs`` channels to ``outputs``; ``kernel`` (odd) and ``stride`` are over time and frequency."""
        super().__init__()
        padding = (kernel[0] // 2, kernel[1] // 2)
        self.convolution = Convolution(inputs, outputs, kernel, stride=stride, padding=padding, bias=False)
        self.norm = MapNorm(outputs)
        self.time = self.convolution.time

    def forward(self, maps: Tensor, packing: BatchPacking) -> tuple[Tensor, BatchPacking]:
        """Transform packed maps ``(1, C, N, F)``; returns maps and their packing."""
        maps, packing = convolved(self.convolution, maps, packing)
        return functional.relu(self.norm(maps)), packing

    def part(self) -> Part:
        """Describe the layer."""
        detail = f"{convolution_text(self.convolution)}, batch norm, ReLU"
        return Part("convolution", "convolution", detail, MAPS, output=self)


def convolution_text(layer: nn.Conv2d) -> str:
    """Describe a convolution; kernel and stride are over time × frequency."""
    time, frequency = layer.kernel_size
    stride = "" if layer.stride == (1, 1) else f", stride {layer.stride[0]} × {layer.stride[1]}"
    return f"{time} × {frequency}, {layer.in_channels} → {layer.out_channels} channels{stride}"


def strided(size: Size, stride: int) -> Size:
    """Return how many positions of ``size`` a convolution with ``stride`` leaves: one for every step that begins."""
    return (size + stride - 1) // stride


def stride_to_bands(features: int, bands: int) -> int:
    """Return the stride over frequency that brings ``features`` values nearest to ``bands``.

    A first convolution with this stride, and a kernel twice as wide, gives the layers behind it the same work for 64
    mel bands and for 513 bins of a Fourier transform.

    Examples:
        >>> [stride_to_bands(features, 32) for features in (64, 128, 257, 513)]
        [2, 4, 8, 16]
    """
    return max(1, round(features / bands))


def convolved(layer: nn.Conv2d, maps: Tensor, packing: BatchPacking) -> tuple[Tensor, BatchPacking]:
    """Convolve every utterance of packed maps ``(1, C, N, F)`` by itself; returns maps and their packing."""
    left = packing.strided(layer.stride[0])
    return left.taken(layer(packing.spread(maps))), left


def as_maps(frames: Tensor, lengths: Tensor, bricks: Iterable[nn.Module]) -> tuple[Tensor, BatchPacking]:
    """Pack padded frames ``(B, T, F)`` as one map ``(1, 1, N, F)`` for the convolutions of ``bricks``."""
    layers = [layer for brick in bricks for layer in typing.cast(Sequence[tuple[int, int]], brick.time)]
    packing = BatchPacking.of(lengths, frames.shape[1], layers, frames.device)
    return packing.packed(frames), packing


def as_frames(maps: Tensor, packing: BatchPacking) -> Tensor:
    """Put the channels of packed maps ``(1, C, N, F)`` side by side, and pad: ``(B, T, C · F)``."""
    return packing.padded(maps.squeeze(0).permute(1, 0, 2).flatten(1))


def pooled_over_time(pooling: nn.Module, maps: Tensor, packing: BatchPacking) -> Tensor:
    """Pool packed maps ``(1, C, N, F)`` over each utterance: ``(B, size)``."""
    frames = as_frames(maps, packing)
    lengths = torch.tensor(packing.lengths, device=maps.device)
    pooled: Tensor = pooling(frames, time_mask(lengths, frames.shape[1]))
    return pooled


class ChannelDropout(nn.Dropout):
    """Drop a channel of an utterance from its first step to its last while training.

    References:
        Tompson et al. (2015), Efficient Object Localization Using Convolutional Networks.
    """

    def forward(self, maps: Tensor, packing: BatchPacking) -> Tensor:  # type: ignore[override]
        """Drop channels of packed maps ``(1, C, N, F)``."""
        if not self.training or self.p == 0:
            return maps
        kept = functional.dropout(maps.new_ones(len(packing.lengths), maps.shape[1]), self.p)
        return maps * packing.each(kept)
