"""In place of the library that reaches microphones: devices that a test plugs in and out, and speaks into."""

from types import SimpleNamespace
from typing import Any

import numpy as np


class PortAudioError(Exception):
    """As the library raises it."""


class FakeSounddevice:
    """What ``import sounddevice`` gives; ``say`` puts a block into the open microphone.

    Attributes:
        plugged: name → number of input channels of what is plugged in now; the library sees it after looking again.
        refused: names that cannot be opened.
        fewest_channels: that a stream can have.
        mute: names that can be opened and give no sound.
        answers: whether the sound system can be reached.
        stream: the one that is open.
    """

    PortAudioError = PortAudioError

    def __init__(self, **plugged: int) -> None:
        self.plugged = plugged
        self.refused: set[str] = set()
        self.mute: set[str] = set()
        self.stream: Any = None
        self.fewest_channels = 1
        self.answers = True
        self._initialize()

    def _terminate(self) -> None:
        assert self.stream is None, "looked again while a microphone was open"
        if not self.answers:
            raise PortAudioError("PortAudio not initialized")
        self.seen = {}

    def _initialize(self) -> None:
        if not self.answers:
            raise PortAudioError("Unanticipated host error")
        self.seen = dict(self.plugged)

    @property
    def default(self) -> Any:
        inputs = [number for number, channels in enumerate(self.seen.values()) if channels]
        return SimpleNamespace(device=(inputs[-1] if inputs else -1, -1))

    def query_hostapis(self) -> list[dict[str, Any]]:
        return [{"name": "Fake"}]

    def query_devices(self) -> list[dict[str, Any]]:
        return [
            {
                "index": number,
                "name": name,
                "hostapi": 0,
                "max_input_channels": channels,
                "default_samplerate": 48_000.0,
            }
            for number, (name, channels) in enumerate(self.seen.items())
        ]

    def check_input_settings(self, *, device: int, channels: int, dtype: str, samplerate: int) -> None:
        if channels < self.fewest_channels:
            raise PortAudioError("Invalid number of channels")

    def InputStream(self, *, device: int, channels: int, callback: Any, **settings: Any) -> Any:
        name = list(self.seen)[device]
        if name in self.refused or name not in self.plugged:
            raise PortAudioError("Device unavailable")
        fake = self

        class Stream:
            active = True

            def start(self) -> None:
                fake.stream = self
                if name not in fake.mute:
                    self.take(np.zeros((0, channels), dtype=np.float32))

            def close(self) -> None:
                fake.stream = None

            def take(self, block: np.ndarray, *, overflow: bool = False) -> None:
                callback(block, len(block), None, SimpleNamespace(input_overflow=overflow))

        Stream.channels = channels
        return Stream()

    def say(self, samples: np.ndarray, *, overflow: bool = False) -> None:
        block = np.asarray(samples, dtype=np.float32).reshape(len(samples), -1)
        self.stream.take(np.broadcast_to(block, (len(block), self.stream.channels)).copy(), overflow=overflow)

    def unplug(self, name: str) -> None:
        del self.plugged[name]
        if self.stream is not None:
            self.stream.active = False
