"""The lesson on frames: which sound, settings and link cross to the browser, which draws and changes them by itself."""

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
import soundfile
from streamlit.testing.v1 import AppTest

from ser_core.audio.pitch import pitch_contour
from ser_core.corpora import open_corpus
from ser_core.corpora.manifest import Utterance
from ser_core.features.front_end import frames_of
from ser_core.plots.frames import EXCERPT, FramedSound, loudest_excerpt, of_whole_recording
from ser_core.recipes import load_recipe
from ui.components.frames_lesson import FramesView
from ui.views.frames.lesson import LOW_VOICE, SOURCES

Opened = Callable[[str], AppTest]
PULSES = (5, 2)  # milliseconds: what the press of that name sets (tests/browser/test_frames_lesson.py)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[FramedSound, FramesView]]:
    """Keep what crosses to the browser."""
    found: list[tuple[FramedSound, FramesView]] = []
    monkeypatch.setattr("ui.components.frames_lesson.draw", lambda sound, view, key: found.append((sound, view)))
    return found


def low_voice() -> Utterance:
    return next(row for row in open_corpus("emodb-clips").utterances if row.file == LOW_VOICE)


def test_it_opens_in_an_empty_workspace_with_the_voice_of_a_person_that_can_be_heard(
    opened: Opened, drawn: list[tuple[FramedSound, FramesView]]
) -> None:
    app = opened("what_a_frame_is")
    assert not app.exception
    sound, view = drawn[-1]
    assert "a clip of EmoDB" in sound.title
    assert low_voice().gender == "male"
    assert sound.voice is not None
    assert 80 < sound.voice < 160, "the pitch of that man"
    assert view.address is not None
    assert view.told == {}


def test_every_source_is_offered_with_the_settings_of_its_recipe(
    opened: Opened, drawn: list[tuple[FramedSound, FramesView]]
) -> None:
    opened("what_a_frame_is")
    sound, view = drawn[-1]
    assert [name for name, _, _ in view.sources] == list(SOURCES)
    for name, _, sent in view.sources:
        front_end = load_recipe(name).front_end
        assert sent["window"] == pytest.approx(1000 * front_end.window_seconds)
        assert sent["hop"] == pytest.approx(1000 * front_end.hop_seconds)
        assert (sent["bands"], sent["transform"]) == (front_end.mel_bands, front_end.transform_length)
        assert f"{sent['high_pass']:g}" in sound.samples, "the sound as this source hears it"


def test_with_for_experts_each_value_has_its_place_in_the_paper_or_is_our_choice(
    opened: Opened, drawn: list[tuple[FramedSound, FramesView]], for_experts: None
) -> None:
    opened("what_a_frame_is")
    told = drawn[-1][1].told
    assert list(told) == list(SOURCES)
    assert told["dai-2019-mel"][1] == "hop_seconds of dai-2019-mel: section 3.1: 10 ms."
    assert told["quick"][0] == "window_seconds of quick: our choice: the source does not say."


def test_what_the_address_asks_of_the_lesson_crosses_and_nothing_else(
    opened: Opened, drawn: list[tuple[FramedSound, FramesView]]
) -> None:
    app = opened("home").switch_page("pages/what_a_frame_is.py")
    for name, value in {"source": "quick", "hop": "40", "key": "secret"}.items():
        app.query_params[name] = value
    app.run()
    assert drawn[-1][1].link == {"source": "quick", "hop": "40"}


def test_pulses_shows_a_stripe_for_each_pulse_of_the_voice_and_no_longer_hop_could() -> None:
    window, hop = PULSES
    samples, rate = soundfile.read(open_corpus("emodb-clips").path(low_voice()), dtype="float32")
    begins = loudest_excerpt(samples, rate)
    times, hertz = pitch_contour(samples, sample_rate=rate)
    pitch = float(np.nanmedian(hertz[(times > begins) & (times < begins + EXCERPT)]))
    assert rhythm(samples, begins, window, hop) == pytest.approx(pitch, rel=0.1)
    assert rhythm(samples, begins, 40, hop) != pytest.approx(pitch, rel=0.1), "a window over several pulses"
    assert 1000 / hop / 2 > pitch > 1000 / 10 / 2, "columns every 10 ms are too few for this voice"


def rhythm(samples: np.ndarray, begins: float, window: int, hop: int) -> float:
    """Return how often per second the level of the columns rises and falls in the loudest part, in hertz above 50."""
    source = of_whole_recording(load_recipe(next(iter(SOURCES))).front_end)
    front_end = dataclasses.replace(source, window_seconds=window / 1000, hop_seconds=hop / 1000)
    levels = frames_of([samples], front_end)[0].numpy().mean(axis=1)
    times = np.arange(len(levels)) * hop / 1000
    part = levels[(times > begins) & (times < begins + EXCERPT)]
    power = np.abs(np.fft.rfft((part - part.mean()) * np.hanning(len(part)), 2048)) ** 2
    hertz = np.fft.rfftfreq(2048, hop / 1000)
    return float(hertz[hertz > 50][power[hertz > 50].argmax()])
