"""Live opens in every workspace, keeps what was said, and says what is missing; its moving part needs a browser."""

import sys

import numpy as np
import pytest

from ser_core.audio.reading import read_audio
from ser_core.audio.signal import Signal
from ser_core.checkpoints.folder import write_digests
from ser_core.checkpoints.listing import find
from ser_core.corpora import open_corpus
from ser_core.errors import MicrophoneError
from ser_core.inference import Reader
from ser_core.inference.headline import headline_of
from ser_core.live.devices import MicrophoneLock
from ser_core.voices.library import file_of, find_voice
from tests.conftest import tiny_voice
from tests.live.fake_sounddevice import FakeSounddevice
from tests.pages.shown import answers, box, button, texts
from ui import cache
from ui.components.live_microphone import BLOCK, Message
from ui.views.live import choices
from ui.views.live.session import LiveSession, SessionModel

COMPUTER = "The microphone of the computer that runs the app"


def spoken(samples: np.ndarray, *, key: str = "model", learn: bool | None = None) -> LiveSession:
    """A listening that has ended."""
    session = LiveSession("mine", SessionModel(key, Reader.load("demo-residual"), None))
    parts = tuple(samples[at : at + BLOCK] for at in range(0, len(samples), BLOCK))
    session.take(Message(number=1, session="mine", act="listen", blocks=parts, learn=learn))
    session.take(Message(number=2, session="mine", act="stop", first=len(parts)))
    return session


def test_the_page_opens_with_a_model_and_says_what_is_kept(opened):
    app = opened("live")
    assert not app.exception
    assert not app.error
    assert "nowhere else" in texts(app.caption)
    assert "the last 3 minutes are kept" in texts(app.caption)


def test_an_answer_carries_neither_script_nor_style_nor_markup_of_the_view(opened):
    [view] = [one.proto for one in opened("live").get("bidi_component") if one.proto.component_name == "live_view"]
    assert (view.html_content, view.css_content) == ("", "")
    assert len(view.js_content) < 1000


def test_without_a_model_the_page_leads_to_one(opened, no_models):
    app = opened("live")
    assert not app.exception
    assert "No model yet" in texts(app.markdown)


def test_what_was_said_can_be_heard_and_is_judged_whole(opened):
    manifest = open_corpus("demo")
    row = next(row for row in manifest.utterances if row.speaker == "voice09" and row.emotion == "angry")
    app = opened("live")
    app.session_state["remembered: session"] = spoken(read_audio(manifest.path(row)).samples)
    app.run()
    assert not app.exception
    assert not app.error
    reading = Reader.load(box(app, "Model").value).read(Signal(quantised(read_audio(manifest.path(row)).samples)))
    assert answers(app) == ["The recording", headline_of(reading).text]
    assert "All 1." in texts(app.caption)
    next(one for one in app.button if one.label.startswith("Open on Listen")).click().run()
    assert not app.exception
    assert "what was said live" in texts(app.caption)
    assert len(answers(app)) == 1


def quantised(samples: np.ndarray) -> np.ndarray:
    """What of it is left in a WAV file of 16 bits."""
    return (samples * 32_768).round().clip(-32_768, 32_767).astype(np.float32) / 32_768


def test_more_than_an_utterance_is_followed_over_time_by_one_press_and_not_judged_as_a_whole(opened):
    random = np.random.default_rng(0)
    app = opened("live")
    app.session_state["remembered: session"] = spoken(tiny_voice(150, 4.0, random, seconds=12.0))
    app.run()
    assert not app.exception
    assert answers(app) == ["The recording"]
    assert "Longer than 10 s: one answer for all of it would say little." in texts(app.markdown)
    button(app, "Follow it over time →").click().run()
    assert not app.exception
    assert [one.value for one in app.title] == ["Long recordings"]
    assert "what was said live" in texts(app.caption)


def test_a_voice_that_was_learned_is_kept_by_a_name_and_chosen(opened):
    manifest = open_corpus("demo")
    row = next(row for row in manifest.utterances if row.speaker == "voice09" and row.emotion == "angry")
    samples = np.concatenate([read_audio(manifest.path(row)).samples, np.zeros(16_000, np.float32)])
    path = find("demo-residual")
    app = opened("live")
    box(app, "Model").set_value("demo-residual")
    app.session_state["remembered: session"] = spoken(samples, key=f"{path}|{cache.version(path)}")
    app.run()
    assert "Keep as my voice" not in [one.value for one in app.subheader], "nothing is learned without a press"
    app.session_state["remembered: session"] = spoken(samples, key=f"{path}|{cache.version(path)}", learn=True)
    app.run()
    assert not app.exception
    assert "Keep as my voice" in [one.value for one in app.subheader]
    assert "Learned from 1 utterance, 1 s of speech." in texts(app.markdown)
    next(one for one in app.text_input if one.label == "Name").set_value("Anna")
    button(app, "Keep as my voice").click().run()
    assert not app.exception
    assert "Anna is kept, and chosen for this model" in texts(app.success)
    kept = find_voice("Anna")
    assert (kept.method, [clip.emotion for clip in kept.clips]) == ("unlabelled", [None])
    assert box(app, "Your voice").value == str(file_of("Anna"))
    assert "Keep as my voice" not in [one.value for one in app.subheader]


def test_a_silent_recording_gets_advice(opened):
    app = opened("live")
    app.session_state["remembered: session"] = spoken(np.zeros(32_000, np.float32))
    app.run()
    assert not app.exception
    assert "Not speech, and not judged: what was said live holds 2.0 s of silence" in texts(app.info)


def test_a_model_whose_known_utterances_are_gone_is_still_listened_with(opened, plant_run):
    folder = plant_run("bare") / "checkpoint"
    (folder / "atlas.parquet").unlink()
    write_digests(folder)
    app = opened("live")
    next(one for one in app.selectbox if one.label == "Model").set_value("runs/bare").run()
    assert not app.exception
    assert texts(app.error) == ""
    assert "there is no such file" in texts(app.warning)


@pytest.fixture
def at_this_computer(monkeypatch):
    monkeypatch.setattr(choices, "sits_here", lambda: True)
    monkeypatch.setattr(choices, "may_listen_here", lambda: True)


def test_a_visitor_from_elsewhere_is_not_offered_the_room_of_the_computer_that_runs_the_app(opened, monkeypatch):
    monkeypatch.setattr(choices, "sits_here", lambda: False)
    app = opened("live")
    assert not app.exception
    assert len(app.radio) == 0
    assert "Your browser's microphone is used" in texts(app.caption)


def test_without_portaudio_this_computers_microphone_gets_advice(opened, at_this_computer, monkeypatch):
    def missing():
        raise MicrophoneError("Expected PortAudio; got none. Install it: `sudo apt install libportaudio2`.")

    monkeypatch.setattr("ser_core.live.devices.microphones", missing)
    app = opened("live")
    app.radio[0].set_value("computer").run()
    assert not app.exception
    assert "libportaudio2" in texts(app.error)
    assert COMPUTER in app.radio[0].options


def test_a_microphone_that_is_plugged_in_while_the_app_runs_is_found_by_looking_again(
    opened, at_this_computer, monkeypatch
):
    computer = FakeSounddevice(speakers=0)
    monkeypatch.setitem(sys.modules, "sounddevice", computer)
    app = opened("live")
    app.radio[0].set_value("computer").run()
    assert "press “Look again”" in texts(app.error)
    computer.plugged |= {"USB: [hw:1,0]": 1, "desk": 1}
    button(app, "Look again").click().run()
    assert not app.exception
    assert texts(app.error) == ""
    box(app, "Device").set_value("USB: [hw:1,0] (Fake, 48000 Hz)").run()
    computer.plugged = {"speakers": 0, "webcam": 1, "USB: [hw:1,0]": 1}
    button(app, "Look again").click().run()
    assert box(app, "Device").value == "USB: [hw:1,0] (Fake, 48000 Hz)"
    assert box(app, "Device").options == ["webcam (Fake, 48000 Hz)", "USB: [hw:1,0] (Fake, 48000 Hz)"]


def test_looking_again_takes_no_microphone_from_who_listens(opened, at_this_computer, monkeypatch):
    monkeypatch.setitem(sys.modules, "sounddevice", FakeSounddevice(desk=1))
    app = opened("live")
    app.radio[0].set_value("computer").run()
    with MicrophoneLock("the command `listen`"):
        button(app, "Look again").click().run()
    assert "held by the command `listen`" in texts(app.error)
    assert box(app, "Device").options == ["desk (Fake, 48000 Hz)"]


def test_a_computer_without_a_microphone_says_so(opened, at_this_computer, monkeypatch):
    monkeypatch.setattr("ser_core.live.devices.microphones", list)
    app = opened("live")
    app.radio[0].set_value("computer").run()
    assert not app.exception
    assert "Plug one in" in texts(app.error)
