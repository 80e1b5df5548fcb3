"""Mixtures of utterances: inputs and targets by the same shares."""

import numpy as np
import pytest
import torch

from ser_core.models import Batch, Padded, Targets
from ser_core.models.masking import time_mask
from ser_core.training.augmentation import mix


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.fixture
def batch() -> tuple[torch.Tensor, torch.Tensor]:
    lengths = torch.tensor([12, 30, 1, 21])
    frames = torch.randn(4, 30, 8, generator=seeded(7))
    return frames * time_mask(lengths, 30)[:, :, None], lengths


@pytest.mark.parametrize("concentration", [0.05, 0.3, 5.0])
def test_mixup_mixes_frames_and_targets_by_shares_that_sum_to_one(batch, concentration):
    frames, lengths = batch
    targets = Targets(torch.eye(4), torch.ones(4, dtype=torch.bool))
    found = mix(Batch({"audio": Padded(frames, lengths)}, {"emotion": targets}, np.arange(4)), concentration, seeded(5))
    (mixed, longer), shares = found.inputs["audio"], found.targets["emotion"].values
    torch.testing.assert_close(shares.sum(dim=1), torch.ones(4))
    own = shares.diagonal()
    assert (own >= 0.5).all()
    for row in range(4):
        expected = sum(float(shares[row, other]) * frames[other] for other in range(4))
        torch.testing.assert_close(mixed[row], expected, atol=1e-5, rtol=1e-4)
        assert int(longer[row]) == max(
            int(lengths[other]) for other in range(4) if shares[row, other] > 0 or other == row
        )
    assert not mixed[~time_mask(longer, 30)].any()


def test_a_mixture_has_a_target_only_where_both_utterances_have_one(batch):
    present = torch.tensor([True, False, True, True])
    sound, targets = Padded(*batch), Targets(torch.eye(4), present)
    found = mix(Batch({"audio": sound}, {"emotion": targets}, np.arange(4)), 5.0, seeded(5)).targets["emotion"]
    for row, shares in enumerate(found.values):
        assert bool(found.present[row]) == all(bool(present[other]) for other in torch.nonzero(shares).flatten())
