"""Triplet loss: an anchor shall be nearer to its own class than to another, by a margin."""

from collections.abc import Callable, Mapping

from torch import Tensor, nn
from torch.nn import functional

from ser_core.config import lookup
from ser_core.errors import ConfigError
from ser_core.losses.metric import check_rows
from ser_core.sampling.mining import MINERS, Triplets

# Keeps the gradient of a root finite where two embeddings coincide.
_SMALLEST_SQUARE = 1e-12


def squared_euclidean(embeddings: Tensor) -> Tensor:
    """Squared distance between all rows of ``(B, D)``; shape ``(B, B)``."""
    # Far from the origin squares are so large that their difference is rounding alone. Neither distances nor their
    # gradients depend on where the origin lies, so the batch's own mean serves as one.
    centred = embeddings - embeddings.detach().mean(dim=0)
    squares = centred.square().sum(dim=1)  # (B,)
    distances = squares[:, None] + squares[None, :] - 2.0 * centred @ centred.T
    return distances.clamp_min(0.0)


def euclidean(embeddings: Tensor) -> Tensor:
    """Distance between all rows of ``(B, D)``; shape ``(B, B)``."""
    return (squared_euclidean(embeddings) + _SMALLEST_SQUARE).sqrt()


def cosine(embeddings: Tensor) -> Tensor:
    """One minus the cosine between all rows of ``(B, D)``; shape ``(B, B)``."""
    scaled = functional.normalize(embeddings, dim=1)
    return 1.0 - scaled @ scaled.T


DISTANCES: Mapping[str, Callable[[Tensor], Tensor]] = {
    "squared-euclidean": squared_euclidean,
    "euclidean": euclidean,
    "cosine": cosine,
}


class TripletLoss(nn.Module):
    """``max(0, d(a, p) - d(a, n) + margin)``, averaged over the triplets that are above zero.

    References:
        Schroff et al. (2015), FaceNet, equation 2, which uses the squared Euclidean distance of unit vectors.
    """

    def __init__(
        self,
        *,
        margin: float = 0.2,
        distance: str = "squared-euclidean",
        miner: str = "batch-hard",
        unit_length: bool = True,
    ) -> None:
        """Set margin, distance and the triplets that are compared.

        Args:
            margin: at least zero, in the unit of the distance.
            distance: a name in :data:`DISTANCES`.
            miner: a name in :data:`ser_core.sampling.MINERS`.
            unit_length: scale embeddings to unit length first.

        Raises:
            ConfigError: for an unknown name or a negative margin.
        """
        super().__init__()
        if not margin >= 0:
            raise ConfigError(f"Expected a triplet margin of at least 0; got {margin}. FaceNet uses 0.2.")
        self.margin = margin
        self.distance = lookup("distance", distance, DISTANCES)
        self.miner = lookup("miner", miner, MINERS)
        self.unit_length = unit_length

    def compare(self, embeddings: Tensor, labels: Tensor) -> tuple[Tensor, Triplets]:
        """Return the distances ``(B, B)`` and the mined triplets of a batch."""
        check_rows(embeddings, labels)
        distances = self.distance(functional.normalize(embeddings, dim=1) if self.unit_length else embeddings)
        return distances, self.miner(distances, labels, self.margin)

    def values(self, distances: Tensor, triplets: Triplets) -> Tensor:
        """Compute one value per triplet, shape ``(M,)``."""
        to_positive = distances[triplets.anchor, triplets.positive]
        to_negative = distances[triplets.anchor, triplets.negative]
        return functional.relu(to_positive - to_negative + self.margin)

    def forward(self, embeddings: Tensor, labels: Tensor) -> tuple[Tensor, float]:
        """Mine triplets of embeddings ``(B, D)`` with class numbers ``(B,)``, and compare them.

        Returns the mean over triplets above zero (zero, with a gradient, when there is none), and the fraction of the
        mined triplets that are above zero.
        """
        distances, triplets = self.compare(embeddings, labels)
        values = self.values(distances, triplets)
        active = values > 0
        count = int(active.sum())
        fraction = count / values.numel() if values.numel() else 0.0
        return values.sum() / max(count, 1), fraction
