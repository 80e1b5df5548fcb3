"""A visitor's listening: every block is heard once, holes are counted, memory is bounded, the microphone given back."""

import functools
from typing import ClassVar

import numpy as np
import pytest

from ser_core.audio.reading import read_audio
from ser_core.corpora import open_corpus
from ser_core.errors import MicrophoneError, MicrophoneLostError
from ser_core.inference import Reader
from ser_core.live.microphone import CaptureCounters, CapturedBlock
from ui.components.live_microphone import BLOCK, RATE, Message
from ui.views.live import computer_microphone
from ui.views.live.session import KEPT_SECONDS, LiveSession, SessionModel


@functools.cache
def reader() -> Reader:
    return Reader.load("demo-residual")


@functools.cache
def speech(emotion: str = "angry") -> np.ndarray:
    """One sentence, then a second of silence, in whole blocks."""
    manifest = open_corpus("demo")
    row = next(row for row in manifest.utterances if row.speaker == "voice09" and row.emotion == emotion)
    samples = np.concatenate([read_audio(manifest.path(row)).samples, np.zeros(RATE, np.float32)])
    return samples[: len(samples) // BLOCK * BLOCK]


def blocks(samples: np.ndarray) -> tuple[np.ndarray, ...]:
    return tuple(samples[at : at + BLOCK] for at in range(0, len(samples), BLOCK))


def judge(key: str = "model") -> SessionModel:
    return SessionModel(key, reader(), None)


def message(
    number: int, first: int, sound: tuple = (), *, act: str = "listen", model: str = "model", **more
) -> Message:
    return Message(number=number, session="mine", act=act, first=first, blocks=sound, model="model", **more)


def test_a_sentence_becomes_windows_and_an_utterance_that_are_told_until_they_were_seen():
    session, sound = LiveSession("mine", judge()), blocks(speech())
    for number, block in enumerate(sound):
        session.take(message(number, number, (block,)))
    answer = session.answer()
    kinds = [prediction["kind"] for prediction in answer["predictions"]]
    assert (kinds.count("window"), kinds.count("utterance")) == (len(sound), 1)
    utterance = next(prediction for prediction in answer["predictions"] if prediction["kind"] == "utterance")
    assert sum(utterance["probabilities"]) == pytest.approx(1, abs=1e-3)
    assert len(utterance["angles"]) == len(reader().labels)
    assert answer["next"] == len(sound)

    session.take(message(99, len(sound), seen=len(kinds) - 2))
    later = session.answer()
    assert (later["first"], len(later["predictions"]), later["number"]) == (len(kinds) - 2, 2, 99)


def test_a_block_that_comes_twice_is_heard_once():
    session, sound = LiveSession("mine", judge()), blocks(speech())
    session.take(message(1, 0, sound[:4]))
    session.take(message(2, 2, sound[2:6]))
    session.take(message(3, 0, sound[:2]))
    np.testing.assert_array_equal(session.recording(), speech()[: 6 * BLOCK])
    assert (session.lost, session.answer()["next"]) == (0, 6)


def test_lost_blocks_are_counted_silent_in_the_recording_and_keep_the_time():
    session, sound = LiveSession("mine", judge()), blocks(speech())
    session.take(message(1, 0, sound[:3]))
    session.take(message(2, 5, sound[5:7]))
    recording = session.recording()
    assert session.lost == session.answer()["counted"]["lost"] == 2
    assert not recording[3 * BLOCK : 5 * BLOCK].any()
    np.testing.assert_array_equal(recording[5 * BLOCK :], speech()[5 * BLOCK : 7 * BLOCK])
    assert session.answer()["predictions"][-1]["end"] == pytest.approx(7 * BLOCK / RATE)


def test_only_the_last_minutes_are_kept_whatever_hole_a_browser_claims():
    session = LiveSession("mine", judge())
    session.take(message(1, 0, blocks(speech())[:2]))
    session.take(message(2, 2**31 - 1, blocks(speech())[:1]))
    assert len(session.recording()) == KEPT_SECONDS * RATE
    assert session.seconds == pytest.approx(2**31 * BLOCK / RATE)


def test_another_model_begins_anew_on_the_same_clock_and_the_browser_gets_its_first_moments():
    session, sound = LiveSession("mine", judge()), blocks(speech())
    session.take(message(1, 0, sound[:5]))
    session.use_model(judge("another"))
    session.take(message(2, 5, sound[5:7], seen=5))
    answer = session.answer()
    assert (answer["model"], answer["first"]) == ("another", 0)
    assert [prediction["end"] for prediction in answer["predictions"]] == pytest.approx([1.2, 1.4])


def test_stopping_judges_the_utterance_that_is_being_spoken():
    session = LiveSession("mine", judge())
    session.take(message(1, 0, blocks(speech()[: -RATE // BLOCK * BLOCK])))
    assert not [one for one in session.answer()["predictions"] if one["kind"] == "utterance"]
    session.take(message(2, 99, act="stop"))
    assert session.stopped
    assert [one for one in session.answer()["predictions"] if one["kind"] == "utterance"]


# --------------------------------------------------------------------------------------------- a voice that is learned
NOTHING_LEARNED = {"learning": False, "since": None, "utterances": 0, "seconds": 0.0, "enough": False}


def judged(session: LiveSession) -> list[dict]:
    return [one for one in session.answer()["predictions"] if "angles" in one]


def test_a_voice_is_learned_only_after_a_press_and_the_browser_is_told_since_when():
    sound = blocks(np.concatenate([speech(), speech("sad"), speech()]))
    plain, learning = (LiveSession("mine", judge()) for _ in range(2))
    for number, block in enumerate(sound):
        plain.take(message(number, number, (block,)))
        learning.take(message(number, number, (block,), learn=True))
    assert plain.answer()["voice"] == NOTHING_LEARNED
    assert plain.learned is None
    told = learning.answer()["voice"]
    assert (told["learning"], told["utterances"], told["enough"]) == (True, 3, False)
    both = (len(speech()) + len(speech("sad"))) / RATE
    assert len(speech()) / RATE < told["since"] < both + 0.5, "a single one corrects nothing"
    assert told["seconds"] == pytest.approx(learning.learned.seconds, abs=0.05)
    for one, other in zip(judged(plain), judged(learning), strict=True):
        assert (one == other) == (one["end"] < told["since"]) or one["kind"] == "utterance"


def test_one_press_forgets_what_was_learned_and_no_press_changes_nothing():
    session, sound = LiveSession("mine", judge()), blocks(speech())
    session.take(message(1, 0, sound, learn=True))
    session.take(message(2, len(sound)))
    assert session.learned is not None
    session.take(message(3, len(sound), act="stop"))
    assert session.learned is not None, "it may be kept after the end"
    session.take(message(4, len(sound), act="stop", learn=False))
    assert session.learned is None
    assert session.answer()["voice"] == NOTHING_LEARNED


def test_deleting_the_recording_forgets_the_voice_and_a_model_for_another_voice_learns_none():
    session, sound = LiveSession("mine", judge()), blocks(speech())
    session.take(message(1, 0, sound, learn=True))
    own = session.learned.voice("Anna")
    session.delete()
    assert session.learned is None
    corrected = LiveSession("mine", SessionModel("for Anna", Reader(reader().checkpoint, own), None))
    corrected.take(message(1, 0, sound, learn=True))
    assert corrected.answer()["voice"] == NOTHING_LEARNED
    assert judged(corrected)


def test_another_model_learns_the_voice_anew():
    session, sound = LiveSession("mine", judge()), blocks(speech())
    session.take(message(1, 0, sound, learn=True))
    session.use_model(judge("another"))
    assert session.answer()["voice"] == {**NOTHING_LEARNED, "learning": True}
    session.take(message(2, len(sound), (*blocks(speech("sad")), *sound)))
    assert session.answer()["voice"]["since"] > len(speech()) / RATE


def test_utterances_that_sound_alike_are_counted_and_correct_nothing():
    session, sound = LiveSession("mine", judge()), blocks(speech())
    session.take(message(1, 0, sound, learn=True))
    told = session.answer()["voice"]
    assert (told["learning"], told["utterances"], told["since"]) == (True, 1, None)


# ------------------------------------------------------------------------------------------ this computer's microphone
class FakeMicrophone:
    """Stands for the device: gives what a test puts into ``news``."""

    opened: ClassVar["list[FakeMicrophone]"] = []

    def __init__(self, number, *, owner):
        self.number, self.owner, self.news, self.is_open = number, owner, [], False
        FakeMicrophone.opened.append(self)

    def __enter__(self):
        if any(other.is_open for other in FakeMicrophone.opened):
            raise MicrophoneError("Expected this computer's microphone to be free; it is held by somebody else.")
        self.is_open = True
        return self

    def __exit__(self, *_):
        self.is_open = False

    @property
    def counters(self):
        return CaptureCounters(overruns=3)

    def read(self, *, timeout):
        assert timeout == 0, "a page must not wait for the device"
        news = self.news.pop(0) if self.news else CapturedBlock(np.empty(0, np.float32), 48_000, 0.0)
        if isinstance(news, Exception):
            raise news
        return news


@pytest.fixture
def devices(monkeypatch):
    monkeypatch.setattr(FakeMicrophone, "opened", [])
    monkeypatch.setattr(computer_microphone, "Microphone", FakeMicrophone)
    yield FakeMicrophone.opened
    for device in FakeMicrophone.opened:
        device.is_open = False


def listened(session: LiveSession, number: int, **more) -> dict:
    session.take(message(number, 0, **more))
    if not session.stopped:
        session.read_computer_microphone(5)
    return session.answer()


def test_sound_of_this_computers_microphone_is_judged_and_sent_to_be_drawn_until_it_has_arrived(devices):
    session = LiveSession("mine", judge())
    listened(session, 1)
    for part in np.array_split(np.repeat(speech(), 3), 6):
        devices[0].news.append(CapturedBlock(part.astype(np.float32), 48_000, 0.0))
        answer = listened(session, 2)
    assert devices[0].number == 5
    assert len(answer["sound"]["blocks"]) == 6
    assert listened(session, 3, arrived=5)["sound"] == {"first": 5, "blocks": answer["sound"]["blocks"][5:]}
    assert session.seconds == pytest.approx(len(speech()) / RATE, abs=0.05)  # the resampler holds a little back
    assert any(prediction["kind"] == "utterance" for prediction in answer["predictions"])
    assert answer["counted"]["overloads"] == 3
    session.close()


def test_sound_that_nobody_read_in_time_is_counted(devices):
    session = LiveSession("mine", judge())
    listened(session, 1)
    devices[0].news.append(CapturedBlock(np.zeros(48_000, np.float32), 48_000, 0.6))
    assert listened(session, 2)["counted"]["lost"] == 3
    session.close()


def test_an_unplugged_microphone_is_told_and_given_back_and_trying_again_goes_on(devices):
    session = LiveSession("mine", judge())
    listened(session, 1)
    devices[0].news.append(MicrophoneLostError("Expected sound from it; it was unplugged. Plug it in again."))
    advice = listened(session, 2)["trouble"]["advice"]
    assert advice.endswith("Plug it in again. Then press “Try again”: listening continues from there.")
    assert not devices[0].is_open
    assert listened(session, 3)["trouble"] is None
    assert devices[1].is_open
    session.close()


def test_a_second_visitor_is_told_and_gets_the_microphone_when_the_first_one_stops(devices):
    first, second = LiveSession("mine", judge()), LiveSession("theirs", judge())
    listened(first, 1)
    assert "held by somebody else" in listened(second, 1)["trouble"]["advice"]
    listened(first, 2, act="stop")
    assert listened(second, 2)["trouble"] is None
    second.close()


def test_a_visitor_who_has_gone_without_a_word_gives_the_microphone_back(devices, monkeypatch):
    monkeypatch.setattr(computer_microphone, "TIMEOUT", 0.05)
    session = LiveSession("mine", judge())
    listened(session, 1)
    session._microphone._watchdog.join(20)
    assert not devices[0].is_open
    assert "microphone was closed" in listened(session, 2)["trouble"]["advice"]


def test_a_microphone_that_cannot_be_opened_is_told(devices, monkeypatch):
    def refuse(self):
        raise MicrophoneError("Expected a microphone on this computer; got none. Plug one in.")

    monkeypatch.setattr(FakeMicrophone, "__enter__", refuse)
    assert "Plug one in" in listened(LiveSession("mine", judge()), 1)["trouble"]["advice"]
