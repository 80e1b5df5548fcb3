"""How far maps are is told with the time that is left, for one and for several."""

import pytest

from ser_core.jobs import Progress
from ui.components.progress import sentence
from ui.components.projections import together

WAITS = Progress(0.0)


@pytest.mark.parametrize(
    ("count", "running", "before", "share", "words"),
    [
        (1, [WAITS], 0, 0.0, "Computing t-SNE. Loading the method takes some seconds at first."),
        (1, [Progress(0.5, 1, 40.0)], 0, 0.5, "Computing t-SNE: about 40 s left."),
        (1, [WAITS], 2, 0.0, "Computing t-SNE. Waiting for its turn: 2 before it."),
        # A quarter is done and 30 s are left: a whole map takes 40 s, and three wait.
        (5, [Progress(0.25, 1, 30.0), WAITS, WAITS, WAITS], 0, 0.25, "Computing t-SNE, 1 of 5 done: about 2 min left."),
        (5, [Progress(0.75, 1, 10.0)], 0, 0.95, "Computing t-SNE, 4 of 5 done: about 10 s left."),
        (5, [WAITS, WAITS], 0, 0.6, "Computing t-SNE, 3 of 5 done."),
        (1, [Progress(1.0, 1, 0.0)], 0, 1.0, "Computing t-SNE."),
    ],
)
def test_the_time_left_counts_the_maps_that_wait(count, running, before, share, words):
    found = together("t-SNE", count, running, before)
    assert found.share == pytest.approx(share)
    assert sentence(found) == words
