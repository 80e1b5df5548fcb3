"""Objectives: how losses, embedding and head come together."""

import pytest
import torch

from ser_core.errors import ConfigError
from ser_core.losses import TripletLoss
from ser_core.models import Output
from ser_core.training.objectives import build_objective, one_hot


@pytest.fixture
def batch():
    torch.manual_seed(0)
    embeddings = torch.randn(6, 4, requires_grad=True)
    head = torch.nn.Linear(4, 3)
    return Output(embeddings, head(embeddings)), head, one_hot(torch.tensor([0, 0, 1, 1, 2, 2]), 3)


def test_softmax_is_the_cross_entropy_of_the_head(batch):
    output, head, targets = batch
    value = build_objective("softmax", {}, classes=3)(output, head, targets)
    torch.testing.assert_close(value.loss, torch.nn.functional.cross_entropy(output.logits, targets))


def test_triplet_shapes_the_embedding_by_triplets_alone_and_the_head_follows(batch):
    output, head, targets = batch
    value = build_objective("triplet", {"miner": "batch-all"}, classes=3)(output, head, targets)
    (found,) = torch.autograd.grad(value.loss, output.embeddings, retain_graph=True)
    triplet, fraction = TripletLoss(miner="batch-all")(output.embeddings, targets.argmax(dim=1))
    (expected,) = torch.autograd.grad(triplet, output.embeddings)
    torch.testing.assert_close(found, expected)
    assert value.figures == {"triplet": pytest.approx(float(triplet.detach())), "active_fraction": fraction}
    value.loss.backward()
    assert head.weight.grad.abs().sum() > 0


def test_a_share_of_softmax_reaches_the_embedding_too(batch):
    output, head, targets = batch
    loss = build_objective("triplet", {"softmax_share": 1.0}, classes=3)(output, head, targets).loss
    (found,) = torch.autograd.grad(loss, output.embeddings)
    logits = torch.nn.functional.linear(output.embeddings, head.weight, head.bias)
    (expected,) = torch.autograd.grad(torch.nn.functional.cross_entropy(logits, targets), output.embeddings)
    torch.testing.assert_close(found, expected)


@pytest.mark.parametrize(
    ("name", "options", "advice"),
    [
        ("tripelt", {}, "Did you mean 'triplet'"),
        ("triplet", {"margn": 1}, "Did you mean 'margin'"),
        ("triplet", {"softmax_share": 2.0}, "Use 0 for triplets alone"),
        ("triplet", {"margin": "wide"}, "usable options"),
        ("softmax", {"label_smoothing": 1.0}, "Use for example 0.1"),
    ],
)
def test_an_objective_that_cannot_exist_gets_advice(name, options, advice):
    with pytest.raises(ConfigError, match=advice):
        build_objective(name, options, classes=3)
