"""The scale of a file's samples: in files of floats full scale should be 1, but values may be of any size."""

from dataclasses import dataclass

import numpy as np

from ser_core.audio.decibels import to_decibels
from ser_core.types import FloatArray

_INTEGERS = {16: 2.0**15, 24: 2.0**23, 32: 2.0**31}  # bits → full scale
_LOUDEST_MIX = 16.0  # 24 dB beyond full scale: higher levels do not occur
_LOWEST, _HIGHEST = -200, 129  # exponents of two in a float32; smaller values count as the lowest
_GAP = 3  # octaves without samples between speech and single outliers
_FEW = 1e-3  # of all samples


@dataclass(frozen=True)
class SampleScale:
    """The divisor that brings samples to ±1; what lies beyond is clipped. ``note`` describes an unusual file."""

    divisor: float = 1.0
    note: str | None = None


USUAL = SampleScale()


class MagnitudeHistogram:
    """Histogram of a file's magnitudes, in octaves, updated block by block; ``peak`` is the largest."""

    def __init__(self) -> None:
        """Start empty."""
        self.peak = 0.0
        self._counts = np.zeros(_HIGHEST - _LOWEST + 1, dtype=np.int64)
        self._whole = True

    def take(self, block: FloatArray) -> None:
        """Count the values of a block of any shape."""
        magnitudes = np.abs(block)
        self.peak = max(self.peak, float(magnitudes.max(initial=0.0)))
        _, exponents = np.frexp(magnitudes[magnitudes > 0])
        self._counts += np.bincount(np.clip(exponents, _LOWEST, _HIGHEST) - _LOWEST, minlength=len(self._counts))
        self._whole = self._whole and bool(np.array_equal(block, np.rint(block)))

    def scale(self) -> SampleScale | None:
        """Return the scale of the samples; ``None`` if it is unknown."""
        if self.peak <= 1:
            return USUAL
        usual, beyond = self._usual()
        if usual <= 1:
            many = f"{beyond} samples lie" if beyond > 1 else "One sample lies"
            cut = "was cut to it" if beyond == 1 else "were cut to it"
            return SampleScale(1.0, f"{many} beyond full scale, up to {self.peak:.3g} times it, and {cut}.")
        if usual <= _LOUDEST_MIX and not self._whole:
            decibels = float(to_decibels(usual**2))
            return SampleScale(usual, f"Reaches {decibels:.1f} dB beyond full scale and was lowered by as much.")
        for bits, divisor in _INTEGERS.items():
            if usual <= divisor:
                return SampleScale(
                    divisor,
                    f"Its samples are on the scale of {bits}-bit integers (up to {self.peak:.6g}) where ±1 is full "
                    f"scale; they were divided by {divisor:.0f}.",
                )
        return None

    def _usual(self) -> tuple[float, int]:
        """Return the largest magnitude without single outliers, and the number of outliers."""
        few = max(1, int(_FEW * self._counts.sum()))
        used = np.flatnonzero(self._counts)
        beyond = 0
        for lower, upper in zip(used[-2::-1], used[:0:-1], strict=True):
            beyond += int(self._counts[upper])
            if beyond > few:
                break
            if upper - lower > _GAP:
                return min(self.peak, 2.0 ** int(lower + _LOWEST)), beyond
        return self.peak, 0
