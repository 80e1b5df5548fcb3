"""What goes in: values by their definition, changes that fit them, costs that count work, and what is missing."""

import dataclasses

import numpy as np
import pytest
import soundfile
import torch

from ser_core.corpora.manifest import Manifest, Utterance
from ser_core.errors import ConfigError, InputError
from ser_core.features import frames_of
from ser_core.features.batching import batches_by_length
from ser_core.inputs import INPUTS, check_augmentation, inputs_of, read_inputs, uses
from ser_core.inputs.functionals import Functionals
from ser_core.inputs.sound import SoundInput
from ser_core.inputs.spectrogram import LogMel
from ser_core.inputs.waveform import Waveform
from ser_core.inputs.words import WordVectors
from ser_core.models import Padded
from ser_core.models.running import _FRAMES_PER_BATCH, costs
from ser_core.recipes import Augmentation, InputSettings, Recipe, Stage, shipped_recipes
from ser_core.recipes.recipe import FrontEnd, load_recipe
from tests.conftest import tiny_voice

RECIPE = Recipe("r", "t", "s", "o", (Stage("only"),))
OTHER = {
    "high_pass_hertz": 75.0,
    "window": "hamming",
    "window_seconds": 0.025,
    "hop_seconds": 0.02,
    "transform_length": 1_024,
    "mel_bands": 12,
    "lowest_hertz": 200.0,
    "highest_hertz": 3_500.0,
    "dynamic_range_decibels": 30.0,
    "trim": False,
    "level": False,
    "longest_seconds": 0.3,
    "duration_seconds": 0.3,
}


@pytest.fixture
def vectors(tmp_path):
    (tmp_path / "vectors.txt").write_text("the 1 2\ndoor 3 -4\nopens 0.5 0\nunused 9 9\n", encoding="utf-8")
    return str(tmp_path / "vectors.txt")


def of_texts(tmp_path, *texts):
    rows = tuple(Utterance(f"{number}.wav", "s", "happy", text=text) for number, text in enumerate(texts))
    return Manifest("tiny", tmp_path, rows, "", "")


# ------------------------------------------------------------------------------------------------ the front end's input
@pytest.mark.parametrize("name", shipped_recipes())
def test_the_front_end_of_a_recipe_that_ships_is_its_first_input_with_the_same_settings(name):
    recipe = load_recipe(name)
    inputs = inputs_of(recipe)
    assert list(inputs) == ["audio", *recipe.inputs]
    found, settings = dataclasses.asdict(inputs["audio"]), dataclasses.asdict(recipe.front_end)
    assert found == {name: settings[name] for name in found}
    assert (found == settings) is (recipe.front_end.kind in ("log-mel", "log-stft"))
    assert inputs["audio"].step_cost == 1.0


def test_a_spectrogram_has_the_frames_of_its_front_end(random):
    signal = random.standard_normal(9_000).astype(np.float32)
    front_end = FrontEnd("log-stft", trim=False)
    (found,) = inputs_of(dataclasses.replace(RECIPE, front_end=front_end))["audio"].of_signals([signal])
    assert torch.equal(found, frames_of([signal], front_end)[0])


@pytest.mark.parametrize("setting", OTHER)
@pytest.mark.parametrize(
    "kind", ["log-mel", "log-stft", "waveform", "functionals", "short-term-34", "mfcc-40-hsf1", "spectral-193-hsf2"]
)
def test_a_setting_of_the_front_end_changes_the_values_of_those_inputs_that_use_it_alone(random, kind, setting):
    signal = np.concatenate([np.zeros(8_000), 0.3 * tiny_voice(150, 4.0, random), np.zeros(8_000)]).astype(np.float32)
    before = FrontEnd(kind)
    (one,), (other,) = (
        inputs_of(dataclasses.replace(RECIPE, front_end=front_end))["audio"].of_signals([signal])
        for front_end in (before, dataclasses.replace(before, **{setting: OTHER[setting]}))
    )
    assert (one.shape != other.shape or not torch.equal(one, other)) is uses(kind, setting)


def test_what_the_kind_of_a_later_input_uses_is_unknown_and_counts_as_used():
    assert uses("a later one", "mel_bands")
    assert all(uses(kind, "kind") for kind in INPUTS)


# ------------------------------------------------------------------------------------------------ waveform
def test_a_waveform_is_the_samples_one_a_step(random):
    signal = random.standard_normal(5_000).astype(np.float32)
    (found,) = Waveform(trim=False, level=False).of_signals([signal])
    np.testing.assert_array_equal(found.numpy(), signal[:, None])
    (middle,) = Waveform(trim=False, level=False, longest_seconds=0.1).of_signals([signal])
    np.testing.assert_array_equal(middle.numpy()[:, 0], signal[1_700:3_300])


def test_a_waveform_gets_louder_by_a_factor_where_a_spectrogram_gets_a_constant(random):
    samples = torch.from_numpy(random.standard_normal((50, 40, 1)).astype(np.float32))
    mean, deviation = torch.tensor([0.2]), torch.tensor([0.5])
    lengths = torch.full((50,), 40)
    lengths[0] = 10
    padded = Padded((samples - mean) / deviation, lengths)
    settings, generator = Augmentation(gain_decibels=6.0), torch.Generator().manual_seed(1)
    values, _ = Waveform().augment(padded, settings, generator, mean=mean, deviation=deviation)
    heard = values * deviation + mean
    factors = heard[1:, :, 0] / samples[1:, :, 0]
    torch.testing.assert_close(factors, factors[:, :1].expand(-1, 40), rtol=1e-3, atol=1e-3)
    decibels = 20 * torch.log10(factors[:, 0])
    assert 3 < float(decibels.abs().max()) <= 6.01
    assert float(decibels.min()) < 0 < float(decibels.max())
    assert not values[0, 10:].any()


def test_sixty_four_waveforms_of_three_seconds_fill_a_few_batches_and_no_batch_is_one_alone():
    waveforms = {"audio": [torch.empty(48_000, 1, device="meta")] * 64}
    found = list(batches_by_length(costs(waveforms, {"audio": Waveform().step_cost}), limit=_FRAMES_PER_BATCH))
    assert 2 <= len(found) <= 4
    assert min(map(len, found)) > 1
    frames = {"audio": [torch.empty(188, 64, device="meta")] * 64}
    assert costs(frames, {"audio": LogMel().step_cost}) == [188] * 64


# ------------------------------------------------------------------------------------------------ functionals
def test_functionals_are_the_statistics_of_every_band_over_the_frames(random):
    signal = random.standard_normal(9_000).astype(np.float32)
    plain = {"trim": False, "level": False, "mel_bands": 6}
    frames = frames_of([signal], FrontEnd(**plain))[0].numpy()
    expected = [
        frames.mean(axis=0),
        frames.std(axis=0),
        *(np.percentile(frames, percent, axis=0) for percent in (10, 50, 90)),
    ]
    (found,) = Functionals(**plain).of_signals([signal])
    assert found.shape == (1, Functionals(**plain).feature_count) == (1, 30)
    np.testing.assert_allclose(found.numpy()[0], np.concatenate(expected), rtol=1e-4, atol=1e-3)


# ------------------------------------------------------------------------------------------------ words
def test_words_become_their_vectors_and_unknown_ones_are_left_out_counted_and_told(tmp_path, vectors):
    manifest = of_texts(tmp_path, "The door - OPENS!", "door jammed the", "jammed", None, " ")
    values, notes = read_inputs({"words": WordVectors(vectors, 2)}, manifest, cache=None)
    assert [item.tolist() for item in values["words"]] == [
        [[1, 2], [3, -4], [0.5, 0]],
        [[3, -4], [1, 2]],
        [],
        [],
        [],
    ]
    assert [item.shape for item in values["words"][2:]] == [(0, 2)] * 3  # missing, not zero
    assert notes[0].startswith("Input words: 2 of 7 words have no vector in ")
    assert "1 different ones, among them jammed" in notes[0]
    assert notes[1] == "Input words: 3 of 5 utterances have no words: this input is missing there."


@pytest.mark.parametrize(
    ("content", "size", "advice"),
    [
        (None, 2, "Correct the input's option vectors"),
        ("door one two\n", 2, "Correct the input's option vectors"),
        ("door 1 2\n", 3, "Expected 3 finite values.*got 2 for 'door'.*option size"),
        ("door 1 nan\n", 2, "finite values"),
    ],
)
def test_vectors_that_cannot_be_used_get_advice(tmp_path, content, size, advice):
    path = tmp_path / "vectors.txt"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=advice):
        read_inputs({"words": WordVectors(str(path), size)}, of_texts(tmp_path, "door"), cache=None)


def test_sound_alone_has_no_words(vectors):
    with pytest.raises(InputError, match="a model of sound alone.*choose another model"):
        WordVectors(vectors, 2).of_signals([np.zeros(100, np.float32)])


# ------------------------------------------------------------------------------------------------ recipes
@pytest.mark.parametrize(
    ("kind", "augmentation", "known"),
    [
        ("waveform", {"time_masks": 1}, "gain_decibels"),
        ("waveform", {"stretch": 0.1}, "gain_decibels"),
        ("functionals", {"gain_decibels": 3.0}, "none"),
        ("mfcc-40", {"gain_decibels": 3.0}, "crop"),
        ("mfcc-40-hsf1", {"crop": 0.3}, "none"),
    ],
)
def test_an_augmentation_that_no_input_knows_is_refused(kind, augmentation, known):
    stage = Stage("only", augmentation=Augmentation(**augmentation))
    recipe = dataclasses.replace(RECIPE, stages=(stage,), front_end=FrontEnd(kind))
    with pytest.raises(ConfigError, match=f"{known}; got {next(iter(augmentation))}. Leave out stages.0.augmentation"):
        check_augmentation(recipe, inputs_of(recipe))
    beside = dataclasses.replace(recipe, inputs={"bands": InputSettings("log-mel", "fc")})
    check_augmentation(beside, inputs_of(beside))


@pytest.mark.parametrize(
    ("settings", "advice"),
    [
        (InputSettings("wave", "fc"), "an input among log-mel.*Did you mean 'waveform'"),
        (InputSettings("waveform", "fc", {"mel_bands": 3}), r"\[inputs.more.options\]; got 'mel_bands'"),
        (InputSettings("waveform", "fc", {"sample_rate": 8_000}), "Correct inputs.more.options.sample_rate"),
        (InputSettings("word-vectors", "fc", {"size": 2}), "Expected vectors in"),
    ],
)
def test_an_input_that_cannot_be_gets_advice(settings, advice):
    with pytest.raises(ConfigError, match=advice):
        inputs_of(dataclasses.replace(RECIPE, inputs={"more": settings}))


@pytest.mark.parametrize("name", ["audio", "Two words", "a.b", ""])
def test_a_further_input_has_a_name_of_its_own(name):
    with pytest.raises(ConfigError, match="Expected names of further inputs"):
        dataclasses.replace(RECIPE, inputs={name: InputSettings("waveform", "fc")})


@pytest.mark.parametrize("kind", [kind for kind, made in INPUTS.items() if issubclass(made, SoundInput)])
def test_every_input_of_sound_has_the_shape_that_it_foretells_and_is_found_in_the_cache_again(kind, tmp_path, random):
    soundfile.write(tmp_path / "0.wav", 0.1 * random.standard_normal(16_000), 16_000)
    fields = {field.name for field in dataclasses.fields(INPUTS[kind])}
    source = INPUTS[kind](**({"trim": False} if "trim" in fields else {}))
    first, again = (
        read_inputs({"it": source}, of_texts(tmp_path, None), cache=tmp_path / "cache")[0]["it"][0] for _ in range(2)
    )
    assert tuple(first.shape) == source.shape(1.0)
    assert first.shape[1] == source.feature_count
    assert first.dtype == torch.float32
    assert torch.equal(first, again)
    assert len(list((tmp_path / "cache").rglob("*.npy"))) == 1
    assert source.block(source.shape(1.0)).kind == "front end"
