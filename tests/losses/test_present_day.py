"""Supervised contrastive, ArcFace and proxy-anchor equal their equations, written in plain loops."""

import math

import pytest
import torch

from ser_core.errors import ConfigError
from ser_core.losses import ArcFaceLoss, ProxyAnchorLoss, SupervisedContrastiveLoss

LABELS = [0, 2, 2, 0, 2, 1]  # class 1 once, class 3 never
CLASSES, SIZE = 4, 3


@pytest.fixture
def embeddings() -> torch.Tensor:
    return torch.randn(len(LABELS), SIZE, dtype=torch.float64, generator=torch.Generator().manual_seed(0))


def cosine(a: list[float], b: list[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True)) / (math.hypot(*a) * math.hypot(*b))


def arcface(**options) -> ArcFaceLoss:
    torch.manual_seed(2)
    return ArcFaceLoss(classes=CLASSES, embedding_size=SIZE, **options).double()


def proxy_anchor(**options) -> ProxyAnchorLoss:
    torch.manual_seed(3)
    return ProxyAnchorLoss(classes=CLASSES, embedding_size=SIZE, **options).double()


# ------------------------------------------------------------------------------------------------ contrastive
@pytest.mark.parametrize("temperature", [0.1, 0.5])
def test_supervised_contrastive_equals_its_definition(embeddings, temperature):
    rows, values = embeddings.tolist(), []
    for i in range(len(rows)):
        others = [a for a in range(len(rows)) if a != i]
        positives = [p for p in others if LABELS[p] == LABELS[i]]
        if positives:
            norm = sum(math.exp(cosine(rows[i], rows[a]) / temperature) for a in others)
            shares = [math.log(math.exp(cosine(rows[i], rows[p]) / temperature) / norm) for p in positives]
            values.append(-sum(shares) / len(positives))
    assert len(values) == 5
    loss = SupervisedContrastiveLoss(temperature=temperature)
    assert float(loss(embeddings, torch.tensor(LABELS))) == pytest.approx(sum(values) / len(values))


def test_without_two_of_a_class_the_contrastive_loss_is_zero_with_a_gradient():
    embeddings = torch.randn(3, 2, requires_grad=True)
    loss = SupervisedContrastiveLoss()(embeddings, torch.tensor([0, 1, 2]))
    loss.backward()
    assert loss.item() == 0.0
    assert torch.equal(embeddings.grad, torch.zeros(3, 2))


# ------------------------------------------------------------------------------------------------ ArcFace
@pytest.mark.parametrize("margin", [0.0, 28.6, 90.0])
def test_arcface_equals_its_definition(embeddings, margin):
    loss, m = arcface(margin_degrees=margin, scale=8.0), math.radians(margin)
    values, beyond = [], 0
    for row, label in zip(embeddings.tolist(), LABELS, strict=True):
        angles = [math.acos(cosine(row, direction)) for direction in loss.directions.tolist()]
        scores = [8.0 * math.cos(angle) for angle in angles]
        own = angles[label]
        beyond += own > math.pi - m
        scores[label] = 8.0 * (math.cos(own + m) if own <= math.pi - m else math.cos(own) - m * math.sin(m))
        values.append(-scores[label] + math.log(sum(math.exp(score) for score in scores)))
    assert float(loss(embeddings, torch.tensor(LABELS)).detach()) == pytest.approx(sum(values) / len(values))
    assert margin < 90 or beyond  # the part behind 180° − margin was tried


def test_arcface_judges_by_the_cosine_alone(embeddings):
    loss = arcface(scale=8.0)
    expected = [[8.0 * cosine(row, line) for line in loss.directions.tolist()] for row in embeddings.tolist()]
    torch.testing.assert_close(loss.logits(embeddings), torch.tensor(expected, dtype=torch.float64))


def test_the_arcface_value_grows_with_the_own_angle_all_the_way():
    loss = ArcFaceLoss(classes=2, embedding_size=3, scale=1.0).double()
    with torch.no_grad():
        loss.directions.copy_(torch.tensor([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]))
    angles = torch.linspace(0, math.pi, 200, dtype=torch.float64)
    embeddings = torch.stack([angles.cos(), angles.sin(), torch.zeros_like(angles)], dim=1)
    values = loss.values(embeddings, torch.zeros(200, dtype=torch.int64))
    assert (values.diff() > 0).all()


def test_an_embedding_on_its_direction_has_a_finite_gradient():
    loss = ArcFaceLoss(classes=2, embedding_size=2)
    embeddings = torch.cat([loss.directions.detach(), -loss.directions.detach()]).requires_grad_()
    loss(embeddings, torch.tensor([0, 1, 0, 1])).backward()
    assert torch.isfinite(embeddings.grad).all()


# ------------------------------------------------------------------------------------------------ proxy-anchor
def test_proxy_anchor_equals_its_definition(embeddings):
    loss = proxy_anchor(scale=5.0, margin=0.2)
    near, far = 0.0, 0.0
    for j, proxy in enumerate(loss.proxies.tolist()):
        own, others = 0.0, 0.0
        for row, label in zip(embeddings.tolist(), LABELS, strict=True):
            if label == j:
                own += math.exp(-5.0 * (cosine(row, proxy) - 0.2))
            else:
                others += math.exp(5.0 * (cosine(row, proxy) + 0.2))
        near += math.log(1 + own)
        far += math.log(1 + others)
    found = loss(embeddings, torch.tensor(LABELS)).detach()
    assert float(found) == pytest.approx(near / 3 + far / CLASSES)  # three classes are in the batch


# ------------------------------------------------------------------------------------------------ all three
@pytest.mark.parametrize(
    "loss", [SupervisedContrastiveLoss(temperature=0.5), arcface(scale=4.0), proxy_anchor(scale=4.0)]
)
def test_the_gradient_is_the_derivative(embeddings, loss):
    inputs = (embeddings.requires_grad_(), *loss.parameters())
    assert torch.autograd.gradcheck(lambda rows, *_: loss(rows, torch.tensor(LABELS)), inputs)


@pytest.mark.parametrize(
    ("build", "option", "value", "advice"),
    [
        (SupervisedContrastiveLoss, "temperature", 0.0, "Khosla et al. use 0.1"),
        (arcface, "margin_degrees", -1.0, "from 0 to 90 degrees; got -1.0. Deng et al. use 28.6"),
        (arcface, "margin_degrees", 91.0, "Deng et al. use 28.6"),
        (arcface, "scale", 0.0, "Deng et al. use 64"),
        (proxy_anchor, "scale", -1.0, "Kim et al. use 32"),
        (proxy_anchor, "margin", -0.1, r"\(δ\) in \[0, 1\]; got -0.1. Kim et al. use 0.1"),
        (proxy_anchor, "margin", 1.1, "Kim et al. use 0.1"),
    ],
)
def test_settings_out_of_range_are_refused_with_the_papers_value(build, option, value, advice):
    with pytest.raises(ConfigError, match=advice):
        build(**{option: value})
