"""Batches of similar length, as extraction and inference use them."""

import pytest

from ser_core.features.batching import batches_by_length


@pytest.mark.parametrize("limit", [1, 100, 10_000])
def test_every_item_comes_once_and_no_batch_is_larger_than_the_limit(limit: int) -> None:
    lengths = [90, 3, 55, 3, 10, 99, 1]
    batches = list(batches_by_length(lengths, limit=limit))
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) == 1 or len(batch) * max(lengths[index] for index in batch) <= limit


def test_items_of_similar_length_come_together() -> None:
    assert list(batches_by_length([5, 1, 5, 1], limit=10)) == [[1, 3], [0, 2]]


def test_nothing_makes_no_batch() -> None:
    assert list(batches_by_length([], limit=10)) == []
