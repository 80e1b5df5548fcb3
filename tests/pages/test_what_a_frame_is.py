"""The lesson on frames: presets of every source, sliders that change the picture, numbers for this voice."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest

from ser_core.corpora import open_corpus
from ser_core.recipes import load_recipe
from ui.views.frames.lesson import SOURCES

Opened = Callable[[str], AppTest]


def slider(app: AppTest, label: str) -> object:
    return next(one for one in app.slider if one.label == label)


def told(app: AppTest) -> str:
    return next(one.value for one in app.markdown if "numbers every" in one.value).replace("\\", "")


def test_it_opens_on_a_picture_in_an_empty_workspace(opened: Opened) -> None:
    app = opened("what_a_frame_is")
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1
    assert "128 numbers every 10 ms" in told(app)


def test_it_opens_with_the_voice_of_a_person_at_the_pitch_of_that_man(opened: Opened) -> None:
    app = opened("what_a_frame_is")
    (chart,) = app.get("plotly_chart")
    assert "a clip of EmoDB" in str(chart.proto) + " ".join(one.value for one in app.markdown)
    first = open_corpus("emodb-clips").utterances[0]
    assert first.gender == "male"
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


def test_a_link_restores_the_settings_and_reset_goes_back_to_the_source(opened: Opened) -> None:
    app = opened("what_a_frame_is")
    next(one for one in app.selectbox if one.label == "As in").set_value("quick").run()
    slider(app, "Hop (ms)").set_value(40).run()
    query = parse_qs(app.code[0].value.partition("?")[2])
    app = opened("home").switch_page("pages/what_a_frame_is.py")
    for name, (value,) in query.items():
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
