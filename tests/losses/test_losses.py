"""Each loss equals its equation, written in plain loops."""

import itertools
import math

import pytest
import torch

from ser_core.errors import ConfigError, InputError
from ser_core.losses import SoftmaxLoss, TripletLoss
from ser_core.losses.triplet import DISTANCES

SMOOTHING, WEIGHTS = 0.1, [0.5, 2.0, 1.0]


@pytest.fixture
def batch() -> tuple[torch.Tensor, torch.Tensor]:
    torch.manual_seed(0)
    return torch.randn(7, 4, dtype=torch.float64), torch.tensor([0, 0, 1, 1, 2, 2, 2])


def shares() -> torch.Tensor:
    return torch.tensor([[1.0, 0.0, 0.0], [0.0, 0.7, 0.3], [0.0, 0.0, 1.0]], dtype=torch.float64)


# ------------------------------------------------------------------------------------------------ softmax
@pytest.mark.parametrize("weights", [None, WEIGHTS])
@pytest.mark.parametrize("smoothing", [0.0, SMOOTHING])
def test_softmax_equals_its_definition(weights, smoothing):
    torch.manual_seed(0)
    logits, targets = torch.randn(3, 3, dtype=torch.float64), shares()
    total, scale = 0.0, 0.0
    for row, target in zip(logits.tolist(), targets.tolist(), strict=True):
        norm = sum(math.exp(value) for value in row)
        for label in range(3):
            wanted = (1 - smoothing) * target[label] + smoothing / 3
            weight = wanted * (weights[label] if weights else 1.0)
            total -= weight * math.log(math.exp(row[label]) / norm)
            scale += weight
    loss = SoftmaxLoss(label_smoothing=smoothing, class_weights=weights)
    assert float(loss(logits, targets)) == pytest.approx(total / scale, rel=1e-6)


def test_softmax_without_extras_is_the_librarys_cross_entropy():
    torch.manual_seed(0)
    logits, targets = torch.randn(6, 4), torch.tensor([0, 3, 2, 1, 1, 0])
    expected = torch.nn.functional.cross_entropy(logits, targets, label_smoothing=0.2)
    torch.testing.assert_close(SoftmaxLoss(label_smoothing=0.2)(logits, torch.eye(4)[targets]), expected)


def test_the_scale_of_the_weights_does_not_matter():
    logits = torch.randn(3, 3, dtype=torch.float64)
    small, large = SoftmaxLoss(class_weights=WEIGHTS), SoftmaxLoss(class_weights=[10 * weight for weight in WEIGHTS])
    torch.testing.assert_close(small(logits, shares()), large(logits, shares()))


def test_the_gradient_of_softmax_is_the_derivative():
    logits = torch.randn(3, 3, dtype=torch.float64, requires_grad=True)
    loss = SoftmaxLoss(label_smoothing=SMOOTHING, class_weights=WEIGHTS).double()
    assert torch.autograd.gradcheck(lambda values: loss(values, shares()), (logits,))


def test_softmax_refuses_class_numbers_and_settings_out_of_range():
    with pytest.raises(InputError, match="one_hot"):
        SoftmaxLoss()(torch.zeros(3, 2), torch.zeros(3))
    with pytest.raises(InputError, match="logits of 3 classes, one per class weight; got 2"):
        SoftmaxLoss(class_weights=WEIGHTS)(torch.zeros(3, 2), torch.zeros(3, 2))
    with pytest.raises(ConfigError, match=r"label_smoothing in \[0, 1\)"):
        SoftmaxLoss(label_smoothing=1.0)
    with pytest.raises(ConfigError, match="class weights above zero"):
        SoftmaxLoss(class_weights=[1.0, 0.0])


# ------------------------------------------------------------------------------------------------ triplet
def distance_between(a: list[float], b: list[float], name: str, *, unit: bool) -> float:
    if unit or name == "cosine":
        a, b = ([value / math.hypot(*vector) for value in vector] for vector in (a, b))
    if name == "cosine":
        return 1 - sum(x * y for x, y in zip(a, b, strict=True))
    square = sum((x - y) ** 2 for x, y in zip(a, b, strict=True))
    return square if name == "squared-euclidean" else math.sqrt(square)


@pytest.mark.parametrize("unit", [True, False])
@pytest.mark.parametrize("name", DISTANCES)
def test_triplet_equals_its_definition_over_all_triplets(batch, name, unit):
    embeddings, labels = batch
    rows, values = embeddings.tolist(), []
    for anchor in range(7):
        for positive in range(7):
            for negative in range(7):
                if anchor == positive or labels[anchor] != labels[positive] or labels[anchor] == labels[negative]:
                    continue
                near = distance_between(rows[anchor], rows[positive], name, unit=unit)
                far = distance_between(rows[anchor], rows[negative], name, unit=unit)
                values.append(max(0.0, near - far + 0.3))
    active = [value for value in values if value > 0]
    loss, fraction = TripletLoss(margin=0.3, distance=name, miner="batch-all", unit_length=unit)(embeddings, labels)
    assert float(loss) == pytest.approx(sum(active) / len(active), rel=1e-6)
    assert fraction == pytest.approx(len(active) / len(values))


@pytest.mark.parametrize("name", DISTANCES)
def test_the_gradient_of_triplet_is_the_derivative_away_from_the_hinge(batch, name):
    embeddings, labels = batch
    loss = TripletLoss(margin=9.0, distance=name, miner="batch-all")  # unit vectors: every triplet is above zero
    assert loss(embeddings, labels)[1] == 1.0
    assert torch.autograd.gradcheck(lambda rows: loss(rows, labels)[0], (embeddings.requires_grad_(),))


@pytest.mark.parametrize("name", ["squared-euclidean", "euclidean"])
def test_distances_keep_their_precision_far_from_the_origin(name):
    near = torch.randn(8, 5, generator=torch.Generator().manual_seed(0))
    far = (near + 1000.0).requires_grad_()  # where float32 still tells 0.00006 apart
    rows, found = far.tolist(), DISTANCES[name](far)
    for a, b in itertools.permutations(range(8), 2):
        assert found[a, b].item() == pytest.approx(distance_between(rows[a], rows[b], name, unit=False), rel=1e-5)
    exact = far.detach().double().requires_grad_()
    weights = torch.randn(8, 8, generator=torch.Generator().manual_seed(1)).fill_diagonal_(0.0)
    (found * weights).sum().backward()
    (DISTANCES[name](exact) * weights).sum().backward()
    torch.testing.assert_close(far.grad.double(), exact.grad, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("miner", ["batch-all", "batch-hard", "semi-hard"])
@pytest.mark.parametrize("labels", [[0, 0, 0, 0], [0, 1, 2, 3]])
def test_a_batch_without_a_triplet_gives_zero_with_a_gradient(miner, labels):
    embeddings = torch.randn(4, 3, requires_grad=True)
    loss, fraction = TripletLoss(miner=miner)(embeddings, torch.tensor(labels))
    loss.backward()
    assert loss.item() == fraction == 0.0
    assert torch.equal(embeddings.grad, torch.zeros(4, 3))


@pytest.mark.parametrize("name", DISTANCES)
def test_equal_embeddings_have_a_finite_gradient(name):
    embeddings = torch.ones(4, 3, requires_grad=True)
    TripletLoss(distance=name)(embeddings, torch.tensor([0, 0, 1, 1]))[0].backward()
    assert torch.isfinite(embeddings.grad).all()


def test_triplet_refuses_what_it_cannot_compare():
    with pytest.raises(InputError, match="Pass the rows of one batch"):
        TripletLoss()(torch.zeros(3, 2), torch.zeros(4))
    with pytest.raises(
        InputError, match="class numbers; got torch.float32. Turn class shares into numbers with argmax"
    ):
        TripletLoss()(torch.zeros(3, 2), torch.zeros(3))
    with pytest.raises(ConfigError, match="FaceNet uses 0.2"):
        TripletLoss(margin=-0.1)
    with pytest.raises(ConfigError, match="Did you mean 'semi-hard'"):
        TripletLoss(miner="semihard")
    with pytest.raises(ConfigError, match="Did you mean 'cosine'"):
        TripletLoss(distance="cosin")
