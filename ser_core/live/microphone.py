"""This computer's microphone as a buffered stream."""

import contextlib
import threading
import time
from dataclasses import dataclass
from types import ModuleType, TracebackType
from typing import Any, Self

from ser_core.errors import MicrophoneError, MicrophoneLostError
from ser_core.live.devices import Device, MicrophoneLock, choose_microphone, portaudio, refresh_devices
from ser_core.live.ring_buffer import RingBuffer
from ser_core.types import FloatArray, Hertz, Seconds

KEPT: Seconds = 10.0  # of sound that was not read yet
BLOCK: Seconds = 0.05  # shorter blocks would interrupt a busy program too often
STALLED: Seconds = 2.0  # without sound for so long a microphone is lost, whatever the system reports
OPENING: Seconds = 6.0  # until the first sound: a sound server starts, a headset changes its profile


@dataclass(frozen=True)
class CapturedBlock:
    """Sound that came from the microphone since it was last read.

    The samples are mono float32, ``(N,)``; ``lost_seconds`` before them were overwritten because they were not read in
    time; ``overruns`` is how often the system reported lost sound, because this computer was too busy.
    """

    samples: FloatArray
    sample_rate: Hertz
    lost_seconds: Seconds
    overruns: int = 0

    @property
    def holes(self) -> int:
        """Number of places at which sound is missing, before or among the samples."""
        return self.overruns + (self.lost_seconds > 0)


@dataclass(frozen=True)
class CaptureCounters:
    """Counters since the microphone was first opened.

    The sound system reports ``overruns`` when this computer was too busy; ``lost_seconds`` were overwritten and
    ``backlog_seconds`` are waiting because they were not read in time; ``losses`` of the microphone itself.
    """

    blocks: int = 0
    overruns: int = 0
    lost_seconds: Seconds = 0.0
    backlog_seconds: Seconds = 0.0
    losses: int = 0


class Microphone:
    """A microphone, open inside ``with``; only one can be open in this workspace."""

    def __init__(self, number: int | None = None, *, owner: str) -> None:
        """Choose a microphone, or the system's default device; ``with`` opens it.

        ``owner`` is who listens, for the message to others who want to.
        """
        self._number = number
        self._mutex = MicrophoneLock(owner)
        self._changed = threading.Condition()
        self.device: Device
        self._stream: Any = None
        self._sample_rate: Hertz = 1
        self._ring = RingBuffer(1)
        self._read = 0  # position up to which the buffer was read
        self._blocks = self._overruns = self._losses = 0
        self._blocks_before = 0  # when it was opened last
        self._overruns_before = 0  # when it was read last
        self._lost = 0.0
        self._last_block = 0.0

    def __enter__(self) -> Self:
        """Open the microphone.

        Raises:
            MicrophoneError: if PortAudio or the microphone is missing, somebody else uses it, or it cannot be opened.
        """
        with contextlib.ExitStack() as unless_open:
            unless_open.enter_context(self._mutex)
            try:
                self._open(choose_microphone(self._number))
            except MicrophoneError:  # the list lacks what was plugged in or out since it was made
                refresh_devices()
                self._open(choose_microphone(self._number))
            unless_open.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it and release the lock."""
        self._close()
        self._mutex.__exit__(kind, error, trace)

    @property
    def counters(self) -> CaptureCounters:
        """Counters so far."""
        with self._changed:
            return CaptureCounters(
                blocks=self._blocks,
                overruns=self._overruns,
                lost_seconds=self._lost,
                backlog_seconds=(self._ring.end - max(self._read, self._ring.start)) / self._sample_rate,
                losses=self._losses,
            )

    def read(self, *, timeout: Seconds = 0.1) -> CapturedBlock:
        """Return the sound since the last call; wait for it, at most for the timeout, if there is none yet.

        Raises:
            MicrophoneLostError: if it was unplugged or gives no more sound; see :meth:`reopen`.
        """
        with self._changed:
            if self._ring.end == self._read:
                self._changed.wait(timeout)
            lost = max(0, self._ring.start - self._read) / self._sample_rate
            samples = self._ring.between(self._read, self._ring.end)
            self._read = self._ring.end
            self._lost += lost
            overruns, self._overruns_before = self._overruns - self._overruns_before, self._overruns
        if not len(samples) and self._is_lost():
            self._close()
            self._losses += 1
            raise MicrophoneLostError(
                f"Expected sound from {self.device.name}; it was unplugged or switched off. Plug it in again."
            )
        return CapturedBlock(samples, self._sample_rate, lost, overruns)

    def reopen(self) -> bool:
        """Try to open the same microphone again after it was lost; return whether sound comes from it.

        If the system's default device was used, the present default device is opened.
        """
        try:
            refresh_devices()
            self._open(choose_microphone(name=None if self._number is None else self.device.name))
        except MicrophoneError:
            return False
        # Some systems open a default device that is missing, and then give no sound.
        with self._changed:
            gives_sound = self._changed.wait_for(lambda: self._blocks > self._blocks_before, timeout=OPENING)
        if not gives_sound:
            self._close()
        return gives_sound

    def _open(self, device: Device) -> None:
        sounddevice = portaudio()
        self.device = device
        try:
            channels = _channels(sounddevice, device)
            with self._changed:
                self._sample_rate = device.sample_rate
                self._ring = RingBuffer(round(KEPT * device.sample_rate))
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
                "Plug it in, allow this program to use it, close other programs that use it, or choose another one."
            ) from error

    def _close(self) -> None:
        if self._stream is not None:
            with contextlib.suppress(portaudio().PortAudioError):  # of a microphone that is lost already
                self._stream.close()
            self._stream = None

    def _is_lost(self) -> bool:
        patience = STALLED if self._blocks > self._blocks_before else OPENING
        return self._stream is None or not self._stream.active or time.monotonic() - self._last_block > patience

    def _take(self, block: FloatArray, frames: int, clock: Any, status: Any) -> None:
        """Store a block ``(frames, channels)``; called in PortAudio's thread, which must not wait long."""
        mono = block[:, 0] if block.shape[1] == 1 else block.mean(axis=1)
        with self._changed:
            self._ring.append(mono)
            self._blocks += 1
            self._overruns += bool(status.input_overflow)
            self._last_block = time.monotonic()
            self._changed.notify()


def _channels(sounddevice: ModuleType, device: Device) -> int:
    """One channel, or all of them if the device offers nothing else; they are averaged."""
    try:
        sounddevice.check_input_settings(
            device=device.number, channels=1, dtype="float32", samplerate=device.sample_rate
        )
    except sounddevice.PortAudioError:
        return device.channels
    return 1
