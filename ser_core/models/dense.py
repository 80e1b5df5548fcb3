"""FC-x: dense layers on every frame, then pooling over time."""

import itertools

from torch import Tensor, nn
from torch.nn import functional

from ser_core.models.layout import STEPS, Part, dropout_text, part_of
from ser_core.models.masking import RowNorm, is_unpadded, time_mask
from ser_core.models.pooling import build_pooling
from ser_core.models.sizes import check_layers, check_widths


class DenseEncoder(nn.Module):
    """The same dense layers on every frame, each with batch normalisation and ReLU, then pooling over time.

    FC-x has *x* − 1 dense layers here; the model's embedding layer is the last one. It ignores the order of frames,
    which makes it the lower reference of the comparison.

    References:
        Kumar et al. (2020), ICPR, table 1: FC-7 is the best of FC-6 … FC-15. Widths, normalisation and pooling are
        our choice.
    """

    def __init__(
        self, features: int, *, layers: int = 7, units: int = 240, pooling: str = "attention", dropout: float = 0.1
    ) -> None:
        """Build the encoder of *x* = ``layers``, the embedding layer included.

        ``dropout`` follows every dense layer but the last while training.

        Raises:
            ConfigError: if a number is out of range or the pooling is unknown.
        """
        super().__init__()
        count = check_layers(layers, fewest=2)
        check_widths("units", [units])
        widths = [features] + [units] * count
        # A bias would be taken away by the normalisation that follows.
        self.layers = nn.ModuleList(nn.Linear(a, b, bias=False) for a, b in itertools.pairwise(widths))
        self.norms = nn.ModuleList(RowNorm(units) for _ in range(count))
        self.dropout = nn.Dropout(dropout)
        self.pooling = build_pooling(pooling, units)
        self.size: int = self.pooling.size  # type: ignore[assignment]

    def forward(self, frames: Tensor, lengths: Tensor) -> Tensor:
        """Encode frames ``(B, T, F)`` of true lengths ``(B,)`` as vectors ``(B, size)``."""
        mask = time_mask(lengths, frames.shape[1])
        unpadded = is_unpadded(mask)
        # (true frames of the batch, F): padding takes no part in statistics, and costs nothing.
        rows = frames.flatten(0, 1) if unpadded else frames[mask]
        for number, (layer, norm) in enumerate(zip(self.layers, self.norms, strict=True)):
            rows = functional.relu(norm(layer(self.dropout(rows) if number else rows)))
        if unpadded:
            filled = rows.unflatten(0, mask.shape)  # (B, T, units)
        else:
            filled = rows.new_zeros(*mask.shape, rows.shape[1])
            filled[mask] = rows
        pooled: Tensor = self.pooling(filled, mask)
        return pooled

    def layout(self) -> list[Part]:
        """Describe the blocks, in the order in which they work."""
        dense = []
        for number, (layer, norm) in enumerate(zip(self.layers, self.norms, strict=True)):
            before = dropout_text(self.dropout) if number else []
            detail = ", ".join([*before, "every frame alone", f"{layer.out_features} units", "batch norm", "ReLU"])
            dense.append(Part("dense", "dense layer", detail, STEPS, output=norm, modules=(layer, norm)))
        return [*dense, part_of(self.pooling)]
