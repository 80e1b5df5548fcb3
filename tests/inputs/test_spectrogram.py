"""A spectrogram's augmentation changes what its settings say, and never what is padding."""

import pytest
import torch

from ser_core.inputs.spectrogram import LogMel
from ser_core.models import Padded
from ser_core.models.masking import time_mask
from ser_core.recipes import Augmentation

EVERYTHING = Augmentation(
    stretch=0.3, warp=0.2, gain_decibels=6.0, frequency_masks=2, time_masks=2, mixup=0.3, time_mask_share=0.5
)


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.fixture
def batch() -> tuple[torch.Tensor, torch.Tensor]:
    lengths = torch.tensor([12, 30, 1, 21])
    frames = torch.randn(4, 30, 8, generator=seeded(7))
    return frames * time_mask(lengths, 30)[:, :, None], lengths


def changed(batch, settings: Augmentation, seed: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    return augmented(*batch, settings, seeded(seed), deviation=torch.full((8,), 10.0))


def augmented(frames, lengths, settings, random, *, deviation):
    """Augment standardised frames of which one decibel is ``1 / deviation``."""
    mean = torch.zeros_like(deviation)
    return LogMel().augment(Padded(frames, lengths), settings, random, mean=mean, deviation=deviation)


def test_settings_of_zero_change_nothing(batch):
    frames, lengths = changed(batch, Augmentation())
    assert torch.equal(frames, batch[0])
    assert torch.equal(lengths, batch[1])


@pytest.mark.parametrize(
    "settings",
    [
        EVERYTHING,
        Augmentation(stretch=0.5),
        Augmentation(warp=0.5),
        Augmentation(gain_decibels=10.0),
        Augmentation(frequency_masks=3),
        Augmentation(time_masks=3),
    ],
)
def test_padding_stays_zero_and_every_part_does_something(batch, settings):
    frames, lengths = changed(batch, settings)
    assert not frames[~time_mask(lengths, frames.shape[1])].any()
    assert frames.shape[1] >= int(lengths.max())
    assert torch.isfinite(frames).all()
    assert frames.shape != batch[0].shape or not torch.equal(frames, batch[0])


def test_the_same_seed_gives_the_same_and_another_seed_another_result(batch):
    first, again, other = (changed(batch, EVERYTHING, seed) for seed in (1, 1, 2))
    assert torch.equal(first[0], again[0])
    assert not (first[0].shape == other[0].shape and torch.equal(first[0], other[0]))


def test_stretch_changes_lengths_within_its_share(batch):
    _, lengths = changed(batch, Augmentation(stretch=0.3))
    assert lengths.tolist() != batch[1].tolist()
    for old, new in zip(batch[1].tolist(), lengths.tolist(), strict=True):
        assert max(1, round(old * 0.7) - 1) <= new <= round(old * 1.3) + 1


def test_stretch_keeps_what_is_heard_at_the_same_relative_time():
    ramp = torch.linspace(0, 1, 101)[None, :, None].expand(1, 101, 4).contiguous()
    frames, lengths = changed((ramp, torch.tensor([101])), Augmentation(stretch=0.4), seed=3)
    count = int(lengths)
    assert count != 101
    expected = (torch.arange(count) / count).clamp(max=1.0)
    torch.testing.assert_close(frames[0, :count, 0], expected, atol=0.02, rtol=0)


def test_warp_moves_bands_and_keeps_time():
    ramp = torch.arange(8.0)[None, None, :].expand(1, 5, 8).contiguous()
    frames, lengths = changed((ramp, torch.tensor([5])), Augmentation(warp=0.2), seed=1)
    assert int(lengths) == 5
    factor = frames[0, 0, 3] / 3
    assert 0.8 <= float(factor) <= 1.2
    torch.testing.assert_close(frames[0, 0, :6], torch.arange(6.0) * factor, atol=1e-4, rtol=0)


def test_every_utterance_is_warped_by_a_factor_of_its_own_up_and_down_to_the_share_that_is_set():
    ramp = torch.arange(8.0)[None, None, :].expand(300, 2, 8).contiguous()
    frames, _ = changed((ramp, torch.full((300,), 2)), Augmentation(warp=0.2))
    factors = frames[:, 0, 3] / 3
    assert 0.8 - 1e-4 <= float(factors.min()) < 0.82
    assert 1.18 < float(factors.max()) <= 1.2 + 1e-4


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("along", ["frequency", "time"])
def test_there_are_as_many_masks_as_are_asked_for(along, count):
    asked = Augmentation(**{f"{along}_masks": count, f"{along}_mask_share": 0.1})
    frames, _ = augmented(torch.ones(300, 60, 60), torch.full((300,), 60), asked, seeded(), deviation=torch.ones(60))
    line = frames[:, 0, :] if along == "frequency" else frames[:, :, 0]
    padded = torch.nn.functional.pad(line, (1, 1), value=1.0)
    begun = ((padded[:, 1:] == 0) & (padded[:, :-1] != 0)).sum(dim=1)  # masks that do not touch
    assert int(begun.max()) == count


def test_gain_adds_the_same_decibels_everywhere_in_the_unit_of_the_frames():
    frames, lengths = torch.zeros(6, 4, 8), torch.full((6,), 4)
    unit = torch.linspace(0.1, 0.8, 8)
    found, _ = augmented(frames, lengths, Augmentation(gain_decibels=6.0), seeded(), deviation=1 / unit)
    gains = found / unit
    assert float((gains - gains[:, :1, :1]).abs().max()) < 1e-5
    assert 1.0 < float(gains.abs().max()) <= 6.0


def test_gains_are_drawn_evenly_from_softer_to_louder():
    frames, lengths = torch.zeros(4_000, 1, 1), torch.ones(4_000, dtype=torch.long)
    found, _ = augmented(frames, lengths, Augmentation(gain_decibels=6.0), seeded(), deviation=torch.ones(1))
    quarters = torch.histc(found, bins=4, min=-6.0, max=6.0)
    assert quarters.sum() == 4_000
    assert ((quarters - 1_000).abs() < 110).all()  # four standard errors


def test_masks_hide_no_more_than_their_share():
    frames, lengths = torch.ones(50, 40, 10), torch.full((50,), 40)
    by_time, _ = augmented(
        frames, lengths, Augmentation(time_masks=1, time_mask_share=0.25), seeded(), deviation=torch.ones(10)
    )
    hidden = (by_time == 0).all(dim=2).sum(dim=1)
    assert 0 < int(hidden.max()) <= 0.25 * 40 + 1
    by_band, _ = augmented(
        frames, lengths, Augmentation(frequency_masks=1, frequency_mask_share=0.3), seeded(), deviation=torch.ones(10)
    )
    assert 0 < int((by_band == 0).all(dim=1).sum(dim=1).max()) <= 0.3 * 10 + 1
