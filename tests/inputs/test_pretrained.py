"""Vectors of pretrained networks as an input: the same in any company, kept by their weights, only cropped."""

import dataclasses

import numpy as np
import pytest
import torch

from ser_core.errors import ConfigError
from ser_core.features.front_end import prepared_signal
from ser_core.inputs import INPUTS, carried_by, check_augmentation, inputs_of
from ser_core.inputs.pretrained import Ge2eVoice, MoonshineTiny, MoonshineTinyMiddle
from ser_core.models import Padded
from ser_core.pretrained import NETWORKS, frozen_network
from ser_core.recipes import Augmentation, InputSettings, Recipe, Stage
from ser_core.recipes.recipe import FrontEnd

KINDS = [MoonshineTiny, MoonshineTinyMiddle, Ge2eVoice]
SLOW = FrontEnd("ge2e-voice", sample_rate=8_000, highest_hertz=4_000)
FURTHER = InputSettings("moonshine-tiny", "fc")
RECIPE = Recipe("r", "t", "s", "o", (Stage("only"),))


def test_every_network_is_an_input_of_its_name():
    assert set(NETWORKS) <= set(INPUTS)
    for name, network in NETWORKS.items():
        assert INPUTS[name]().network is network


@pytest.mark.parametrize("kind", KINDS)
def test_an_utterance_has_the_same_values_alone_and_in_any_company(kind, random):
    signals = [0.1 * random.standard_normal(length).astype(np.float32) for length in (9_000, 30_000, 16_000)]
    together = kind().of_signals(signals)
    for signal, values in zip(signals, together, strict=True):
        assert torch.equal(kind().of_signals([signal])[0], values)
        assert values.dtype == torch.float32


@pytest.mark.parametrize("kind", KINDS)
def test_the_values_are_those_of_the_network_for_the_prepared_signal(kind, random):
    signal = 0.01 * random.standard_normal(20_000).astype(np.float32)
    source = kind(high_pass_hertz=75.0, longest_seconds=1.0)
    expected = frozen_network(source.network)(torch.tensor(prepared_signal(signal, source)))
    assert torch.equal(source.of_signals([signal])[0], expected)
    louder = source.of_signals([10 * signal])[0]  # both are brought to one level first
    torch.testing.assert_close(louder, expected, rtol=1e-3, atol=1e-3)
    assert not torch.allclose(kind(level=False).of_signals([10 * signal])[0], kind(level=False).of_signals([signal])[0])


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_kept_on_disk_is_known_by_the_weights(kind, monkeypatch):
    before = kind().key()
    assert before["kind"] == kind().kind
    network = kind().network
    monkeypatch.setattr(network, "weights", dataclasses.replace(network.weights, digest="0" * 64))
    assert kind().key() == {**before, "weights": "0" * 64} != before


def test_a_recipe_names_the_networks_that_it_needs():
    assert carried_by(inputs_of(RECIPE)) == {}
    further = {"whole": InputSettings("moonshine-tiny", "fc"), "half": InputSettings("moonshine-tiny-middle", "fc")}
    every = dataclasses.replace(RECIPE, front_end=FrontEnd("ge2e-voice"), inputs=further)
    assert carried_by(inputs_of(every)) == {name: network.weights.digest for name, network in NETWORKS.items()}


@pytest.mark.parametrize("augmentation", ["gain_decibels", "time_masks", "stretch"])
def test_an_augmentation_of_sound_or_spectrograms_is_refused_without_an_input_that_knows_it(augmentation):
    stage = Stage("only", augmentation=Augmentation(**{augmentation: 0.5 if augmentation == "stretch" else 1}))
    recipe = dataclasses.replace(RECIPE, stages=(stage,), front_end=FrontEnd("moonshine-tiny"))
    with pytest.raises(ConfigError, match=f"crop; got {augmentation}. Leave out stages.0.augmentation.{augmentation}"):
        check_augmentation(recipe, inputs_of(recipe))
    mixed = dataclasses.replace(recipe, stages=(Stage("only", augmentation=Augmentation(mixup=0.2)),))
    check_augmentation(mixed, inputs_of(mixed))


def test_without_a_crop_nothing_is_drawn():
    padded = Padded(torch.ones(2, 3, 4), torch.tensor([3, 2]))
    random = torch.Generator().manual_seed(0)
    before = random.get_state()
    same = Ge2eVoice().augment(padded, Augmentation(), random, mean=torch.zeros(4), deviation=torch.ones(4))
    assert same is padded
    assert torch.equal(random.get_state(), before)


@pytest.mark.parametrize(
    ("front_end", "inputs", "advice"),
    [
        (
            SLOW,
            {},
            "16000 Hz, at which the voice encoder.*got 8000. Correct sample",
        ),
        (
            FrontEnd(),
            {"it": dataclasses.replace(FURTHER, options={"mel_bands": 3})},
            "inputs.it.options.*got 'mel_bands'",
        ),
        (FrontEnd(), {"it": InputSettings("moonshine", "fc")}, "Did you mean 'moonshine-tiny'"),
    ],
)
def test_a_setting_that_a_network_cannot_have_gets_advice(front_end, inputs, advice):
    with pytest.raises(ConfigError, match=advice):
        inputs_of(dataclasses.replace(RECIPE, front_end=front_end, inputs=inputs))
