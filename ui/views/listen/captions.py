"""What is said under a picture of a sound: only what is really drawn in it."""

import numpy as np

from ui import cache
from ui.cache import sounds
from ui.sound import SoundReference


def is_voiced(sound: SoundReference) -> bool:
    """Tell whether a pitch was found anywhere in a recording."""
    pitch = cache.pitch(sound)
    return pitch is not None and bool(np.isfinite(pitch[1]).any())


def speech_caption(sound: SoundReference) -> str:
    """Say where speech is shaded."""
    return "Shaded: speech." if cache.speech(sound) else "No speech was found."


def pitch_caption(sound: SoundReference) -> str:
    """Say which line is the pitch, or why there is none."""
    if is_voiced(sound):
        return "White line: pitch, on the right axis."
    if cache.signal(sound).duration_seconds > sounds.PITCH_SECONDS:
        return "The pitch of recordings over a minute is not followed."
    return "Nothing in it has a pitch."
