"""Dai's four settings are found split by split, and what is missing can be trained by the command that is written."""

import shlex
import tomllib
from pathlib import Path

import pytest

from ser_core.experiments.four_settings import SETTINGS, changes, four_settings, train_command, unlike_settings
from ser_core.experiments.places import run_places
from ser_core.experiments.records import record_of_run
from ser_core.recipes import load_recipe, recipe_table
from ser_core.training.plan import make_plan

FOUR = tuple(SETTINGS)


def records() -> list:
    return [record_of_run(place) for place in run_places()]


@pytest.fixture
def plant(plant_run, workspace):
    """Put a run of one of the recipes there: another model under its name is enough to be found."""

    def plant_recipe(recipe: str, name: str = "", overrides: dict | None = None, **changes):
        table = recipe_table(recipe)
        table["stages"] = [{**table["stages"][0], **(overrides or {})}]
        table["encoder_options"] = {}
        return plant_run(name or recipe, recipe=recipe, settings=table, **changes)

    return plant_recipe


def test_the_four_are_recipes_that_ship():
    kinds = {(load_recipe(name).front_end.kind, load_recipe(name).stages[0].options["weight"]) for name in FOUR}
    assert kinds == {("log-mel", 0.0), ("log-mel", 0.3), ("log-stft", 0.0), ("log-stft", 0.3)}


def test_runs_are_put_together_by_split_and_the_fullest_split_comes_first(plant):
    plant(FOUR[0], "alone", seed=5)
    for recipe in FOUR[:3][::-1]:
        plant(recipe)
    plant(FOUR[3], "unfinished", ended=False)
    plant(FOUR[3], "elsewhere", manifest_digest="other")
    found = four_settings(records())
    assert tuple(found[0].records) == FOUR[:3]
    assert sorted(len(one.records) for one in found) == [1, 1, 3]
    assert found[0].missing == (FOUR[3],)
    assert all(set(one.records) | set(one.missing) == set(FOUR) for one in found)


def test_of_two_runs_of_one_setting_the_newer_counts(plant, workspace):
    import json

    for name, created in (("newer", "2026-02-01T00:00:00+00:00"), ("older", "2026-01-01T00:00:00+00:00")):
        card = plant(FOUR[0], name) / "checkpoint" / "card.json"
        card.write_text(json.dumps({**json.loads(card.read_text()), "created": created}))
    (found,) = four_settings(records())
    assert found.records[FOUR[0]].name == "runs/newer"


def test_the_command_for_a_missing_setting_keeps_split_and_changed_settings(plant, workspace, tmp_path):
    plant(FOUR[0], overrides={"epochs": 2}, seed=4, mapping={"sad": "neutral"})
    (found,) = four_settings(records())
    assert changes(found.records[FOUR[0]]) == {"stages.0.epochs": 2}
    words = shlex.split(train_command(FOUR[3], found, runs=workspace / "runs"))
    assert words[:4] == ["python", "-m", "ser_core", "train"]
    given = dict(zip(words[4::2], words[5::2], strict=True))
    assert given["--corpus"] == found.corpus
    assert (given["--recipe"], given["--seed"], given["--fold"]) == (FOUR[3], "4", "1")
    assert (given["--map"], given["--set"]) == ("sad=neutral", "stages.0.epochs=2")
    assert Path(given["--out"]).parent == workspace / "runs"
    plan = make_plan(
        corpus=given["--corpus"], recipe=given["--recipe"], protocol=given["--protocol"], fold=int(given["--fold"]),
        seed=int(given["--seed"]), overrides=[given["--set"]], mapping={"sad": "neutral"},
    )  # fmt: skip
    assert plan.recipe.epochs == 2
    Path(given["--out"]).mkdir()
    assert given["--out"] + "-2" in train_command(FOUR[3], found, runs=workspace / "runs")


def test_without_any_run_the_commands_are_short_runs_on_the_demo_corpus(workspace):
    words = shlex.split(train_command(FOUR[1], None, runs=workspace / "runs"))
    assert words[words.index("--corpus") + 1] == "demo"
    assert tomllib.loads(words[words.index("--set") + 1])["stages"]["0"]["epochs"] < load_recipe(FOUR[1]).epochs


def test_settings_that_only_some_of_the_runs_changed_are_listed(plant):
    plant(FOUR[0], overrides={"epochs": 2})
    plant(FOUR[1], overrides={"epochs": 2})
    (found,) = four_settings(records())
    assert unlike_settings(found) == {}  # the weight of centre loss is what the recipes differ in
    plant(FOUR[2])
    (found,) = four_settings(records())
    assert unlike_settings(found) == {"stages.0.epochs": [2, 50]}
