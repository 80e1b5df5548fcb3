"""A ring keeps the newest samples of a stream, by their position in it."""

import numpy as np
import pytest

from ser_core.live.ring_buffer import RingBuffer


@pytest.mark.parametrize("sizes", [[3, 4, 2], [10, 1], [25], [7, 7, 7, 7], [0, 5, 0]])
def test_what_is_asked_for_is_what_came_there_as_far_as_it_is_kept(sizes):
    stream = np.arange(1, 101, dtype=np.float32)
    ring, came = RingBuffer(10), 0
    for size in sizes:
        ring.append(stream[came : came + size])
        came += size
        assert (ring.start, ring.end) == (max(0, came - 10), came)
        for start in range(came + 2):
            for end in range(came + 2):
                expected = [stream[position] for position in range(start, min(end, came)) if position >= ring.start]
                assert ring.between(start, end).tolist() == expected


def test_what_was_taken_out_does_not_change_when_more_comes():
    ring = RingBuffer(4)
    ring.append(np.float32([1, 2, 3, 4]))
    taken = ring.between(0, 4)
    ring.append(np.float32([9, 9]))
    assert taken.tolist() == [1, 2, 3, 4]


def test_nothing_from_before_a_hole_is_given_and_positions_count_the_hole():
    ring = RingBuffer(10)
    ring.append(np.ones(4, dtype=np.float32))
    ring.skip(100)
    assert (ring.start, ring.end) == (104, 104)
    ring.append(np.float32([5, 6]))
    assert ring.between(0, 1000).tolist() == [5, 6]
    assert ring.between(105, 106).tolist() == [6]
