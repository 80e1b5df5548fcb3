"""The lesson on frames: presets of every source, sliders that change the picture, numbers for this voice."""

import dataclasses
import re
from collections.abc import Callable, Mapping

import numpy as np
import pytest
import soundfile
from streamlit.testing.v1 import AppTest

from ser_core.audio.pitch import pitch_contour
from ser_core.corpora import open_corpus
from ser_core.corpora.manifest import Utterance
from ser_core.features.front_end import frames_of
from ser_core.plots import frames as plots
from ser_core.recipes import load_recipe
from ui.views.frames.lesson import LOW_VOICE, SOURCES

Opened = Callable[[str], AppTest]


def slider(app: AppTest, label: str) -> object:
    return next(one for one in app.slider if one.label == label)


def told(app: AppTest) -> str:
    return next(one.value for one in app.markdown if "numbers every" in one.value).replace("\\", "")


def low_voice() -> Utterance:
    return next(row for row in open_corpus("emodb-clips").utterances if row.file == LOW_VOICE)


def test_it_opens_on_a_picture_in_an_empty_workspace(opened: Opened) -> None:
    app = opened("what_a_frame_is")
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1
    assert "128 numbers every 10 ms" in told(app)


def test_it_opens_with_the_voice_of_a_person_at_the_pitch_of_that_man(opened: Opened) -> None:
    app = opened("what_a_frame_is")
    (chart,) = app.get("plotly_chart")
    assert "a clip of EmoDB" in str(chart.proto) + " ".join(one.value for one in app.markdown)
    assert low_voice().gender == "male"
    assert len(app.get("audio")) == 1, "what is drawn can be heard"
    assert 80 < float(re.search(r"at about (\d+) Hz", told(app))[1]) < 160


def test_every_source_sets_window_hop_and_bands_as_its_recipe_has_them(opened: Opened) -> None:
    app = opened("what_a_frame_is")
    for name in SOURCES:
        front_end = load_recipe(name).front_end
        next(one for one in app.selectbox if one.label == "As in").set_value(name).run()
        assert not app.exception
        assert slider(app, "Window (ms)").value == round(1000 * front_end.window_seconds)
        assert slider(app, "Hop (ms)").value == round(1000 * front_end.hop_seconds)
        expected = front_end.feature_count
        assert told(app).startswith(f"{expected} numbers every {1000 * front_end.hop_seconds:g} ms")


def test_a_longer_window_holds_more_periods_of_the_voice(opened: Opened) -> None:
    app = opened("what_a_frame_is")
    periods = []
    for window in (10, 100):
        slider(app, "Window (ms)").set_value(window).run()
        assert not app.exception
        periods.append(float(re.search(r"holds ([\d.]+) of its", told(app))[1]))
    assert 8 < periods[1] / periods[0] < 12


def test_pulses_shows_a_stripe_for_each_pulse_of_the_voice_and_no_longer_hop_could(opened: Opened) -> None:
    app = opened("what_a_frame_is")
    next(one for one in app.button if one.label == "Pulses").click().run()
    assert not app.exception
    window, hop = slider(app, "Window (ms)").value, slider(app, "Hop (ms)").value
    samples, rate = soundfile.read(open_corpus("emodb-clips").path(low_voice()), dtype="float32")
    begins = plots.loudest_excerpt(samples, rate)
    times, hertz = pitch_contour(samples, sample_rate=rate)
    pitch = float(np.nanmedian(hertz[(times > begins) & (times < begins + plots.EXCERPT)]))
    assert rhythm(samples, begins, window, hop) == pytest.approx(pitch, rel=0.1)
    assert rhythm(samples, begins, 40, hop) != pytest.approx(pitch, rel=0.1), "a window over several pulses"
    assert 1000 / hop / 2 > pitch > 1000 / 10 / 2, "columns every 10 ms are too few for this voice"


def rhythm(samples: np.ndarray, begins: float, window: int, hop: int) -> float:
    """Return how often per second the level of the columns rises and falls in the loudest part, in hertz above 50."""
    source = plots.of_whole_recording(load_recipe(next(iter(SOURCES))).front_end)
    front_end = dataclasses.replace(source, window_seconds=window / 1000, hop_seconds=hop / 1000)
    levels = frames_of([samples], front_end)[0].numpy().mean(axis=1)
    times = np.arange(len(levels)) * hop / 1000
    part = levels[(times > begins) & (times < begins + plots.EXCERPT)]
    power = np.abs(np.fft.rfft((part - part.mean()) * np.hanning(len(part)), 2048)) ** 2
    hertz = np.fft.rfftfreq(2048, hop / 1000)
    return float(hertz[hertz > 50][power[hertz > 50].argmax()])


def test_harmonics_takes_a_window_over_many_pulses_and_reset_goes_back_to_the_source(opened: Opened) -> None:
    app = opened("what_a_frame_is")
    next(one for one in app.button if one.label == "Harmonics").click().run()
    assert float(re.search(r"holds ([\d.]+) of its", told(app))[1]) > 8
    next(one for one in app.button if one.label == "Reset").click().run()
    front_end = load_recipe(next(iter(SOURCES))).front_end
    assert slider(app, "Window (ms)").value == round(1000 * front_end.window_seconds)
    assert slider(app, "Hop (ms)").value == round(1000 * front_end.hop_seconds)


def test_a_long_window_with_a_short_hop_is_drawn_with_the_shortest_hop_that_can_be_computed(opened: Opened) -> None:
    app = opened("what_a_frame_is")
    slider(app, "Hop (ms)").set_value(2).run()
    slider(app, "Window (ms)").set_value(120).run()
    assert not app.exception
    assert not app.error
    assert "128 numbers every 4 ms" in told(app)


def test_a_link_restores_the_settings_and_reset_goes_back_to_the_source(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    links: list[Mapping[str, str]] = []
    monkeypatch.setattr("ui.components.page_link.draw", lambda parameters, key: links.append(parameters))
    app = opened("what_a_frame_is")
    next(one for one in app.selectbox if one.label == "As in").set_value("quick").run()
    slider(app, "Hop (ms)").set_value(40).run()
    link = links[-1]
    app = opened("home").switch_page("pages/what_a_frame_is.py")
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    assert slider(app, "Hop (ms)").value == 40
    assert next(one for one in app.selectbox if one.label == "As in").value == "quick"
    next(one for one in app.button if one.label == "Reset").click().run()
    assert slider(app, "Hop (ms)").value == round(1000 * load_recipe("quick").front_end.hop_seconds)


def test_what_a_link_asks_for_out_of_range_is_left_as_the_source_has_it(opened: Opened) -> None:
    app = opened("home").switch_page("pages/what_a_frame_is.py")
    for name, value in (("source", "nobody"), ("window", "9999"), ("hop", "-3"), ("bands", "²")):
        app.query_params[name] = value
    app.run()
    assert not app.exception
    front_end = load_recipe(next(iter(SOURCES))).front_end
    assert slider(app, "Window (ms)").value == round(1000 * front_end.window_seconds)
    assert slider(app, "Mel bands").value == front_end.mel_bands
