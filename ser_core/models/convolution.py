"""One convolution over time and frequency, with its normalisation; the brick of the convolutional encoders."""

from typing import TypeVar

from torch import Tensor, nn
from torch.nn import functional

from ser_core.models.layout import MAPS, Part
from ser_core.models.masking import MaskedBatchNorm2d, map_mask, time_mask

Size = TypeVar("Size", int, Tensor)


class Convolution(nn.Conv2d):
    """A convolution over time and frequency whose step over frequencies is one where there is one frequency.

    The result is the same. But with a longer step oneDNN's gradient of the weights reads memory that was never written
    (torch 2.13, bfloat16), so that training ends at random in values that are no numbers.
    """

    def forward(self, maps: Tensor) -> Tensor:
        """Convolve maps ``(B, C, T, F)``."""
        stride = (self.stride[0], 1) if maps.shape[3] == 1 else self.stride
        return functional.conv2d(maps, self.weight, self.bias, stride, self.padding)


class ConvolutionLayer(nn.Module):
    """A convolution with batch normalisation and ReLU, zero on padding."""

    def __init__(
        self, inputs: int, outputs: int, *, kernel: tuple[int, int] = (3, 3), stride: tuple[int, int] = (1, 1)
    ) -> None:
        """Take ``inputs`` channels to ``outputs``; ``kernel`` (odd) and ``stride`` are over time and frequency."""
        super().__init__()
        self.time_stride = stride[0]
        padding = (kernel[0] // 2, kernel[1] // 2)
        self.convolution = Convolution(inputs, outputs, kernel, stride=stride, padding=padding, bias=False)
        self.norm = MaskedBatchNorm2d(outputs)

    def forward(self, maps: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """Transform maps ``(B, C, T, F)`` that are zero on padding; returns maps and their lengths."""
        lengths = strided(lengths, self.time_stride)
        maps = self.convolution(maps)
        return functional.relu(self.norm(maps, map_mask(lengths, maps))), lengths

    def part(self) -> Part:
        """Describe the layer."""
        detail = f"{convolution_text(self.convolution)}, batch norm, ReLU"
        return Part("convolution", "convolution", detail, MAPS, output=self)


def convolution_text(layer: nn.Conv2d) -> str:
    """Say what a convolution does to channels; kernel and stride are over time × frequency."""
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


def as_maps(frames: Tensor, lengths: Tensor) -> Tensor:
    """Turn frames ``(B, T, F)`` into one map ``(B, 1, T, F)`` that is zero on padding."""
    maps = frames[:, None]
    return maps * map_mask(lengths, maps)


def as_frames(maps: Tensor) -> Tensor:
    """Put the channels of maps ``(B, C, T, F)`` side by side: ``(B, T, C · F)``."""
    batch, _, time, _ = maps.shape
    return maps.permute(0, 2, 1, 3).reshape(batch, time, -1)


def pooled_over_time(pooling: nn.Module, maps: Tensor, lengths: Tensor) -> Tensor:
    """Pool maps ``(B, C, T, F)`` over the ``lengths`` true frames of each utterance: ``(B, size)``."""
    pooled: Tensor = pooling(as_frames(maps), time_mask(lengths, maps.shape[2]))
    return pooled
