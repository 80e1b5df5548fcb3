"""Recording studio with this computer's microphone, which may be missing, taken or lost."""

import numpy as np
import pytest

from ser_core.errors import MicrophoneError
from ser_core.live.devices import Device
from ser_core.recordings import Collection, Speaker, Take
from ser_core.recordings.speakers import CONSENT
from tests.pages.shown import box, button, texts
from tests.pages.studio import PLAN, heard, spoken
from ui.views.studio import computer


@pytest.fixture(autouse=True)
def at_this_computer(monkeypatch):
    monkeypatch.setattr(computer, "sits_here", lambda: True)
    monkeypatch.setattr(computer, "may_listen_here", lambda: True)


def test_a_visitor_from_elsewhere_cannot_record_the_room_of_the_computer_that_runs_the_app(
    own_microphone, microphone, monkeypatch
):
    app, _ = own_microphone
    monkeypatch.setattr(computer, "sits_here", lambda: False)
    app.run()
    assert not app.exception
    assert not [one for one in app.selectbox if one.label in ("Microphone", "Device")]
    assert "Your browser's microphone records." in texts(app.caption)
    assert microphone.drawn[-1].here


def test_no_microphone_on_this_computer_is_said_and_the_browser_records(opened, microphone, monkeypatch):
    app = opened("recording_studio")
    Collection("mine").save_plan(PLAN)
    Collection("mine").enter(Speaker("Anna"), CONSENT["English"])
    monkeypatch.setattr("ser_core.live.devices.microphones", list)
    app.run()
    box(app, "Microphone").set_value("This computer's microphone").run()
    assert not app.exception
    assert "This computer has no microphone. The browser's is used." in texts(app.warning)
    assert microphone.drawn[-1].here


@pytest.fixture
def own_microphone(opened, microphone, monkeypatch):
    """Open the studio with this computer's microphone chosen; it hears what a test lays into the list, at once."""
    heard_by: list = []

    class Microphone:
        def __init__(self, number, *, owner):
            assert (number, owner) == (4, "the page Recording studio")

        def __enter__(self):
            if isinstance(heard_by[0], Exception):
                raise heard_by.pop(0)

        def __exit__(self, *_):
            pass

        def read(self, *, timeout):
            if heard_by and isinstance(heard_by[0], Exception):
                raise heard_by.pop(0)
            return heard_by.pop(0) if heard_by else Take(np.zeros(0, dtype=np.float32), 48_000)

    device = Device(number=4, name="USB", system="ALSA", channels=1, sample_rate=48_000, is_default=True)
    monkeypatch.setattr("ser_core.live.devices.microphones", lambda: [device])
    monkeypatch.setattr("ser_core.live.microphone.Microphone", Microphone)
    app = opened("recording_studio")
    Collection("mine").save_plan(PLAN)
    Collection("mine").enter(Speaker("Anna"), CONSENT["English"])
    app.run()
    box(app, "Microphone").set_value("This computer's microphone").run()
    assert not microphone.drawn[-1].here
    return app, heard_by


def test_this_computers_microphone_records_from_start_to_stop(own_microphone, microphone):
    app, heard_by = own_microphone
    heard_by.append(spoken())
    heard(app, microphone, "start")
    assert microphone.drawn[-1].recording
    while heard_by:
        app.run()
    heard(app, microphone, "stop")
    assert not app.exception
    assert button(app, "Keep")
    assert app.slider[0].max == pytest.approx(2.6, abs=0.01)
    button(app, "Record again").click().run()
    heard_by.append(spoken())
    heard(app, microphone, "start")
    heard(app, microphone, "cancel")
    assert not app.exception
    assert not microphone.drawn[-1].recording
    assert Collection("mine").contents().rows == ()


@pytest.mark.parametrize("when", ["opened", "recording"])
def test_a_microphone_that_is_taken_or_lost_is_told_and_the_prompt_asked_again(own_microphone, microphone, when):
    app, heard_by = own_microphone
    error = MicrophoneError("Expected this computer's microphone; it is gone. Plug it in.")
    heard_by += [error] if when == "opened" else [spoken(), error]
    heard(app, microphone, "start")
    while heard_by:
        app.run()
    if when == "recording":
        heard(app, microphone, "stop")
    assert not app.exception
    assert "it is gone. Plug it in." in texts(app.error)
    assert not microphone.drawn[-1].recording
