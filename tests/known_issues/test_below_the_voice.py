"""What lies below the voice (an offset, rumble, the fundamental of mains hum) changes nothing that is judged."""

import dataclasses

import numpy as np
import pytest

from ser_core.audio.reading import read_audio
from ser_core.audio.signal import Signal
from ser_core.corpora import open_corpus
from ser_core.features import FrontEnd, frames_of
from ser_core.inference import Reader
from ser_core.live import LiveListener, LiveSettings
from ser_core.recipes import load_recipe, shipped_recipes

RATE = 16_000


def offset(amount: float):
    return lambda times: np.full(len(times), amount)


def wave(hertz: float, amplitude: float):
    return lambda times: amplitude * np.sin(2 * np.pi * hertz * times + 1.0)


def swaying(times: np.ndarray) -> np.ndarray:
    """Wind on a microphone: waves of 2 to 20 Hz."""
    random = np.random.default_rng(0)
    return sum(0.02 * np.sin(2 * np.pi * hertz * times + random.uniform(0, 6)) for hertz in (2.3, 5.1, 9.7, 19.0))


BELOW = {
    "offset 0.02": offset(0.02),
    "offset 0.05": offset(0.05),
    "offset -0.1": offset(-0.1),
    "5 Hz": wave(5, 0.05),
    "12 Hz": wave(12, 0.05),
    "wind": swaying,
    "50 Hz at -40 dBFS": wave(50, 0.01 * 2**0.5),
    "60 Hz at -40 dBFS": wave(60, 0.01 * 2**0.5),
}


@pytest.fixture(scope="module")
def clips() -> list[np.ndarray]:
    corpus = open_corpus("demo")
    return [read_audio(corpus.path(row)).samples for row in corpus.utterances[7::90]]


def with_added(samples: np.ndarray, added: str) -> np.ndarray:
    return (0.85 * samples + BELOW[added](np.arange(len(samples)) / RATE)).astype(np.float32)


def without(samples: np.ndarray) -> np.ndarray:
    return (0.85 * samples).astype(np.float32)


@pytest.mark.parametrize("added", BELOW)
def test_frames_stay_as_they_are(clips: list[np.ndarray], added: str):
    front_end = load_recipe("residual-triplet").front_end
    for samples in clips:
        plain, changed = frames_of([without(samples), with_added(samples, added)], front_end)
        assert plain.shape == changed.shape
        assert float((plain - changed).abs().mean()) < 0.05  # decibels


def test_without_the_filter_an_offset_changes_them(clips: list[np.ndarray]):
    front_end = dataclasses.replace(load_recipe("residual-triplet").front_end, high_pass_hertz=0.0)
    plain, changed = frames_of([without(clips[0]), with_added(clips[0], "offset 0.05")], front_end)
    assert plain.shape != changed.shape or float((plain - changed).abs().mean()) > 1.0


def test_a_part_is_filtered_as_that_part_alone(clips: list[np.ndarray]):
    front_end = load_recipe("residual-triplet").front_end
    sound = with_added(clips[0], "5 Hz")
    part = sound[5_000:21_000]
    alone, beside = frames_of([part], front_end)[0], frames_of([part.copy(), sound], front_end)[0]
    np.testing.assert_allclose(alone.numpy(), beside.numpy(), atol=0.02)


@pytest.mark.parametrize("model", ["demo-residual", "ravdess-residual"])
def test_no_answer_of_a_model_that_ships_changes_and_no_angle_by_a_degree(clips: list[np.ndarray], model: str):
    reader = Reader.load(model)
    plain = reader.read_many([Signal(without(samples)) for samples in clips])
    for added in BELOW:
        changed = reader.read_many([Signal(with_added(samples, added)) for samples in clips])
        for before, after in zip(plain, changed, strict=True):
            assert after.verdict == before.verdict, added
            for label, angle in before.angles_degrees.items():
                assert after.angles_degrees[label] == pytest.approx(angle, abs=1.0), added


def test_a_live_window_with_an_offset_says_what_one_without_it_says(clips: list[np.ndarray]):
    reader = Reader.load("demo-residual")

    def heard(samples: np.ndarray) -> list[str | None]:
        listener = LiveListener(reader, LiveSettings(hop_seconds=0.5, patience_seconds=float("inf")))
        return [prediction.verdict for prediction in listener.feed(samples, RATE)]

    plain = heard(np.concatenate([np.zeros(RATE, dtype=np.float32), without(clips[0])]))
    offset = heard(np.concatenate([np.full(RATE, 0.05, dtype=np.float32), with_added(clips[0], "offset 0.05")]))
    assert any(verdict is not None for verdict in plain)
    assert offset == plain


def test_our_recipes_filter_and_those_of_papers_do_not():
    for name in shipped_recipes():
        recipe = load_recipe(name)
        is_ours = recipe.source.startswith("our own")
        assert (recipe.front_end.high_pass_hertz > 0) == is_ours, name


def test_a_card_that_does_not_name_the_filter_is_read_without_it():
    assert FrontEnd().high_pass_hertz == 0
