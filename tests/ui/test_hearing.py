"""A visitor's listening: every block is heard once, holes are counted, memory is bounded, the microphone given back."""

import functools
from typing import ClassVar

import numpy as np
import pytest

from ser_core.audio.reading import read_audio
from ser_core.corpora import open_corpus
from ser_core.errors import MicrophoneError, MicrophoneLostError
from ser_core.inference import Reader
from ser_core.live.microphone import CaptureCounters, Captured
from ui.components.live_microphone import BLOCK, RATE, Message
from ui.views.live import ear
from ui.views.live.hearing import KEPT_SECONDS, Hearing, Judge


@functools.cache
def reader() -> Reader:
    return Reader.load("demo-residual")


@functools.cache
def speech() -> np.ndarray:
    """One sentence, then a second of silence, in whole blocks."""
    manifest = open_corpus("demo")
    row = next(row for row in manifest.utterances if row.speaker == "voice09" and row.emotion == "angry")
    samples = np.concatenate([read_audio(manifest.path(row)).samples, np.zeros(RATE, np.float32)])
    return samples[: len(samples) // BLOCK * BLOCK]


def blocks(samples: np.ndarray) -> tuple[np.ndarray, ...]:
    return tuple(samples[at : at + BLOCK] for at in range(0, len(samples), BLOCK))


def judge(key: str = "model") -> Judge:
    return Judge(key, reader(), None)


def message(
    number: int, first: int, sound: tuple = (), *, act: str = "listen", model: str = "model", **more
) -> Message:
    return Message(number=number, hearing="mine", act=act, first=first, blocks=sound, model="model", **more)


def test_a_sentence_becomes_windows_and_an_utterance_that_are_told_until_they_were_seen():
    hearing, sound = Hearing("mine", judge()), blocks(speech())
    for number, block in enumerate(sound):
        hearing.take(message(number, number, (block,)))
    answer = hearing.answer()
    kinds = [moment["kind"] for moment in answer["moments"]]
    assert (kinds.count("window"), kinds.count("utterance")) == (len(sound), 1)
    utterance = next(moment for moment in answer["moments"] if moment["kind"] == "utterance")
    assert sum(utterance["probabilities"]) == pytest.approx(1, abs=1e-3)
    assert len(utterance["angles"]) == len(reader().labels)
    assert answer["next"] == len(sound)

    hearing.take(message(99, len(sound), seen=len(kinds) - 2))
    later = hearing.answer()
    assert (later["first"], len(later["moments"]), later["number"]) == (len(kinds) - 2, 2, 99)


def test_a_block_that_comes_twice_is_heard_once():
    hearing, sound = Hearing("mine", judge()), blocks(speech())
    hearing.take(message(1, 0, sound[:4]))
    hearing.take(message(2, 2, sound[2:6]))
    hearing.take(message(3, 0, sound[:2]))
    np.testing.assert_array_equal(hearing.recording(), speech()[: 6 * BLOCK])
    assert (hearing.lost, hearing.answer()["next"]) == (0, 6)


def test_lost_blocks_are_counted_silent_in_the_recording_and_keep_the_time():
    hearing, sound = Hearing("mine", judge()), blocks(speech())
    hearing.take(message(1, 0, sound[:3]))
    hearing.take(message(2, 5, sound[5:7]))
    recording = hearing.recording()
    assert hearing.lost == hearing.answer()["counted"]["lost"] == 2
    assert not recording[3 * BLOCK : 5 * BLOCK].any()
    np.testing.assert_array_equal(recording[5 * BLOCK :], speech()[5 * BLOCK : 7 * BLOCK])
    assert hearing.answer()["moments"][-1]["end"] == pytest.approx(7 * BLOCK / RATE)


def test_only_the_last_minutes_are_kept_whatever_hole_a_browser_claims():
    hearing = Hearing("mine", judge())
    hearing.take(message(1, 0, blocks(speech())[:2]))
    hearing.take(message(2, 2**31 - 1, blocks(speech())[:1]))
    assert len(hearing.recording()) == KEPT_SECONDS * RATE
    assert hearing.seconds == pytest.approx(2**31 * BLOCK / RATE)


def test_another_model_begins_anew_on_the_same_clock_and_the_browser_gets_its_first_moments():
    hearing, sound = Hearing("mine", judge()), blocks(speech())
    hearing.take(message(1, 0, sound[:5]))
    hearing.judge_by(judge("another"))
    hearing.take(message(2, 5, sound[5:7], seen=5))
    answer = hearing.answer()
    assert (answer["model"], answer["first"]) == ("another", 0)
    assert [moment["end"] for moment in answer["moments"]] == pytest.approx([1.2, 1.4])


def test_stopping_judges_the_utterance_that_is_being_spoken():
    hearing = Hearing("mine", judge())
    hearing.take(message(1, 0, blocks(speech()[: -RATE // BLOCK * BLOCK])))
    assert not [one for one in hearing.answer()["moments"] if one["kind"] == "utterance"]
    hearing.take(message(2, 99, act="stop"))
    assert hearing.stopped
    assert [one for one in hearing.answer()["moments"] if one["kind"] == "utterance"]


# ------------------------------------------------------------------------------------------ this computer's microphone
class FakeMicrophone:
    """Stands for the device: gives what a test puts into ``news``."""

    opened: ClassVar["list[FakeMicrophone]"] = []

    def __init__(self, number, *, holder):
        self.number, self.holder, self.news, self.is_open = number, holder, [], False
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
        news = self.news.pop(0) if self.news else Captured(np.empty(0, np.float32), 48_000, 0.0)
        if isinstance(news, Exception):
            raise news
        return news


@pytest.fixture
def devices(monkeypatch):
    monkeypatch.setattr(FakeMicrophone, "opened", [])
    monkeypatch.setattr(ear, "Microphone", FakeMicrophone)
    yield FakeMicrophone.opened
    for device in FakeMicrophone.opened:
        device.is_open = False


def listened(hearing: Hearing, number: int, **more) -> dict:
    hearing.take(message(number, 0, **more))
    if not hearing.stopped:
        hearing.listen_here(5)
    return hearing.answer()


def test_sound_of_this_computers_microphone_is_judged_and_sent_to_be_drawn_until_it_has_arrived(devices):
    hearing = Hearing("mine", judge())
    listened(hearing, 1)
    for part in np.array_split(np.repeat(speech(), 3), 6):
        devices[0].news.append(Captured(part.astype(np.float32), 48_000, 0.0))
        answer = listened(hearing, 2)
    assert devices[0].number == 5
    assert len(answer["sound"]["blocks"]) == 6
    assert listened(hearing, 3, arrived=5)["sound"] == {"first": 5, "blocks": answer["sound"]["blocks"][5:]}
    assert hearing.seconds == pytest.approx(len(speech()) / RATE, abs=0.05)  # the resampler holds a little back
    assert any(moment["kind"] == "utterance" for moment in answer["moments"])
    assert answer["counted"]["overloads"] == 3
    hearing.close()


def test_sound_that_nobody_read_in_time_is_counted(devices):
    hearing = Hearing("mine", judge())
    listened(hearing, 1)
    devices[0].news.append(Captured(np.zeros(48_000, np.float32), 48_000, 0.6))
    assert listened(hearing, 2)["counted"]["lost"] == 3
    hearing.close()


def test_an_unplugged_microphone_is_told_and_given_back_and_trying_again_goes_on(devices):
    hearing = Hearing("mine", judge())
    listened(hearing, 1)
    devices[0].news.append(MicrophoneLostError("Expected sound from it; it was unplugged. Plug it in again."))
    advice = listened(hearing, 2)["trouble"]["advice"]
    assert advice.endswith("Plug it in again. Then press “Try again”: listening goes on from there.")
    assert not devices[0].is_open
    assert listened(hearing, 3)["trouble"] is None
    assert devices[1].is_open
    hearing.close()


def test_a_second_visitor_is_told_and_gets_the_microphone_when_the_first_one_stops(devices):
    first, second = Hearing("mine", judge()), Hearing("theirs", judge())
    listened(first, 1)
    assert "held by somebody else" in listened(second, 1)["trouble"]["advice"]
    listened(first, 2, act="stop")
    assert listened(second, 2)["trouble"] is None
    second.close()


def test_a_visitor_who_has_gone_without_a_word_gives_the_microphone_back(devices, monkeypatch):
    monkeypatch.setattr(ear, "GONE", 0.05)
    hearing = Hearing("mine", judge())
    listened(hearing, 1)
    hearing._ear._watchdog.join(20)
    assert not devices[0].is_open
    assert "given back" in listened(hearing, 2)["trouble"]["advice"]


def test_a_microphone_that_cannot_be_opened_is_told(devices, monkeypatch):
    def refuse(self):
        raise MicrophoneError("Expected a microphone on this computer; got none. Plug one in.")

    monkeypatch.setattr(FakeMicrophone, "__enter__", refuse)
    assert "Plug one in" in listened(Hearing("mine", judge()), 1)["trouble"]["advice"]
