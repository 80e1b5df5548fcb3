"""The whole model: built by name, indifferent to padding and order, sound with a single utterance."""

import numpy as np
import pytest
import torch

from ser_core.errors import ConfigError
from ser_core.models import AUDIO, EMOTION, EmotionModel, Padded, build_model, pad
from ser_core.models.running import run_model

SMALL = {"channels": [4, 8], "stem": 4, "dropout": 0.0}


def small_model(**settings) -> EmotionModel:
    torch.manual_seed(0)
    return build_model("residual", SMALL, features=16, embedding_size=5, heads={"emotion": 3}, dropout=0.0, **settings)


@pytest.fixture
def frames() -> list[torch.Tensor]:
    torch.manual_seed(1)
    return [torch.randn(length, 16) for length in (21, 9, 14, 1)]


def test_a_model_gives_an_embedding_and_one_logit_per_class(frames):
    output = small_model()({AUDIO: pad(frames)})
    assert output.embedding.shape == (4, 5)
    assert output.heads[EMOTION].shape == (4, 3)


def test_an_utterance_gets_the_same_result_alone_and_padded(frames):
    model = small_model()
    for _ in range(3):
        model({AUDIO: pad(frames)})  # running statistics away from their start
    model.eval()
    together = model({AUDIO: pad(frames)})
    for row, item in enumerate(frames):
        alone = model({AUDIO: pad([item])})
        torch.testing.assert_close(together.embedding[row], alone.embedding[0], rtol=1e-5, atol=1e-5)
        torch.testing.assert_close(together.heads[EMOTION][row], alone.heads[EMOTION][0], rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("lengths", [(21, 9, 14), (12, 12, 12)])
def test_more_padding_changes_neither_the_result_nor_the_gradient_of_training(lengths):
    torch.manual_seed(2)
    batch, true = pad([torch.randn(length, 16) for length in lengths])
    found = []
    for extra in (0, 11):
        model = small_model()
        padded = torch.nn.functional.pad(batch, (0, 0, 0, extra), value=3.0)
        output = model({AUDIO: Padded(padded, true)})
        output.heads[EMOTION].square().mean().backward()
        state = {name: value for name, value in model.state_dict().items() if "running" in name}
        found.append((output.embedding, {n: p.grad for n, p in model.named_parameters()}, state))
    torch.testing.assert_close(found[0], found[1], rtol=1e-4, atol=1e-5)


def test_the_order_of_a_batch_changes_only_the_order_of_the_result(frames):
    model, order = small_model().eval(), [2, 0, 3, 1]
    batch, lengths = pad(frames)
    torch.testing.assert_close(
        model({AUDIO: Padded(batch[order], lengths[order])}).embedding,
        model({AUDIO: Padded(batch, lengths)}).embedding[order],
        rtol=1e-5,
        atol=1e-6,
    )


def test_a_batch_of_one_trains_and_leaves_the_statistics_of_the_embedding_alone(frames):
    model = small_model()
    before = model.norm.running_mean.clone()
    output = model({AUDIO: pad(frames[:1])})
    output.heads[EMOTION].sum().backward()
    assert all(torch.isfinite(parameter.grad).all() for parameter in model.parameters())
    assert torch.equal(model.norm.running_mean, before)


def test_frames_are_standardised_by_the_statistics_that_travel_with_the_model(frames):
    model = small_model()
    model.set_statistics({AUDIO: (torch.full((16,), 2.0), torch.full((16,), 4.0))})
    torch.testing.assert_close(model.standardise(AUDIO, frames[0]), (frames[0] - 2) / 4)
    assert {"frame_mean", "frame_deviation"} <= set(model.state_dict())
    model.set_statistics({AUDIO: (torch.zeros(16), torch.zeros(16))})
    assert torch.isfinite(model.standardise(AUDIO, frames[0])).all()


def test_run_model_gives_rows_in_the_order_asked_for_and_changes_nothing(frames, monkeypatch):
    model = small_model().train()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    embeddings, heads = run_model(model, {AUDIO: frames})
    monkeypatch.setattr("ser_core.models.running._FRAMES_PER_BATCH", 20)  # now each in a batch of its own
    apart, _ = run_model(model, {AUDIO: frames})
    assert model.training
    assert embeddings.dtype == heads[EMOTION].dtype == np.float32
    np.testing.assert_allclose(embeddings, apart, rtol=1e-5, atol=1e-5)
    for name, value in model.state_dict().items():
        assert torch.equal(value, before[name])
    assert run_model(model, {AUDIO: []})[0].shape == (0, 5)


@pytest.mark.parametrize(
    ("activation", "expected"),
    [
        ("none", lambda value: value),
        ("relu", lambda value: value if value > 0 else 0.0),
        ("prelu", lambda value: value if value > 0 else 0.25 * value),  # the slope it starts with
    ],
)
def test_an_activation_bends_the_embedding_that_the_head_sees(frames, activation, expected):
    plain, bent = small_model().eval(), small_model(embedding_activation=activation).eval()
    bent.load_state_dict(plain.state_dict(), strict=False)
    found = bent({AUDIO: pad(frames)})
    for row, linear in zip(found.embedding.tolist(), plain({AUDIO: pad(frames)}).embedding.tolist(), strict=True):
        assert row == pytest.approx([expected(value) for value in linear])
    torch.testing.assert_close(found.heads[EMOTION], bent.head(found.embedding))


def test_the_slope_of_a_prelu_is_learned_in_bfloat16_too(frames):
    model = small_model(embedding_activation="prelu")
    with torch.autocast("cpu", dtype=torch.bfloat16):
        model({AUDIO: pad(frames)}).heads[EMOTION].float().square().sum().backward()
    assert model.activation.weight.grad.abs().item() > 0


def test_without_normalisation_the_embedding_layer_takes_what_the_encoder_gives(frames):
    model = small_model(embedding_norm=False)
    assert not any(name.startswith("norm.") for name in model.state_dict())
    batch = pad(frames)
    model.eval()
    torch.testing.assert_close(model({AUDIO: batch}).embedding, model.embedding(model.encoder(*batch)))


def test_the_names_of_the_weights_around_the_encoder_stay_what_stored_checkpoints_have():
    names = {name for name in small_model().state_dict() if not name.startswith("encoder.")}
    norm = {f"norm.{name}" for name in ("weight", "bias", "running_mean", "running_var", "num_batches_tracked")}
    linear = {f"{layer}.{name}" for layer in ("embedding", "head") for name in ("weight", "bias")}
    assert names == norm | linear | {"frame_mean", "frame_deviation"}


def test_an_unknown_activation_gets_advice():
    with pytest.raises(ConfigError, match="Did you mean 'prelu'"):
        small_model(embedding_activation="preluu")


@pytest.mark.parametrize(
    ("encoder", "options", "advice"),
    [
        ("residul", {}, "Did you mean 'residual'"),
        ("residual", {"chanels": [4]}, "Did you mean 'channels'"),
        ("residual", {"channels": []}, "Correct encoder_options"),
        ("residual", {"dropout": 1.0}, "encoder_options.dropout between 0 and 0.95; got 1. Correct the recipe"),
        ("residual", {"pooling": "atention"}, "Did you mean 'attention'"),
        ("residual", {"stem": "wide"}, "the encoder option residual.stem to be int; got 'wide'"),
    ],
)
def test_a_model_that_cannot_be_built_gets_advice(encoder, options, advice):
    with pytest.raises(ConfigError, match=advice):
        build_model(encoder, options, features=16, embedding_size=4, heads={"emotion": 2}, dropout=0.0)
