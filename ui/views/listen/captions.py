"""Captions under the picture of a recording."""

import numpy as np

from ui import cache
from ui.cache import sounds
from ui.sound import SoundReference


def is_voiced(sound: SoundReference) -> bool:
    """Return whether a pitch was found in a recording."""
    pitch = cache.pitch(sound)
    return pitch is not None and bool(np.isfinite(pitch[1]).any())


def speech_caption(sound: SoundReference) -> str:
    """Describe the shading of speech."""
    return "Shaded: speech." if cache.speech(sound) else "No speech was found."


def pitch_caption(sound: SoundReference) -> str:
    """Describe the pitch line, or why there is none."""
    if is_voiced(sound):
        return "White line: [[pitch]], on the right axis."
    if cache.signal(sound).duration_seconds > sounds.PITCH_SECONDS:
        return "The pitch of recordings over a minute is not followed."
    return "Nothing in it has a [[pitch]]."
