"""Centre loss: its equation, and centres that follow by Dai's rule or by Wen's."""

import pytest
import torch

from ser_core.errors import ConfigError, InputError
from ser_core.losses import CentreLoss, inverse_count_weights

CLASSES, SIZE = 4, 3
LABELS = [0, 2, 2, 0, 2, 1]  # class 3 is absent
WEIGHTS = [0.5, 2.0, 1.0, 3.0]


@pytest.fixture
def embeddings() -> torch.Tensor:
    return torch.randn(len(LABELS), SIZE, dtype=torch.float64, generator=torch.Generator().manual_seed(0))


def loss_with_centres(**options) -> CentreLoss:
    loss = CentreLoss(classes=CLASSES, embedding_size=SIZE, **options).double()
    loss.centres.copy_(torch.randn(CLASSES, SIZE, generator=torch.Generator().manual_seed(1)))
    return loss


@pytest.mark.parametrize("weights", [None, WEIGHTS])
@pytest.mark.parametrize("half", [True, False])
@pytest.mark.parametrize("normalisation", ["mean", "sum", "weighted-mean"])
def test_centre_loss_equals_its_definition_in_plain_loops(embeddings, normalisation, half, weights):
    loss = loss_with_centres(normalisation=normalisation, half=half, class_weights=weights)
    total, scale = 0.0, 0.0
    for row, label in zip(embeddings.tolist(), LABELS, strict=True):
        weight = weights[label] if weights else 1.0
        square = sum((x - c) ** 2 for x, c in zip(row, loss.centres[label].tolist(), strict=True))
        total += weight * (0.5 if half else 1.0) * square
        scale += weight
    divisor = {"mean": len(LABELS), "sum": 1.0, "weighted-mean": scale}[normalisation]
    assert float(loss(embeddings, torch.tensor(LABELS))) == pytest.approx(total / divisor)


def expected_centres(centres: list[list[float]], rows: list[list[float]], update: str, rate: float):
    moved = [list(centre) for centre in centres]
    for j in range(CLASSES):
        members = [row for row, label in zip(rows, LABELS, strict=True) if label == j]
        for d in range(SIZE):
            if update == "moving-average" and members:
                mean = sum(row[d] for row in members) / len(members)
                moved[j][d] = (1 - rate) * centres[j][d] + rate * mean
            if update == "wen":
                moved[j][d] -= rate * sum(centres[j][d] - row[d] for row in members) / (1 + len(members))
    return moved


@pytest.mark.parametrize("update", ["moving-average", "wen"])
@pytest.mark.parametrize("rate", [0.0, 0.3, 1.0])
def test_centres_follow_their_rule_and_those_of_absent_classes_stay(embeddings, update, rate):
    loss = loss_with_centres(update=update, rate=rate)
    before = loss.centres.clone()
    expected = expected_centres(before.tolist(), embeddings.tolist(), update, rate)
    loss(embeddings, torch.tensor(LABELS))
    torch.testing.assert_close(loss.centres, torch.tensor(expected, dtype=torch.float64))
    assert torch.equal(loss.centres[3], before[3])


def test_centres_start_at_zero_so_that_the_first_value_is_half_the_squared_length(embeddings):
    loss = CentreLoss(classes=CLASSES, embedding_size=SIZE).double()
    first = loss(embeddings, torch.tensor(LABELS))
    torch.testing.assert_close(first, 0.5 * embeddings.square().sum(dim=1).mean())


@pytest.mark.parametrize("update", ["moving-average", "wen"])
def test_the_value_is_that_of_the_centres_before_the_batch_moves_them(embeddings, update):
    loss, still = loss_with_centres(update=update), loss_with_centres(update=update).eval()
    labels = torch.tensor(LABELS)
    assert torch.equal(loss(embeddings, labels), still(embeddings, labels))
    assert not torch.equal(loss.centres, still.centres)


def test_centres_move_in_training_only(embeddings):
    loss = loss_with_centres().eval()
    before = loss.centres.clone()
    loss(embeddings, torch.tensor(LABELS))
    assert torch.equal(loss.centres, before)


def test_centres_of_a_resumed_run_go_on_where_they_were_and_no_optimiser_moves_them(embeddings):
    loss, resumed = loss_with_centres(), CentreLoss(classes=CLASSES, embedding_size=SIZE).double()
    labels = torch.tensor(LABELS)
    loss(embeddings, labels)
    assert list(loss.parameters()) == []
    resumed.load_state_dict(loss.state_dict())
    assert torch.equal(resumed(embeddings, labels), loss(embeddings, labels))
    assert torch.equal(resumed.centres, loss.centres)


def test_an_embedding_is_pulled_straight_to_its_centre_in_training_too(embeddings):
    loss, labels = loss_with_centres(), torch.tensor(LABELS)
    wanted = (embeddings - loss.centres[labels]) / len(LABELS)
    embeddings.requires_grad_()
    loss(embeddings, labels).backward()
    torch.testing.assert_close(embeddings.grad, wanted)


def test_the_gradient_of_the_centre_loss_is_the_derivative(embeddings):
    loss = loss_with_centres(class_weights=WEIGHTS, normalisation="weighted-mean").eval()
    assert torch.autograd.gradcheck(
        lambda rows: loss(rows, torch.tensor(LABELS)), (embeddings.requires_grad_(),), fast_mode=True
    )


def test_weights_by_inverse_count_let_every_class_weigh_the_same():
    counts = [5, 20, 75]
    weights = inverse_count_weights(counts)
    assert [weight * count for weight, count in zip(weights, counts, strict=True)] == pytest.approx([100 / 3] * 3)
    with pytest.raises(ConfigError, match=r"got counts \[5, 0\]. Leave the empty class out"):
        inverse_count_weights([5, 0])


def test_centre_loss_refuses_what_it_cannot_use(embeddings):
    def build(**options):
        return CentreLoss(**{"classes": CLASSES, "embedding_size": SIZE} | options)

    with pytest.raises(ConfigError, match="Dai et al. use 0.5"):
        build(rate=1.5)
    with pytest.raises(ConfigError, match="Did you mean 'moving-average'"):
        build(update="moving_average")
    with pytest.raises(ConfigError, match="Did you mean 'weighted-mean'"):
        build(normalisation="weightedmean")
    with pytest.raises(ConfigError, match="Expected 4 class weights.*got 2"):
        build(class_weights=[1.0, 2.0])
    with pytest.raises(ConfigError, match="class weights above zero"):
        build(class_weights=[1.0, 2.0, float("nan"), 1.0])
    with pytest.raises(ConfigError, match="at least 2 classes"):
        build(classes=1)
    with pytest.raises(InputError, match="Build the loss with embedding_size=3"):
        build(embedding_size=2)(embeddings, torch.tensor(LABELS))
    with pytest.raises(InputError, match="from 0 to 3; got 0 to 4"):
        build()(embeddings, torch.tensor([0, 1, 2, 3, 4, 0]))
