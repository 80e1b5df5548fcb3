"""Which triplets of a batch a triplet loss compares."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import torch
from torch import Tensor


class Triplets(NamedTuple):
    """Indices ``(M,)`` into a batch; ``anchor`` and ``positive`` share a class, ``negative`` has another."""

    anchor: Tensor
    positive: Tensor
    negative: Tensor


def _same_and_other(labels: Tensor) -> tuple[Tensor, Tensor]:
    equal = labels[:, None] == labels[None, :]  # (B, B)
    same = equal.clone()
    same.fill_diagonal_(False)
    return same, ~equal


def batch_all(distances: Tensor, labels: Tensor, margin: float) -> Triplets:
    """Take every triplet of the batch. Shapes as in :func:`batch_hard`; ``margin`` is not used."""
    same, other = _same_and_other(labels)
    anchor, positive, negative = torch.nonzero(same[:, :, None] & other[:, None, :], as_tuple=True)
    return Triplets(anchor, positive, negative)


def batch_hard(distances: Tensor, labels: Tensor, margin: float) -> Triplets:
    """Return for every anchor its farthest positive and its nearest negative, at most ``B`` triplets.

    Anchors without a positive or without a negative in the batch are left out. ``distances`` are ``(B, B)``, ``labels``
    ``(B,)``; the margin is not used here.

    References:
        Hermans et al. (2017), In Defense of the Triplet Loss for Person Re-Identification, equation 5.
    """
    distances = distances.detach()
    same, other = _same_and_other(labels)
    anchor = torch.nonzero(same.any(dim=1) & other.any(dim=1)).squeeze(1)  # (M,)
    positive = distances.masked_fill(~same, -torch.inf)[anchor].argmax(dim=1)
    negative = distances.masked_fill(~other, torch.inf)[anchor].argmin(dim=1)
    return Triplets(anchor, positive, negative)


def semi_hard(distances: Tensor, labels: Tensor, margin: float) -> Triplets:
    """Take for every anchor and positive the nearest negative that is farther than the positive, within the margin.

    Pairs without such a negative are left out. Shapes as in :func:`batch_hard`.

    References:
        Schroff et al. (2015), FaceNet, section 3.2.
    """
    distances = distances.detach()
    same, other = _same_and_other(labels)
    anchor, positive = torch.nonzero(same, as_tuple=True)  # (P,)
    to_positive = distances[anchor, positive][:, None]
    to_others = distances[anchor]  # (P, B)
    allowed = other[anchor] & (to_others > to_positive) & (to_others < to_positive + margin)
    nearest, negative = to_others.masked_fill(~allowed, torch.inf).min(dim=1)
    found = torch.isfinite(nearest)
    return Triplets(anchor[found], positive[found], negative[found])


MINERS: Mapping[str, Callable[[Tensor, Tensor, float], Triplets]] = {
    "batch-all": batch_all,
    "batch-hard": batch_hard,
    "semi-hard": semi_hard,
}
