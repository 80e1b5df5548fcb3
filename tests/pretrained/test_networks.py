"""The networks of others compute here what they compute at home, and are loaded once."""

import threading
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file

from ser_core.audio.reading import read_audio
from ser_core.corpora import open_corpus
from ser_core.errors import InputError
from ser_core.pretrained import (
    NETWORKS,
    CarriedWeights,
    MoonshineEncoder,
    MoonshineMiddle,
    VoiceEncoder,
    frozen_network,
    moonshine,
)
from ser_core.pretrained import network as loading

REPOSITORY = Path(__file__).parents[2]
# Made by tools/take_moonshine.py, which keeps every eighth step, and tools/take_voice_encoder.py, which keeps all.
REFERENCES = {"moonshine-tiny": 8, "ge2e-voice": 1}


def clips():
    found = {}
    for corpus in ("demo", "emodb-clips"):
        manifest = open_corpus(corpus)
        for item in (manifest.utterances[0], manifest.utterances[-1]):
            found[f"{corpus}:{item.file}"] = read_audio(manifest.path(item)).samples
    return {**found, "together": np.concatenate(list(found.values()))}


@pytest.mark.parametrize(("name", "every"), REFERENCES.items())
def test_a_network_gives_the_vectors_of_the_programs_it_comes_from(name, every):
    expected = load_file(REPOSITORY / f"tests/pretrained/{name.replace('-', '_')}.safetensors")
    network = frozen_network(NETWORKS[name])
    heard = clips()
    assert expected.keys() == heard.keys()
    for clip, samples in heard.items():
        found = network(torch.from_numpy(samples))[::every].numpy()
        np.testing.assert_allclose(found, expected[clip], rtol=1e-4, atol=1e-4, err_msg=clip)
    assert len(expected["together"]) > 7


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("samples", [1, 160, 894, 895, 16_000, 41_000, 44_800, 44_801, 45_000, 100_000])
def test_a_sound_of_any_length_has_the_foretold_number_of_finite_vectors(name, samples, random):
    network = frozen_network(NETWORKS[name])
    found = network(torch.from_numpy(0.1 * random.standard_normal(samples).astype(np.float32)))
    assert tuple(found.shape) == (NETWORKS[name].steps(samples), NETWORKS[name].feature_count)
    assert torch.isfinite(found).all()


def test_a_second_has_about_as_many_vectors_as_a_network_says():
    for network in NETWORKS.values():
        assert network.steps(1_600_000) == pytest.approx(100 * network.steps_per_second, rel=0.02)


def test_a_sound_that_is_too_long_for_attention_is_read_in_equal_parts(random, monkeypatch):
    network = frozen_network(MoonshineEncoder)
    assert moonshine._LONGEST == 30 * 16_000
    monkeypatch.setattr(moonshine, "_LONGEST", 16_000)
    samples = torch.from_numpy(0.1 * random.standard_normal(24_000).astype(np.float32))
    halves = [network(part) for part in samples.split(len(samples) // 2)]
    torch.testing.assert_close(network(samples), torch.cat(halves))


def test_half_of_the_writing_network_gives_what_its_third_layer_hands_on(random):
    samples = torch.from_numpy(0.1 * random.standard_normal(24_000).astype(np.float32))
    whole, seen = frozen_network(MoonshineEncoder), []
    with whole.layers[2].register_forward_hook(lambda layer, given, handed: seen.append(handed[0])):
        whole(samples)
    middle = frozen_network(MoonshineMiddle)
    torch.testing.assert_close(middle(samples), seen[0], rtol=0, atol=0)
    assert len(middle.layers) == 3
    assert len(whole.layers) == 6


def test_silence_has_a_voice_of_finite_values():
    assert torch.isfinite(frozen_network(VoiceEncoder)(torch.zeros(30_000))).all()


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_is_frozen_and_loaded_once_for_all_who_ask_at_the_same_time(name, monkeypatch):
    loading._loaded.cache_clear()
    reads = []

    def counted(self):
        reads.append(self.name)
        return read(self)

    read = CarriedWeights.read
    monkeypatch.setattr(CarriedWeights, "read", counted)
    found = []
    visitors = [threading.Thread(target=lambda: found.append(frozen_network(NETWORKS[name]))) for _ in range(4)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert reads == [NETWORKS[name].weights.name]
    assert len({id(network) for network in found}) == 1
    assert not found[0].training
    assert not any(parameter.requires_grad for parameter in found[0].parameters())
    assert not found[0](torch.zeros(1_000)).requires_grad


@pytest.mark.parametrize("name", NETWORKS)
def test_the_weights_lie_beside_their_licence_and_are_told_in_the_notice(name):
    weights = NETWORKS[name].weights
    assert name in (weights.name, f"{weights.name}-middle")  # a part is read from the file of the whole
    weights.read()
    assert "WITHOUT WARRANT" in (weights.path.parent / "LICENSE").read_text(encoding="utf-8")
    assert weights.path.relative_to(REPOSITORY).as_posix() in (REPOSITORY / "NOTICE").read_text(encoding="utf-8")


@pytest.mark.parametrize("damage", ["missing", "changed"])
def test_weights_that_are_missing_or_others_are_named_with_their_place_and_what_to_do(damage, monkeypatch, tmp_path):
    weights = VoiceEncoder.weights
    monkeypatch.setattr("ser_core.pretrained.weights._FOLDER", tmp_path)
    if damage == "changed":
        (tmp_path / "ge2e_voice").mkdir()
        (tmp_path / "ge2e_voice" / "weights.safetensors").write_bytes(b"else")
    said = {"missing": "No such file", "changed": "a file of digest"}[damage]
    with pytest.raises(InputError, match=f"the voice encoder of Resemblyzer.*got: {said}.*install it again") as refused:
        weights.read()
    assert str(weights.path) in str(refused.value)
