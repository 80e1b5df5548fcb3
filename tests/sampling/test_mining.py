"""Miners choose what their definitions say, found here by plain loops."""

import pytest
import torch

from ser_core.sampling.mining import batch_all, batch_hard, semi_hard

MARGIN = 0.3


@pytest.fixture(params=[0, 1, 2])
def batch(request) -> tuple[torch.Tensor, torch.Tensor]:
    random = torch.Generator().manual_seed(request.param)
    embeddings = torch.randn(11, 3, generator=random)
    return torch.cdist(embeddings, embeddings), torch.randint(0, 4, (11,), generator=random)


def chosen(triplets) -> list[tuple[int, int, int]]:
    return sorted(zip(*(part.tolist() for part in triplets), strict=True))


def pairs(labels: torch.Tensor) -> list[tuple[int, int]]:
    count = len(labels)
    return [(a, p) for a in range(count) for p in range(count) if a != p and labels[a] == labels[p]]


def negatives(labels: torch.Tensor, anchor: int) -> list[int]:
    return [n for n in range(len(labels)) if labels[n] != labels[anchor]]


def test_batch_all_takes_every_triplet(batch):
    distances, labels = batch
    expected = [(a, p, n) for a, p in pairs(labels) for n in negatives(labels, a)]
    assert chosen(batch_all(distances, labels, MARGIN)) == sorted(expected)


def test_batch_hard_takes_the_farthest_positive_and_the_nearest_negative(batch):
    distances, labels = batch
    expected = []
    for anchor in range(len(labels)):
        positives = [p for a, p in pairs(labels) if a == anchor]
        if positives and negatives(labels, anchor):
            farthest = max(positives, key=lambda p: distances[anchor, p])
            nearest = min(negatives(labels, anchor), key=lambda n: distances[anchor, n])
            expected.append((anchor, farthest, nearest))
    assert chosen(batch_hard(distances, labels, MARGIN)) == expected


def test_semi_hard_takes_the_nearest_negative_beyond_the_positive_within_the_margin(batch):
    distances, labels = batch
    expected = []
    for a, p in pairs(labels):
        fit = [n for n in negatives(labels, a) if distances[a, p] < distances[a, n] < distances[a, p] + MARGIN]
        if fit:
            expected.append((a, p, min(fit, key=lambda n: distances[a, n])))
    assert chosen(semi_hard(distances, labels, MARGIN)) == sorted(expected)
