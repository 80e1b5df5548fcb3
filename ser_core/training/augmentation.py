"""Mixtures of utterances while training; changes of a single utterance belong to its input."""

import torch
from torch import Tensor

from ser_core.models import Batch, Padded, Targets


def mix(batch: Batch, concentration: float, random: torch.Generator) -> Batch:
    """Mix every utterance with another of the batch, and their targets by the same share.

    Inputs are zero on padding; the share follows a symmetric Beta distribution of this concentration. Mixed inputs are
    as long as the longer partner; a target is missing where either of the two is.

    References:
        Zhang et al. (2018), mixup: Beyond Empirical Risk Minimization.
    """
    count = len(batch.rows)
    partner = torch.randperm(count, generator=random)
    gammas = torch._standard_gamma(torch.full((2, count), concentration), generator=random)
    share = gammas[0] / gammas.sum(dim=0).clamp_min(1e-8)
    share = torch.maximum(share, 1 - share)  # (B,): the utterance itself stays the larger part

    def mixed(values: Tensor) -> Tensor:
        own = share.reshape(-1, *[1] * (values.ndim - 1))
        return own * values + (1 - own) * values[partner]

    return Batch(
        {
            name: Padded(mixed(padded.values), torch.maximum(padded.lengths, padded.lengths[partner]))
            for name, padded in batch.inputs.items()
        },
        {
            name: Targets(mixed(targets.values), targets.present & targets.present[partner])
            for name, targets in batch.targets.items()
        },
        batch.rows,
    )
