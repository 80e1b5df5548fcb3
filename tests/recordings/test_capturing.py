"""A take from this computer's microphone: what came until the end; the microphone is given back in every case."""

import time
from types import SimpleNamespace

import numpy as np
import pytest

from ser_core.errors import MicrophoneError, MicrophoneLostError
from ser_core.recordings import Capturing, capturing


class Fake:
    """A microphone that gives blocks of 0.1 s, each a little louder, and may be lost or refuse to open."""

    def __init__(self, *, lost_after: int = 10**9, refuses: bool = False) -> None:
        self.lost_after, self.refuses = lost_after, refuses
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
        return SimpleNamespace(samples=np.full(800, self.given / 1e4, dtype=np.float32), sample_rate=8_000)


def wait_for(condition) -> None:
    limit = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.002)


def test_everything_that_came_until_the_end_is_in_the_take() -> None:
    microphone = Fake()
    running = Capturing(microphone)
    running.begin()
    wait_for(lambda: running.seconds >= 0.5)
    assert running.alive
    assert running.level > -90
    take = running.end()
    assert take.sample_rate == 8_000
    np.testing.assert_allclose(take.samples, np.repeat(np.arange(1, microphone.given + 1) / 1e4, 800), rtol=1e-6)
    assert (microphone.opened, microphone.closed) == (1, 1)
    assert not running.alive


def test_a_microphone_that_is_lost_is_told_and_given_back() -> None:
    microphone = Fake(lost_after=3)
    running = Capturing(microphone)
    running.begin()
    wait_for(lambda: not running.alive)
    with pytest.raises(MicrophoneLostError, match="record the sentence once more"):
        running.end()
    assert microphone.closed == 1


def test_a_microphone_that_cannot_be_opened_begins_nothing() -> None:
    running = Capturing(Fake(refuses=True))
    with pytest.raises(MicrophoneError, match="to be free"):
        running.begin()
    assert not running.alive


def test_nobody_has_to_come_back_for_a_recording(monkeypatch) -> None:
    monkeypatch.setattr(capturing, "LONGEST", 1.0)
    microphone = Fake()
    running = Capturing(microphone)
    running.begin()
    wait_for(lambda: not running.alive)
    assert microphone.closed == 1
    assert running.end().duration_seconds == pytest.approx(1.0, abs=0.11)


def test_what_is_dropped_is_forgotten_and_the_microphone_given_back() -> None:
    microphone = Fake()
    running = Capturing(microphone)
    running.begin()
    running.drop()
    assert microphone.closed == 1
