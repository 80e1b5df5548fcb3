"""Disturbed versions of utterances: made once, the same in every run, refused where they cannot be."""

import dataclasses

import numpy as np
import pytest
import torch

from ser_core.audio.disturbances import DISTURBANCES
from ser_core.corpora import open_corpus
from ser_core.errors import ConfigError
from ser_core.inputs import inputs_of
from ser_core.inputs.disturbed import DisturbedSound, check_disturbances, read_disturbed
from ser_core.models import AUDIO
from ser_core.recipes import DisturbanceSettings, InputSettings, load_recipe
from ser_core.training.architecture import architecture_of
from ser_core.training.examples import load_examples
from ser_core.training.fit import parameter_count
from ser_core.training.loop import Trainer

HISS = {"white-noise": DisturbanceSettings(5.0, 15.0, share=0.25, versions=2)}


@pytest.fixture(scope="module")
def recipe():
    return load_recipe("quick")


@pytest.fixture(scope="module")
def source(recipe):
    return inputs_of(recipe)[AUDIO]


@pytest.fixture
def signals(random):
    return [random.standard_normal(16_000).astype(np.float32) / 10 for _ in range(3)]


def test_a_version_is_the_disturbance_at_a_strength_of_the_range(source, signals):
    made = DisturbedSound(source, "gain", DisturbanceSettings(-12.0, -6.0), 0)
    ratios = [20 * np.log10(np.abs(made.disturbed(signal)).max() / np.abs(signal).max()) for signal in signals]
    assert all(-12 <= ratio <= -6 for ratio in ratios)
    assert len({round(ratio, 3) for ratio in ratios}) == 3  # each utterance has its own


def test_a_version_depends_on_sound_settings_and_its_number_alone(source, signals):
    first = DisturbedSound(source, "white-noise", HISS["white-noise"], 0)
    again = DisturbedSound(source, "white-noise", HISS["white-noise"], 0)
    other = DisturbedSound(source, "white-noise", HISS["white-noise"], 1)
    for signal in signals:
        assert (first.disturbed(signal) == again.disturbed(signal)).all()
        assert (first.disturbed(signal) != other.disturbed(signal)).any()
    (value,) = first.of_signals(signals[:1])
    assert torch.equal(value, source.of_signals([first.disturbed(signals[0])])[0])


def test_versions_are_found_on_disk_by_what_decides_them(source):
    key = DisturbedSound(source, "white-noise", HISS["white-noise"], 0).key()
    rarer = dataclasses.replace(HISS["white-noise"], share=0.01, versions=7)
    assert DisturbedSound(source, "white-noise", rarer, 0).key() == key
    others = [
        source.key(),
        DisturbedSound(source, "pink-noise", HISS["white-noise"], 0).key(),
        DisturbedSound(source, "white-noise", HISS["white-noise"], 1).key(),
        DisturbedSound(source, "white-noise", dataclasses.replace(HISS["white-noise"], lowest=6.0), 0).key(),
    ]
    assert key not in others


def test_every_utterance_has_its_versions_read_from_disk_the_second_time(tiny_corpus, recipe, tmp_path, monkeypatch):
    manifest, inputs = open_corpus(str(tiny_corpus)), inputs_of(recipe)
    found = read_disturbed(HISS, inputs, manifest, cache=tmp_path)
    assert [len(version[AUDIO]) for version in found["white-noise"]] == [len(manifest.utterances)] * 2
    monkeypatch.setattr(DisturbedSound, "of_signals", lambda self, signals: [None for _ in signals])
    again = read_disturbed(HISS, inputs, manifest, cache=tmp_path)
    for one, other in zip(found["white-noise"], again["white-noise"], strict=True):
        assert all(torch.equal(a, b) for a, b in zip(one[AUDIO], other[AUDIO], strict=True))


def test_only_utterances_that_are_trained_on_have_versions_and_nothing_else_changes(tiny_corpus, recipe, monkeypatch):
    manifest = open_corpus(str(tiny_corpus))
    asked, trained = dataclasses.replace(recipe, disturbances=HISS), (4, 1)
    made = []
    of_signals = DisturbedSound.of_signals
    monkeypatch.setattr(
        DisturbedSound, "of_signals", lambda self, signals: made.extend(signals) or of_signals(self, signals)
    )
    every = load_examples(manifest, asked, cache=None)
    assert len(made) == 2 * len(manifest.utterances)
    made.clear()
    some = load_examples(manifest, asked, cache=None, trained=trained)
    assert len(made) == 2 * len(trained)
    for values, other in zip(every.inputs[AUDIO], some.inputs[AUDIO], strict=True):
        assert torch.equal(values, other)
    for version, whole in zip(some.disturbed["white-noise"], every.disturbed["white-noise"], strict=True):
        assert [len(values) > 0 for values in version[AUDIO]] == [row in trained for row in range(len(every))]
        assert all(torch.equal(version[AUDIO][row], whole[AUDIO][row]) for row in trained)


def test_batches_hold_versions_by_their_shares_and_the_utterances_otherwise(tiny_corpus, recipe):
    manifest = open_corpus(str(tiny_corpus))
    disturbances = HISS | {"gain": DisturbanceSettings(6.0, 6.0, share=0.5)}
    asked = dataclasses.replace(recipe, disturbances=disturbances)
    examples = load_examples(manifest, asked, cache=None)

    class Heard(Trainer):
        def __init__(self):
            self.recipe, self.train_set = asked, examples

    rows = np.tile(np.arange(len(examples)), 50)
    heard = Heard()._heard(rows, torch.Generator().manual_seed(0))[AUDIO]
    counts = {"plain": 0, "white-noise": 0, "gain": 0}
    for row, values in zip(rows, heard, strict=True):
        places = {"plain": [examples.inputs], **examples.disturbed}
        (name,) = {kind for kind, made in places.items() for one in made if values is one[AUDIO][row]}
        counts[name] += 1
    shares = {name: count / len(rows) for name, count in counts.items()}
    assert shares == pytest.approx({"plain": 0.25, "white-noise": 0.25, "gain": 0.5}, abs=0.04)


def test_the_statistics_and_selected_examples_are_of_the_utterances_themselves(tiny_corpus, recipe):
    manifest = open_corpus(str(tiny_corpus))
    plain = load_examples(manifest, recipe, cache=None)
    examples = load_examples(manifest, dataclasses.replace(recipe, disturbances=HISS), cache=None)
    for one, other in zip(plain.statistics()[AUDIO], examples.statistics()[AUDIO], strict=True):
        assert torch.equal(one, other)
    chosen = examples.select([5, 2])
    for version, whole in zip(chosen.disturbed["white-noise"], examples.disturbed["white-noise"], strict=True):
        assert version[AUDIO][0] is whole[AUDIO][5]
        assert version[AUDIO][1] is whole[AUDIO][2]


@pytest.mark.parametrize(
    ("disturbances", "advice"),
    [
        ({"rain": DisturbanceSettings(0, 1)}, "Expected a disturbance among white-noise.*got 'rain'"),
        ({"room": DisturbanceSettings(0.3, 9.0)}, r"disturbances.room.highest \(s reverberation time\)"),
    ],
)
def test_what_is_no_disturbance_or_out_of_its_range_is_refused_before_a_recording_is_read(disturbances, advice, recipe):
    with pytest.raises(ConfigError, match=advice):
        parameter_count(dataclasses.replace(recipe, disturbances=disturbances), {"emotion": 3})


def test_an_input_that_is_no_sound_cannot_be_disturbed(recipe):
    words = {
        "words": InputSettings("word-vectors", "fc", {"vectors": "vectors.txt", "size": 3}, {"layers": 1, "units": 4})
    }
    asked = dataclasses.replace(recipe, inputs=words)
    with pytest.raises(ConfigError, match="made of sound alone.*words is not"):
        check_disturbances(HISS, inputs_of(asked))
    check_disturbances({}, inputs_of(asked))


def test_wrong_settings_are_refused():
    with pytest.raises(ConfigError, match="lowest strength of a disturbance below the highest; got 3 and 2"):
        DisturbanceSettings(3.0, 2.0)
    with pytest.raises(ConfigError, match="share of a disturbance"):
        DisturbanceSettings(1.0, 2.0, share=1.5)
    with pytest.raises(ConfigError, match="versions of a disturbance"):
        DisturbanceSettings(1.0, 2.0, versions=0)


def test_a_recipe_from_toml_names_them_and_lists_every_value():
    options = [
        "disturbances.room={lowest=0.2, highest=0.6, share=0.3}", "disturbances.telephone={lowest=40, highest=60}",
    ]  # fmt: skip
    recipe = load_recipe("quick", options)
    assert recipe.disturbances["room"] == DisturbanceSettings(0.2, 0.6, share=0.3)
    told = recipe.parameters()
    assert told["disturbances.telephone.lowest"] == 40
    assert told["disturbances.room.versions"] == 1
    assert set(recipe.disturbances) <= set(DISTURBANCES)
    (utterance, *_) = architecture_of(recipe, emotions=3).blocks
    assert "while training, 30 % through a room (0.2 to 0.6 s reverberation time), 10 % through" in utterance.detail
    with pytest.raises(ConfigError, match="at most 1 together; got 1.2"):
        load_recipe("quick", [*options, "disturbances.telephone.share=0.9"])
