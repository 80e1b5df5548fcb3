"""Dropout of whole channels of packed maps, each utterance by itself."""

from torch import Tensor, nn
from torch.nn import functional

from ser_core.models.packing import BatchPacking


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
