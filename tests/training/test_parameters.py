"""Every value of a recipe is told, also those that it leaves to its encoder and its objectives."""

import pytest

from ser_core.recipes import load_recipe, shipped_recipes
from ser_core.recipes.recipe import OUR_CHOICE
from ser_core.training.parameters import every_parameter


@pytest.mark.parametrize("name", shipped_recipes())
def test_what_a_recipe_names_is_told_as_it_is_and_every_mark_is_on_something_that_is_told(name):
    recipe = load_recipe(name)
    told = every_parameter(recipe)
    assert {key: told[key] for key in recipe.parameters()} == recipe.parameters()
    assert set(recipe.paper) <= set(told)


def test_options_that_are_left_at_their_default_are_told_behind_what_they_belong_to():
    recipe = load_recipe("dai-2019-mel")
    told = every_parameter(recipe)
    assert told["encoder_options.channels"] == [16, 32, 48, 64]
    assert told["encoder_options.units"] == 128
    assert told["stages.0.options.half"] is True
    assert recipe.origin("encoder_options.units") == "section 2.1: 128 per direction"
    assert recipe.origin("encoder_options.channels") == OUR_CHOICE
    keys = list(told)
    assert keys.index("encoder_options.units") > keys.index("encoder")
    assert "encoder_options.features" not in told  # follows from the front end


def test_a_changed_option_is_told_changed_and_is_no_longer_the_papers():
    recipe = load_recipe("lian-2018-pdt", ["stages.0.options.hidden=64"])
    assert every_parameter(recipe)["stages.0.options.hidden"] == 64
    assert recipe.origin("stages.0.options.hidden") == OUR_CHOICE
    assert recipe.origin("stages.0.options.margin") == "table 2: 0.1"


@pytest.mark.parametrize("assignment", ["encoder=gru", "stages.0.objective=softmax"])
def test_with_another_owner_the_marks_of_its_options_go(assignment):
    recipe = load_recipe("dai-2019-mel", [assignment, "stages.0.options={}"])
    gone = "encoder_options.units" if "encoder" in assignment else "stages.0.options.weight"
    assert recipe.origin(gone) == OUR_CHOICE


def test_an_encoder_that_is_not_known_here_has_the_options_that_are_named():
    recipe = load_recipe("quick", ["encoder=of-a-later-release", "encoder_options={size = 3}"])
    assert every_parameter(recipe)["encoder_options.size"] == 3
