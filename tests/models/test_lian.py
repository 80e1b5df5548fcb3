"""The five convolutions of Lian et al."""

import torch
from torch import nn

from ser_core.models import build_model
from ser_core.models.lian import LianEncoder
from ser_core.models.masking import MapNorm


def test_five_convolutions_with_batch_normalisation_lead_to_one_layer_of_256():
    model = build_model("lian", {}, features=257, embedding_size=256, heads={"emotion": 4}, dropout=0.0)
    parts = [part for part in model.encoder.modules() if not isinstance(part, nn.ModuleList)]
    assert sum(isinstance(part, nn.Conv2d) for part in parts) == 5
    assert sum(isinstance(part, MapNorm) for part in parts) == 5
    assert not any(isinstance(part, nn.Linear) for part in parts)
    assert model.embedding.out_features == 256


def test_four_seconds_become_25_by_9_positions():
    encoder = LianEncoder(257, channels=[2, 2, 2, 2, 3]).eval()
    seen = []
    encoder.layers[-1].register_forward_hook(lambda module, given, found: seen.append(found))
    encoder(torch.randn(1, 400, 257), torch.tensor([400]))
    maps, packing = seen[0]
    assert maps.shape == (1, 3, 25, 9)
    assert packing.lengths == (25,)
    assert encoder.size == 2 * 3 * 9
