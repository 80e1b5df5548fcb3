"""Systems that need other inputs or another algorithm train, save, load, predict and resume like any other."""

import dataclasses
import json

import numpy as np
import pytest
import soundfile
import torch
from safetensors.torch import load_file
from torch.nn import functional

from ser_core.audio.reading import read_audio
from ser_core.errors import CheckpointError, InputError
from ser_core.inference import Reader
from ser_core.inference.embedding import embed_corpus
from ser_core.models import AUDIO, EMOTION
from ser_core.pretrained import NETWORKS, VoiceEncoder
from ser_core.pretrained.network import _loaded
from ser_core.training.algorithms import (
    ALGORITHMS,
    Algorithm,
    AlgorithmState,
    Optimisation,
    StepResult,
    section,
)
from ser_core.training.averaging import AveragedModel
from ser_core.training.event_log import read_events
from ser_core.training.events import EpochFigures, RunNote
from ser_core.training.plan import make_plan, read_plan
from ser_core.training.run import train_run

WORDS = {"happy": ["sunny", "garden"], "sad": ["rainy", "garden"]}
STAGE = """
[[stages]]
name = "softmax"
epochs = 3
learning_rate = 0.01
batch_size = 6
average = 0.5
"""
HEAD = """
title = "Proof"
summary = "For a test."
source = "our own"
embedding_size = 6
dropout = 0.1
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Return a table: 4 speakers, 2 emotions told apart by pitch and by one word, 3 takes; some rows have no text."""
    folder, random = tmp_path_factory.mktemp("corpus"), np.random.default_rng(0)
    rows = ["file,speaker,emotion,text"]
    for number, speaker in enumerate(("s1", "s2", "s3", "s4")):
        for emotion, pitch in (("happy", 320), ("sad", 140)):
            for take in range(3):
                seconds = np.arange(int(16_000 * (0.25 + 0.05 * take))) / 16_000
                tone = np.sin(2 * np.pi * (pitch + 10 * number) * seconds) + 0.1 * random.standard_normal(len(seconds))
                file = f"{speaker}-{emotion}-{take}.wav"
                soundfile.write(folder / file, 0.2 * tone, 16_000)
                text = "" if take == 2 and number % 2 else f"The {' '.join(WORDS[emotion])} xyzzy!"
                rows.append(f"{file},{speaker},{emotion},{text}")
    table = folder / "tones.csv"
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    vectors = ["the 0.1 0.2 0", "garden 0 0.5 -0.5", "sunny 1 0 0.3", "rainy -1 0.2 0", "other 3 3 3"]
    (folder / "vectors.txt").write_text("\n".join(vectors) + "\n", encoding="utf-8")
    return table


def events_of(run, kind):
    return [line.event for line in read_events(run) if isinstance(line.event, kind)]


def proven(corpus, recipe, folder):
    """Train a recipe, at once and stopped after an epoch; see that both are one, and that the model predicts anew.

    Returns:
        The model, and the folder of the run.
    """
    (folder / "proof.toml").write_text(recipe, encoding="utf-8")
    plan = make_plan(
        corpus=str(corpus), recipe=folder / "proof.toml", protocol="held-out-speakers", fold=1, seed=0, overrides=()
    )
    run, halves = folder / "at-once", folder / "in-two"
    checkpoint = train_run(run, plan)

    def stop_after_first_epoch(event):
        if isinstance(event, EpochFigures):
            (halves / "stop").touch()

    assert train_run(halves, plan, listener=stop_after_first_epoch) is None
    again = train_run(halves, read_plan(halves), resume=True)
    whole, resumed = (load_file(path / "weights.safetensors") for path in (checkpoint, again))
    assert whole.keys() == resumed.keys()
    for name in whole:
        assert torch.equal(whole[name], resumed[name]), name

    epochs = events_of(run, EpochFigures)
    assert epochs[-1].train_loss < epochs[0].train_loss
    reader = Reader.load(checkpoint)
    import pandas

    predicted, known = embed_corpus(reader, plan.manifest), pandas.read_parquet(checkpoint / "atlas.parquet")
    assert predicted["predicted"].tolist() == known["predicted"].tolist()
    np.testing.assert_allclose(np.stack(predicted["embedding"]), np.stack(known["embedding"]), rtol=1e-4, atol=1e-5)
    return reader, run


WAVEFORM = """
encoder = "waveform"
encoder_options = { channels = [4, 8], strides = [16, 5] }
[front_end]
kind = "waveform"
trim = false
"""


def test_raw_samples_through_an_encoder_of_their_own(corpus, tmp_path, workspace):
    stage = STAGE + "[stages.augmentation]\ngain_decibels = 6.0\n"
    reader, _ = proven(corpus, HEAD + WAVEFORM + stage, tmp_path)
    mean, deviation = reader.checkpoint.model.statistics(AUDIO)
    assert mean.shape == deviation.shape == (1,)
    assert abs(float(mean)) < 0.01 < float(deviation)
    reading = reader.read_many([read_audio(corpus.parent / "s4-happy-0.wav")])[0]
    assert sum(reading.probabilities.values()) == pytest.approx(1.0, abs=1e-5)


def with_words(corpus):
    return (
        HEAD + 'encoder = "fc"\nencoder_options = { layers = 2, units = 4 }\n'
        '[front_end]\nkind = "functionals"\ntrim = false\nmel_bands = 8\n[inputs.words]\n'
        f'kind = "word-vectors"\noptions = {{ vectors = "{corpus.parent / "vectors.txt"}", size = 3 }}\n'
        'encoder = "gru"\nencoder_options = { layers = 2, units = 4, frames_per_step = 1 }\n' + STAGE
    )


def test_sound_and_words_together_also_where_some_utterances_have_no_words(corpus, tmp_path, workspace):
    reader, run = proven(corpus, with_words(corpus), tmp_path)
    assert reader.checkpoint.card.inputs == ("functionals", "word-vectors")
    notes = [note.text for note in events_of(run, RunNote)]
    assert any("20 of 80 words have no vector" in note and "xyzzy" in note for note in notes)
    assert any("4 of 24 utterances have no words" in note for note in notes)
    missing = reader.checkpoint.model.state_dict()["encoder.missing.words"]
    assert missing.abs().sum() > 0  # what it means to have no words was learned
    kept = reader.checkpoint.inputs["words"].of_texts(["The other garden, xyzzy"])  # of the corpus, and the frequent
    assert (kept.known, kept.unknown) == ([["the", "other", "garden"]], [["xyzzy"]])
    with pytest.raises(InputError, match="a model of sound alone.*choose another model"):
        reader.read_many([read_audio(corpus.parent / "s4-happy-0.wav")])


# ------------------------------------------------------------------------------------------------ two networks
class Adversarial(Algorithm):
    """A discriminator learns to tell embeddings from normal noise, and the model learns to be taken for it.

    References:
        Makhzani et al. (2016), Adversarial Autoencoders.
    """

    def __init__(self, *, model, objective, stage, device, share: float = 0.1):
        self.model, self.objective, self.share = model, objective, share
        self.average = AveragedModel(model, stage.average)
        size = model.embedding.out_features
        self.discriminator = torch.nn.Sequential(torch.nn.Linear(size, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1))
        own = dataclasses.replace(stage, schedule="constant", learning_rate=0.02)
        self.turns = {
            "discriminator": Optimisation(self.discriminator.parameters(), own, limit=1.0),
            "model": Optimisation(model.parameters(), stage),
        }

    @property
    def judged(self):
        return self.average.model

    def step(self, batch, progress):
        output = self.model(batch.inputs)
        noise = torch.randn_like(output.embedding)
        told = self.discriminator(torch.cat([output.embedding.detach(), noise]))
        truth = torch.cat([torch.zeros(len(noise), 1), torch.ones(len(noise), 1)])
        against = functional.binary_cross_entropy_with_logits(told, truth)
        self.turns["discriminator"].descend(against, progress)
        value = self.objective(output, self.model.heads, batch.targets)
        fooled = functional.binary_cross_entropy_with_logits(self.discriminator(output.embedding), truth[len(noise) :])
        loss = value.loss + self.share * fooled
        rate = self.turns["model"].descend(loss, progress).learning_rate
        self.average.update(self.model)
        return StepResult(float(loss.detach()), rate, {**value.figures, "discriminator": float(against.detach())})

    def state(self):
        parts = {"average": self.average.model.state_dict(), "other": self.discriminator.state_dict()}
        parts |= {f"turn.{name}": turn.state() for name, turn in self.turns.items()}
        tensors = {f"{part}.{name}": value for part, found in parts.items() for name, value in found.items()}
        return AlgorithmState(tensors, {"average_steps": self.average.steps})

    def restore(self, state):
        self.average.model.load_state_dict(section(state.tensors, "average."))
        self.average.steps = state.counts["average_steps"]
        self.discriminator.load_state_dict(section(state.tensors, "other."))
        for name, turn in self.turns.items():
            turn.restore(section(state.tensors, f"turn.{name}."))


ADVERSARIAL = (
    HEAD
    + 'encoder = "fc"\nencoder_options = { layers = 2, units = 4 }\n[front_end]\ntrim = false\nmel_bands = 8\n'
    + STAGE
    + 'algorithm = "adversarial"\nalgorithm_options = { share = 0.5 }\n'
)


def test_two_networks_take_turns_each_with_its_own_optimiser(corpus, tmp_path, workspace, monkeypatch):
    monkeypatch.setitem(ALGORITHMS, "adversarial", Adversarial)
    reader, run = proven(corpus, ADVERSARIAL, tmp_path)
    assert reader.checkpoint.card.settings.stages[0].algorithm == "adversarial"
    figures = [epoch.further["discriminator"] for epoch in events_of(run, EpochFigures)]
    assert len(set(figures)) == 3  # it learns, too
    plain = train_run(
        tmp_path / "alone",
        make_plan(
            corpus=str(corpus),
            recipe=tmp_path / "proof.toml",
            protocol="held-out-speakers",
            fold=1,
            seed=0,
            overrides=["stages.0.algorithm=supervised", "stages.0.algorithm_options={}"],
        ),
    )
    head = reader.checkpoint.model.heads[EMOTION].weight
    assert not torch.equal(head, Reader.load(plain).checkpoint.model.heads[EMOTION].weight)


def test_the_state_of_another_algorithm_is_refused_in_one_sentence(corpus, tmp_path, workspace, monkeypatch):
    monkeypatch.setitem(ALGORITHMS, "adversarial", Adversarial)
    (tmp_path / "proof.toml").write_text(ADVERSARIAL, encoding="utf-8")
    run = tmp_path / "run"

    def plan(*overrides):
        return make_plan(
            corpus=str(corpus),
            recipe=tmp_path / "proof.toml",
            protocol="held-out-speakers",
            fold=1,
            seed=0,
            overrides=overrides,
        )

    def stop(event):
        if isinstance(event, EpochFigures):
            (run / "stop").touch()

    assert train_run(run, plan("stages.0.algorithm=supervised", "stages.0.algorithm_options={}"), listener=stop) is None
    with pytest.raises(CheckpointError, match="Expected the state of this run.*Start the run again without --resume"):
        train_run(run, plan(), resume=True)


# ------------------------------------------------------------------------------------------------ sets of features
FEATURES = """
encoder = "gru"
encoder_options = { layers = 2, units = 4 }
[front_end]
kind = "short-term-68"
trim = false
[inputs.functionals]
kind = "spectral-193-hsf2"
options = { trim = false }
encoder = "fc"
encoder_options = { layers = 2, units = 4 }
[inputs.cepstrum]
kind = "mfcc-40-hsf1"
options = { trim = false }
encoder = "fc"
encoder_options = { layers = 2, units = 4 }
"""


def test_frames_of_a_set_of_features_beside_statistics_of_others(corpus, tmp_path, workspace):
    stage = STAGE + "[stages.augmentation]\ncrop = 0.3\n"  # of the frames alone
    reader, _ = proven(corpus, HEAD + FEATURES + stage, tmp_path)
    assert reader.checkpoint.card.inputs == ("short-term-68", "spectral-193-hsf2", "mfcc-40-hsf1")
    sizes = [len(reader.checkpoint.model.statistics(name)[0]) for name in (AUDIO, "functionals", "cepstrum")]
    assert sizes == [68, 387, 80]
    signals = [read_audio(path) for path in sorted(corpus.parent.glob("*.wav"))[::5]]
    together = reader.measure(signals)[0]
    for row, signal in enumerate(signals):
        np.testing.assert_allclose(reader.measure([signal])[0][0], together[row], rtol=1e-5, atol=1e-5)


# ------------------------------------------------------------------------------------------------ pretrained networks
PRETRAINED = """
encoder = "residual"
encoder_options = { channels = [4, 8], stem = 4 }
[front_end]
trim = false
mel_bands = 16
[inputs.speech]
kind = "moonshine-tiny"
options = { trim = false }
encoder = "pooled"
encoder_options = { units = 4 }
[inputs.voice]
kind = "ge2e-voice"
options = { trim = false }
encoder = "pooled"
encoder_options = { units = 4 }
"""


def test_a_spectrogram_beside_two_pretrained_networks(corpus, tmp_path, workspace, monkeypatch):
    stage = STAGE + "[stages.augmentation]\ngain_decibels = 6.0\n"  # of the spectrogram alone
    reader, run = proven(corpus, HEAD + PRETRAINED + stage, tmp_path)
    carried = {name: NETWORKS[name].weights.digest for name in ("moonshine-tiny", "ge2e-voice")}
    assert reader.checkpoint.card.carried == carried
    assert json.loads((run / "checkpoint" / "card.json").read_text())["carried"] == carried
    signals = [read_audio(path) for path in sorted(corpus.parent.glob("*.wav"))[::5]]
    together = reader.measure(signals)[0]
    for row, signal in enumerate(signals):
        np.testing.assert_allclose(reader.measure([signal])[0][0], together[row], rtol=1e-5, atol=1e-5)
    heard = sum(parameter.numel() for parameter in reader.checkpoint.model.parameters())
    assert heard < 20_000  # what is carried is neither trained nor kept with the model

    _loaded.cache_clear()
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("ser_core.pretrained.weights._FOLDER", tmp_path)
        with pytest.raises(CheckpointError, match="needs a pretrained network.*Moonshine tiny.*install it again"):
            Reader.load(run / "checkpoint")
    other = dataclasses.replace(VoiceEncoder.weights, digest="0" * 64)
    monkeypatch.setattr(VoiceEncoder, "weights", other)
    with pytest.raises(CheckpointError, match="network ge2e-voice.*carries weights of digest 0000.*train it again"):
        Reader.load(run / "checkpoint")
    monkeypatch.delitem(NETWORKS, "ge2e-voice")
    with pytest.raises(CheckpointError, match="network ge2e-voice.*none of that name.*Install the release"):
        Reader.load(run / "checkpoint")
