"""A reading: what a model says about one recording, each figure by its definition."""

import dataclasses
import math
import re

import numpy as np
import pytest
import torch

from ser_core.audio.reading import read_audio
from ser_core.audio.signal import Signal
from ser_core.errors import CheckpointError, InputError
from ser_core.evaluation.back_ends import BACK_ENDS, FITTED, BackEndInputs
from ser_core.features import frames_of
from ser_core.inference import Reader
from ser_core.models import AUDIO, EMOTION, pad


@pytest.fixture(scope="module")
def reader(tiny_checkpoint) -> Reader:
    return Reader.load(tiny_checkpoint)


@pytest.fixture(scope="module")
def signals(tiny_corpus) -> list[Signal]:
    return [read_audio(tiny_corpus.parent / f"m2_{name}.wav") for name in ("angry0", "sad1", "neutral2")]


def test_every_figure_of_a_reading_follows_its_definition(reader, signals):
    signal = signals[0]
    reading = reader.read(signal)
    frames = reader.checkpoint.model.standardise(AUDIO, frames_of([signal.samples], reader.front_end)[0])
    with torch.no_grad():
        output = reader.checkpoint.model({AUDIO: pad([frames])})
    np.testing.assert_allclose(reading.embedding, output.embedding[0].numpy(), rtol=1e-4, atol=1e-5)

    logits = [value / reader.checkpoint.temperature for value in output.heads[EMOTION][0].tolist()]
    norm = sum(map(math.exp, logits))
    assert list(reading.probabilities) == list(reader.labels)
    assert list(reading.probabilities.values()) == pytest.approx([math.exp(x) / norm for x in logits], abs=1e-5)
    assert sum(reading.probabilities.values()) == pytest.approx(1.0, abs=1e-6)

    for label, direction in zip(reader.labels, reader.checkpoint.directions, strict=True):
        vector = reading.embedding / np.linalg.norm(reading.embedding)
        cosine = float(vector @ direction / np.linalg.norm(direction))
        assert reading.angles_degrees[label] == pytest.approx(math.degrees(math.acos(cosine)), abs=0.05)
    assert reading.nearest_class == min(reading.angles_degrees, key=reading.angles_degrees.get)
    assert reading.emotion == reading.nearest_class  # the card of this checkpoint names the back end angle
    assert reading.ranges_degrees == dict(zip(reader.labels, reader.checkpoint.ranges.tolist(), strict=True))
    assert reading.duration_seconds == pytest.approx(0.5)


@pytest.mark.parametrize("wide", [0.0, 1.0, 180.0])
def test_inside_range_means_inside_at_least_one_classes_range(reader, signals, wide):
    checkpoint = dataclasses.replace(reader.checkpoint, ranges=np.array([wide, 0.0, 0.0], dtype=np.float32))
    reading = Reader(checkpoint).read(signals[0])
    inside = [reading.angles_degrees[label] <= reading.ranges_degrees[label] for label in reader.labels]
    assert reading.inside_range is any(inside)
    assert reading.inside_range is (wide == 180.0 or any(inside))


@pytest.mark.parametrize(("beyond", "inside"), [(-0.1, False), (0.1, True)])
def test_a_range_that_ends_a_tenth_of_a_degree_before_the_answer_does_not_hold_it(reader, signals, beyond, inside):
    angles = reader.read(signals[0]).angles_degrees
    ranges = np.array([angles[label] + beyond if label == "sad" else 0.0 for label in reader.labels], dtype=np.float32)
    assert Reader(dataclasses.replace(reader.checkpoint, ranges=ranges)).read(signals[0]).inside_range is inside


def test_the_back_end_that_the_card_names_decides(reader, signals):
    for back_end in ("head", "svm", "knn"):
        card = dataclasses.replace(reader.checkpoint.card, back_end=back_end)
        reading = Reader(dataclasses.replace(reader.checkpoint, card=card)).read(signals[0])
        assert reading.emotion in reader.labels
        if back_end == "head":
            assert reading.emotion == max(reading.probabilities, key=reading.probabilities.get)


@pytest.mark.parametrize("back_end", ["svm", "knn"])
def test_a_back_end_that_learns_is_fitted_once_and_judges_as_if_fitted_each_time(
    reader, signals, back_end, monkeypatch
):
    fits = []
    monkeypatch.setitem(FITTED, back_end, lambda known, fit=FITTED[back_end]: fits.append(1) or fit(known))
    card = dataclasses.replace(reader.checkpoint.card, back_end=back_end)
    fitted = Reader(dataclasses.replace(reader.checkpoint, card=card))
    readings = [fitted.read(signal) for signal in signals]
    assert len(fits) == 1
    expected = BACK_ENDS[back_end](
        BackEndInputs(
            reader.labels,
            embeddings=np.stack([reading.embedding for reading in readings]),
            training_embeddings=reader.checkpoint.training_embeddings,
            training_labels=[reader.labels[target] for target in reader.checkpoint.training_targets],
        )
    )
    assert [reading.emotion for reading in readings] == expected.tolist()
    Reader(fitted.checkpoint).read(signals[0])
    assert len(fits) == 1, "two readers of one checkpoint, as for two voices, share it"


def test_many_recordings_read_together_are_read_as_one_by_one(reader, signals):
    for together, signal in zip(reader.read_many(signals), signals, strict=True):
        alone = reader.read(signal)
        np.testing.assert_allclose(together.embedding, alone.embedding, rtol=1e-4, atol=1e-4)
        assert together.emotion == alone.emotion
    assert reader.read_many([]) == []


def test_what_the_recording_is_noted_for_reaches_the_reading(reader, signals):
    noted = dataclasses.replace(signals[0], notes=("Clipped.",))
    assert reader.read(noted).notes[0] == "Clipped."
    assert "s of speech: too little" in reader.read(noted).notes[1]


@pytest.mark.parametrize("level", [0.0, 1e-3])
def test_a_recording_in_which_nobody_speaks_is_not_judged_and_gets_advice(reader, random, level):
    samples = (level * random.standard_normal(16_000)).astype(np.float32)
    found = reader.read(Signal(samples, notes=("Clipped.",)), name="a.wav")
    assert found.speech is False
    assert found.verdict == "not speech"
    assert re.match("Not speech, and not judged: a.wav holds 1.0 s of .*right microphone", found.notes[0])
    assert found.notes[1:] == ("Clipped.",)


def test_a_tone_is_not_judged_and_a_voice_is(reader, signals):
    tone = 0.3 * np.sin(2 * np.pi * 440 * np.arange(32_000) / 16_000)
    found = reader.read(Signal(tone.astype(np.float32)))
    assert (found.speech, found.verdict, found.duration_seconds) == (False, "not speech", 2.0)
    assert "2.0 s of a sound without a voice" in found.notes[0]
    assert reader.read(signals[0]).speech is True


def test_another_sample_rate_is_refused(reader, signals):
    with pytest.raises(InputError, match="sample_rate=16000"):
        reader.read_many([dataclasses.replace(signals[0], sample_rate=8_000)])


def test_a_checkpoint_that_is_not_there_gets_advice():
    with pytest.raises(CheckpointError, match="Train one with|Did you mean"):
        Reader.load("no such model")
