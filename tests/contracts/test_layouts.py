"""Every encoder tells what it is made of, and what it tells is what it is."""

import pytest
import torch
from torch import nn

from ser_core.models import ENCODERS, build_model
from ser_core.models.layout import blocks_of, parts_of

FEATURES = 64
LAYERED = ("fc", "cnn", "rnn", "lstm", "gru", "resnet")
CASES = [(name, {}) for name in ENCODERS] + [(name, {"layers": layers}) for name in LAYERED for layers in (6, 15)]


@pytest.mark.parametrize(("name", "options"), CASES)
def test_every_weight_belongs_to_exactly_one_block(name, options):
    model = build_model(name, options, features=FEATURES, embedding_size=8, heads={"emotion": 3}, dropout=0.1)
    owners: dict[int, int] = {}
    for part in model.layout():
        for module in (part.output,) if part.modules is None else part.modules:
            for parameter in module.parameters():
                owners[id(parameter)] = owners.get(id(parameter), 0) + 1
    assert owners == {id(parameter): 1 for parameter in model.parameters()}
    assert sum(part.parameters for part in model.layout()) == sum(one.numel() for one in model.parameters())


@pytest.mark.parametrize(("name", "options"), CASES)
def test_the_last_block_of_an_encoder_hands_on_its_vector(name, options):
    encoder = ENCODERS[name](FEATURES, **options).eval()
    blocks = blocks_of(parts_of(encoder), lambda: encoder(torch.zeros(1, 50, FEATURES), torch.tensor([50])))
    assert blocks[-1].sizes == (encoder.size,)
    assert blocks[-1].kind == ("dense" if name == "pooled" else "pooling")  # which pools first
    assert all(block.title and block.detail and block.shape for block in blocks)


@pytest.mark.parametrize("name", ENCODERS)
def test_no_encoder_that_ships_is_a_box_without_a_word(name):
    assert "network" not in {part.kind for part in parts_of(ENCODERS[name](FEATURES))}


@pytest.mark.parametrize("layers", [6, 11, 15])
@pytest.mark.parametrize("name", LAYERED)
def test_as_many_layers_are_told_as_the_name_counts(name, layers):
    parts = parts_of(ENCODERS[name](FEATURES, layers=layers))
    two = ("two convolutions", "residual block")
    assert sum(2 if part.title in two else part.kind != "pooling" for part in parts) == layers - 1


def test_an_encoder_that_tells_nothing_is_one_block_with_its_sizes():
    class Silent(nn.Module):
        size = 5

        def __init__(self) -> None:
            super().__init__()
            self.layer = nn.Linear(FEATURES, 5)

        def forward(self, frames, lengths):
            return self.layer(frames.mean(dim=1))

    silent = Silent()
    (block,) = blocks_of(parts_of(silent), lambda: silent(torch.zeros(1, 9, FEATURES), torch.tensor([9])))
    assert (block.title, block.shape, block.parameters) == ("Silent", "5 values", 5 * FEATURES + 5)
