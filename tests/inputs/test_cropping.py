"""Crops against their definition: one stretch of an utterance, of every length and place that is allowed."""

import pytest
import torch

from ser_core.inputs import INPUTS
from ser_core.models import Padded
from ser_core.recipes import Augmentation

KINDS = [name for name, kind in INPUTS.items() if "crop" in kind.augmentations]


@pytest.mark.parametrize("kind", KINDS)
def test_a_crop_keeps_one_stretch_of_every_utterance_and_cuts_no_more_than_its_share(kind):
    lengths = torch.tensor([40, 7, 1, 0])
    values = (
        torch.arange(1.0, 41.0)[None, :, None] * torch.ones(4, 1, 2) * (torch.arange(40) < lengths[:, None])[..., None]
    )
    random, kept, begins = torch.Generator().manual_seed(0), [], set()
    for _ in range(300):
        crop = INPUTS[kind]().augment(
            Padded(values, lengths), Augmentation(crop=0.7), random, mean=torch.zeros(2), deviation=torch.ones(2)
        )
        kept.append(crop.lengths)
        begins.add(int(crop.values[0, 0, 0]))
        for utterance, count in zip(crop.values, crop.lengths.tolist(), strict=True):
            stretch = utterance[:count, 0]
            assert torch.equal(stretch, torch.arange(count) + stretch[:1]) or not count
            assert not utterance[count:].any()
            assert (utterance[:, 0] == utterance[:, 1]).all()
    shortest, longest = torch.stack(kept).amin(0).tolist(), torch.stack(kept).amax(0).tolist()
    assert (shortest, longest) == ([12, 2, 1, 0], [40, 7, 1, 0])
    firsts = {int(crop) for crop in torch.stack(kept)[:, 0]}
    assert len(firsts) > 20  # lengths between them
    assert min(begins) == 1
    assert max(begins) > 20
