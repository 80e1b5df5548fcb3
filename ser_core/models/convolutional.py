"""CNN-x and ResNet-x: the same convolutions, without and with shortcuts around each pair."""

from collections.abc import Callable, Sequence
from functools import partial

from torch import Tensor, nn

from ser_core.models.convolution import (
    ChannelDropout,
    ConvolutionLayer,
    as_maps,
    convolution_text,
    pooled_over_time,
    stride_to_bands,
    strided,
)
from ser_core.models.layout import MAPS, Part, dropout_text, part_of
from ser_core.models.packing import BatchPacking
from ser_core.models.pooling import build_pooling
from ser_core.models.residual import ResidualBlock
from ser_core.models.sizes import check_layers, check_widths


class ConvolutionalEncoder(nn.Module):
    """First convolutions, then pairs of convolutions in stages, then pooling over time.

    Of *x* layers the last is the model's embedding layer, and one is the first convolution, which halves time and
    brings the frequencies to about ``bands``. The others come in pairs of 3 × 3; where *x* is odd, a second 3 × 3
    convolution follows the first one, so ResNet-11 is 2 + 4 · 2 convolutions and the embedding layer. Pairs are dealt
    out evenly to the stages, earlier ones first; the first pair of a stage halves time and frequency.

    CNN-x has exactly the convolutions of ResNet-x: the two of them show what the shortcuts alone are worth.

    References:
        Kumar et al. (2020), ICPR, table 1: CNN-8 and ResNet-11 are the best of 6 … 15 layers, and ResNet-11 of all six
        kinds. Everything else is our choice.
        He et al. (2016), Deep Residual Learning for Image Recognition: figure 3 has the plain network too.
        He et al. (2019), Bag of Tricks for Image Classification with Convolutional Neural Networks: more than one
        convolution before the first shortcut.
    """

    def __init__(
        self,
        block: Callable[..., nn.Module],
        features: int,
        *,
        layers: int,
        channels: Sequence[int] = (48, 96),
        stem: int = 24,
        bands: int = 32,
        pooling: str = "attention",
        dropout: float = 0.1,
    ) -> None:
        """Build the encoder.

        Args:
            block: a pair of convolutions.
            layers: *x*, the embedding layer included; at least two for every stage and two more.
            channels: width of each stage.
            bands: frequencies that the first convolution leaves, about.
            dropout: probability that a whole channel is dropped after each pair while training.

        Raises:
            ConfigError: if a number is out of range or the pooling is unknown.
        """
        super().__init__()
        check_widths("channels", channels)
        check_widths("stem", [stem])
        check_widths("bands", [bands])
        count = check_layers(layers, fewest=2 + 2 * len(channels))
        stride = stride_to_bands(features, bands)
        self.first = nn.ModuleList([ConvolutionLayer(1, stem, kernel=(5, 2 * stride + 1), stride=(2, stride))])
        if count % 2 == 0:
            self.first.append(ConvolutionLayer(stem, stem))
        pairs = (count - len(self.first)) // 2
        self.pairs = nn.ModuleList()
        width, remaining, stage = stem, strided(features, stride), -1
        for number in range(pairs):
            opens = number * len(channels) // pairs > stage
            stage += opens
            steps = (2, 2) if opens else (1, 1)
            self.pairs.append(block(width, channels[stage], stride=steps, dropout=dropout))
            width, remaining = channels[stage], strided(remaining, steps[1])
        self.pooling = build_pooling(pooling, width * remaining)
        self.size: int = self.pooling.size  # type: ignore[assignment]

    def forward(self, frames: Tensor, lengths: Tensor) -> Tensor:
        """Encode frames ``(B, T, F)`` of true lengths ``(B,)`` as vectors ``(B, size)``."""
        layers = (*self.first, *self.pairs)
        maps, packing = as_maps(frames, lengths, layers)
        for layer in layers:
            maps, packing = layer(maps, packing)
        return pooled_over_time(self.pooling, maps, packing)

    def layout(self) -> list[Part]:
        """Describe the blocks, in the order in which they work."""
        return [part_of(brick) for brick in (*self.first, *self.pairs, self.pooling)]


class PlainBlock(nn.Module):
    """Two convolutions with batch normalisation, and nothing around them."""

    def __init__(self, inputs: int, outputs: int, *, stride: tuple[int, int], dropout: float) -> None:
        """Take ``inputs`` channels to ``outputs``, with ``stride`` over time and frequency."""
        super().__init__()
        self.first = ConvolutionLayer(inputs, outputs, stride=stride)
        self.second = ConvolutionLayer(outputs, outputs)
        self.time = self.first.time + self.second.time
        self.dropout = ChannelDropout(dropout)

    def forward(self, maps: Tensor, packing: BatchPacking) -> tuple[Tensor, BatchPacking]:
        """Transform packed maps ``(1, C, N, F)``; returns maps and their packing."""
        maps, packing = self.second(*self.first(maps, packing))
        return self.dropout(maps, packing), packing

    def part(self) -> Part:
        """Describe the block."""
        detail = ", then ".join(convolution_text(layer.convolution) for layer in (self.first, self.second))
        detail = ", ".join([f"{detail}; batch norm, ReLU", *dropout_text(self.dropout)])
        return Part("convolution", "two convolutions", detail, MAPS, output=self)


cnn_encoder = partial(ConvolutionalEncoder, PlainBlock, layers=8)
resnet_encoder = partial(ConvolutionalEncoder, partial(ResidualBlock, squeeze=0), layers=11)
