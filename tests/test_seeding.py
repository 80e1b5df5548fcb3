"""One seed gives independent streams that no machine and no other draw changes."""

import subprocess
import sys

import numpy as np

from ser_core.seeding import stream, stream_seed


def test_a_stream_is_the_same_in_every_version_of_this_program() -> None:
    assert stream_seed(0, "split") == 6_812_300_375_708_456_965
    assert stream(0, "split").integers(1_000, size=3).tolist() == [425, 518, 186]


def test_a_stream_does_not_depend_on_the_hash_seed_of_a_process() -> None:
    script = "from ser_core.seeding import stream_seed; print(stream_seed(3, 'split', 'fold', 1))"
    found = {
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert found == {f"{stream_seed(3, 'split', 'fold', 1)}\n"}


def test_streams_of_other_names_and_seeds_differ() -> None:
    seeds = [
        stream_seed(0),
        stream_seed(1),
        stream_seed(0, "split"),
        stream_seed(0, "split", 1),
        stream_seed(0, "split", 11),
        stream_seed(0, "split1"),
        stream_seed(10, "split"),
        stream_seed(1, "0split"),
    ]
    assert len(set(seeds)) == len(seeds)
    assert all(0 <= seed < 2**63 for seed in seeds)


def test_a_draw_in_one_stream_leaves_another_unchanged() -> None:
    before = stream(0, "batches").normal(size=4)
    stream(0, "augmentation").normal(size=1_000)
    np.testing.assert_array_equal(stream(0, "batches").normal(size=4), before)


def test_two_streams_are_not_correlated() -> None:
    first, second = stream(0, "a").normal(size=10_000), stream(0, "b").normal(size=10_000)
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.05
