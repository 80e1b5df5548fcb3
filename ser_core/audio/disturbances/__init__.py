"""What rooms, lines and microphones do to speech: one implementation for training and for tests of robustness.

Every entry of :data:`DISTURBANCES` is a pure function of samples ``(N,)``, their sample rate, a strength and a
generator of random numbers; it returns as many samples, float32, beyond full scale where so it comes. The same
generator in the same state gives the same samples.
"""

from collections.abc import Mapping
from types import MappingProxyType

from ser_core.audio.disturbances.base import Disturbance
from ser_core.audio.disturbances.level import clipped, louder
from ser_core.audio.disturbances.line import telephone
from ser_core.audio.disturbances.microphone import coloured
from ser_core.audio.disturbances.noise import babble, in_pink_noise, in_white_noise
from ser_core.audio.disturbances.room import in_a_room

__all__ = ["DISTURBANCES", "Disturbance", "babble"]

DISTURBANCES: Mapping[str, Disturbance] = MappingProxyType(
    {
        "white-noise": Disturbance(in_white_noise, "dB signal-to-noise ratio", -10, 60, "white noise"),
        "pink-noise": Disturbance(in_pink_noise, "dB signal-to-noise ratio", -10, 60, "pink noise"),
        "room": Disturbance(in_a_room, "s reverberation time", 0.15, 1.0, "a room"),
        "telephone": Disturbance(telephone, "dB attenuation outside 300 to 3400 Hz", 0, 80, "a telephone line"),
        "microphone": Disturbance(coloured, "dB largest deviation of a band", 0, 24, "another microphone"),
        "gain": Disturbance(louder, "dB", -60, 60, "another level"),
        "clipping": Disturbance(clipped, "dB of the peak above the limit", 0, 40, "clipping"),
    }
)
