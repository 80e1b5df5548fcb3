"""Every miner and every pooling in its table keeps its promises."""

import pytest
import torch

from ser_core.config import lookup
from ser_core.errors import ConfigError
from ser_core.models.masking import time_mask
from ser_core.models.pooling import POOLINGS, build_pooling
from ser_core.sampling import MINERS

LABELS = torch.tensor([0, 1, 0, 2, 1, 1, 0, 3])


def distances(count: int = len(LABELS)) -> torch.Tensor:
    embeddings = torch.randn(count, 3, generator=torch.Generator().manual_seed(0))
    return torch.cdist(embeddings, embeddings)


@pytest.mark.parametrize("name", MINERS)
def test_a_triplet_has_two_of_one_class_and_one_of_another(name):
    triplets = MINERS[name](distances(), LABELS, 0.5)
    assert len(triplets.anchor) > 0
    assert not (triplets.anchor == triplets.positive).any()
    assert torch.equal(LABELS[triplets.anchor], LABELS[triplets.positive])
    assert not (LABELS[triplets.anchor] == LABELS[triplets.negative]).any()


@pytest.mark.parametrize("name", MINERS)
def test_where_there_is_no_triplet_it_takes_none(name):
    for labels in ([0, 0, 0], [0, 1, 2], [0]):
        triplets = MINERS[name](distances(len(labels)), torch.tensor(labels), 0.5)
        assert [part.shape for part in triplets] == [(0,)] * 3


@pytest.mark.parametrize("name", MINERS)
def test_mining_is_repeatable_and_carries_no_gradient(name):
    given = distances().requires_grad_()
    first, again = (MINERS[name](given, LABELS, 0.5) for _ in range(2))
    for left, right in zip(first, again, strict=True):
        assert torch.equal(left, right)
        assert left.dtype == torch.int64
        assert not left.requires_grad


@pytest.mark.parametrize("name", POOLINGS)
def test_a_pooling_gives_its_size_ignores_padding_and_learns_with_one_frame(name):
    torch.manual_seed(0)
    pooling, lengths = build_pooling(name, 5), torch.tensor([1, 6])
    frames = torch.randn(2, 6, 5)
    found = pooling(frames, time_mask(lengths, 6))
    assert found.shape == (2, pooling.size)
    frames[0, 1:] = -50.0
    changed = frames.requires_grad_()
    again = pooling(changed, time_mask(lengths, 6))
    torch.testing.assert_close(again, found)
    again.sum().backward()
    assert torch.isfinite(changed.grad).all()
    assert not changed.grad[0, 1:].any()


@pytest.mark.parametrize(("kind", "table"), [("miner", MINERS), ("pooling", POOLINGS)])
def test_a_misspelt_name_gets_the_nearest_one(kind, table):
    for name in table:
        with pytest.raises(ConfigError, match=f"Did you mean '{name}'"):
            lookup(kind, name + "x", table)


@pytest.mark.parametrize("name", POOLINGS)
def test_a_pooling_is_the_weighted_mean_and_if_any_the_deviation_around_it_and_the_maximum_over_true_frames(name):
    torch.manual_seed(0)
    pooling, lengths = build_pooling(name, 5), (3, 6)
    frames = torch.randn(2, 6, 5)
    found = pooling(frames, time_mask(torch.tensor(lengths), 6))
    for row, length in enumerate(lengths):
        own = frames[row, :length]
        weights = pooling.score(own).softmax(dim=0) if name == "attention" else torch.full((length, 1), 1 / length)
        mean = (weights * own).sum(dim=0)
        deviation = [] if name == "mean" else [((weights * (own - mean).square()).sum(dim=0) + 1e-5).sqrt()]
        highest = [own.amax(dim=0)] if name == "statistics-maximum" else []
        torch.testing.assert_close(found[row], torch.cat([mean, *deviation, *highest]))
