"""This computer's microphone: which there are, what comes from it, and what happens when it goes away."""

import builtins
import sys
import time

import numpy as np
import pytest

from ser_core.errors import MicrophoneError, MicrophoneLostError
from ser_core.live import following
from ser_core.live import microphone as module
from ser_core.live.devices import Device, choose_microphone, microphones, refresh_devices
from ser_core.live.following import follow
from ser_core.live.listener import LiveListener
from ser_core.live.microphone import Microphone
from ser_core.locks import owner
from ser_core.workspace import microphone_lock


def test_only_what_has_inputs_is_listed_with_the_default_marked(computer):
    assert microphones() == [
        Device(1, "desk", "Fake", 1, 48_000, is_default=False),
        Device(2, "headset", "Fake", 2, 48_000, is_default=True),
    ]
    assert choose_microphone().name == "headset"
    assert choose_microphone(1).name == "desk"
    assert choose_microphone(name="desk").number == 1


@pytest.mark.parametrize(
    ("wanted", "advice"),
    [
        ({"number": 7}, r"among 1 \(desk\), 2 \(headset\); got number 7. Choose one of these numbers"),
        ({"number": 0}, "got number 0"),  # an output
        ({"number": -1}, "got number -1"),
        ({"name": "webcam"}, "got 'webcam'"),
    ],
)
def test_a_microphone_that_is_not_there_is_refused_with_those_that_are(computer, wanted, advice):
    with pytest.raises(MicrophoneError, match=advice):
        choose_microphone(**wanted)


def test_without_a_microphone_there_is_advice(computer):
    computer.plugged = {"speakers": 0}
    computer._initialize()
    assert microphones() == []
    with (
        pytest.raises(MicrophoneError, match="got none. Plug one in, .* uploading need neither"),
        Microphone(owner="we"),
    ):
        pass
    assert owner(microphone_lock()) is None


@pytest.mark.parametrize(
    ("system", "advice"),
    [
        ("linux", "sudo apt install libportaudio2"),
        ("darwin", "brew install portaudio"),
        ("win32", "pip install --force-reinstall sounddevice"),
        ("freebsd14", "sudo apt install libportaudio2"),
    ],
)
@pytest.mark.parametrize("problem", [OSError("PortAudio library not found"), ImportError("No module")])
def test_without_portaudio_it_is_said_how_to_get_it_on_this_system(monkeypatch, workspace, system, advice, problem):
    ordinary = builtins.__import__

    def missing(name, *details):
        if name == "sounddevice":
            raise problem
        return ordinary(name, *details)

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(MicrophoneError, match=f"got: {problem}. .*{advice}"), Microphone(owner="we"):
        pass
    assert owner(microphone_lock()) is None


def test_what_is_said_is_read_in_order_with_nothing_twice(computer, random):
    with Microphone(1, owner="we") as microphone:
        said = random.standard_normal(3_000)
        computer.say(said[:1_000])
        computer.say(said[1_000:1_500])
        first = microphone.read()
        computer.say(said[1_500:])
        second = microphone.read()
        assert microphone.read(timeout=0).samples.shape == (0,)
    assert (first.sample_rate, first.lost_seconds) == (48_000, 0)
    np.testing.assert_array_equal(np.concatenate([first.samples, second.samples]), said.astype(np.float32))
    assert computer.stream is None
    assert owner(microphone_lock()) is None


def test_a_microphone_that_gives_nothing_less_than_two_channels_is_averaged(computer):
    computer.fewest_channels = 2
    with Microphone(2, owner="we") as microphone:
        assert computer.stream.channels == 2
        computer.stream.take(np.float32([[0.2, 0.4], [0.0, 1.0]]))
        np.testing.assert_allclose(microphone.read().samples, [0.3, 0.5])


def test_what_nobody_reads_in_time_is_lost_and_counted_and_the_newest_is_kept(computer):
    with Microphone(owner="we") as microphone:
        for second in range(13):
            computer.say(np.full(48_000, second / 100), overflow=second == 5)
        assert microphone.counters.backlog_seconds == 10
        captured = microphone.read()
        assert captured.lost_seconds == 3
        assert len(captured.samples) == 480_000
        assert captured.samples[0] == np.float32(0.03)
        assert captured.holes == 2  # where the reader was late, and where the system was
        assert microphone.read(timeout=0).holes == 0
        counters = microphone.counters
        assert (counters.blocks, counters.overruns, counters.lost_seconds, counters.backlog_seconds) == (
            14,  # the first came with opening it
            1,
            3.0,
            0.0,
        )


def test_one_at_a_time(computer):
    with (
        Microphone(owner="the page Live"),
        pytest.raises(MicrophoneError, match="held by the page Live"),
        Microphone(owner="the command"),
    ):
        pass


def test_one_that_cannot_be_opened_is_told_with_advice_and_not_held(computer):
    computer.refused = {"desk"}
    with (
        pytest.raises(
            MicrophoneError,
            match=r"open the microphone 1 \(desk\); .*unavailable. Plug it in, allow this program",
        ),
        Microphone(1, owner="we"),
    ):
        pass
    assert owner(microphone_lock()) is None


def test_one_that_was_plugged_in_after_the_program_began_is_found(computer):
    computer.plugged = {"speakers": 0}
    computer._initialize()
    computer.plugged = {"speakers": 0, "webcam": 1}
    with Microphone(owner="we") as microphone:
        assert microphone.device.name == "webcam"


def test_one_that_is_unplugged_gives_its_last_sound_then_a_message_and_opens_again_under_another_number(computer):
    with Microphone(1, owner="we") as microphone:
        computer.say(np.ones(10))
        computer.unplug("desk")
        assert len(microphone.read().samples) == 10
        with pytest.raises(MicrophoneLostError, match="sound from desk; it was unplugged or switched off. Plug it in"):
            microphone.read(timeout=0)
        assert not microphone.reopen()
        computer.plugged["desk"] = 1
        assert microphone.reopen()
        assert (microphone.device.number, microphone.device.name) == (2, "desk")
        computer.say(np.zeros(5))
        assert len(microphone.read().samples) == 5
        assert microphone.counters.losses == 1


def test_while_the_sound_system_does_not_answer_the_microphone_is_not_back(computer):
    with Microphone(1, owner="we") as microphone:
        computer.unplug("desk")
        computer.answers = False
        with pytest.raises(MicrophoneLostError):
            microphone.read(timeout=0)
        assert not microphone.reopen()
        assert not microphone.reopen()
        with pytest.raises(MicrophoneError, match="sound system to answer; got: Unanticipated .* Start it, or log in"):
            refresh_devices()
        computer.answers = True
        computer.plugged["desk"] = 1
        assert microphone.reopen()


def test_when_the_default_one_goes_away_the_new_default_takes_its_place(computer):
    with Microphone(owner="we") as microphone:
        computer.unplug("headset")
        with pytest.raises(MicrophoneLostError):
            microphone.read(timeout=0)
        assert microphone.reopen()
        assert microphone.device.name == "desk"


def test_one_that_can_be_opened_and_gives_no_sound_is_not_back(computer, monkeypatch):
    monkeypatch.setattr(module, "OPENING", 0.05)
    with Microphone(1, owner="we") as microphone:
        computer.unplug("desk")
        with pytest.raises(MicrophoneLostError):
            microphone.read(timeout=0)
        computer.plugged["desk"] = 1
        computer.mute = {"desk"}
        assert not microphone.reopen()
        assert computer.stream is None
        computer.mute = set()
        assert microphone.reopen()


def test_one_that_was_just_opened_has_longer_for_its_first_sound(computer, monkeypatch):
    monkeypatch.setattr(module, "STALLED", 0.02)
    computer.mute = {"desk"}
    with Microphone(1, owner="we") as microphone:
        time.sleep(0.1)
        assert not len(microphone.read(timeout=0).samples)
        monkeypatch.setattr(module, "OPENING", 0.05)
        with pytest.raises(MicrophoneLostError):
            microphone.read(timeout=0)


def test_one_that_says_nothing_for_long_counts_as_gone_although_the_system_says_it_works(computer, monkeypatch):
    monkeypatch.setattr(module, "STALLED", 0.05)
    with Microphone(owner="we") as microphone, pytest.raises(MicrophoneLostError):
        microphone.read(timeout=0.1)


def test_listening_goes_on_behind_a_hole_when_the_microphone_is_back(computer, reader, sound, monkeypatch):
    monkeypatch.setattr(following, "RETRY", 0.01)
    told, speech = [], np.repeat(sound(2.0, (0.3, 1.8)), 3)
    listener = LiveListener(reader)
    with Microphone(1, owner="we") as microphone:
        predictions = follow(microphone, listener, notify=told.append)
        computer.say(speech[:48_000])
        assert next(predictions)
        computer.unplug("desk")
        assert [prediction.kind for prediction in next(predictions)] == ["utterance"]
        assert [next(predictions) for _ in range(3)] == [[], [], []]
        computer.plugged["desk"] = 1
        assert next(predictions) == []
        computer.say(speech)
        assert [prediction.kind for prediction in next(predictions)].count("window") >= 1
        lost = "Expected sound from desk; it was unplugged or switched off. Plug it in again."
        assert told == [f"{lost} Listening then continues by itself.", "desk is back."]
        counters = listener.counters
        assert counters.gaps == 1
        assert counters.lost_seconds > 0.02
        assert counters.seconds == pytest.approx(3 + counters.lost_seconds, abs=0.1)
        predictions.close()


def test_sound_that_was_not_read_in_time_is_a_hole(computer, reader):
    listener = LiveListener(reader)
    with Microphone(owner="we") as microphone:
        computer.say(np.zeros(12 * 48_000))
        next(follow(microphone, listener, notify=print))
    assert (listener.counters.gaps, listener.counters.lost_seconds) == (1, 2.0)
    assert listener.counters.seconds == pytest.approx(12, abs=0.1)
