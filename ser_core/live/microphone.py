"""This computer's microphone, as a stream that is read whenever the reader has time."""

import contextlib
import threading
import time
from dataclasses import dataclass
from types import ModuleType, TracebackType
from typing import Any, Self

from ser_core.errors import MicrophoneError, MicrophoneLostError
from ser_core.live.devices import Device, choose_microphone, look_again, portaudio
from ser_core.live.holding import Hold
from ser_core.live.ring import Ring
from ser_core.types import FloatArray, Hertz, Seconds

KEPT: Seconds = 10.0  # of sound that nobody has read yet
BLOCK: Seconds = 0.05  # asked for at once: shorter ones would interrupt a busy program more often than is of use
STALLED: Seconds = 2.0  # a microphone that gives nothing for so long is gone, whatever the system says
OPENING: Seconds = 6.0  # it may take for its first sound: a sound server wakes up, a headset changes its profile


@dataclass(frozen=True)
class Captured:
    """What came from the microphone since it was last read.

    Attributes:
        samples: mono float32, shape ``(N,)``, full scale is 1.
        sample_rate: samples per second.
        lost_seconds: of sound before them that nobody read in time.
        overruns: how often the system itself had lost sound before a block, since this computer was too busy.
    """

    samples: FloatArray
    sample_rate: Hertz
    lost_seconds: Seconds
    overruns: int = 0

    @property
    def holes(self) -> int:
        """Places at which sound is missing, before or among the samples."""
        return self.overruns + (self.lost_seconds > 0)


@dataclass(frozen=True)
class CaptureCounters:
    """What was counted since the microphone was first opened.

    Attributes:
        blocks: that came.
        overruns: how often the system itself had lost sound before a block, since this computer was too busy.
        lost_seconds: of sound that came and was not read in time.
        backlog_seconds: of sound that waits to be read now.
        losses: how often the microphone went away.
    """

    blocks: int = 0
    overruns: int = 0
    lost_seconds: Seconds = 0.0
    backlog_seconds: Seconds = 0.0
    losses: int = 0


class Microphone:
    """An open microphone, from ``with`` to its end; nobody else in this workspace can open one meanwhile.

    Attributes:
        device: which one it is.
    """

    def __init__(self, number: int | None = None, *, holder: str) -> None:
        """Want a microphone.

        Args:
            number: of the device; the system's default one if none is given.
            holder: who listens, as others are told who want to.
        """
        self._number = number
        self._hold = Hold(holder)
        self._news = threading.Condition()
        self.device: Device
        self._stream: Any = None
        self._sample_rate: Hertz = 1
        self._ring = Ring(1)
        self._read = 0  # position up to which the ring was read
        self._blocks = self._overruns = self._losses = 0
        self._blocks_before = 0  # it was opened the last time
        self._overruns_before = 0  # it was read the last time
        self._lost = 0.0
        self._last_block = 0.0

    def __enter__(self) -> Self:
        """Open it.

        Raises:
            MicrophoneError: if PortAudio, a microphone or this one is missing, somebody else holds it, or it cannot be
                opened.
        """
        with contextlib.ExitStack() as unless_open:
            unless_open.enter_context(self._hold)
            try:
                self._open(choose_microphone(self._number))
            except MicrophoneError:  # what was plugged in or out since this process began is not in the list
                look_again()
                self._open(choose_microphone(self._number))
            unless_open.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it, and let others open it."""
        self._close()
        self._hold.__exit__(kind, error, trace)

    @property
    def counters(self) -> CaptureCounters:
        """What was counted so far."""
        with self._news:
            return CaptureCounters(
                blocks=self._blocks,
                overruns=self._overruns,
                lost_seconds=self._lost,
                backlog_seconds=(self._ring.end - max(self._read, self._ring.start)) / self._sample_rate,
                losses=self._losses,
            )

    def read(self, *, timeout: Seconds = 0.1) -> Captured:
        """Take what came since the last time; wait a little where nothing did.

        Args:
            timeout: longest time to wait, in seconds.

        Raises:
            MicrophoneLostError: if it was unplugged or gives nothing any more; see :meth:`reopen`.
        """
        with self._news:
            if self._ring.end == self._read:
                self._news.wait(timeout)
            lost = max(0, self._ring.start - self._read) / self._sample_rate
            samples = self._ring.between(self._read, self._ring.end)
            self._read = self._ring.end
            self._lost += lost
            overruns, self._overruns_before = self._overruns - self._overruns_before, self._overruns
        if not len(samples) and self._is_gone():
            self._close()
            self._losses += 1
            raise MicrophoneLostError(
                f"Expected sound from {self.device.name}; it was unplugged or switched off. Plug it in again."
            )
        return Captured(samples, self._sample_rate, lost, overruns)

    def reopen(self) -> bool:
        """Open the same microphone again after it was lost; tell whether it is back, which is to say that sound comes.

        Where the system's default one was taken, the one that is the default now is as good.
        """
        try:
            look_again()
            self._open(choose_microphone(name=None if self._number is None else self.device.name))
        except MicrophoneError:
            return False
        # Some systems open a default microphone that is not there, and then give nothing.
        with self._news:
            gives_sound = self._news.wait_for(lambda: self._blocks > self._blocks_before, timeout=OPENING)
        if not gives_sound:
            self._close()
        return gives_sound

    def _open(self, device: Device) -> None:
        sounddevice = portaudio()
        self.device = device
        try:
            channels = _channels(sounddevice, device)
            with self._news:
                self._sample_rate = device.sample_rate
                self._ring = Ring(round(KEPT * device.sample_rate))
                self._read = 0
                self._blocks_before = self._blocks
            self._stream = sounddevice.InputStream(
                device=device.number,
                channels=channels,
                samplerate=device.sample_rate,
                blocksize=round(BLOCK * device.sample_rate),
                dtype="float32",
                callback=self._take,
            )
            self._last_block = time.monotonic()
            self._stream.start()
        except sounddevice.PortAudioError as error:
            self._close()
            raise MicrophoneError(
                f"Expected to open the microphone {device.number} ({device.name}); the system answered: {error}. "
                "Plug it in if it is not, allow this program to use it, close other programs that do, or choose "
                "another one."
            ) from error

    def _close(self) -> None:
        if self._stream is not None:
            with contextlib.suppress(portaudio().PortAudioError):  # of a microphone that is gone already
                self._stream.close()
            self._stream = None

    def _is_gone(self) -> bool:
        patience = STALLED if self._blocks > self._blocks_before else OPENING
        return self._stream is None or not self._stream.active or time.monotonic() - self._last_block > patience

    def _take(self, block: FloatArray, frames: int, clock: Any, status: Any) -> None:
        """Keep a block ``(frames, channels)``; called by PortAudio in a thread of its own, which must not wait long."""
        mono = block[:, 0] if block.shape[1] == 1 else block.mean(axis=1)
        with self._news:
            self._ring.append(mono)
            self._blocks += 1
            self._overruns += bool(status.input_overflow)
            self._last_block = time.monotonic()
            self._news.notify()


def _channels(sounddevice: ModuleType, device: Device) -> int:
    """One channel, or all of them where the device gives nothing less; they are averaged."""
    try:
        sounddevice.check_input_settings(
            device=device.number, channels=1, dtype="float32", samplerate=device.sample_rate
        )
    except sounddevice.PortAudioError:
        return device.channels
    return 1
