"""A model's blocks carry the sizes of their real output, and looking at them leaves no trace."""

import torch

from ser_core.models import AUDIO, build_model


def lian(**options):
    return build_model("lian", {}, features=257, embedding_size=256, heads={"emotion": 4}, dropout=0.0, **options)


def test_the_blocks_of_lian_halve_257_by_400_to_9_by_25():
    shapes = [block.shape for block in lian().blocks({AUDIO: torch.zeros(400, 257)})]
    assert shapes == [
        "16 channels × 200 steps × 129 frequencies",
        "32 channels × 100 steps × 65 frequencies",
        "48 channels × 50 steps × 33 frequencies",
        "64 channels × 25 steps × 17 frequencies",
        "96 channels × 25 steps × 9 frequencies",
        f"{2 * 96 * 9} values",
        "256 values",
        "4 values",
    ]


def test_norm_dropout_and_activation_are_told_where_they_are_and_not_where_they_are_not():
    *_, bare, _ = lian(embedding_norm=False).blocks({AUDIO: torch.zeros(400, 257)})
    assert bare.detail == "dense layer 1728 → 256"
    model = build_model(
        "dai", {}, features=128, embedding_size=64, heads={"emotion": 4}, dropout=0.3, embedding_activation="prelu"
    )
    *_, dressed, _ = model.blocks({AUDIO: torch.zeros(300, 128)})
    assert dressed.detail == "batch norm, dropout 0.3, dense layer 256 → 64, PReLU"
    assert dressed.parameters == 2 * 256 + 256 * 64 + 64 + 1


def test_a_shortcut_is_the_input_where_nothing_changes_and_a_convolution_elsewhere():
    model = build_model("resnet", {"layers": 11}, features=64, embedding_size=8, heads={"emotion": 3}, dropout=0.0)
    told = [block.shortcut for block in model.blocks({AUDIO: torch.zeros(188, 64)}) if block.title == "residual block"]
    assert told == ["a 1 × 1 convolution", "the input"] * 2


def test_looking_at_a_model_changes_neither_its_mode_nor_its_statistics_nor_leaves_a_hook():
    model = lian().train()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    model.blocks({AUDIO: torch.randn(400, 257)})
    assert model.training
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    assert not any(module._forward_hooks for module in model.modules())
