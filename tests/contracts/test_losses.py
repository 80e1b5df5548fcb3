"""Every loss keeps the promises on which objectives and the training loop rely."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

import ser_core.losses
from ser_core.errors import ConfigError, InputError
from ser_core.losses import (
    ArcFaceLoss,
    CentreLoss,
    ClassVectorLoss,
    CosineEmbeddingLoss,
    MetricLoss,
    PairHead,
    PairLoss,
    ProxyAnchorLoss,
    SoftmaxLoss,
    SupervisedContrastiveLoss,
    TripletLoss,
)
from ser_core.losses.triplet import DISTANCES
from ser_core.sampling import MINERS

CLASSES, SIZE = 4, 4
WEIGHTS = [1.0, 2.0, 0.5, 1.0]
LABELS = torch.tensor([0, 1, 2, 3, 2, 1, 0, 0])
FEW = {
    "one class": torch.tensor([1, 1, 1]),
    "one each": torch.tensor([0, 1, 2, 3]),
    "batch of one": torch.tensor([2]),
}


def rows_and_numbers(embeddings: Tensor, labels: Tensor) -> tuple[Tensor, ...]:
    return embeddings, labels


def rows_and_shares(embeddings: Tensor, labels: Tensor) -> tuple[Tensor, ...]:
    return embeddings, functional.one_hot(labels, CLASSES).to(embeddings.dtype)


def neighbours(embeddings: Tensor, labels: Tensor) -> tuple[Tensor, ...]:
    """Pair every row with the next one, the last with the first."""
    return embeddings, embeddings.roll(1, dims=0), labels == labels.roll(1)


class Case(NamedTuple):
    """How a loss is built, what it compares, and a setting that it refuses with its advice."""

    build: Callable[..., nn.Module]
    compared: Callable[[Tensor, Tensor], tuple[Tensor, ...]]
    refused: dict[str, object]
    advice: str


def sized(loss: Callable[..., nn.Module], **settings: object) -> Callable[..., nn.Module]:
    return lambda **options: loss(**{"classes": CLASSES, "embedding_size": SIZE} | settings | options)


CASES = {
    "softmax": Case(SoftmaxLoss, rows_and_shares, {"label_smoothing": 1.0}, "Use for example 0.1"),
    "weighted softmax": Case(
        lambda **options: SoftmaxLoss(**{"class_weights": WEIGHTS} | options),
        rows_and_shares,
        {"class_weights": [0.0, 1.0]},
        "Remove the empty class",
    ),
    **{
        f"triplet {miner} {distance}": Case(
            lambda miner=miner, distance=distance, **options: TripletLoss(miner=miner, distance=distance, **options),
            rows_and_numbers,
            {"margin": -0.1},
            "FaceNet uses 0.2",
        )
        for miner in MINERS
        for distance in DISTANCES
    },
    "centre": Case(sized(CentreLoss), rows_and_numbers, {"rate": -0.1}, "Dai et al. use 0.5"),
    "weighted centre by Wen's rule": Case(
        sized(CentreLoss, update="wen", normalisation="weighted-mean", class_weights=WEIGHTS),
        rows_and_numbers,
        {"update": "wem"},
        "Did you mean 'wen'",
    ),
    "cosine": Case(CosineEmbeddingLoss, neighbours, {"margin": -0.1}, "best 0.1"),
    "pair": Case(
        lambda **options: PairLoss(embedding_size=SIZE, **options), neighbours, {"weight": 1.1}, "find 0.9 best"
    ),
    "supervised contrastive": Case(
        SupervisedContrastiveLoss, rows_and_numbers, {"temperature": 0.0}, "Khosla et al. use 0.1"
    ),
    "arcface": Case(sized(ArcFaceLoss), rows_and_numbers, {"margin_degrees": 200.0}, "Deng et al. use 28.6"),
    "proxy-anchor": Case(sized(ProxyAnchorLoss), rows_and_numbers, {"scale": 0.0}, "Kim et al. use 32"),
}
EVERY = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def test_every_loss_there_is_has_a_case():
    found = {type(case.build()) for case in CASES.values()}
    losses = {one for one in vars(ser_core.losses).values() if isinstance(one, type) and issubclass(one, nn.Module)}
    assert losses - {MetricLoss, ClassVectorLoss, PairHead} == found  # two bases, and a part of the pair loss


def build(case: Case, dtype: torch.dtype = torch.float64) -> nn.Module:
    torch.manual_seed(0)
    return case.build().to(dtype)


def rows(labels: Tensor, dtype: torch.dtype = torch.float64) -> Tensor:
    return torch.randn(len(labels), SIZE, dtype=dtype, generator=torch.Generator().manual_seed(1))


def value(loss: nn.Module, compared: tuple[Tensor, ...]) -> Tensor:
    """The number that is minimised; some losses return figures beside it."""
    found = loss(*compared)
    return found[0] if isinstance(found, tuple) else found


@EVERY
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_it_gives_one_positive_number_of_the_embeddings_own_precision_and_a_gradient(case, dtype):
    loss, embeddings = build(case, dtype), rows(LABELS, dtype).requires_grad_()
    found = value(loss, case.compared(embeddings, LABELS))
    found.backward()
    assert found.ndim == 0
    assert found.dtype == dtype
    assert found.item() > 0
    for gradient in (embeddings.grad, *(parameter.grad for parameter in loss.parameters())):
        assert torch.isfinite(gradient).all()
        assert gradient.abs().sum() > 0


@EVERY
def test_the_order_of_the_batch_changes_nothing(case):
    compared = case.compared(rows(LABELS), LABELS)
    order = torch.randperm(len(LABELS), generator=torch.Generator().manual_seed(2))
    loss, other = build(case), build(case)
    torch.testing.assert_close(value(loss, compared), value(other, tuple(part[order] for part in compared)))
    torch.testing.assert_close(loss.state_dict(), other.state_dict())


@EVERY
def test_under_the_same_seed_it_is_the_same_loss_down_to_the_last_bit(case):
    compared = case.compared(rows(LABELS), LABELS)
    assert torch.equal(value(build(case), compared), value(build(case), compared))
    still = build(case).eval()
    assert torch.equal(value(still, compared), value(still, compared))


@EVERY
@pytest.mark.parametrize("labels", FEW.values(), ids=FEW)
def test_a_batch_with_little_to_compare_has_a_finite_value_and_gradient(case, labels):
    embeddings = rows(labels).requires_grad_()
    found = value(build(case), case.compared(embeddings, labels))
    found.backward()
    assert torch.isfinite(found)
    assert torch.isfinite(embeddings.grad).all()


@EVERY
@pytest.mark.parametrize("given", [torch.zeros, torch.ones])
def test_embeddings_that_coincide_have_a_finite_value_and_gradient(case, given):
    embeddings = given(len(LABELS), SIZE, requires_grad=True)
    found = value(build(case, torch.float32), case.compared(embeddings, LABELS))
    found.backward()
    assert torch.isfinite(found)
    assert torch.isfinite(embeddings.grad).all()


@EVERY
def test_an_empty_batch_and_rows_of_another_batch_are_refused(case):
    compared = case.compared(rows(LABELS), LABELS)
    with pytest.raises(InputError):
        build(case)(*compared[:-1], compared[-1][:3])
    with pytest.raises(InputError):
        build(case)(*(part[:0] for part in compared))


@EVERY
def test_a_setting_out_of_range_is_refused_with_advice(case):
    with pytest.raises(ConfigError, match=rf"Expected .*got .*{case.advice}"):
        case.build(**case.refused)
