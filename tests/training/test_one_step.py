"""One step of the loop, against AdamW's equation and the limit of the gradient."""

import itertools

import pytest
import torch

from ser_core.errors import TrainingError
from ser_core.models import AUDIO, EMOTION
from ser_core.recipes import Augmentation, Stage
from ser_core.training.algorithms import StepProgress
from ser_core.training.algorithms.optimisation import learning_rate
from ser_core.training.callbacks import Callback


class FirstStep(Callback):
    """Keeps the weights before and after the first step, its gradient and its rate."""

    def __init__(self):
        self.before = self.after = None

    def training_begins(self, trainer):
        self.trainer = trainer
        self.before = {name: value.detach().clone() for name, value in trainer.model.named_parameters()}

    def batch_ended(self, figures):
        if self.after is None:
            self.after = {name: value.detach().clone() for name, value in self.trainer.model.named_parameters()}
            self.slope = {name: value.grad.clone() for name, value in self.trainer.model.named_parameters()}
            self.objective_slope = [value.grad.clone() for value in self.trainer.objective_of(0).parameters()]
            self.rate = self.trainer.algorithm.optimisation.optimiser.param_groups[0]["lr"]

    @property
    def whole_slope(self):
        slopes = [*self.slope.values(), *self.objective_slope]
        return torch.cat([slope.flatten() for slope in slopes]).double()


def first_step(make_trainer, scale=1.0, objective="softmax", **settings):
    """Take a step down the loss times ``scale``, a power of two: also in bfloat16 the gradient is scaled exactly."""
    step = FirstStep()
    stage = Stage("only", objective, epochs=1, learning_rate=5e-3, batch_size=8, **settings)
    trainer = make_trainer([stage], [step])
    objective = trainer.objective_of(0)
    whole = objective.forward

    def scaled(output, heads, targets):
        value = whole(output, heads, targets)
        return value._replace(loss=value.loss * scale)

    objective.forward = scaled
    trainer.run()
    return step


@pytest.mark.parametrize("decay", [0.0, 0.01, 0.5])
def test_the_first_step_shrinks_every_weight_by_its_decay_and_moves_it_by_the_rate_against_its_slope(
    make_trainer, decay
):
    """In AdamW's first step the moments are the gradient and its square (Loshchilov and Hutter 2019, algorithm 2)."""
    step = first_step(make_trainer, weight_decay=decay)
    for name, before in step.before.items():
        slope = step.slope[name]
        expected = before * (1 - step.rate * decay) - step.rate * slope / (slope.abs() + 1e-8)
        torch.testing.assert_close(step.after[name], expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(("limit", "settings"), [(5.0, {}), (2.0, {"gradient_norm": 2.0})], ids=["default", "chosen"])
@pytest.mark.parametrize("objective", ["softmax", "arcface", "proxy-anchor", "pairs"])
def test_a_gradient_of_all_that_is_trained_is_shortened_to_the_limit_and_keeps_its_direction(
    make_trainer, objective, limit, settings
):
    small, twice, large = (
        first_step(make_trainer, scale, objective, **settings).whole_slope for scale in (2.0**-10, 2.0**-9, 2.0**10)
    )
    assert float(small.norm()) * 2**20 > limit
    torch.testing.assert_close(twice, 2 * small, rtol=1e-5, atol=1e-12)
    torch.testing.assert_close(large, limit * small / small.norm(), rtol=1e-4, atol=1e-6)


def test_no_limit_follows_every_gradient(make_trainer):
    small, large = (first_step(make_trainer, scale, gradient_norm=0).whole_slope for scale in (2.0**-10, 2.0**10))
    torch.testing.assert_close(large, small * 2**20, rtol=1e-5, atol=1e-3)


@pytest.mark.parametrize(("limit", "share"), [(0.0, 0.0), (1e-6, 1.0), (1e6, 0.0)])
def test_the_share_of_steps_that_were_clipped_is_told(make_trainer, limit, share):
    trainer = make_trainer([Stage("only", epochs=1, batch_size=8, gradient_norm=limit)])
    trainer.run()
    assert trainer.history[0].further["clipped_fraction"] == share


@pytest.mark.parametrize("objective", ["arcface", "proxy-anchor", "pairs"])
def test_a_gradient_of_the_objective_alone_that_is_not_finite_stops_training(make_trainer, objective):
    trainer = make_trainer([Stage("only", objective, epochs=1, batch_size=8)])
    weight = next(trainer.objective_of(0).parameters())
    weight.register_hook(lambda slope: slope * torch.inf)
    before = weight.detach().clone()
    with pytest.raises(TrainingError, match="Expected a loss and a gradient that are finite"):
        trainer.run()
    assert torch.equal(weight, before)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5])
def test_the_rate_rises_over_the_share_of_steps_that_the_stage_names(share):
    stage = Stage("only", learning_rate=1.0, warm_up=share)
    rates = [learning_rate(stage, StepProgress(step, 100)) for step in range(100)]
    rising = max(1, round(100 * share))
    assert rates[:rising] == pytest.approx([(step + 1) / rising for step in range(rising)])
    assert all(earlier > later for earlier, later in itertools.pairwise(rates[rising:]))


# ------------------------------------------------------------------------------------------------ what a step sees
@pytest.mark.parametrize("objective", ["arcface", "proxy-anchor", "pairs"])
def test_what_an_objective_has_to_learn_moves_with_the_model(make_trainer, objective):
    trainer = make_trainer([Stage("only", objective, epochs=1, batch_size=8)])
    before = {name: value.detach().clone() for name, value in trainer.objective_of(0).named_parameters()}
    assert before
    trainer.run()
    for name, value in trainer.objective_of(0).named_parameters():
        assert not torch.equal(value, before[name]), name


def test_a_model_in_training_sees_frames_of_mean_zero_and_deviation_one(make_trainer):
    trainer = make_trainer([Stage("softmax", epochs=1, batch_size=8)])
    seen = []

    def watch(model, given):
        frames, lengths = given[0][AUDIO]
        assert model.training
        seen.extend(frame[:length] for frame, length in zip(frames, lengths, strict=True))

    trainer.model.register_forward_pre_hook(lambda model, given: watch(model, given) if model.training else None)
    trainer.run()
    assert len(seen) == len(trainer.train_set)
    rows = torch.cat(seen)
    torch.testing.assert_close(rows.mean(dim=0), torch.zeros(8), rtol=0, atol=1e-5)
    torch.testing.assert_close(rows.std(dim=0, correction=0), torch.ones(8), rtol=1e-5, atol=0)


@pytest.mark.parametrize(("objective", "mixed"), [("softmax", True), ("triplet", False), ("centre", False)])
def test_utterances_are_mixed_only_for_objectives_that_take_shares_of_classes(make_trainer, objective, mixed):
    trainer = make_trainer(
        [Stage("only", objective, epochs=1, batch_size=8, augmentation=Augmentation(mixup=1.0))], development=False
    )
    whole, seen = trainer.objective_of(0).forward, []

    def watched(output, heads, targets):
        seen.append(targets[EMOTION].values)
        return whole(output, heads, targets)

    trainer.objective_of(0).forward = watched
    trainer.run()
    targets = torch.cat(seen)
    torch.testing.assert_close(targets.sum(dim=1), torch.ones(24))
    assert bool(((targets > 0) & (targets < 1)).any()) is mixed
