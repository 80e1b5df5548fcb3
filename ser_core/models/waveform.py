"""An encoder of raw samples: convolutions with long strides, then pooling over time."""

from collections.abc import Sequence

from torch import Tensor, nn

from ser_core.errors import ConfigError
from ser_core.models.convolution import ChannelDropout, ConvolutionLayer, as_maps, pooled_over_time
from ser_core.models.layout import Part, part_of
from ser_core.models.pooling import build_pooling
from ser_core.models.sizes import check_widths


class WaveformEncoder(nn.Module):
    """Convolutions over time alone, each with batch normalisation and ReLU, then pooling over time.

    Each convolution is twice as wide as its stride, so that no sample falls between two steps. With the strides that
    are the default, a second of 16 000 samples becomes 50 steps.

    References:
        Trigeorgis et al. (2016), Adieu Features? End-to-End Speech Emotion Recognition Using a Deep Convolutional
        Recurrent Network: convolutions on raw samples. All sizes are our choice.
    """

    def __init__(
        self,
        features: int,
        *,
        channels: Sequence[int] = (32, 48, 64, 96),
        strides: Sequence[int] = (5, 4, 4, 4),
        pooling: str = "attention",
        dropout: float = 0.1,
    ) -> None:
        """Build the encoder of ``features`` values per step, one for samples.

        Each convolution has a width, ``channels``, and a stride in steps of its input. ``dropout`` drops whole channels
        before the pooling while training.

        Raises:
            ConfigError: if a number is out of range, strides and channels differ in number, or the pooling is unknown.
        """
        super().__init__()
        check_widths("channels", channels)
        check_widths("strides", strides)
        if len(channels) != len(strides):
            raise ConfigError(
                f"Expected one stride per convolution; got {len(strides)} for {len(channels)}. "
                "Correct encoder_options.strides."
            )
        self.layers = nn.ModuleList(
            ConvolutionLayer(before, after, kernel=(2 * stride + 1, 1), stride=(stride, 1))
            for before, after, stride in zip([features, *channels[:-1]], channels, strides, strict=True)
        )
        self.dropout = ChannelDropout(dropout)
        self.pooling = build_pooling(pooling, channels[-1])
        self.size: int = self.pooling.size  # type: ignore[assignment]

    def forward(self, frames: Tensor, lengths: Tensor) -> Tensor:
        """Encode frames ``(B, T, F)`` of true lengths ``(B,)`` as vectors ``(B, size)``."""
        maps, packing = as_maps(frames, lengths, self.layers)
        maps = maps.transpose(1, 3)  # (1, F, N, 1): the values of a step are channels
        for layer in self.layers:
            maps, packing = layer(maps, packing)
        return pooled_over_time(self.pooling, self.dropout(maps, packing), packing)

    def layout(self) -> list[Part]:
        """Describe the blocks, in the order in which they work."""
        return [part_of(brick) for brick in (*self.layers, self.pooling)]
