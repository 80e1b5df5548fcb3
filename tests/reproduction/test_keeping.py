"""What is kept of a sweep says the same as the sweep."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from ser_core.errors import ConfigError, InputError
from ser_core.experiments.result import predictions_path
from ser_core.experiments.sweep import Axis, Sweep, run_sweep
from ser_core.recipes.recipe import load_recipe
from ser_core.reproduction.keeping import is_shortened, keep, read_kept
from ser_core.reproduction.plan import Experiment, System, shipped_plan


@pytest.fixture(scope="module")
def kept(tiny_corpus, tiny_recipe, tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept")
    sweep = Sweep(
        "margins", "Margins", "", "", str(tiny_recipe), "leave-one-speaker-out",
        (Axis("margin", "stages.1.options.margin", (0.1, 0.4)),), seeds=(0, 1), folds=(1,),
        overrides=("stages.0.epochs=1", "stages.1.epochs=1"),
    )  # fmt: skip
    content = run_sweep(sweep, corpus=str(tiny_corpus), out=folder / "sweep", workers=1)
    keep(Experiment("margins-here", "demo", "dai-alpha"), sweep, content, folder / "sweep", folder / "results")
    return folder


def test_scores_and_predictions_are_those_of_the_sweep(kept):
    found = read_kept(kept / "results", "margins-here")
    assert is_shortened(found)
    for margin in (0.1, 0.4):
        table = found.table(System({"margin": margin}))
        for seed in (0, 1):
            result = kept / "sweep" / f"margin={margin}" / f"seed-{seed}.json"
            content = json.loads(result.read_text())
            run = next(run for run in found.runs(System({"margin": margin})) if run["seed"] == seed)
            assert run["uar_mean"] == content["uar_mean"]
            assert run["core_seconds"] == pytest.approx(sum(fold["core_seconds"] for fold in content["folds"]))
            expected = pd.read_parquet(predictions_path(result))
            rows = table[table["seed"] == seed]
            assert rows["predicted"].tolist() == expected["predicted"].tolist()
            assert rows["predicted_softmax_knn"].tolist() == expected["predicted_softmax_knn"].tolist()
    assert found.content["environment"]["torch"]
    assert "commit" in found.content["environment"]


def test_an_experiment_that_was_not_run_is_none_and_a_damaged_one_says_what_to_do(kept, tmp_path):
    assert read_kept(tmp_path, "margins-here") is None
    (tmp_path / "margins-here.json").write_text("{")
    with pytest.raises(InputError, match="--only margins-here"):
        read_kept(tmp_path, "margins-here")


def test_every_experiment_of_the_plan_can_be_run_and_every_claim_names_points_of_its_own():
    plan = shipped_plan()
    for experiment in plan.experiments:
        sweep = experiment.shortened_sweep()
        for point in sweep.points():
            assert sweep.recipe_of(point)
        assert experiment.sweep in experiment.full_command()
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
