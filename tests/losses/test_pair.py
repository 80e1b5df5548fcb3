"""Losses of pairs equal Lian's equations, written in plain loops."""

import math

import pytest
import torch
from torch.nn import functional

from ser_core.errors import ConfigError, InputError
from ser_core.losses import CosineEmbeddingLoss, PairHead, PairLoss

SAME = torch.tensor([True, False, False, True, False])
PAPER = "Lian et al."


@pytest.fixture
def pairs() -> tuple[torch.Tensor, torch.Tensor]:
    random = torch.Generator().manual_seed(0)
    first, second = torch.randn(2, len(SAME), 3, dtype=torch.float64, generator=random)
    return first, second


def pair_loss(**options) -> PairLoss:
    torch.manual_seed(1)
    return PairLoss(embedding_size=3, hidden=4, **options).double()


def cosine_terms(first: torch.Tensor, second: torch.Tensor, margin: float) -> list[float]:
    terms = []
    for a, b, same in zip(first.tolist(), second.tolist(), SAME.tolist(), strict=True):
        cosine = sum(x * y for x, y in zip(a, b, strict=True)) / (math.hypot(*a) * math.hypot(*b))
        terms.append(1 - cosine if same else max(0.0, cosine - margin))
    return terms


@pytest.mark.parametrize("margin", [0.0, 0.1, 0.5])
def test_the_cosine_loss_equals_its_definition_and_the_one_in_torch(pairs, margin):
    found = CosineEmbeddingLoss(margin=margin)(*pairs, SAME)
    assert float(found) == pytest.approx(sum(cosine_terms(*pairs, margin)) / len(SAME))
    coded = torch.where(SAME, 1, -1)
    torch.testing.assert_close(found, functional.cosine_embedding_loss(*pairs, coded, margin=margin))


@pytest.mark.parametrize("weight", [0.0, 0.9, 1.0])
def test_the_pair_loss_weighs_cosine_against_cross_entropy(pairs, weight):
    loss = pair_loss(margin=0.1, weight=weight)
    w1, b1 = loss.head.hidden.weight.tolist(), loss.head.hidden.bias.tolist()
    w2, b2 = loss.head.out.weight.tolist(), loss.head.out.bias.tolist()
    entropies = []
    for a, b, same in zip(pairs[0].tolist(), pairs[1].tolist(), SAME.tolist(), strict=True):
        both = a + b
        units = [
            max(0.0, bias + sum(w * x for w, x in zip(row, both, strict=True)))
            for row, bias in zip(w1, b1, strict=True)
        ]
        scores = [bias + sum(w * x for w, x in zip(row, units, strict=True)) for row, bias in zip(w2, b2, strict=True)]
        probability = math.exp(scores[1]) / (math.exp(scores[0]) + math.exp(scores[1]))
        entropies.append(-math.log(probability if same else 1 - probability))
    cosine, entropy = sum(cosine_terms(*pairs, 0.1)) / len(SAME), sum(entropies) / len(SAME)
    with torch.no_grad():
        found = loss(*pairs, SAME)
    assert float(found.cosine) == pytest.approx(cosine)
    assert float(found.cross_entropy) == pytest.approx(entropy)
    assert float(found.loss) == pytest.approx(weight * cosine + (1 - weight) * entropy)


def test_the_head_is_the_papers_512_128_2_for_embeddings_of_256():
    head = PairHead(256)
    assert [tuple(weight.shape) for weight in head.parameters()] == [(128, 512), (128,), (2, 128), (2,)]
    assert head(torch.randn(7, 256), torch.randn(7, 256)).shape == (7, 2)


def test_the_gradient_of_the_pair_loss_is_the_derivative_away_from_the_hinge(pairs):
    loss, parts = pair_loss(margin=0.1, weight=0.6), tuple(part.requires_grad_() for part in pairs)
    cosines = functional.cosine_similarity(*pairs)
    assert (cosines[~SAME] - 0.1).abs().min() > 1e-3
    assert torch.autograd.gradcheck(lambda first, second: loss(first, second, SAME).loss, parts)


def test_negative_pairs_below_the_margin_are_left_alone():
    first, second = torch.eye(2, requires_grad=True), torch.eye(2).flip(0)
    CosineEmbeddingLoss(margin=0.1)(first, second, torch.tensor([False, False])).backward()
    assert not first.grad.any()


@pytest.mark.parametrize("margin", [-0.1, -2.0, 1.1, float("nan")])
def test_a_margin_out_of_range_is_refused_with_the_papers_range(margin):
    with pytest.raises(ConfigError, match=rf"cosine margin in \[0, 1\]; got .*{PAPER} try 0 to 0.3"):
        PairLoss(embedding_size=3, margin=margin)


@pytest.mark.parametrize("weight", [-0.1, 1.1, float("nan")])
def test_a_weight_out_of_range_is_refused_with_the_papers_best(weight):
    with pytest.raises(ConfigError, match=rf"\(λ\) in \[0, 1\]; got .*{PAPER} find 0.9 best"):
        PairLoss(embedding_size=3, weight=weight)


def test_pairs_that_do_not_belong_together_are_refused(pairs):
    for size, hidden in ((0, 128), (4, 0), (4, 10**12)):
        with pytest.raises(ConfigError, match="Pass the model's embedding size"):
            PairHead(size, hidden=hidden)
    for wrong in (SAME[:2], SAME[:, None]):
        with pytest.raises(InputError, match="whether they match"):
            pair_loss()(*pairs, wrong)
    with pytest.raises(InputError, match="whether they match"):
        CosineEmbeddingLoss()(pairs[0], pairs[1][:2], SAME)
    with pytest.raises(InputError, match="got torch.int64. Compare the labels with =="):
        CosineEmbeddingLoss()(*pairs, torch.where(SAME, 1, -1))
