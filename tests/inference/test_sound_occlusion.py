"""Parts of a sound silenced: against a plain loop, and against what silence and whole sounds are."""

import dataclasses

import numpy as np
import pytest
from scipy.signal import istft, stft

from ser_core.audio.signal import Signal
from ser_core.errors import InputError
from ser_core.inference import Reader
from ser_core.inference.attribution import attribution, methods_for
from ser_core.inference.sound_occlusion import EDGES, MOST_COLUMNS, WINDOW, SilencedPart, parts_of, silenced
from ser_core.training.plan import make_plan
from ser_core.training.run import train_run
from tests.conftest import tiny_voice

RATE = 16_000


@pytest.fixture(scope="module")
def reader(tiny_corpus, tiny_recipe, tmp_path_factory) -> Reader:
    """A model that hears the waveform's mel frames beside the voice network."""
    run = tmp_path_factory.mktemp("with a voice network") / "run"
    recipe = run.parent / "both.toml"
    further = '\n[inputs.voice]\nkind = "ge2e-voice"\nencoder = "pooled"\n'
    recipe.write_text(tiny_recipe.read_text() + further)
    train_run(run, make_plan(corpus=str(tiny_corpus), recipe=recipe, protocol="held-out-speakers", fold=1, seed=0))
    return Reader.load(run)


@pytest.fixture(scope="module")
def signal() -> Signal:
    samples = tiny_voice(180, 4, np.random.default_rng(1), seconds=0.9)
    return Signal(samples, RATE)


def evidence(reader: Reader, samples: np.ndarray, label: str) -> float:
    """The cosine to a class direction, from the angle that the model itself measures."""
    _, _, angles = reader.measure([Signal(samples.astype(np.float32), RATE)])
    return float(np.cos(np.radians(angles[0, reader.labels.index(label)])))


def without(samples: np.ndarray, part: SilencedPart) -> np.ndarray:
    """A sound without a part, by the transform of SciPy."""
    settings = {"fs": RATE, "window": "hann", "nperseg": WINDOW, "noverlap": WINDOW * 3 // 4}
    hertz, _, values = stft(samples, boundary="zeros", padded=True, **settings)
    times = np.arange(values.shape[1]) * WINDOW / 4 / RATE
    inside = np.outer((hertz >= part.low) & (hertz < part.high), (times >= part.start) & (times < part.end))
    _, sound = istft(np.where(inside, 0, values), boundary=True, **settings)
    return sound[: len(samples)]


def test_a_part_is_worth_the_evidence_that_is_lost_without_it(reader, signal):
    told = []
    found = attribution(reader, signal, "sad", progress=lambda *counted: told.append(counted))
    whole = evidence(reader, signal.samples, "sad")
    parts = parts_of(signal.duration_seconds, RATE)
    for part in parts:
        rows = (found.times >= part.start) & (found.times < part.end)
        columns = (found.hertz >= part.low) & (found.hertz < part.high)
        assert rows.any()
        assert columns.any()
        expected = whole - evidence(reader, without(signal.samples, part), "sad")
        np.testing.assert_allclose(found.values[np.ix_(rows, columns)], expected, atol=2e-3)
    assert np.abs(found.values).max() > 0.02, "something in it matters"
    assert found.evidence == pytest.approx(whole, abs=1e-4)
    assert found.baseline == pytest.approx(evidence(reader, np.zeros(len(signal.samples)), "sad"), abs=1e-4)
    assert (found.of_sound, found.measure, found.method) == (True, "cosine", "occlusion")
    assert found.values.shape == found.levels.shape == (len(found.times), len(found.hertz))
    assert told[-1] == (len(parts), len(parts))
    assert [done for done, _ in told] == sorted({done for done, _ in told})


def test_what_is_silenced_is_gone_and_the_rest_is_as_it_was():
    seconds = np.arange(RATE) / RATE
    low, high = np.sin(2 * np.pi * 250 * seconds), np.sin(2 * np.pi * 3_000 * seconds)
    samples = (0.3 * low + 0.3 * high).astype(np.float32)
    (nothing,) = silenced(samples, RATE, [SilencedPart(5.0, 6.0, 0.0, 8_000.0)])
    np.testing.assert_allclose(nothing, samples, atol=1e-5)
    (kept_low,) = silenced(samples, RATE, [SilencedPart(0.0, float("inf"), 2_000.0, 4_000.0)])
    np.testing.assert_allclose(kept_low[WINDOW:-WINDOW], 0.3 * low[WINDOW:-WINDOW], atol=2e-3)
    (late,) = silenced(samples, RATE, [SilencedPart(0.0, 0.5, 0.0, float("inf"))])
    assert np.abs(late[: RATE // 2 - WINDOW]).max() < 1e-5
    np.testing.assert_allclose(late[RATE // 2 + WINDOW :], samples[RATE // 2 + WINDOW :], atol=1e-5)


@pytest.mark.parametrize("seconds", [0.1, 0.9, 25.0])
def test_parts_cover_every_moment_and_every_frequency_once(seconds):
    parts = parts_of(seconds, RATE)
    assert len(parts) == len(EDGES) * max(1, min(MOST_COLUMNS, int(seconds / 0.2)))
    for moment in np.linspace(0, seconds, 50):
        for hertz in (0.0, 499.9, 500.0, 5_000.0, 8_000.0):
            holding = [part for part in parts if part.start <= moment < part.end and part.low <= hertz < part.high]
            assert len(holding) == 1


def test_a_model_that_hears_no_spectrogram_alone_is_asked_by_its_sound(reader, signal, tiny_checkpoint):
    assert methods_for(reader.checkpoint.card) == ("occlusion",)
    assert methods_for(Reader.load(tiny_checkpoint).checkpoint.card) == ("occlusion", "integrated gradients")
    with pytest.raises(InputError, match=r"hears by log-mel and ge2e-voice\. Choose occlusion"):
        attribution(reader, signal, "sad", "integrated gradients")
    longer = dataclasses.replace(signal, samples=np.tile(signal.samples, 40))
    with pytest.raises(InputError, match="at most 30 s"):
        attribution(reader, longer, "sad")
