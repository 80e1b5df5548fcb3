"""A voice and a room, and a model that reads them quickly."""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ser_core.inference import Reader
from tests.conftest import tiny_voice
from tests.live.fake_sounddevice import FakeSounddevice

Sound = Callable[..., np.ndarray]


@pytest.fixture(scope="module")
def reader(tiny_checkpoint: Path) -> Reader:
    return Reader.load(tiny_checkpoint)


@pytest.fixture
def sound(random: np.random.Generator) -> Sound:
    """Make a room's soft noise in which somebody speaks at the given times."""

    def make(seconds: float, *spoken: tuple[float, float], level: float = 0.2) -> np.ndarray:
        time = np.arange(round(seconds * 16_000)) / 16_000
        vowels = 5 * tiny_voice(140, 3.0, random, seconds=seconds)
        voice = sum(np.sin(np.pi * 4 * (time - a)) ** 2 * ((time > a) & (time < b)) for a, b in spoken)
        return (level * vowels * voice + level / 200 * random.standard_normal(time.size)).astype(np.float32)

    return make


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch, workspace: Path) -> FakeSounddevice:
    """Return a computer with an output and two microphones, of which the last is the default."""
    fake = FakeSounddevice(speakers=0, desk=1, headset=2)
    monkeypatch.setitem(sys.modules, "sounddevice", fake)
    return fake
