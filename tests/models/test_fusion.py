"""Several inputs: their vectors one behind the other, and a learned one where an utterance lacks an input."""

import pytest
import torch

from ser_core.models import AUDIO, EMOTION, InputEncoder, build_model, pad
from ser_core.models.running import run_model

WORDS = InputEncoder("gru", {"layers": 2, "units": 4}, 3)


def fused():
    torch.manual_seed(0)
    return build_model(
        "fc",
        {"layers": 2, "units": 4},
        features=5,
        further={"words": WORDS},
        embedding_size=6,
        heads={EMOTION: 2},
        dropout=0.0,
    )


@pytest.fixture
def inputs():
    torch.manual_seed(1)
    return {
        AUDIO: [torch.randn(length, 5) for length in (7, 4, 9)],
        "words": [torch.randn(length, 3) for length in (2, 0, 5)],
    }


def padded(inputs):
    return {name: pad(items) for name, items in inputs.items()}


def test_vectors_of_the_encoders_stand_one_behind_the_other(inputs):
    model = fused().eval()
    found = model.encoder(padded(inputs))
    for name, start in ((AUDIO, 0), ("words", model.encoders()[AUDIO].size)):
        encoder = model.encoders()[name]
        for row, item in enumerate(inputs[name]):
            if len(item):
                expected = encoder(*pad([item]))[0]
                torch.testing.assert_close(found[row, start : start + encoder.size], expected, rtol=1e-4, atol=1e-5)


def test_where_an_input_is_missing_its_learned_vector_stands_and_learns(inputs):
    model = fused()
    with torch.no_grad():
        model.encoder.missing["words"].copy_(torch.arange(model.encoders()["words"].size))
    found = model.encoder(padded(inputs))
    size = model.encoders()["words"].size
    assert found[1, -size:].tolist() == list(range(size))
    found.square().sum().backward()
    assert model.encoder.missing["words"].grad.abs().sum() > 0
    nobody = inputs | {"words": [torch.zeros(0, 3)] * 3}
    assert model.encoder(padded(nobody))[:, -size:].tolist() == [list(range(size))] * 3


def test_an_utterance_gets_the_same_embedding_alone_and_in_a_batch_with_or_without_words(inputs):
    model = fused()
    together = run_model(model, inputs)
    for row in range(3):
        alone = run_model(model, {name: [items[row]] for name, items in inputs.items()})
        torch.testing.assert_close(alone.embeddings[0], together.embeddings[row], rtol=1e-5, atol=1e-5)
        torch.testing.assert_close(alone.heads[EMOTION][0], together.heads[EMOTION][row], rtol=1e-5, atol=1e-5)


def test_each_input_is_standardised_by_its_own_statistics_which_travel_with_the_model(inputs):
    model = fused()
    model.set_statistics({"words": (torch.full((3,), 2.0), torch.full((3,), 4.0))})
    torch.testing.assert_close(model.standardise("words", inputs["words"][0]), (inputs["words"][0] - 2) / 4)
    torch.testing.assert_close(model.standardise(AUDIO, inputs[AUDIO][0]), inputs[AUDIO][0])
    assert {"frame_mean", "frame_deviation", "words_mean", "words_deviation"} <= set(model.state_dict())


def test_its_blocks_name_every_encoder_and_how_they_are_joined(inputs):
    blocks = fused().blocks({name: items[0] for name, items in inputs.items()})
    assert [block.kind for block in blocks] == [
        "dense",
        "pooling",
        "recurrent",
        "pooling",
        "fusion",
        "embedding",
        "head",
    ]
    assert blocks[4].sizes == (fused().encoder.size,)
