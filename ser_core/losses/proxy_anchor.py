"""Proxy-anchor loss: one learned proxy per class draws its own class near and pushes all others away."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from ser_core.errors import ConfigError
from ser_core.losses.metric import ClassVectorLoss


class ProxyAnchorLoss(ClassVectorLoss):
    """Per proxy ``p``: ``log(1 + Σ_{own} exp(−α (s − δ)))`` and ``log(1 + Σ_{others} exp(α (s + δ)))``.

    ``s`` is the cosine between an embedding and the proxy. The first term is averaged over the proxies of the classes
    in the batch, the second over all proxies, and both are added.

    References:
        Kim et al. (2020), Proxy Anchor Loss for Deep Metric Learning, equation 4.
    """

    def __init__(self, *, classes: int, embedding_size: int, scale: float = 32.0, margin: float = 0.1) -> None:
        """Draw the ``proxies``, ``(K, D)``, whose length does not matter, from torch's generator.

        ``scale`` is ``α``, above zero, ``margin`` is ``δ``, from 0 to 1. Raises ConfigError if a value is out of range.
        """
        super().__init__(classes=classes, embedding_size=embedding_size)
        if not scale > 0:
            raise ConfigError(f"Expected a proxy-anchor scale (α) above 0; got {scale}. Kim et al. use 32.")
        if not 0 <= margin <= 1:
            raise ConfigError(f"Expected a proxy-anchor margin (δ) in [0, 1]; got {margin}. Kim et al. use 0.1.")
        self.scale = scale
        self.margin = margin
        self.proxies = nn.Parameter(torch.randn(classes, embedding_size) * math.sqrt(2 / classes))

    def values(self, embeddings: Tensor, labels: Tensor) -> Tensor:
        """Compute one value per proxy, such that their mean is the loss; shape ``(K,)``."""
        scaled = functional.normalize(embeddings, dim=1)
        cosines = scaled @ functional.normalize(self.proxies, dim=1).T  # (B, K)
        own = functional.one_hot(labels, self.classes).bool()  # (B, K)
        present = own.any(dim=0).sum()
        near = _log_one_plus_sum(-self.scale * (cosines - self.margin), own)  # (K,), zero for absent classes
        far = _log_one_plus_sum(self.scale * (cosines + self.margin), ~own)  # (K,)
        return near * (self.classes / present) + far


def _log_one_plus_sum(exponents: Tensor, chosen: Tensor) -> Tensor:
    """Return ``log(1 + Σ exp)`` over the chosen rows of each column, without overflow."""
    one = exponents.new_zeros(1, exponents.shape[1])
    return torch.cat([one, exponents.masked_fill(~chosen, -torch.inf)]).logsumexp(dim=0)
