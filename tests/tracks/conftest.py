"""A recording with known pauses, and a model that was trained in a second."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from ser_core.inference import Reader
from ser_core.tracks import Track, TrackSettings, track_recording
from tests.conftest import tiny_voice

RATE = 16_000
PARTS = (
    (1.0, 0.0),
    (4.0, 110.0),
    (0.3, 0.0),
    (2.5, 190.0),
    (2.0, 0.0),
    (0.6, 140.0),
    (1.5, 0.0),
    (8.0, 210.0),
    (1.0, 0.0),
)


@pytest.fixture(scope="session")
def long_recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty-one seconds: voices of four heights, with pauses between, one of them short."""
    random = np.random.default_rng(0)
    parts = [
        tiny_voice(pitch, 4.0, random, seconds=seconds)
        if pitch
        else 1e-3 * random.standard_normal(round(seconds * RATE))
        for seconds, pitch in PARTS
    ]
    path = tmp_path_factory.mktemp("long") / "talk.wav"
    samples = np.concatenate(parts)
    soundfile.write(path, np.stack([samples, 0.5 * samples], axis=1), RATE, subtype="FLOAT")
    return path


@pytest.fixture(scope="session")
def reader(tiny_checkpoint: Path) -> Reader:
    return Reader.load(tiny_checkpoint)


@pytest.fixture(scope="session")
def track(long_recording: Path, reader: Reader) -> Track:
    return track_recording(long_recording, reader, TrackSettings(2.0, 1.0, 0.5))
