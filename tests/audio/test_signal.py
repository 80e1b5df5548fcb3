"""A part of a signal holds exactly the samples between two moments."""

import math

import numpy as np
import pytest

from ser_core.audio.signal import Signal
from ser_core.errors import AudioError

SIGNAL = Signal(np.arange(32_000, dtype=np.float32), 16_000, 44_100, 2, ("Very quiet.",))


def test_a_part_holds_the_samples_between_and_no_notes_about_the_whole():
    part = SIGNAL.part(0.5, 1.25)
    np.testing.assert_array_equal(part.samples, np.arange(8_000, 20_000))
    assert (part.sample_rate, part.original_sample_rate, part.channels, part.notes) == (16_000, 44_100, 2, ())
    np.testing.assert_array_equal(SIGNAL.part(0, 2).samples, SIGNAL.samples)


@pytest.mark.parametrize(
    ("start", "end"), [(-0.1, 1), (1, 2.1), (1.5, 0.5), (math.nan, 1), (0, math.nan), (0, math.inf), (-math.inf, 1)]
)
def test_a_part_outside_is_refused_with_the_range(start: float, end: float):
    with pytest.raises(AudioError, match=r"inside the 2\.000 s of the recording; got .* Choose another part"):
        SIGNAL.part(start, end)


@pytest.mark.parametrize("end", [1.0, 1.0999])
def test_a_part_that_is_too_short_is_refused(end: float):
    with pytest.raises(AudioError, match=r"at least 0\.1 s; got .* Choose a longer part"):
        SIGNAL.part(1.0, end)
    assert SIGNAL.part(1.0, 1.1).duration_seconds == pytest.approx(0.1)
