"""Recipes: every value is marked, an overridden one loses its mark, and a misspelt key is understood."""

import dataclasses

import pytest

from ser_core.errors import ConfigError
from ser_core.recipes import Augmentation, Stage, load_recipe, recipe_table, shipped_recipes
from ser_core.recipes.recipe import OUR_CHOICE, settings_of

PUBLISHED = """
title = "Published"
summary = "A system."
source = "A paper"
embedding_size = 32

[[stages]]
name = "first"
epochs = 7
learning_rate = 0.01

[[stages]]
name = "second"
objective = "triplet"

[paper]
embedding_size = "section 3.1"
"stages.0.epochs" = "table 2"
"front_end.mel_bands" = "section 2"
"""


@pytest.fixture
def published(tmp_path):
    path = tmp_path / "published.toml"
    path.write_text(PUBLISHED, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", shipped_recipes())
def test_every_recipe_that_ships_says_what_it_is_and_marks_every_parameter(name):
    recipe = load_recipe(name)
    assert recipe.name == name
    assert recipe.title
    assert recipe.summary
    assert recipe.source
    for key in recipe.parameters():
        assert recipe.origin(key) == OUR_CHOICE or key in recipe.paper


def test_values_of_the_paper_carry_its_words_and_all_others_are_our_choice(published):
    recipe = load_recipe(published)
    assert recipe.name == "published"
    assert recipe.origin("embedding_size") == "section 3.1"
    assert recipe.origin("stages.0.epochs") == "table 2"
    assert recipe.origin("front_end.mel_bands") == "section 2"  # the paper agrees with the default
    marked = {key for key in recipe.parameters() if recipe.origin(key) != OUR_CHOICE}
    assert marked == {"embedding_size", "stages.0.epochs", "front_end.mel_bands"}
    assert recipe.epochs == 7 + Stage("second").epochs


def test_an_overridden_value_loses_its_mark_and_an_equal_one_keeps_it(published):
    recipe = load_recipe(published, ["stages.0.epochs=3", "embedding_size=32", "front_end.mel_bands=20"])
    assert recipe.stages[0].epochs == 3
    assert recipe.origin("stages.0.epochs") == OUR_CHOICE
    assert recipe.origin("front_end.mel_bands") == OUR_CHOICE
    assert recipe.origin("embedding_size") == "section 3.1"


def test_a_marked_value_may_be_taken_out_and_its_mark_goes_with_it():
    recipe = load_recipe("kumar-2020", ["encoder=fc", "encoder_options={}"])
    assert "encoder_options.layers" not in recipe.paper
    assert recipe.origin("encoder") == OUR_CHOICE
    assert recipe.origin("stages.0.objective") == "slides: softmax pre-training"


def test_options_and_nested_settings_are_parameters(published):
    recipe = load_recipe(published, ["stages.1.options.margin=0.4", "encoder_options.stem=8"])
    parameters = recipe.parameters()
    assert parameters["stages.1.options.margin"] == 0.4
    assert parameters["encoder_options.stem"] == 8
    assert "stages.1.augmentation.mixup" in parameters
    assert not {"name", "title", "summary", "source", "paper"} & set(parameters)


@pytest.mark.parametrize(
    ("assignment", "advice"),
    [
        ("embeding_size=3", "Did you mean 'embedding_size'"),
        ("stages.0.epoch=3", "Did you mean 'epochs'"),
        ("front_end.kind=log-mell", "Did you mean 'log-mel'"),
        ("front_end.mel_band=3", "Did you mean 'mel_bands'"),
        ("stages.0.augmentation.mixupp=1", "Did you mean 'mixup'"),
        ("stages.0.keep=lasst", "Did you mean 'last'"),
        ("stages.7.epochs=3", "python -m ser_core recipes NAME"),
        ("embedding_size", "key=value"),
        ("embedding_size=large", "to be int"),
        ("stages.0.epochs=0", "between 1 and 100000"),
        ("stages.0.learning_rate=-1", "learning_rate of stage first"),
        ("stages.0.augmentation.stretch=1.5", "augmentation.stretch"),
        ("dropout=1.0", "dropout between 0 and 0.95"),
        ("dropout=nan", "dropout to be a finite number; got nan"),
        ("stages.1.options.margin=inf", "stages.1.options.margin to be a finite number; got inf"),
        ("embedding_norm=False", "embedding_norm to be bool; got 'False'. Write true or false, as TOML does"),
        ("paper.encoder=5", "paper.encoder to be str; got 5"),
        ("stages.1.name=first", "a name of its own for every stage; got 'first' twice. Rename one of them"),
    ],
)
def test_a_wrong_assignment_gets_advice(published, assignment, advice):
    with pytest.raises(ConfigError, match=advice):
        load_recipe(published, [assignment])


def test_an_unknown_recipe_gets_the_nearest_name():
    with pytest.raises(ConfigError, match="Did you mean 'quick'"):
        load_recipe("quik")
    with pytest.raises(ConfigError, match="Check the path"):
        load_recipe("/no/such/recipe.toml")


def test_a_mark_of_something_that_is_no_parameter_is_refused(published):
    published.write_text(PUBLISHED + 'embedding_sizes = "section 9"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="Did you mean 'embedding_size'"):
        load_recipe(published)


def test_a_recipe_without_stages_is_refused(published):
    published.write_text('title = "t"\nsummary = "s"\nsource = "o"\nstages = []\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"Add \[\[stages\]\]"):
        load_recipe(published)


def test_settings_cannot_be_changed_after_they_were_checked():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Augmentation().mixup = 1.0
    table = recipe_table("quick")
    load_recipe("quick", ["embedding_size=3"])
    assert recipe_table("quick") == table


@pytest.mark.parametrize("name", shipped_recipes())
def test_every_stage_of_every_recipe_that_ships_says_in_two_plain_sentences_what_it_is_for(name):
    for stage in load_recipe(name).stages:
        assert stage.teach.count(".") == 2, stage.teach
        assert stage.teach.endswith(".")
        assert len(stage.teach) < 220


def test_what_teaches_shapes_no_run_and_is_kept_in_no_card(published):
    taught = load_recipe(published, ["stages.0.teach=Why it is there."])
    assert taught.stages[0].teach == "Why it is there."
    assert taught.parameters() == load_recipe(published).parameters()
    assert settings_of(taught) == settings_of(load_recipe(published))
