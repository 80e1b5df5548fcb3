"""Random changes of padded frames while training: tempo, vocal tract, level, hidden parts, mixtures."""

import torch
from torch import Tensor
from torch.nn import functional

from ser_core.models import Batch, Padded, Targets
from ser_core.models.masking import time_mask
from ser_core.recipes import Augmentation


def augment(
    frames: Tensor, lengths: Tensor, settings: Augmentation, random: torch.Generator, *, level_unit: Tensor
) -> tuple[Tensor, Tensor]:
    """Change every utterance of a batch in its own way.

    Args:
        frames: standardised, shape ``(B, T, F)``, zero on padding.
        lengths: true frames, shape ``(B,)``.
        settings: how much.
        random: draws the changes.
        level_unit: one decibel in the scale of the frames, per feature, shape ``(F,)``.

    Returns:
        New frames ``(B, T', F)``, zero on padding, and their lengths.
    """
    if settings.stretch or settings.warp:
        frames, lengths = _stretch_and_warp(frames, lengths, settings, random)
    batch, time, features = frames.shape
    if settings.gain_decibels:
        gain = (2 * torch.rand(batch, 1, 1, generator=random) - 1) * settings.gain_decibels
        frames = frames + gain * level_unit
    for _ in range(settings.frequency_masks):
        sizes = torch.rand(batch, generator=random) * settings.frequency_mask_share * features
        frames = frames.masked_fill(_stretch_of(sizes, torch.full((batch,), features), features, random)[:, None], 0.0)
    for _ in range(settings.time_masks):
        sizes = torch.rand(batch, generator=random) * settings.time_mask_share * lengths
        frames = frames.masked_fill(_stretch_of(sizes, lengths, time, random)[:, :, None], 0.0)
    return frames * time_mask(lengths, time)[:, :, None], lengths


def mix(batch: Batch, concentration: float, random: torch.Generator) -> Batch:
    """Mix every utterance with another of the batch, and their targets by the same share.

    Args:
        batch: inputs zero on padding.
        concentration: of the symmetric Beta distribution of the share.
        random: draws partner and share.

    Returns:
        Mixed inputs, as long as the longer partner, and targets; a target is missing where either of the two is.

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


def _stretch_and_warp(
    frames: Tensor, lengths: Tensor, settings: Augmentation, random: torch.Generator
) -> tuple[Tensor, Tensor]:
    batch, time, features = frames.shape
    tempo = 1.0 + (2 * torch.rand(batch, generator=random) - 1) * settings.stretch
    warp = 1.0 + (2 * torch.rand(batch, generator=random) - 1) * settings.warp
    new_lengths = (lengths * tempo).round().long().clamp_min(1)
    longest = int(new_lengths.max())
    # Where each new frame and band looks in the old batch, in the -1 … 1 of grid_sample (corners aligned).
    along_time = torch.arange(longest)[None, :] * (lengths / new_lengths)[:, None]  # (B, T')
    along_time = torch.minimum(along_time, (lengths - 1)[:, None])
    along_bands = torch.arange(features)[None, :] * warp[:, None]  # (B, F)
    grid = torch.stack(
        torch.broadcast_tensors(
            (along_bands / max(features - 1, 1) * 2 - 1)[:, None, :],
            (along_time / max(time - 1, 1) * 2 - 1)[:, :, None],
        ),
        dim=-1,
    )  # (B, T', F, 2)
    moved = functional.grid_sample(frames[:, None], grid, mode="bilinear", padding_mode="border", align_corners=True)
    return moved[:, 0] * time_mask(new_lengths, longest)[:, :, None], new_lengths


def _stretch_of(sizes: Tensor, limits: Tensor, length: int, random: torch.Generator) -> Tensor:
    """Mark one random stretch per row: booleans ``(B, length)``, ``sizes`` long, inside ``limits``."""
    starts = torch.rand(sizes.shape[0], generator=random) * (limits - sizes).clamp_min(0)
    positions = torch.arange(length)[None, :]
    return (positions >= starts[:, None].round()) & (positions < (starts + sizes)[:, None].round())
