"""A take from this computer's microphone: what came until the end; the microphone is given back in every case."""

import time
from types import SimpleNamespace

import numpy as np
import pytest

from ser_core.errors import MicrophoneError, MicrophoneLostError
from ser_core.recordings import TakeRecorder, take_recorder


class Fake:
    """A microphone that gives blocks of 0.1 s, each a little louder, and may be lost or refuse to open."""

    def __init__(self, *, lost_after: int = 10**9, refuses: bool = False, holes_before: tuple[int, ...] = ()) -> None:
        self.lost_after, self.refuses, self.holes_before = lost_after, refuses, holes_before
        self.given = self.opened = self.closed = 0

    def __enter__(self):
        if self.refuses:
            raise MicrophoneError("Expected this computer's microphone to be free; it is not.")
        self.opened += 1
        return self

    def __exit__(self, *_: object) -> None:
        self.closed += 1

    def read(self, *, timeout: float):
        time.sleep(0.001)
        if self.given >= self.lost_after:
            raise MicrophoneLostError("Expected sound; it was unplugged.")
        self.given += 1
        samples = np.full(800, self.given / 1e4, dtype=np.float32)
        return SimpleNamespace(samples=samples, sample_rate=8_000, holes=int(self.given in self.holes_before))


def wait_for(condition) -> None:
    limit = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.002)


def test_everything_that_came_until_the_end_is_in_the_take() -> None:
    microphone = Fake()
    running = TakeRecorder(microphone)
    running.begin()
    wait_for(lambda: running.seconds >= 0.5)
    assert running.is_recording
    assert running.level > -90
    take = running.end()
    assert take.sample_rate == 8_000
    np.testing.assert_allclose(take.samples, np.repeat(np.arange(1, microphone.given + 1) / 1e4, 800), rtol=1e-6)
    assert (microphone.opened, microphone.closed) == (1, 1)
    assert not running.is_recording


def test_a_microphone_that_is_lost_is_told_and_given_back() -> None:
    microphone = Fake(lost_after=3)
    running = TakeRecorder(microphone)
    running.begin()
    wait_for(lambda: not running.is_recording)
    with pytest.raises(MicrophoneLostError, match="record the sentence once more"):
        running.end()
    assert microphone.closed == 1


def test_a_microphone_that_cannot_be_opened_begins_nothing() -> None:
    running = TakeRecorder(Fake(refuses=True))
    with pytest.raises(MicrophoneError, match="to be free"):
        running.begin()
    assert not running.is_recording


def test_a_recording_ends_by_itself_and_is_no_longer_than_what_can_be_kept(monkeypatch) -> None:
    monkeypatch.setattr(take_recorder, "LONGEST", 1.03)
    microphone = Fake()
    running = TakeRecorder(microphone)
    running.begin()
    wait_for(lambda: not running.is_recording)
    assert microphone.closed == 1
    assert running.end().duration_seconds == 1.03


def test_a_recording_that_nobody_watches_any_more_gives_the_microphone_back(monkeypatch) -> None:
    monkeypatch.setattr(take_recorder, "UNWATCHED", 0.2)
    microphone = Fake()
    running = TakeRecorder(microphone)
    running.begin()
    watched_until = time.monotonic() + 0.6
    while time.monotonic() < watched_until:
        assert running.level >= -120
        time.sleep(0.01)
    assert running.is_recording
    wait_for(lambda: not running.is_recording)
    assert microphone.closed == 1
    assert len(running.end().samples)


def test_sound_that_was_lost_on_its_way_is_told_of_the_take() -> None:
    running = TakeRecorder(Fake(holes_before=(2, 4)))
    running.begin()
    wait_for(lambda: running.seconds >= 0.5)
    assert running.end().holes == 2


def test_what_is_dropped_is_forgotten_and_the_microphone_given_back() -> None:
    microphone = Fake()
    running = TakeRecorder(microphone)
    running.begin()
    running.drop()
    assert microphone.closed == 1
