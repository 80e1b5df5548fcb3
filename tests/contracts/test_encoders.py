"""Every encoder in the table keeps the promises on which training and inference rely."""

import copy
import inspect
from collections.abc import Sequence

import pytest
import torch
from torch import nn
from torch.nn import functional

from ser_core.errors import ConfigError
from ser_core.models import AUDIO, EMOTION, ENCODERS, EmotionModel, Padded, build_model, pad

FEATURES = 16
LAYERED = ("fc", "cnn", "rnn", "lstm", "gru", "resnet")
# What makes an entry small; one that is missing here is tried as it is.
SMALL = {
    "residual": {"channels": [4, 8], "stem": 4},
    "fc": {"units": 8},
    "cnn": {"channels": [4, 8], "stem": 4},
    "rnn": {"units": 8},
    "lstm": {"units": 8},
    "gru": {"units": 8},
    "resnet": {"channels": [4, 8], "stem": 4},
    "lian": {"channels": [4, 4, 4, 8, 8]},
    "dai": {"channels": [4, 4, 8], "units": 8},
    "waveform": {"channels": [4, 8], "strides": [3, 2]},
    "pooled": {"units": 8},
}


def build(name: str, **options) -> nn.Module:
    """Build the small form with weights from one seed, and without dropout."""
    torch.manual_seed(0)
    encoder = ENCODERS[name](FEATURES, **SMALL.get(name, {}) | options)
    without_dropout(encoder)
    return encoder


def without_dropout(module: nn.Module) -> None:
    for part in module.modules():
        if isinstance(part, nn.Dropout | nn.Dropout2d):
            part.p = 0.0


def build_whole(name: str, **options) -> EmotionModel:
    torch.manual_seed(0)
    return build_model(
        name, SMALL.get(name, {}) | options, features=FEATURES, embedding_size=6, heads={"emotion": 3}, dropout=0.0
    )


@pytest.fixture
def frames() -> list[torch.Tensor]:
    torch.manual_seed(1)
    return [torch.randn(length, FEATURES) for length in (24, 11, 17, 1)]


@pytest.mark.parametrize("name", ENCODERS)
def test_it_gives_one_vector_of_its_size_per_utterance_however_short(name, frames):
    encoder = build(name)
    assert encoder(*pad(frames)).shape == (4, encoder.size)
    assert encoder(*pad(frames[3:])).shape == (1, encoder.size)


@pytest.mark.parametrize("features", [64, 128, 257, 513])
@pytest.mark.parametrize("name", ENCODERS)
def test_it_takes_mel_bands_and_bins_of_a_fourier_transform(name, features):
    encoder = ENCODERS[name](features, **SMALL.get(name, {}))
    found = encoder(torch.randn(2, 9, features), torch.tensor([5, 9]))
    assert found.shape == (2, encoder.size)
    assert torch.isfinite(found).all()


@pytest.mark.parametrize("name", ENCODERS)
def test_every_weight_gets_a_finite_gradient_and_some_a_large_one(name, frames):
    encoder = build(name)
    encoder(*pad(frames)).square().sum().backward()
    for weight, parameter in encoder.named_parameters():
        assert parameter.grad is not None, weight
        assert torch.isfinite(parameter.grad).all(), weight
    assert any(parameter.grad.abs().max() > 1e-6 for parameter in encoder.parameters())


@pytest.mark.parametrize("name", ENCODERS)
def test_padding_changes_nothing_neither_in_training_nor_afterwards(name, frames):
    batch, lengths = pad(frames)
    longer = functional.pad(batch, (0, 0, 0, 9), value=5.0)
    found = []
    for given in (batch, longer):
        encoder = build(name)
        vectors = encoder(given, lengths)
        (vectors * torch.linspace(-1, 1, encoder.size)).sum().backward()
        found.append((vectors, [parameter.grad for parameter in encoder.parameters()], dict(encoder.named_buffers())))
    torch.testing.assert_close(found[0], found[1], rtol=1e-3, atol=1e-4)
    encoder.eval()
    together = encoder(batch, lengths)
    for row, item in enumerate(frames):
        torch.testing.assert_close(encoder(*pad([item]))[0], together[row], rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("name", ENCODERS)
def test_the_same_frames_give_the_same_vector_in_any_order_of_the_batch(name, frames):
    encoder = build(name).eval()
    batch, lengths = pad(frames)
    found = encoder(batch, lengths)
    assert torch.equal(found, encoder(batch, lengths))
    order = [3, 1, 0, 2]
    torch.testing.assert_close(encoder(batch[order], lengths[order]), found[order], rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("name", ENCODERS)
def test_one_seed_gives_the_same_weights_the_same_dropout_and_the_same_vector(name, frames):
    found = []
    for _ in range(2):
        torch.manual_seed(3)
        encoder = ENCODERS[name](FEATURES, **SMALL.get(name, {}))
        found.append(encoder(*pad(frames)))
    assert torch.equal(*found)
    encoder.eval()
    assert torch.equal(copy.deepcopy(encoder)(*pad(frames)), encoder(*pad(frames)))


@pytest.mark.parametrize("length", [13, 1])
@pytest.mark.parametrize("name", ENCODERS)
def test_a_batch_of_one_trains(name, length):
    model = build_whole(name)
    model({AUDIO: pad([torch.randn(length, FEATURES)])}).heads[EMOTION].square().sum().backward()
    for weight, parameter in model.named_parameters():
        assert torch.isfinite(parameter.grad).all(), weight
    assert all(torch.isfinite(buffer).all() for buffer in model.buffers())


@pytest.mark.parametrize("name", ENCODERS)
def test_it_trains_where_the_model_computes_in_bfloat16(name, frames):
    model = build_whole(name)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        output = model({AUDIO: pad(frames)})
        output.heads[EMOTION].float().square().sum().backward()
    assert all(torch.isfinite(parameter.grad).all() for parameter in model.parameters())


@pytest.mark.parametrize("name", ENCODERS)
def test_it_learns_a_batch_by_heart_even_with_fifteen_layers(name):
    model = build_whole(name, **({"layers": 15} if name in LAYERED else {}))
    without_dropout(model)
    torch.manual_seed(2)
    batch, lengths = pad([torch.randn(length, FEATURES) for length in range(8, 24)])
    targets = torch.arange(16) % 3
    optimiser = torch.optim.Adam(model.parameters(), lr=5e-3)
    for _ in range(80):
        loss = functional.cross_entropy(model({AUDIO: Padded(batch, lengths)}).heads[EMOTION], targets)
        if loss < 0.1:
            break
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    assert loss < 0.1


@pytest.mark.parametrize("layers", range(6, 16))
@pytest.mark.parametrize("name", LAYERED)
def test_x_counts_the_layers_with_weights_up_to_the_embedding(name, layers):
    model = build_whole(name, layers=layers)
    counted = [
        where
        for where, part in model.named_modules()
        if isinstance(part, nn.Linear | nn.Conv2d | nn.RNNBase)
        and where != "head"
        and "pooling" not in where
        and "shortcut" not in where
    ]
    assert len(counted) == layers
    assert counted[-1] == "embedding"


def test_every_encoder_whose_layers_can_be_counted_is_counted():
    assert set(LAYERED) == {name for name, made in ENCODERS.items() if "layers" in inspect.signature(made).parameters}


@pytest.mark.parametrize(
    ("name", "options", "advice"),
    [
        ("fc", {"layers": 1}, r"Expected 2 to 50 layers, the embedding layer included; got 1\. Correct"),
        ("gru", {"layers": 51}, r"Expected 2 to 50 layers.*got 51\. Correct encoder_options.layers"),
        ("cnn", {"layers": 5}, r"Expected 6 to 50 layers.*got 5"),
        ("resnet", {"layers": 7, "channels": [4, 4, 4]}, r"Expected 8 to 50 layers.*got 7"),
        ("lstm", {"layers": "deep"}, "the encoder option lstm.layers to be int; got 'deep'"),
        ("rnn", {"layers": 7.5}, "the encoder option rnn.layers to be int; got 7.5"),
        ("fc", {"units": 0}, "Correct encoder_options.units"),
        ("gru", {"units": -4}, "Correct encoder_options.units"),
        ("gru", {"frames_per_step": 0}, "Correct encoder_options.frames_per_step"),
        ("resnet", {"bands": 0}, "Correct encoder_options.bands"),
        ("cnn", {"stem": 0}, "Correct encoder_options.stem"),
        ("cnn", {"channels": []}, "got none. Correct encoder_options.channels"),
        ("lian", {"channels": [4, 0]}, "got 4, 0. Correct encoder_options.channels"),
        ("dai", {"units": 0}, "Correct encoder_options.units"),
        ("rnn", {"dropout": 1.5}, "usable options of the encoder 'rnn'"),
        ("waveform", {"strides": [5, 4]}, "one stride per convolution; got 2 for 4. Correct encoder_options.strides"),
        ("lian", {"pooling": "atention"}, "Did you mean 'attention'"),
        ("residual", {"stem": 0}, "Expected stem from 1 to 65536; got 0. Correct encoder_options.stem"),
        ("residual", {"stem": 10**20}, "Expected stem from 1 to 65536"),
        ("residual", {"channels": [0]}, "got 0. Correct encoder_options.channels"),
    ],
)
def test_options_out_of_range_are_refused_with_advice(name, options, advice):
    with pytest.raises(ConfigError, match=advice):
        build_model(name, options, features=FEATURES, embedding_size=2, heads={"emotion": 2}, dropout=0.0)


@pytest.mark.parametrize("name", ENCODERS)
def test_its_blocks_have_the_same_sizes_where_nothing_is_computed(name):
    real = build_whole(name)
    with torch.device("meta"):
        sizes_alone = build_whole(name)
        found = sizes_alone.blocks({AUDIO: torch.empty(37, FEATURES)})
    assert found == real.blocks({AUDIO: torch.randn(37, FEATURES)})


@pytest.mark.parametrize("name", ENCODERS)
def test_no_size_may_be_below_zero_and_none_but_a_part_that_can_be_left_out_may_be_zero(name):
    sizes = {
        option: [-1] if parameter.annotation == Sequence[int] else -1
        for option, parameter in inspect.signature(ENCODERS[name]).parameters.items()
        if option != "features" and parameter.annotation in (int, Sequence[int])
    }
    assert sizes
    for option, below in sizes.items():
        with pytest.raises(ConfigError, match=f"Correct encoder_options.{option}"):
            build(name, **{option: below})
        zero = [0] if isinstance(below, list) else 0
        if option in ("squeeze", "time_halvings"):
            build(name, **{option: zero})
        else:
            with pytest.raises(ConfigError, match=f"Correct encoder_options.{option}"):
                build(name, **{option: zero})


@pytest.mark.parametrize("name", ENCODERS)
def test_a_misspelt_option_is_refused_with_the_list_of_those_there_are(name):
    with pytest.raises(ConfigError, match=f"option of the encoder '{name}' among .*got 'no_such_option'"):
        build_model(name, {"no_such_option": 1}, features=FEATURES, embedding_size=2, heads={"emotion": 2}, dropout=0.0)
