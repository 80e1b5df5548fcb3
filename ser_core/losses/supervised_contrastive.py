"""Supervised contrastive loss: among all others of the batch, an utterance shall find its own class."""

import torch
from torch import Tensor
from torch.nn import functional

from ser_core.errors import ConfigError
from ser_core.losses.metric import MetricLoss


class SupervisedContrastiveLoss(MetricLoss):
    """``−1/|P(i)| · Σ_{p ∈ P(i)} log(exp(z_i·z_p / τ) / Σ_{a ≠ i} exp(z_i·z_a / τ))``, averaged over anchors ``i``.

    ``z`` are embeddings of unit length, ``P(i)`` the others of the anchor's class. Anchors that are alone in their
    class are left out.

    References:
        Khosla et al. (2020), Supervised Contrastive Learning, equation 2 (``L_out``), with a mean instead of the sum.
    """

    def __init__(self, *, temperature: float = 0.1) -> None:
        """Set the temperature ``τ``; the smaller, the more the nearest others count.

        Raises:
            ConfigError: if the temperature is not above zero.
        """
        super().__init__()
        if not temperature > 0:
            raise ConfigError(f"Expected a temperature above 0; got {temperature}. Khosla et al. use 0.1.")
        self.temperature = temperature

    def values(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Compute one value per anchor that has a positive; shape ``(M,)``."""
        scaled = functional.normalize(embeddings, dim=1)
        itself = torch.eye(len(labels), dtype=torch.bool, device=labels.device)
        positive = (labels[:, None] == labels[None, :]) & ~itself  # (B, B)
        anchors = positive.any(dim=1)
        similarity = (scaled @ scaled.T / self.temperature).masked_fill(itself, -torch.inf)[anchors]  # (M, B)
        positive = positive[anchors]
        shares = functional.log_softmax(similarity, dim=1).masked_fill(~positive, 0.0)
        return -shares.sum(dim=1) / positive.sum(dim=1)
