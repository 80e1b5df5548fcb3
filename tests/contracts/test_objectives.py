"""Every objective in the table keeps the promises on which the training loop relies."""

import math

import pytest
import torch

from ser_core.errors import ConfigError
from ser_core.evaluation.back_ends import BACK_ENDS
from ser_core.models import EMOTION, Output, Targets
from ser_core.tasks import ClassTask
from ser_core.training.objectives import OBJECTIVES, ObjectiveContext, build_objective

TASK = ClassTask("emotion", ("neutral", "sad", "angry"))
CONTEXT = ObjectiveContext(class_counts=(2, 2, 2), embedding_size=5, task_loss=TASK.loss)


def value_of(name: str, targets: torch.Tensor):
    torch.manual_seed(0)
    objective = build_objective(name, {}, CONTEXT)
    if objective.pairs:
        targets = torch.cat([targets, targets.roll(1, dims=0)])
    embeddings, head = torch.randn(len(targets), 5, requires_grad=True), torch.nn.Linear(5, 3)
    wanted = Targets(targets, torch.ones(len(targets), dtype=torch.bool))
    output = Output(embeddings, {EMOTION: head(embeddings)})
    return objective(output, {EMOTION: head}, {EMOTION: wanted}), embeddings, head


TARGETS = torch.eye(3).repeat_interleave(2, dim=0)


@pytest.mark.parametrize("name", OBJECTIVES)
def test_its_value_is_finite_and_reaches_embedding_and_head(name):
    value, embeddings, head = value_of(name, TARGETS)
    assert value.loss.ndim == 0
    value.loss.backward()
    for gradient in (embeddings.grad, head.weight.grad):
        assert torch.isfinite(gradient).all()
        assert gradient.abs().sum() > 0
    assert all(isinstance(figure, float) and math.isfinite(figure) for figure in value.figures.values())


@pytest.mark.parametrize("name", OBJECTIVES)
@pytest.mark.parametrize("targets", [TARGETS[:1], TARGETS[:2], TARGETS[::2]], ids=["one", "one class", "one each"])
def test_a_batch_with_little_to_compare_still_has_a_finite_gradient(name, targets):
    value, embeddings, _ = value_of(name, targets)
    value.loss.backward()
    assert torch.isfinite(value.loss)
    assert torch.isfinite(embeddings.grad).all()


@pytest.mark.parametrize("name", OBJECTIVES)
def test_the_same_batch_gives_the_same_value(name):
    assert torch.equal(value_of(name, TARGETS)[0].loss, value_of(name, TARGETS)[0].loss)


@pytest.mark.parametrize("name", OBJECTIVES)
def test_it_says_what_it_minimises_names_a_back_end_and_takes_mixtures_if_it_says_so(name):
    assert OBJECTIVES[name].minimises
    assert OBJECTIVES[name].back_end in BACK_ENDS
    assert OBJECTIVES[name].judge in ("head", "angle")
    if OBJECTIVES[name].mixes:
        value, _, _ = value_of(name, torch.full((6, 3), 1 / 3))
        assert torch.isfinite(value.loss)


@pytest.mark.parametrize("name", OBJECTIVES)
def test_a_misspelt_option_is_refused_with_the_list_of_those_there_are(name):
    with pytest.raises(ConfigError, match=f"option of the objective '{name}' among .*got 'no_such_option'"):
        build_objective(name, {"no_such_option": 1}, CONTEXT)
