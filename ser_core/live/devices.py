"""Microphones of this computer: the list of devices, and the lock that lets one program listen at a time."""

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from ser_core import locks
from ser_core.errors import MicrophoneError
from ser_core.types import Hertz
from ser_core.workspace import microphone_lock

_INSTALL = {
    "linux": "Install it: `sudo apt install libportaudio2` (Debian, Ubuntu) or `sudo dnf install portaudio` (Fedora)",
    "darwin": "Install it: `brew install portaudio`",
    "win32": "It comes with the package: `pip install --force-reinstall sounddevice`",
}
_UPLOAD = "Recording in the browser and uploading need neither."


@dataclass(frozen=True)
class Device:
    """A microphone, by the number that chooses it, which can change when something is plugged in.

    ``system`` is its sound system (ALSA, Core Audio, WASAPI, …), ``channels`` the largest number of channels,
    ``sample_rate`` the system's preference.
    """

    number: int
    name: str
    system: str
    channels: int
    sample_rate: Hertz
    is_default: bool


def portaudio() -> ModuleType:
    """Import PortAudio's Python library.

    Raises:
        MicrophoneError: if it is not installed; the message says how to install it on this system.
    """
    try:
        import sounddevice
    except (OSError, ImportError) as error:  # OSError: the package is there, PortAudio is not
        system = next((key for key in _INSTALL if sys.platform.startswith(key)), "linux")
        raise MicrophoneError(
            f"Expected PortAudio, which this computer's microphone needs; got: {error}. "
            f"{_INSTALL[system]}, and start again. {_UPLOAD}"
        ) from error
    module: ModuleType = sounddevice
    return module


def refresh_devices() -> None:
    """Update the list of devices after something was plugged in or out; no microphone may be open meanwhile.

    Raises:
        MicrophoneError: if it is not installed, or the sound system does not answer.
    """
    sounddevice = portaudio()
    with contextlib.suppress(sounddevice.PortAudioError):  # PortAudio is not running if its last start failed
        sounddevice._terminate()
    with _answering(sounddevice):
        sounddevice._initialize()


def microphones() -> list[Device]:
    """List the microphones in the order of their numbers; empty if there is none.

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


def refreshed_microphones() -> list[Device]:
    """List the microphones that are plugged in now; PortAudio itself remembers those of its start.

    Raises:
        MicrophoneError: if the library is not installed, the sound system does not answer, or somebody is listening,
            whose microphone the update would close.
        StorageError: if the lock in the workspace cannot be written.
    """
    with MicrophoneLock("an update of the list of microphones"):
        refresh_devices()
        return microphones()


class MicrophoneLock(locks.ProcessLock):
    """Inter-process lock of this computer's microphone: one program or visitor listens at a time."""

    def __init__(self, owner: str) -> None:
        """Prepare the lock for an owner, named for people; ``with`` acquires it."""
        super().__init__(microphone_lock(), owner, _in_use)


def _in_use(owner: str) -> MicrophoneError:
    return MicrophoneError(
        f"Expected this computer's microphone to be free; it is held by {owner}. Stop listening there, and try again."
    )


@contextlib.contextmanager
def _answering(sounddevice: ModuleType) -> Iterator[None]:
    try:
        yield
    except sounddevice.PortAudioError as error:
        raise MicrophoneError(
            f"Expected this computer's sound system to answer; got: {error}. Start it, or log in again. {_UPLOAD}"
        ) from error


def choose_microphone(number: int | None = None, *, name: str | None = None) -> Device:
    """Find a microphone by its number, or by its name, which stays when numbers change; else the default one.

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
