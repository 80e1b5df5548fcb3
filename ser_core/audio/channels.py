"""Detection of the channels of a recording that contain speech, not only silence, hiss or hum."""

import numpy as np
import soxr

from ser_core.audio.activity import STEP, spans_above_floor
from ser_core.audio.decibels import to_decibels
from ser_core.types import BoolArray, Decibels, FloatArray, Hertz, Seconds

_RATE: Hertz = 8_000  # at most: speech is detected below 4 kHz
_WINDOW: Seconds = 0.032
_LOWEST: Hertz = 250  # above mains hum with its first harmonics, handling noise and offset
_SOFTER: Decibels = 20.0  # crosstalk is softer than this, but a second speaker may be, too
_OWN_SHARE = 0.1  # of its speech; a second speaker has that much at other times
_LOWEST_LEVEL: Decibels = -100.0


class ChannelActivity:
    """Measures speech activity in each channel, block by block.

    The level between 250 and 4000 Hz is measured every 10 ms. A channel contains speech if its level rises above its
    own noise floor; a channel 20 dB softer than another one, with almost no sound at other times, is crosstalk.
    """

    def __init__(self, rate: Hertz, channels: int) -> None:
        """Prepare for samples at ``rate``."""
        self._rate = min(rate, _RATE)
        self._stream = (
            soxr.ResampleStream(rate, _RATE, channels, dtype="float32", quality="LQ") if rate > _RATE else None
        )
        self._hop = max(1, round(STEP * self._rate))
        self._length = round(_WINDOW * self._rate)
        self._window = np.hanning(self._length + 2)[1:-1].astype(np.float32)
        self._first_bin = int(np.ceil(_LOWEST * self._length / self._rate))
        self._waiting: FloatArray = np.empty((0, channels), dtype=np.float32)
        self._levels: list[FloatArray] = []

    def take(self, block: FloatArray) -> None:
        """Add the next samples, shape ``(N, channels)``."""
        if self._stream is not None:
            block = self._stream.resample_chunk(np.ascontiguousarray(block))
        waiting = np.concatenate([self._waiting, block])
        count = max(0, (len(waiting) - self._length) // self._hop + 1)
        if count:
            self._levels.append(self._measured(waiting, count))
        self._waiting = waiting[count * self._hop :]

    def speaking(self) -> tuple[int, ...]:
        """Return the numbers of the channels with speech, in order; empty if no speech was found."""
        if not self._levels:
            return ()
        levels = np.concatenate(self._levels)  # (steps, channels)
        heard = [_spoken(column) for column in levels.T]
        tops = [
            float(np.quantile(column[spoken], 0.9)) if spoken.any() else -np.inf
            for column, spoken in zip(levels.T, heard, strict=True)
        ]
        loudest = int(np.argmax(tops))
        if not heard[loudest].any():
            return ()
        return tuple(
            channel
            for channel, (spoken, top) in enumerate(zip(heard, tops, strict=True))
            if spoken.any()
            and (top > tops[loudest] - _SOFTER or np.sum(spoken & ~heard[loudest]) > _OWN_SHARE * np.sum(spoken))
        )

    def _measured(self, samples: FloatArray, count: int) -> FloatArray:
        """Level of each step in dBFS, shape ``(steps, channels)``."""
        used = samples[: (count - 1) * self._hop + self._length]
        frames = np.lib.stride_tricks.sliding_window_view(used, self._length, axis=0)[:: self._hop]
        power = np.empty(frames.shape[:2])
        for channel in range(frames.shape[1]):
            spectrum = np.fft.rfft(frames[:, channel] * self._window, axis=1)[:, self._first_bin :]
            power[:, channel] = np.sum(spectrum.real**2 + spectrum.imag**2, axis=1)
        power *= 2 / (self._length * float(np.sum(self._window**2)))
        return to_decibels(power, lowest=_LOWEST_LEVEL)


def _spoken(levels: FloatArray) -> BoolArray:
    """Whether each step belongs to speech; bool, shape ``(steps,)``."""
    spoken = np.zeros(len(levels), dtype=bool)
    for start, end in spans_above_floor(levels, duration=len(levels) * STEP):
        spoken[round(start / STEP) : round(end / STEP)] = True
    return spoken
