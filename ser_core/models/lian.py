"""The encoder of Lian et al. (2018): five convolutions, then pooling over time."""

from collections.abc import Sequence

from torch import Tensor, nn

from ser_core.models.convolution import ConvolutionLayer, as_maps, pooled_over_time, strided
from ser_core.models.layout import Part, part_of
from ser_core.models.pooling import build_pooling
from ser_core.models.sizes import check_widths


class LianEncoder(nn.Module):
    """Five convolutions with batch normalisation and ReLU; the fully connected layer to 256 is the model's embedding.

    Made for 257 values every 10 ms. Kernels, strides and channels are not published: ours halve time and frequency
    with every layer, time only ``time_halvings`` times, so that 257 × 400 become 9 × 25 positions. The paper cuts
    every utterance to one duration; mean and standard deviation over time let the same network take any.

    References:
        Lian et al. (2018), A Pairwise Discriminative Task for Speech Emotion Recognition, arXiv 1801.01237.
        Satt et al. (2017), Efficient Emotion Recognition from Speech Using Deep Learning on Spectrograms, which it is
        "slightly modified" from.
    """

    def __init__(
        self,
        features: int,
        *,
        channels: Sequence[int] = (16, 32, 48, 64, 96),
        time_halvings: int = 4,
        pooling: str = "statistics",
    ) -> None:
        """Build the encoder.

        Args:
            channels: width of each convolution. The first has a kernel of 5 × 5, the others of 3 × 3.
            time_halvings: in how many of the first convolutions time is halved as well as frequency.

        Raises:
            ConfigError: if a number is out of range or the pooling is unknown.
        """
        super().__init__()
        check_widths("channels", channels)
        check_widths("time_halvings", [time_halvings], fewest=0)
        self.layers = nn.ModuleList()
        width, remaining = 1, features
        for number, outputs in enumerate(channels):
            kernel, stride = (3, 3) if number else (5, 5), (2 if number < time_halvings else 1, 2)
            self.layers.append(ConvolutionLayer(width, outputs, kernel=kernel, stride=stride))
            width, remaining = outputs, strided(remaining, 2)
        self.pooling = build_pooling(pooling, width * remaining)
        self.size: int = self.pooling.size  # type: ignore[assignment]

    def forward(self, frames: Tensor, lengths: Tensor) -> Tensor:
        """Encode frames ``(B, T, F)`` with ``lengths`` true frames each; returns ``(B, size)``."""
        layers = self.layers
        maps, packing = as_maps(frames, lengths, layers)
        for layer in layers:
            maps, packing = layer(maps, packing)
        return pooled_over_time(self.pooling, maps, packing)

    def layout(self) -> list[Part]:
        """Describe the blocks, in the order in which they work."""
        return [part_of(brick) for brick in (*self.layers, self.pooling)]
