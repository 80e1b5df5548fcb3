"""ArcFace: softmax over the angles to one direction per class, with a margin on the own angle."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from ser_core.errors import ConfigError
from ser_core.losses.metric import ClassVectorLoss
from ser_core.types import Degrees

# Keeps the gradient of the sine finite where an embedding lies on a direction.
_SMALLEST_SQUARE = 1e-12


class ArcFaceLoss(ClassVectorLoss):
    """Cross entropy of ``scale · cos(θ_j)``, where the own class's angle is enlarged to ``θ_y + margin`` first.

    Beyond ``180° − margin`` the cosine of the enlarged angle would fall back again; there ``cos θ − m · sin m`` goes on
    downwards instead, as in the authors' program.

    References:
        Deng et al. (2019), ArcFace: Additive Angular Margin Loss for Deep Face Recognition, equation 3.
    """

    def __init__(
        self, *, classes: int, embedding_size: int, margin_degrees: Degrees = 28.6, scale: float = 64.0
    ) -> None:
        """Draw the ``directions``, ``(K, D)``, whose length does not matter, from torch's generator.

        Args:
            margin_degrees: added to the own angle, from 0 to 90; the paper's 0.5 radians are 28.6 degrees.
            scale: of the cosines before the softmax, above zero.

        Raises:
            ConfigError: if a value is out of range.
        """
        super().__init__(classes=classes, embedding_size=embedding_size)
        if not 0 <= margin_degrees <= 90:
            raise ConfigError(
                f"Expected an angular margin from 0 to 90 degrees; got {margin_degrees}. Deng et al. use 28.6."
            )
        if not scale > 0:
            raise ConfigError(f"Expected an ArcFace scale above 0; got {scale}. Deng et al. use 64.")
        self.margin = math.radians(margin_degrees)
        self.scale = scale
        self.directions = nn.Parameter(torch.randn(classes, embedding_size) / math.sqrt(embedding_size))

    def logits(self, embeddings: Tensor) -> Tensor:
        """Judge embeddings ``(B, D)`` without a margin: ``scale · cos(θ_j)``, shape ``(B, K)``."""
        return self.scale * self._cosines(embeddings)

    def values(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Compute one value per utterance; shape ``(B,)``."""
        cosines = self._cosines(embeddings)  # (B, K)
        own = cosines.gather(1, labels[:, None])  # (B, 1)
        sine = (1.0 - own.square()).clamp_min(_SMALLEST_SQUARE).sqrt()
        enlarged = own * math.cos(self.margin) - sine * math.sin(self.margin)  # cos(θ + margin)
        enlarged = torch.where(own >= -math.cos(self.margin), enlarged, own - self.margin * math.sin(self.margin))
        logits = self.scale * cosines.scatter(1, labels[:, None], enlarged)
        return functional.cross_entropy(logits, labels, reduction="none")

    def _cosines(self, embeddings: Tensor) -> Tensor:
        return functional.normalize(embeddings, dim=1) @ functional.normalize(self.directions, dim=1).T
