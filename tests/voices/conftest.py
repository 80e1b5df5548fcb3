"""A model of three emotions, and clips as it might hear them."""

from collections.abc import Callable

import numpy as np
import pytest

from ser_core.checkpoints import Checkpoint, load_checkpoint
from ser_core.voices import Voice, VoiceClip

MakeVoice = Callable[..., Voice]


@pytest.fixture(scope="session")
def model(tiny_checkpoint) -> Checkpoint:
    return load_checkpoint(tiny_checkpoint)


@pytest.fixture
def clips(model: Checkpoint, random: np.random.Generator) -> Callable[..., tuple[VoiceClip, ...]]:
    """Make clips of the emotions given, somewhere in the model's space."""

    def make(*emotions: str | None) -> tuple[VoiceClip, ...]:
        size = model.directions.shape[1]
        return tuple(
            VoiceClip(f"{number}.wav", emotion, 1.5, (3 * random.normal(size=size)).astype(np.float32))
            for number, emotion in enumerate(emotions)
        )

    return make


@pytest.fixture
def voice_of(model: Checkpoint) -> MakeVoice:
    """Put clips together as a voice for the model."""

    def make(clips: tuple[VoiceClip, ...], method: str = "neutral", **changes) -> Voice:
        return Voice(
            **{"name": "Anna", "method": method, "checkpoint": "tiny", "digest": model.digest} | changes, clips=clips
        )

    return make
