"""Blocks of any size and rate become one stream at the model's rate."""

import numpy as np
import pytest
import soxr

from ser_core.errors import InputError
from ser_core.live.resampling import StreamResampler


@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000])
@pytest.mark.parametrize("size", [1, 441, 4_800, 100_000])
def test_a_stream_in_blocks_is_resampled_as_if_it_had_come_at_once(rate, size, random):
    seconds = 0.2 if size == 1 else 1.0
    sound = 0.1 * random.standard_normal(round(seconds * rate)).astype(np.float32)
    incoming = StreamResampler(16_000)
    blocks = [incoming.take(sound[first : first + size], rate) for first in range(0, len(sound), size)]
    result = np.concatenate(blocks)
    whole = soxr.resample(sound, rate, 16_000)
    assert len(whole) - 1_600 < len(result) <= len(whole)  # a tenth of a second at most waits for more
    np.testing.assert_allclose(result, whole[: len(result)], atol=1e-5)
    assert result.dtype == np.float32


def test_at_the_models_own_rate_blocks_pass_as_they_are(random):
    block = random.standard_normal(100).astype(np.float32)
    assert StreamResampler(16_000).take(block, 16_000) is block
    assert StreamResampler(16_000).take(block[:0], 48_000).shape == (0,)


def test_a_block_at_another_rate_begins_a_new_stream(random):
    sound = random.standard_normal(4_800).astype(np.float32)
    changed, fresh = StreamResampler(16_000), StreamResampler(16_000)
    changed.take(sound, 44_100)
    np.testing.assert_array_equal(changed.take(sound, 48_000), fresh.take(sound, 48_000))
    changed.restart()
    fresh = StreamResampler(16_000)
    np.testing.assert_array_equal(changed.take(sound, 48_000), fresh.take(sound, 48_000))


@pytest.mark.parametrize(
    ("block", "rate", "advice"),
    [
        (np.zeros((10, 2), dtype=np.float32), 16_000, r"got float32 of shape \(10, 2\)\. Average its channels"),
        (np.zeros(10, dtype=np.int16), 16_000, "got int16 .* divide integers by their full scale"),
        (np.zeros(10, dtype=np.float32), 1_000, "at least 2000 samples per second; got 1000. Choose a microphone"),
        (
            np.float32([0, np.nan]),
            16_000,
            "finite samples in a block; .* Leave the block out and pass its length to gap",
        ),
        (np.float32([0, np.inf]), 16_000, "finite samples"),
    ],
)
def test_what_is_no_sound_is_refused_with_advice(block, rate, advice):
    with pytest.raises(InputError, match=advice):
        StreamResampler(16_000).take(block, rate)
