"""Which parts of a sound decided: both methods against plain loops, and the axiom that integrated gradients obey."""

import dataclasses

import numpy as np
import pytest
import torch

from ser_core.audio.reading import read_audio
from ser_core.audio.signal import Signal
from ser_core.errors import ConfigError, InputError
from ser_core.features.front_end import FrontEnd, prepared_signal, prepared_start
from ser_core.inference import Reader
from ser_core.inference.attribution import (
    METHODS,
    TILE_BANDS,
    TILE_SECONDS,
    Evidence,
    attribution,
    integrated_gradients,
    occlusion,
)
from ser_core.inference.own_voice import clip_of, make_voice
from ser_core.models import AUDIO, EMOTION, pad
from tests.conftest import tiny_voice


@pytest.fixture(scope="module")
def reader(tiny_checkpoint) -> Reader:
    return Reader.load(tiny_checkpoint)


@pytest.fixture(scope="module")
def signal(tiny_corpus) -> Signal:
    return read_audio(tiny_corpus.parent / "m2_angry0.wav")


def frames_of(reader: Reader, signal: Signal) -> torch.Tensor:
    (levels,) = reader.checkpoint.inputs[AUDIO].of_signals([signal.samples])
    return reader.checkpoint.model.standardise(AUDIO, levels)


def cosine(reader: Reader, frames: torch.Tensor, label: str) -> float:
    """The evidence of one utterance, from the model and the direction themselves."""
    with torch.no_grad():
        embedding = reader.checkpoint.model({AUDIO: pad([frames])}).embedding[0].numpy()
    direction = reader.checkpoint.directions[reader.labels.index(label)]
    return float(embedding @ direction / np.linalg.norm(embedding) / np.linalg.norm(direction))


def test_what_a_hidden_tile_is_worth_is_the_evidence_that_is_lost_without_it(signal):
    reader = Reader.load("demo-residual")
    found = attribution(reader, signal, "sad")
    frames = frames_of(reader, signal)
    wide = round(TILE_SECONDS / reader.front_end.hop_seconds)
    whole = cosine(reader, frames, "sad")
    for first in range(0, frames.shape[0], wide):
        for low in range(0, frames.shape[1], TILE_BANDS):
            hidden = frames.clone()
            hidden[first : first + wide, low : low + TILE_BANDS] = 0
            expected = whole - cosine(reader, hidden, "sad")
            np.testing.assert_allclose(found.values[first : first + wide, low : low + TILE_BANDS], expected, atol=2e-5)
    assert np.abs(found.values).max() > 0.01, "something in it matters"
    assert (found.evidence, found.measure) == (pytest.approx(whole, abs=1e-5), "cosine")
    assert found.baseline == pytest.approx(cosine(reader, torch.zeros_like(frames), "sad"), abs=1e-5)


def test_integrated_gradients_are_the_mean_derivative_along_the_path_times_the_value(reader, signal):
    frames = frames_of(reader, signal)
    found = integrated_gradients(Evidence(reader, "angry"), frames, steps=7)
    total = torch.zeros_like(frames)
    for step in range(7):
        place = ((step + 0.5) / 7 * frames).requires_grad_()
        embedding = reader.checkpoint.model({AUDIO: pad([place])}).embedding[0]
        direction = torch.from_numpy(np.asarray(reader.checkpoint.directions[reader.labels.index("angry")]))
        (embedding @ direction / embedding.norm() / direction.norm()).backward()
        total += place.grad
    torch.testing.assert_close(found, frames * total / 7, atol=2e-6, rtol=1e-3)


def test_integrated_gradients_add_up_to_the_evidence_that_the_recording_has_over_the_mean(reader, signal):
    frames = frames_of(reader, signal)
    for label in reader.labels:
        evidence = Evidence(reader, label)
        whole, mean = evidence.of(torch.stack([frames, torch.zeros_like(frames)])).tolist()
        errors = [
            abs(float(integrated_gradients(evidence, frames, steps=steps).sum()) - (whole - mean)) for steps in (4, 512)
        ]
        assert errors[1] < 0.01 * abs(whole - mean), label
        assert errors[1] <= errors[0], "finer steps come closer"


def test_a_model_that_answers_by_its_head_is_asked_for_the_logit(reader, signal):
    card = dataclasses.replace(reader.checkpoint.card, back_end="head")
    by_head = Reader(dataclasses.replace(reader.checkpoint, card=card))
    frames = frames_of(reader, signal)
    found = attribution(by_head, signal, "sad")
    with torch.no_grad():
        logits = reader.checkpoint.model({AUDIO: pad([frames])}).heads[EMOTION][0]
    assert found.measure == "logit"
    assert found.evidence == pytest.approx(float(logits[reader.labels.index("sad")]), abs=1e-4)


@pytest.mark.parametrize("back_end", ["angle", "head"])
@pytest.mark.parametrize("method", ["neutral", "few-shot"])
def test_for_a_voice_the_evidence_is_what_that_voice_is_judged_by(back_end, method, reader, tiny_corpus, signal):
    card = dataclasses.replace(reader.checkpoint.card, back_end=back_end)
    judging = Reader(dataclasses.replace(reader.checkpoint, card=card))
    clips = [
        clip_of(judging, read_audio(tiny_corpus.parent / f"m2_{emotion}1.wav"), name=emotion, emotion=emotion)
        for emotion in ("neutral", "sad")
    ]
    corrected = Reader(judging.checkpoint, make_voice(judging, "mine", method, clips))
    _, probabilities, angles = corrected.measure([signal])
    found = [attribution(corrected, signal, label).evidence for label in corrected.labels]
    if back_end == "angle":
        np.testing.assert_allclose(found, np.cos(np.radians(angles[0])), atol=1e-4)
    else:
        scaled = np.exp(np.array(found) / corrected.checkpoint.temperature)
        np.testing.assert_allclose(scaled / scaled.sum(), probabilities[0], atol=1e-4)


def test_times_count_from_the_beginning_of_the_recording_although_the_model_hears_the_speech_alone(reader):
    random = np.random.default_rng(0)
    quiet = 1e-4 * random.standard_normal(16_000).astype(np.float32)
    samples = np.concatenate([quiet, tiny_voice(150, 4.0, random), quiet])
    settings = dataclasses.replace(reader.front_end, trim=True)
    start = prepared_start(samples, settings)
    assert 0.8 < start < 1.1
    for one in (settings, dataclasses.replace(settings, longest_seconds=0.3, high_pass_hertz=75.0)):
        unscaled = dataclasses.replace(one, level=False, high_pass_hertz=0.0)
        kept = prepared_signal(samples, unscaled)
        first = round(prepared_start(samples, unscaled) * 16_000)
        np.testing.assert_array_equal(kept, samples[first : first + len(kept)])
    found = attribution(reader, Signal(samples), "sad")
    assert found.times[0] == pytest.approx(prepared_start(samples, reader.front_end))
    assert np.diff(found.times) == pytest.approx(reader.front_end.hop_seconds)
    assert found.values.shape == found.levels.shape == (len(found.times), len(found.hertz))


def test_a_longer_recording_gets_wider_tiles_and_one_that_is_too_long_is_refused(reader):
    frames = torch.zeros(200, 8)
    frames[:, 0] = torch.arange(200.0)

    class Sum:
        measure = "cosine"

        def of(self, batch: torch.Tensor) -> torch.Tensor:
            return batch.sum(dim=(1, 2))

    values = occlusion(Sum(), frames, 2.0, tile_bands=4)  # type: ignore[arg-type]
    assert values[0, 0] == sum(range(5)), "40 tiles stand beside each other, so each is five frames long"
    assert values[199, 0] == sum(range(195, 200))
    assert not values[:, 4:].any()
    with pytest.raises(InputError, match=r"at most 30 s; got 31\.0 s\. Select a part"):
        attribution(reader, Signal(np.zeros(31 * 16_000, np.float32)), "sad")


def test_a_class_or_method_that_there_is_not_is_refused_by_name(reader, signal):
    with pytest.raises(ConfigError, match="sad"):
        attribution(reader, signal, "sat")
    with pytest.raises(ConfigError, match="occlusion"):
        attribution(reader, signal, "sad", "oclusion")
    assert set(METHODS) == {"occlusion", "integrated gradients"}


def test_frames_that_the_model_never_trims_begin_with_the_recording():
    assert prepared_start(np.ones(16_000, np.float32), FrontEnd(trim=False)) == 0.0


@pytest.mark.parametrize("method", sorted(METHODS))
def test_how_far_it_is_is_told_up_to_the_end_and_changes_nothing(reader, signal, method):
    told: list[tuple[int, int]] = []
    found = attribution(reader, signal, "sad", method, progress=lambda done, total: told.append((done, total)))
    (total,) = {total for _, total in told}
    done = [count for count, _ in told]
    assert done == sorted(set(done))
    assert done[-1] == total
    if method == "occlusion":
        count, bands = found.values.shape
        assert total == len(range(0, count, round(TILE_SECONDS / reader.front_end.hop_seconds))) * len(
            range(0, bands, TILE_BANDS)
        )
    np.testing.assert_array_equal(found.values, attribution(reader, signal, "sad", method).values)
