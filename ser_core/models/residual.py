"""The residual convolutional encoder."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from ser_core.config import check_range
from ser_core.models.convolution import (
    ChannelDropout,
    Convolution,
    as_maps,
    convolution_text,
    convolved,
    pooled_over_time,
    strided,
)
from ser_core.models.layout import MAPS, Part, dropout_text, part_of
from ser_core.models.masking import MapNorm
from ser_core.models.packing import BatchPacking
from ser_core.models.pooling import build_pooling
from ser_core.models.sizes import check_blocks, check_widths


class ResidualEncoder(nn.Module):
    """Residual blocks over time and frequency, then pooling over time.

    The first convolution and every stage halve the frequencies, the first of them also time. The frequencies that
    remain are kept apart until pooling, because emotions differ in where the energy lies.

    References:
        He et al. (2016), Deep Residual Learning for Image Recognition.
        Hu et al. (2018), Squeeze-and-Excitation Networks.
    """

    def __init__(
        self,
        features: int,
        *,
        channels: Sequence[int] = (32, 64, 96, 128),
        stem: int = 16,
        blocks: int = 1,
        pooling: str = "attention",
        squeeze: int = 8,
        dropout: float = 0.1,
        time_halvings: int = 3,
    ) -> None:
        """Build the encoder.

        Args:
            channels: width of each stage.
            blocks: residual blocks per stage.
            squeeze: reduction of the channel attention in each block; 0 leaves it out.
            dropout: probability that a whole channel is dropped after each stage while training.
            time_halvings: in how many of the first steps (the first convolution, then each stage) time is halved as
                well as frequency; later ones keep the frames they have.

        Raises:
            ConfigError: if a number is out of range or the pooling is unknown.
        """
        super().__init__()
        check_widths("channels", channels)
        check_widths("stem", [stem])
        check_blocks(blocks, len(channels))
        check_widths("squeeze", [squeeze], fewest=0)
        check_widths("time_halvings", [time_halvings], fewest=0)
        check_range("encoder_options.dropout", dropout, 0.0, 0.95)
        steps = (2 if time_halvings > 0 else 1, 2)
        self.stem = Convolution(1, stem, kernel_size=(5, 5), stride=steps, padding=2, bias=False)
        self.stem_norm = MapNorm(stem)
        self.stages = nn.ModuleList()
        width, remaining = stem, strided(features, 2)
        for number, stage_width in enumerate(channels, start=1):
            for block in range(blocks):
                stride = ((2 if number < time_halvings else 1), 2) if block == 0 else (1, 1)
                self.stages.append(ResidualBlock(width, stage_width, stride=stride, squeeze=squeeze, dropout=dropout))
                width, remaining = stage_width, strided(remaining, stride[1])
        self.pooling = build_pooling(pooling, width * remaining)
        self.size: int = self.pooling.size  # type: ignore[assignment]

    def forward(self, frames: Tensor, lengths: Tensor) -> Tensor:
        """Encode frames ``(B, T, F)`` of true lengths ``(B,)`` as vectors ``(B, size)``."""
        maps, packing = as_maps(frames, lengths, [self.stem, *self.stages])
        maps, packing = convolved(self.stem, maps, packing)  # (1, C, N/2, F/2)
        maps = functional.relu(self.stem_norm(maps))
        for block in self.stages:
            maps, packing = block(maps, packing)
        return pooled_over_time(self.pooling, maps, packing)

    def layout(self) -> list[Part]:
        """Describe the blocks, in the order in which they work."""
        first = Part(
            "convolution",
            "convolution",
            f"{convolution_text(self.stem)}, batch norm, ReLU",
            MAPS,
            output=self.stem_norm,
            modules=(self.stem, self.stem_norm),
        )
        return [first, *(part_of(block) for block in self.stages), part_of(self.pooling)]


class ResidualBlock(nn.Module):
    """Two convolutions with batch normalisation and a shortcut around them."""

    def __init__(self, inputs: int, outputs: int, *, stride: tuple[int, int], squeeze: int, dropout: float) -> None:
        """Take ``inputs`` channels to ``outputs``, with ``stride`` over time and frequency."""
        super().__init__()
        self.first = Convolution(inputs, outputs, 3, stride=stride, padding=1, bias=False)
        self.first_norm = MapNorm(outputs)
        self.second = Convolution(outputs, outputs, 3, padding=1, bias=False)
        self.second_norm = MapNorm(outputs)
        self.time = self.first.time + self.second.time
        changes = stride != (1, 1) or inputs != outputs
        self.shortcut = Convolution(inputs, outputs, 1, stride=stride, bias=False) if changes else None
        self.shortcut_norm = MapNorm(outputs) if changes else None
        self.attention = ChannelAttention(outputs, squeeze) if squeeze else None
        self.dropout = ChannelDropout(dropout)

    def forward(self, maps: Tensor, packing: BatchPacking) -> tuple[Tensor, BatchPacking]:
        """Transform packed maps ``(1, C, N, F)``; returns maps and their packing."""
        shortcut = maps
        if self.shortcut is not None and self.shortcut_norm is not None:
            shortcut = self.shortcut_norm(convolved(self.shortcut, maps, packing)[0])
        maps, packing = convolved(self.first, maps, packing)
        maps = functional.relu(self.first_norm(maps))
        maps = self.second_norm(convolved(self.second, maps, packing)[0])
        if self.attention is not None:
            maps = self.attention(maps, packing)
        return self.dropout(functional.relu(maps + shortcut), packing), packing

    def part(self) -> Part:
        """Describe the block."""
        detail = ", then ".join(convolution_text(layer) for layer in (self.first, self.second))
        attention = [] if self.attention is None else ["channel attention"]
        detail = ", ".join([f"{detail}; batch norm, ReLU", *attention, *dropout_text(self.dropout)])
        shortcut = "the input" if self.shortcut is None else "a 1 × 1 convolution"
        return Part("convolution", "residual block", detail, MAPS, output=self, shortcut=shortcut)


class ChannelAttention(nn.Module):
    """Scale every channel by a gate computed from all channels' means over the utterance."""

    def __init__(self, channels: int, reduction: int) -> None:
        """Squeeze ``channels`` by ``reduction`` between the two layers of the gate."""
        super().__init__()
        self.squeeze = nn.Linear(channels, max(1, channels // reduction))
        self.excite = nn.Linear(max(1, channels // reduction), channels)

    def forward(self, maps: Tensor, packing: BatchPacking) -> Tensor:
        """Gate packed maps of shape ``(1, C, N, F)``."""
        gate = torch.sigmoid(self.excite(functional.relu(self.squeeze(packing.means(maps)))))  # (B, C)
        return maps * packing.each(gate)
