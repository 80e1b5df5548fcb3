"""Speech in a stream is found as in a recording of the last ten seconds."""

import numpy as np
import pytest

from ser_core.audio.activity import spans_above_floor, speech_spans, step_levels
from ser_core.live.activity import Activity
from ser_core.live.ring import Ring


@pytest.fixture
def stream(random):
    """Return 14 seconds: bursts of a swelling buzz, in a soft noise."""
    time = np.arange(14 * 16_000) / 16_000
    buzz = sum(np.sin(2 * np.pi * 130 * number * time) / number for number in range(1, 9))
    swell = np.sin(np.pi * 4 * time) ** 2 * (np.sin(2 * np.pi * time / 3.1) > 0)
    return (0.2 * buzz * swell + 1e-3 * random.standard_normal(time.size)).astype(np.float32)


@pytest.mark.parametrize("hop", [800, 3_200, 2_137, 48_000])
def test_spans_are_those_of_a_recording_of_the_last_ten_seconds(stream, hop):
    ring = Ring(14 * 16_000)
    activity = Activity(ring, 16_000)
    for first in range(0, len(stream), hop):
        ring.append(stream[first : first + hop])
        found = activity.spans()
        steps = ring.end // 160
        begin = max(0, steps - 1_000) * 160
        last = stream[begin : ring.end]
        levels = step_levels(last, sample_rate=16_000)
        expected = spans_above_floor(levels, duration=len(last) / 16_000)
        shifted = [(begin / 16_000 + start, begin / 16_000 + end) for start, end in expected]
        # At a cut edge, the mean that is taken off differs in one step of 10 ms.
        np.testing.assert_allclose(found, shifted, atol=1e-9 if begin == 0 else 0.011)


def test_after_a_restart_nothing_from_before_counts(stream):
    ring = Ring(20 * 16_000)
    activity = Activity(ring, 16_000)
    ring.append(stream[:64_000])
    assert activity.spans()
    ring.skip(16_000)
    activity.restart()
    assert activity.spans() == []
    ring.append(stream[:32_000])
    expected = speech_spans(stream[:32_000], sample_rate=16_000)
    np.testing.assert_allclose(activity.spans(), [(5 + start, 5 + end) for start, end in expected])
