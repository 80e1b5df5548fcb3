"""What triplets add is measured against a control that differs from them in the objective alone."""

import numpy as np
import pytest

from ser_core.recipes import load_recipe
from ser_core.training.batches import stage_batches

CONTROLS = [("quick", "quick-softmax-continued"), ("residual-triplet", "residual-softmax-continued")]


@pytest.mark.parametrize(("triplets", "control"), CONTROLS)
def test_a_control_is_the_same_recipe_with_softmax_in_place_of_triplets(triplets, control):
    first, second = (load_recipe(name).parameters() for name in (triplets, control))
    differing = {key for key in {**first, **second} if first.get(key) != second.get(key)}
    options = {key for key in differing if key.startswith("stages.1.options.")}
    assert differing - options == {"stages.1.name", "stages.1.objective"}
    assert second["stages.1.objective"] == "softmax"
    # It goes on as it was begun.
    assert load_recipe(control).stages[1].options == load_recipe(control).stages[0].options


@pytest.mark.parametrize(("triplets", "control"), CONTROLS)
def test_a_control_takes_as_many_steps_on_the_same_batches(triplets, control):
    targets = np.repeat(np.arange(6), 40).tolist()
    drawn = []
    for name in (triplets, control):
        stage = load_recipe(name).stages[1]
        random = np.random.default_rng(0)
        drawn.append(
            stage_batches(stage, targets, [50] * 240, speakers=[0] * 240, classes=6, pairs=False, random=random)
        )
    assert len(drawn[0]) == len(drawn[1])
    for batch, other in zip(*drawn, strict=True):
        np.testing.assert_array_equal(batch, other)
