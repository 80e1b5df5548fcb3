"""What a browser hears in place of a microphone: one file, over and over."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from live_in_browser import held_out_clips
from ser_core.audio.reading import read_audio

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]


def looped(tmp_path: Path, samples: np.ndarray) -> Path:
    """Write samples at 48 kHz into a file that a browser hears from its end to its beginning again."""
    path = tmp_path / "microphone.wav"
    soundfile.write(path, samples, 16_000 * 3, format="WAV", subtype="PCM_16")
    return path


def voice(clip: int = 0) -> np.ndarray:
    """Read a clip of those held out, of voices that no model has learned from, at 48 kHz."""
    return np.repeat(read_audio(held_out_clips()[clip][1]).samples, 3)
