"""The microphones of this computer, by number and name."""

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from ser_core.errors import MicrophoneError
from ser_core.live.holding import Hold
from ser_core.types import Hertz

_INSTALL = {
    "linux": "Install it: `sudo apt install libportaudio2` (Debian, Ubuntu) or `sudo dnf install portaudio` (Fedora)",
    "darwin": "Install it: `brew install portaudio`",
    "win32": "It comes with the package: `pip install --force-reinstall sounddevice`",
}
_UPLOAD = "Recording in the browser and uploading need neither."


@dataclass(frozen=True)
class Device:
    """A microphone.

    Attributes:
        number: by which it is chosen; it can change when something is plugged in.
        name: as the system calls it.
        system: the sound system through which it is reached (ALSA, Core Audio, WASAPI, …).
        channels: how many it has at most.
        sample_rate: that the system prefers for it.
        is_default: whether it is taken when none is chosen.
    """

    number: int
    name: str
    system: str
    channels: int
    sample_rate: Hertz
    is_default: bool


def portaudio() -> ModuleType:
    """Import the library that reaches microphones.

    Raises:
        MicrophoneError: if it is not installed; says how to get it on this system.
    """
    try:
        import sounddevice
    except (OSError, ImportError) as error:  # OSError: the package is there, PortAudio is not
        system = next((key for key in _INSTALL if sys.platform.startswith(key)), "linux")
        raise MicrophoneError(
            f"Expected PortAudio, through which this computer's microphone is heard; got: {error}. "
            f"{_INSTALL[system]}, and start again. {_UPLOAD}"
        ) from error
    module: ModuleType = sounddevice
    return module


def look_again() -> None:
    """Let the library see what was plugged in or out since it began; it must have no open microphone meanwhile.

    Raises:
        MicrophoneError: if it is not installed, or the sound system does not answer.
    """
    sounddevice = portaudio()
    with contextlib.suppress(sounddevice.PortAudioError):  # it is not running if it could not begin the last time
        sounddevice._terminate()
    with _answering(sounddevice):
        sounddevice._initialize()


def microphones() -> list[Device]:
    """List the microphones, in the order of their numbers; empty where there is none.

    Raises:
        MicrophoneError: if the library is not installed, or the sound system does not answer.
    """
    sounddevice = portaudio()
    with _answering(sounddevice):
        systems = [str(system["name"]) for system in sounddevice.query_hostapis()]
        inputs = [device for device in sounddevice.query_devices() if device["max_input_channels"] > 0]
    numbers = [int(device["index"]) for device in inputs]
    preferred = int(sounddevice.default.device[0])
    default = preferred if preferred in numbers else next(iter(numbers), -1)
    return [
        Device(
            number=int(device["index"]),
            name=str(device["name"]),
            system=systems[device["hostapi"]],
            channels=int(device["max_input_channels"]),
            sample_rate=round(device["default_samplerate"]),
            is_default=int(device["index"]) == default,
        )
        for device in inputs
    ]


def microphones_now() -> list[Device]:
    """List the microphones that are plugged in now; by itself the library knows only those that it began with.

    Raises:
        MicrophoneError: if the library is not installed, the sound system does not answer, or somebody listens, from
            whom a look would take the microphone.
        StorageError: if the workspace, in which it is noted who listens, cannot be written.
    """
    with Hold("somebody who looks which microphones there are"):
        look_again()
        return microphones()


@contextlib.contextmanager
def _answering(sounddevice: ModuleType) -> Iterator[None]:
    try:
        yield
    except sounddevice.PortAudioError as error:
        raise MicrophoneError(
            f"Expected this computer's sound system to answer; got: {error}. Start it, or log in again. {_UPLOAD}"
        ) from error


def choose_microphone(number: int | None = None, *, name: str | None = None) -> Device:
    """Find a microphone.

    Args:
        number: of the wanted one; the default one if neither this nor a name is given.
        name: of the wanted one, which it keeps when numbers change.

    Raises:
        MicrophoneError: if there is none, or not this one.
    """
    found = microphones()
    if not found:
        raise MicrophoneError(
            f"Expected a microphone on this computer; got none. Plug one in, or allow this program to use it. {_UPLOAD}"
        )
    for device in found:
        is_wanted = device.number == number if number is not None else device.name == name
        if is_wanted or (number is None and name is None and device.is_default):
            return device
    wanted = f"number {number}" if number is not None else repr(name)
    listed = ", ".join(f"{device.number} ({device.name})" for device in found)
    raise MicrophoneError(f"Expected a microphone among {listed}; got {wanted}. Choose one of these numbers.")
