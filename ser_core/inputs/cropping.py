"""One stretch of every utterance of a batch: an augmentation of any input that has steps."""

import torch

from ser_core.models import Padded


def cropped(padded: Padded, largest: float, random: torch.Generator) -> Padded:
    """Cut away a share of every utterance, drawn uniformly up to ``largest``, before and behind one stretch.

    The share is that of the whole batch, so that a cropped batch is as much shorter and costs as much less.
    """
    values, lengths = padded
    kept = (lengths * (1 - largest * torch.rand(1, generator=random))).round().long()
    kept = torch.minimum(kept.clamp_min(1), lengths)  # an utterance without steps stays without
    starts = ((lengths - kept + 1) * torch.rand(len(lengths), generator=random)).long()
    steps = torch.arange(max(1, int(kept.max())))  # (T',)
    places = (starts[:, None] + steps).clamp_max(values.shape[1] - 1)
    taken = values.gather(1, places[:, :, None].expand(-1, -1, values.shape[2]))
    return Padded(taken * (steps < kept[:, None])[:, :, None], kept)
