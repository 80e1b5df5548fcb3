"""A corpus of one's own with a speaker who has agreed, and takes to put into it."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ser_core.recordings import Collection, Prompt, Speaker, Take, emotion_of

Spoken = Callable[..., Take]


@pytest.fixture
def spoken(random: np.random.Generator) -> Spoken:
    """Make something like speech: a buzz that swells, between two silences of a soft noise."""

    def make(*, before: float = 0.6, seconds: float = 1.4, after: float = 0.6, gain: float = 0.3, rate: int = 48_000):
        time = np.arange(round(seconds * rate)) / rate
        buzz = sum(np.sin(2 * np.pi * 140 * number * time) / number for number in range(1, 9)) / 2
        voice = gain * buzz * (0.3 + 0.7 * np.sin(np.pi * 3 * time) ** 2)
        samples = np.concatenate([np.zeros(round(before * rate)), voice, np.zeros(round(after * rate))])
        noise = 1e-4 * random.standard_normal(samples.size)
        return Take((samples + noise).astype(np.float32), rate)

    return make


@pytest.fixture
def mine(workspace: Path) -> Collection:
    """Return a corpus with one speaker, Anna."""
    collection = Collection("mine")
    collection.enter(Speaker("Anna", gender="female", age=31, language="German"), "I agree.")
    return collection


@pytest.fixture
def prompt() -> Callable[..., Prompt]:
    """Ask for a sentence in an emotion."""

    def ask(sentence: str = "The letter is on the kitchen table.", emotion: str = "happy") -> Prompt:
        return Prompt(sentence, emotion_of(emotion), 1)

    return ask
