"""Pooling first, then one dense layer: a small network for steps that already say much, as pretrained vectors do."""

from torch import Tensor, nn
from torch.nn import functional

from ser_core.models.layout import VECTOR, Part, dropout_text, part_of
from ser_core.models.masking import RowNorm, time_mask
from ser_core.models.pooling import build_pooling
from ser_core.models.sizes import check_widths

_FARTHEST = 3.0  # deviations


class PooledEncoder(nn.Module):
    """Statistics of every value over time, then a dense layer with batch normalisation and ReLU.

    Normalised statistics are limited to three deviations: a value of a pretrained network that hardly differed between
    the training utterances, as for a sound that nobody made, would outweigh all others when a stranger makes it.
    """

    def __init__(
        self, features: int, *, units: int = 128, pooling: str = "statistics-maximum", dropout: float = 0.3
    ) -> None:
        """Build the encoder; ``dropout`` is on the statistics while training.

        Raises:
            ConfigError: if a number is out of range or the pooling is unknown.
        """
        super().__init__()
        check_widths("units", [units])
        self.pooling = build_pooling(pooling, features)
        size: int = self.pooling.size  # type: ignore[assignment]
        self.input_norm = RowNorm(size)
        self.dropout = nn.Dropout(dropout)
        self.dense = nn.Linear(size, units, bias=False)  # a bias would be taken away by the normalisation
        self.norm = RowNorm(units)
        self.size = units

    def forward(self, frames: Tensor, lengths: Tensor) -> Tensor:
        """Encode frames ``(B, T, F)`` of true lengths ``(B,)`` as vectors ``(B, size)``."""
        pooled = self.pooling(frames, time_mask(lengths, frames.shape[1]))
        limited = self.input_norm(pooled).clamp(-_FARTHEST, _FARTHEST)
        encoded: Tensor = functional.relu(self.norm(self.dense(self.dropout(limited))))
        return encoded

    def layout(self) -> list[Part]:
        """Describe the blocks, in the order in which they work."""
        detail = ", ".join(
            [
                "batch norm, at most 3 deviations",
                *dropout_text(self.dropout),
                f"{self.dense.out_features} units",
                "batch norm",
                "ReLU",
            ]
        )
        modules = (self.input_norm, self.dense, self.norm)
        return [part_of(self.pooling), Part("dense", "dense layer", detail, VECTOR, output=self.norm, modules=modules)]
