"""The losses that pytorch-metric-learning has too give the same value and the same gradient there."""

from collections.abc import Callable

import pytest
import torch
from pytorch_metric_learning import distances, losses, miners, reducers
from torch import Tensor

from ser_core.losses import (
    ArcFaceLoss,
    CosineEmbeddingLoss,
    ProxyAnchorLoss,
    SupervisedContrastiveLoss,
    TripletLoss,
)

CLASSES, SIZE = 4, 6
LABELS = torch.tensor([0, 1, 2, 3, 2, 1, 0, 0, 3, 1, 2, 2])
DISTANCES = {
    "squared-euclidean": distances.LpDistance(power=2),
    "euclidean": distances.LpDistance(),
    "cosine": distances.CosineSimilarity(),
}


@pytest.fixture
def embeddings() -> Tensor:
    return torch.randn(len(LABELS), SIZE, dtype=torch.float64, generator=torch.Generator().manual_seed(0))


def assert_the_same(ours: Callable[[Tensor], Tensor], theirs: Callable[[Tensor], Tensor], embeddings: Tensor) -> None:
    results = []
    for side in (ours, theirs):
        rows = embeddings.clone().requires_grad_()
        value = side(rows)
        value.backward()
        assert value.item() > 0
        results.append((value.detach(), rows.grad))
    torch.testing.assert_close(results[0], results[1], rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("distance", DISTANCES)
def test_triplets_of_all_and_of_the_hardest(embeddings, distance):
    theirs = losses.TripletMarginLoss(margin=0.3, distance=DISTANCES[distance])
    miner = miners.BatchHardMiner(distance=DISTANCES[distance])
    for name, choose in {"batch-all": lambda rows: None, "batch-hard": lambda rows: miner(rows, LABELS)}.items():
        ours = TripletLoss(margin=0.3, distance=distance, miner=name)
        assert_the_same(lambda x, f=ours: f(x, LABELS)[0], lambda x, f=choose: theirs(x, LABELS, f(x)), embeddings)


@pytest.mark.parametrize("distance", DISTANCES)
def test_semi_hard_triplets_are_some_of_theirs_and_cost_the_same(embeddings, distance):
    """The library keeps every semi-hard negative, FaceNet's rule only the nearest one."""
    ours = TripletLoss(margin=0.3, distance=distance, miner="semi-hard")
    triplets = ours.compare(embeddings, LABELS)[1]
    theirs = miners.TripletMarginMiner(margin=0.3, type_of_triplets="semihard", distance=DISTANCES[distance])
    allowed = set(zip(*(part.tolist() for part in theirs(embeddings, LABELS)), strict=True))
    chosen = set(zip(*(part.tolist() for part in triplets), strict=True))
    assert chosen <= allowed
    assert {triplet[:2] for triplet in chosen} == {triplet[:2] for triplet in allowed}
    loss = losses.TripletMarginLoss(margin=0.3, distance=DISTANCES[distance])
    assert_the_same(lambda x: ours(x, LABELS)[0], lambda x: loss(x, LABELS, tuple(triplets)), embeddings)


def test_supervised_contrastive(embeddings):
    ours, theirs = SupervisedContrastiveLoss(temperature=0.2), losses.SupConLoss(temperature=0.2)
    assert_the_same(lambda x: ours(x, LABELS), lambda x: theirs(x, LABELS), embeddings)


@pytest.mark.parametrize("margin", [0.0, 28.6, 80.0])
def test_arcface(embeddings, margin):
    ours = ArcFaceLoss(classes=CLASSES, embedding_size=SIZE, margin_degrees=margin, scale=16.0).double()
    theirs = losses.ArcFaceLoss(num_classes=CLASSES, embedding_size=SIZE, margin=margin, scale=16.0)
    theirs.W.data = ours.directions.detach().T.clone()
    assert_the_same(lambda x: ours(x, LABELS), lambda x: theirs(x, LABELS), embeddings)
    torch.testing.assert_close(ours.directions.grad, theirs.W.grad.T)


@pytest.mark.parametrize("labels", [LABELS, LABELS % 3], ids=["every class", "one absent"])
def test_proxy_anchor(embeddings, labels):
    torch.manual_seed(0)  # of the proxies
    ours = ProxyAnchorLoss(classes=CLASSES, embedding_size=SIZE).double()
    theirs = losses.ProxyAnchorLoss(num_classes=CLASSES, embedding_size=SIZE, margin=0.1, alpha=32)
    theirs.proxies.data = ours.proxies.detach().clone()
    assert_the_same(lambda x: ours(x, labels), lambda x: theirs(x, labels), embeddings)
    torch.testing.assert_close(ours.proxies.grad, theirs.proxies.grad, rtol=1e-6, atol=1e-6)


def test_the_cosine_of_pairs(embeddings):
    """The library averages positive and negative pairs apart and adds; both are weighed here by their number."""
    first, second = (part.reshape(-1) for part in torch.triu_indices(len(LABELS), len(LABELS), offset=1))
    same = LABELS[first] == LABELS[second]
    share, ours = float(same.double().mean()), CosineEmbeddingLoss(margin=0.1)
    theirs = losses.ContrastiveLoss(
        pos_margin=1,
        neg_margin=0.1,
        distance=distances.CosineSimilarity(),
        reducer=reducers.MultipleReducers({"pos_loss": reducers.MeanReducer(), "neg_loss": reducers.MeanReducer()}),
    )
    nobody = first[:0]

    def weighed(rows: Tensor) -> Tensor:
        positive = theirs(rows, indices_tuple=(first[same], second[same], nobody, nobody))
        negative = theirs(rows, indices_tuple=(nobody, nobody, first[~same], second[~same]))
        return share * positive + (1 - share) * negative

    assert_the_same(lambda rows: ours(rows[first], rows[second], same), weighed, embeddings)
