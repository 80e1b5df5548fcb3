"""Every encoder in the table keeps the promises on which training and inference rely."""

import pytest
import torch

from ser_core.errors import ConfigError
from ser_core.models import ENCODERS, build_model, pad

FEATURES = 16


def build(name: str) -> torch.nn.Module:
    torch.manual_seed(0)
    encoder = ENCODERS[name](FEATURES)
    for module in encoder.modules():
        if isinstance(module, torch.nn.Dropout | torch.nn.Dropout2d):
            module.p = 0.0
    return encoder


@pytest.fixture
def frames() -> list[torch.Tensor]:
    torch.manual_seed(1)
    return [torch.randn(length, FEATURES) for length in (24, 11, 17, 1)]


@pytest.mark.parametrize("name", ENCODERS)
def test_it_gives_one_vector_of_its_size_per_utterance_however_short(name, frames):
    encoder = build(name)
    assert encoder(*pad(frames)).shape == (4, encoder.size)
    assert encoder(*pad(frames[3:])).shape == (1, encoder.size)


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
    longer = torch.nn.functional.pad(batch, (0, 0, 0, 9), value=5.0)
    gradients = []
    for given in (batch, longer):
        encoder = build(name)
        found = encoder(given, lengths)
        (found * torch.linspace(-1, 1, encoder.size)).sum().backward()
        gradients.append((found, [parameter.grad for parameter in encoder.parameters()]))
    torch.testing.assert_close(gradients[0], gradients[1], rtol=1e-3, atol=1e-4)
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
def test_a_misspelt_option_is_refused_with_the_list_of_those_there_are(name):
    with pytest.raises(ConfigError, match=f"option of the encoder '{name}' among .*got 'no_such_option'"):
        build_model(name, {"no_such_option": 1}, features=FEATURES, embedding_size=2, classes=2, dropout=0.0)
