"""How far maps are is told with the time that is left, for one and for several."""

import pytest

from ser_core.geometry.map_jobs import HowFar
from ui.components.projections import told

WAITS = HowFar(0.0, None, 1)


@pytest.mark.parametrize(
    ("count", "how_far", "words"),
    [
        (1, [HowFar(0.0, None, 0)], "Computing t-SNE. Loading the method takes some seconds at first."),
        (1, [HowFar(0.5, 40.0, 0)], "Computing t-SNE: about 40 s left."),
        (1, [HowFar(0.0, None, 2)], "Computing t-SNE. Waiting for its turn: 2 before it."),
        # A quarter is done and 30 s are left: a whole map takes 40 s, and three wait.
        (5, [HowFar(0.25, 30.0, 0), WAITS, WAITS, WAITS], "Computing t-SNE: 1 of 5 done, about 2 min left."),
        (5, [HowFar(0.75, 10.0, 0)], "Computing t-SNE: 4 of 5 done, about 10 s left."),
        (5, [HowFar(0.0, None, 0), WAITS], "Computing t-SNE: 3 of 5 done."),
        (1, [HowFar(1.0, 0.0, 0)], "Computing t-SNE."),
    ],
)
def test_the_time_left_counts_the_maps_that_wait(count, how_far, words):
    assert told("t-SNE", count, how_far) == words
