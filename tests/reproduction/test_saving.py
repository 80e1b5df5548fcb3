"""What is kept of a sweep says the same as the sweep."""

import dataclasses
import json
from dataclasses import replace

import pandas as pd
import pytest

from ser_core.errors import ConfigError, InputError
from ser_core.experiments.measured import measurements
from ser_core.experiments.places import ResultLocation, result_places
from ser_core.experiments.reading import is_shortened, read_results
from ser_core.experiments.records import predictions, record_of_result
from ser_core.experiments.result import predictions_path
from ser_core.experiments.sweep import Sweep, SweepAxis
from ser_core.experiments.sweep_run import run_sweep
from ser_core.recipes.recipe import load_recipe
from ser_core.reproduction.plan import ClaimSystem, Experiment, shipped_plan
from ser_core.reproduction.saving import read_saved, save_experiment


@pytest.fixture(scope="module")
def kept(tiny_corpus, tiny_recipe, tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept")
    sweep = Sweep(
        "margins", "Margins", "", "", str(tiny_recipe), "leave-one-speaker-out",
        (SweepAxis("margin", "stages.1.options.margin", (0.1, 0.4)),), seeds=(0, 1), folds=(1,),
        overrides=("stages.0.epochs=1", "stages.1.epochs=1"),
    )  # fmt: skip
    content = run_sweep(sweep, corpus=str(tiny_corpus), out=folder / "sweep", workers=1)
    save_experiment(
        Experiment("margins-here", "demo", "dai-alpha"), sweep, content, folder / "sweep", folder / "results"
    )
    return folder


def test_scores_and_predictions_are_those_of_the_sweep(kept):
    found = read_saved(kept / "results", "margins-here")
    assert is_shortened(found.content)
    for margin in (0.1, 0.4):
        table = found.table(ClaimSystem({"margin": margin}))
        for seed in (0, 1):
            result = kept / "sweep" / f"margin={margin}" / f"seed-{seed}.json"
            content = json.loads(result.read_text())
            run = next(run for run in found.runs(ClaimSystem({"margin": margin})) if run["seed"] == seed)
            assert run["uar_mean"] == content["uar_mean"]
            assert run["core_seconds"] == pytest.approx(sum(fold["core_seconds"] for fold in content["folds"]))
            expected = pd.read_parquet(predictions_path(result))
            rows = table[table["seed"] == seed]
            assert rows["predicted"].tolist() == expected["predicted"].tolist()
            assert rows["predicted_softmax_knn"].tolist() == expected["predicted_softmax_knn"].tolist()
    assert found.content["environment"]["torch"]
    assert "commit" in found.content["environment"]
    assert found.content["corpus_option"] == "tiny.csv"  # where it lies is nobody's business


@pytest.fixture
def places(kept, monkeypatch, workspace):
    """What is kept, as the pages find it."""
    monkeypatch.setattr("ser_core.experiments.places.KEPT_EXPERIMENTS", kept / "results")
    return [place for place in result_places() if place.kind == "kept experiment"]


def test_every_point_and_seed_is_read_as_the_result_that_it_was(kept, places):
    (place,) = places
    results = read_results(place)
    assert len(results) == 4
    for result in results:
        point, seed = result.place.point, result.seed
        assert result.place.name == f"kept/reproduction/margins-here/{point}/seed-{seed}"
        path = kept / "sweep" / point / f"seed-{seed}.json"
        (alone,) = read_results(ResultLocation("alone", "sweep point", path))
        for name in (
            "recipe",
            "settings",
            "corpus",
            "mapping",
            "digest",
            "labels",
            "protocol",
            "back_end",
            "scores",
            "reliability",
        ):
            assert getattr(result, name) == getattr(alone, name)
        assert result.reliability is not None
        # That of a single fold, which its predictions tell too, would make the file many times as long.
        assert result.folds == tuple(dataclasses.replace(fold, reliability=None) for fold in alone.folds)
        assert result.partial
        assert result.shortened
        assert not alone.shortened
        assert result.overrides == ("stages.0.epochs=1", "stages.1.epochs=1")
        told, expected = (predictions(record_of_result(one)) for one in (result, alone))
        pd.testing.assert_frame_equal(told, expected)


def test_a_file_that_keeps_the_settings_of_its_last_run_alone_tells_all_of_them_while_recipes_are_as_they_were(
    places, tmp_path
):
    (place,) = places
    content = json.loads(place.path.read_text())
    for run in content["runs"]:
        del run["settings"]
    older = replace(place, path=tmp_path / "margins-here.json")
    older.path.write_text(json.dumps(content))
    assert [one.parameters for one in read_results(older)] == [one.parameters for one in read_results(place)]
    content["settings"]["embedding_size"] = 9  # the recipe was another one then
    older.path.write_text(json.dumps(content))
    assert {(one.recipe, one.parameters) for one in read_results(older)} == {("tiny", None)}


def test_seeds_of_a_point_are_one_measurement_that_says_what_was_shortened(places, tiny_recipe):
    recipe = load_recipe(tiny_recipe, ["stages.1.options.margin=0.4"])
    first, second = measurements(read_results(places[0]), recipe)
    assert first.seeds == second.seeds == (0, 1)
    assert first.is_recipe
    assert not first.as_shipped
    assert first.shortened
    assert {one.key: (one.value, one.shipped) for one in first.shortening} == {"stages.0.epochs": (1, 2)}
    assert [one.key for one in second.differences] == ["stages.0.epochs", "stages.1.options.margin"]
    assert not second.is_recipe


def test_a_kept_file_of_another_version_or_without_a_key_is_refused(places, tmp_path):
    content = json.loads(places[0].path.read_text())
    damaged = replace(places[0], path=tmp_path / "damaged.json")
    for change, reason in (({"version": 2}, "version 2 instead of 1"), ({"runs": [{}]}, "no 'point'|no 'values'")):
        damaged.path.write_text(json.dumps(content | change))
        with pytest.raises(ConfigError, match=reason):
            read_results(damaged)


def test_an_experiment_that_was_not_run_is_none_and_a_damaged_one_says_what_to_do(kept, tmp_path):
    assert read_saved(tmp_path, "margins-here") is None
    (tmp_path / "margins-here.json").write_text("{")
    with pytest.raises(InputError, match="--only margins-here"):
        read_saved(tmp_path, "margins-here")


def test_every_experiment_of_the_plan_can_be_run_and_every_claim_names_points_of_its_own():
    plan = shipped_plan()
    for experiment in plan.experiments:
        sweep = experiment.shortened_sweep()
        for point in sweep.points():
            assert sweep.recipe_of(point)
        assert experiment.name in experiment.full_command()
    for claim in plan.claims:
        if claim.kind == "not-testable":
            continue
        sweep = plan.experiment(claim.experiment).shortened_sweep()
        axes = {axis.name: axis.values for axis in sweep.axes}
        for system in (claim.first, claim.second):
            for axis, value in system.point.items():
                assert value in axes[axis]
            stages = {stage.name for stage in load_recipe(sweep.recipe).stages}
            assert system.stage in {"", *stages}
        assert claim.axis in {"", *axes}
        assert claim.kind != "first-of" or claim.winner in axes[claim.axis]


def test_an_unknown_axis_or_experiment_is_refused():
    experiment = shipped_plan().experiments[0]
    with pytest.raises(ConfigError, match="Expected axes of dai-settings among input, lambda; got 'lamda'"):
        replace(experiment, values={"lamda": (1.0,)}).shortened_sweep()
    with pytest.raises(ConfigError, match="dai-ravdess-herd"):
        shipped_plan().experiment("dai-ravdess-herd")
