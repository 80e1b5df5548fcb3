"""Objectives: how losses, embedding and head come together."""

from types import SimpleNamespace

import pytest
import torch

from ser_core.errors import ConfigError
from ser_core.losses import ArcFaceLoss, ProxyAnchorLoss, SupervisedContrastiveLoss, TripletLoss
from ser_core.models import EMOTION, Output, Targets
from ser_core.training.objectives import ObjectiveContext, build_objective
from ser_core.training.objectives.task import JointObjective

CONTEXT = ObjectiveContext(class_counts=(2, 2, 2), embedding_size=4)


@pytest.fixture
def batch():
    torch.manual_seed(0)
    embeddings = torch.randn(6, 4, requires_grad=True)
    head = torch.nn.Linear(4, 3)
    targets = Targets(torch.eye(3).repeat_interleave(2, dim=0), torch.ones(6, dtype=torch.bool))
    return Output(embeddings, {EMOTION: head(embeddings)}), {EMOTION: head}, {EMOTION: targets}


def test_softmax_is_the_cross_entropy_of_the_head(batch):
    output, heads, targets = batch
    value = build_objective("softmax", {}, CONTEXT)(output, heads, targets)
    torch.testing.assert_close(
        value.loss, torch.nn.functional.cross_entropy(output.heads[EMOTION], targets[EMOTION].values)
    )


def test_weighted_softmax_weighs_classes_inversely_to_their_training_utterances(batch):
    output, heads, targets = batch
    context = ObjectiveContext(class_counts=(1, 2, 6), embedding_size=4)
    value = build_objective("softmax", {"weighted": True, "label_smoothing": 0.1}, context)(output, heads, targets)
    weights = torch.tensor([9 / (3 * count) for count in context.class_counts])
    shares = (0.9 * targets[EMOTION].values + 0.1 / 3) * weights
    expected = -(shares * torch.log_softmax(output.heads[EMOTION], dim=1)).sum() / shares.sum()
    torch.testing.assert_close(value.loss, expected)


def test_triplet_shapes_the_embedding_by_triplets_alone_and_the_head_follows(batch):
    output, heads, targets = batch
    value = build_objective("triplet", {"miner": "batch-all"}, CONTEXT)(output, heads, targets)
    (found,) = torch.autograd.grad(value.loss, output.embedding, retain_graph=True)
    triplet, fraction = TripletLoss(miner="batch-all")(output.embedding, targets[EMOTION].values.argmax(dim=1))
    (expected,) = torch.autograd.grad(triplet, output.embedding)
    torch.testing.assert_close(found, expected)
    logits = torch.nn.functional.linear(output.embedding, heads[EMOTION].weight, heads[EMOTION].bias)
    head = torch.nn.functional.cross_entropy(logits, targets[EMOTION].values)
    assert value.figures == {
        "triplet": pytest.approx(float(triplet.detach())),
        "head": pytest.approx(float(head.detach())),
        "active_fraction": fraction,
    }
    assert float(value.loss.detach()) == pytest.approx(value.figures["triplet"] + value.figures["head"])
    value.loss.backward()
    assert heads[EMOTION].weight.grad.abs().sum() > 0


def test_a_share_of_softmax_reaches_the_embedding_too(batch):
    output, heads, targets = batch
    loss, figures = build_objective("triplet", {"softmax_share": 1.0}, CONTEXT)(output, heads, targets)
    (found,) = torch.autograd.grad(loss, output.embedding)
    logits = torch.nn.functional.linear(output.embedding, heads[EMOTION].weight, heads[EMOTION].bias)
    softmax = torch.nn.functional.cross_entropy(logits, targets[EMOTION].values)
    (expected,) = torch.autograd.grad(softmax, output.embedding)
    torch.testing.assert_close(found, expected)
    assert figures["softmax"] == pytest.approx(float(softmax.detach()))  # shown beside the triplet loss


def test_centre_adds_its_weight_of_the_centre_loss_to_a_softmax_with_the_same_class_weights(batch):
    output, heads, targets = batch
    context = ObjectiveContext(class_counts=(1, 2, 6), embedding_size=4)
    value = build_objective("centre", {"weight": 0.3}, context)(output, heads, targets)
    weights = [9 / (3 * count) for count in context.class_counts]
    of_each = [weights[label] for label in (0, 0, 1, 1, 2, 2)]
    logs = torch.log_softmax(output.heads[EMOTION], dim=1)
    softmax = -sum(w * logs[row, label] for row, (w, label) in enumerate(zip(of_each, (0, 0, 1, 1, 2, 2), strict=True)))
    centre = sum(w * 0.5 * output.embedding[row].square().sum() for row, w in enumerate(of_each)) / 6  # centres at 0
    torch.testing.assert_close(value.loss, softmax / sum(of_each) + 0.3 * centre)
    assert set(value.figures) == {"softmax", "centre"}


def test_pairs_compare_the_first_half_of_a_batch_with_the_second_and_tell_same_from_different(batch):
    output, heads, targets = batch
    objective = build_objective("pairs", {"margin": 0.1, "weight": 1.0}, CONTEXT)
    value = objective(output, heads, targets)
    first, second = output.embedding[:3], output.embedding[3:]
    cosine = torch.nn.functional.cosine_similarity(first, second)
    same = [False, False, False]  # classes 0, 0, 1 against 1, 2, 2
    expected = sum(1 - c if s else torch.relu(c - 0.1) for c, s in zip(cosine, same, strict=True)) / 3
    assert value.figures["cosine"] == pytest.approx(float(expected.detach()))
    (found,) = torch.autograd.grad(value.loss, output.embedding, retain_graph=True)
    torch.testing.assert_close(found, torch.autograd.grad(expected, output.embedding, retain_graph=True)[0])
    told = objective.probability_same(first, second)
    torch.testing.assert_close(told, objective.pair.head(first, second).softmax(dim=1)[:, 1])


def test_arcface_and_proxy_anchor_learn_a_vector_per_class_that_a_resumed_run_finds_again():
    for name, vectors in (("arcface", "arcface"), ("proxy-anchor", "proxies")):
        objective = build_objective(name, {}, CONTEXT)
        shapes = {key: tuple(value.shape) for key, value in objective.state_dict().items() if key.startswith(vectors)}
        assert list(shapes.values()) == [(3, 4)]


@pytest.mark.parametrize(
    ("name", "options", "advice"),
    [
        ("tripelt", {}, "Did you mean 'triplet'"),
        ("triplet", {"margn": 1}, "Did you mean 'margin'"),
        ("triplet", {"softmax_share": 2.0}, "Use 0 for no softmax"),
        ("triplet", {"margin": "wide"}, "the objective option triplet.margin to be float; got 'wide'"),
        ("triplet", {"margin": -0.1}, "FaceNet uses 0.2"),
        ("centre", {"weight": -1.0}, "The paper uses 0.3"),
        ("centre", {"weight": 1.5}, r"\(λ\) in \[0, 1\]; got 1.5. The paper uses 0.3"),
        ("pairs", {"weight": 1.5}, "Lian et al. find 0.9 best"),
        ("softmax", {"label_smoothing": 1.0}, "Use for example 0.1"),
    ],
)
def test_an_objective_that_cannot_exist_gets_advice(name, options, advice):
    with pytest.raises(ConfigError, match=advice):
        build_objective(name, options, CONTEXT)


@pytest.mark.parametrize(
    ("name", "loss", "options"),
    [
        ("triplet", TripletLoss, {"margin": 0.5, "miner": "semi-hard", "distance": "cosine", "unit_length": False}),
        ("supervised-contrastive", SupervisedContrastiveLoss, {"temperature": 0.3}),
        ("arcface", ArcFaceLoss, {"margin_degrees": 10.0, "scale": 4.0}),
        ("proxy-anchor", ProxyAnchorLoss, {"margin": 0.3, "scale": 8.0}),
    ],
)
def test_every_option_of_a_metric_objective_reaches_its_loss(batch, name, loss, options):
    output, _, targets = batch
    size = {} if name in ("triplet", "supervised-contrastive") else {"classes": 3, "embedding_size": 4}
    alone = loss(**options, **size)
    objective = build_objective(name, options, CONTEXT)
    own = next(module for module in objective.modules() if isinstance(module, loss))
    own.load_state_dict(alone.state_dict())  # vectors of classes are drawn
    labels = targets[EMOTION].values.argmax(dim=1)
    found, expected = objective.compare(output.embedding, labels).loss, alone(output.embedding, labels)
    torch.testing.assert_close(found, expected[0] if name == "triplet" else expected)


def test_the_losses_of_several_tasks_are_added_each_with_its_weight(batch):
    output, heads, targets = batch
    second = SimpleNamespace(name="age", loss=lambda outputs, values, present: (outputs - values).square().mean())
    output = Output(output.embedding, {**output.heads, "age": output.embedding[:, :1]})
    targets = {**targets, "age": Targets(torch.full((6, 1), 30.0), torch.ones(6, dtype=torch.bool))}
    first = build_objective("softmax", {}, CONTEXT)
    found = JointObjective(first, 0.3, [(second, 2.0)])(output, heads, targets)
    expected = 0.3 * first(output, heads, targets).loss + 2.0 * (output.heads["age"] - 30).square().mean()
    torch.testing.assert_close(found.loss, expected)
