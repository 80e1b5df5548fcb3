"""Runs and results are listed with what they were measured on; a damaged one says so and leaves the others alone."""

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core.checkpoints.folder import read_card
from ser_core.errors import ConfigError
from ser_core.evaluation.comparable import differences
from ser_core.evaluation.metrics import confusion, uar
from ser_core.experiments.places import KEPT_RESULTS, result_places, run_places
from ser_core.experiments.reading import read_results
from ser_core.experiments.records import basis_with, predictions, record_of_result, record_of_run
from ser_core.experiments.systems import differing_settings, system_key, systems_of
from ser_core.training.run_names import rename_run

KEPT = KEPT_RESULTS / "ravdess-emobox-residual-triplet.json"


def records() -> dict:
    runs = [record_of_run(place) for place in run_places()]
    results = [result for place in result_places() for result in read_results(place)]
    return {record.name: record for record in [*runs, *map(record_of_result, results)]}


@pytest.fixture
def results(workspace: Path) -> Path:
    folder = workspace / "results" / "thesis"
    folder.mkdir(parents=True)
    shutil.copy(KEPT, folder / "mine.json")
    shutil.copy(KEPT.with_name(KEPT.stem + ".predictions.parquet"), folder / "mine.predictions.parquet")
    return folder


@pytest.mark.usefixtures("workspace")
def test_a_finished_run_tells_what_its_card_tells(plant_run):
    run = plant_run("one", seed=3)
    card = read_card(run / "checkpoint")
    record = records()["runs/one"]
    assert (record.state, record.recipe, record.back_end) == ("finished", "tiny", card.back_end)
    assert record.basis.digest == card.manifest_digest
    assert record.basis.labels == card.labels
    assert (record.basis.protocol, record.basis.folds, record.basis.seed) == ("held-out-speakers", (1,), 3)
    assert {name: score.uar for name, score in record.scores.items()} == {
        name: found.uar for name, found in card.metrics["test"].items()
    }
    assert record.settings["front_end.mel_bands"] == 16
    assert record.speakers_heard is False
    assert (record.epochs, len(record.history)) == (3, 3)
    assert record.checkpoint == run / "checkpoint"


@pytest.mark.usefixtures("workspace")
def test_the_predictions_of_a_run_are_those_its_score_was_counted_from(plant_run):
    plant_run("one")
    record = records()["runs/one"]
    table = predictions(record)
    assert set(table["speaker"]) == {"m2"}
    counts = confusion(table["emotion"], table["predicted"], record.basis.labels)
    assert uar(counts) == pytest.approx(record.score.uar)
    assert set(table["seed"]) == {0}
    assert basis_with(record, table).tested != basis_with(record, table[:3]).tested
    assert basis_with(record, None).tested == ""


@pytest.mark.usefixtures("workspace")
def test_a_run_that_was_stopped_has_curves_and_no_scores(plant_run):
    plant_run("half", ended=False)
    record = records()["runs/half"]
    assert (record.state, record.scores, record.score, record.checkpoint) == ("stopped", {}, None, None)
    assert len(record.history) == 3
    assert record.basis.labels == ("neutral", "sad", "angry")
    with pytest.raises(ConfigError, match="runs/half is stopped .* Let it end on the page Train"):
        predictions(record)


def test_a_result_is_listed_with_what_it_was_measured_on(results):
    content = json.loads(KEPT.read_text())
    found = records()
    kept, mine = found["kept/ravdess-emobox-residual-triplet"], found["results/thesis/mine"]
    assert (kept.place.kind, mine.place.kind) == ("kept result", "evaluation")
    assert kept.made is None
    assert (kept.corpus, kept.basis.mapping) == ("", {})  # no folder of another computer
    assert mine.score.uar == content["uar_mean"]
    assert mine.score.uar_std == pytest.approx(content["uar_std"])
    assert set(mine.scores) == {"head", "angle", "svm", "knn"}
    assert mine.basis.folds == (1, 2, 3, 4, 5, 6)
    table = predictions(mine)
    assert len(table) == 1440
    bases = [basis_with(record, predictions(record)) for record in (kept, mine)]
    assert differences(*bases) == {}


@pytest.mark.usefixtures("workspace")
def test_damage_in_a_run_is_told_where_it_is(plant_run):
    run = plant_run("one")
    (run / "checkpoint" / "card.json").write_text("{}")
    record = records()["runs/one"]
    assert "version" in record.note
    assert record.checkpoint is None
    assert record.history  # its curves are still there
    for text, reason in (
        ("corpus = [", "Invalid value"),
        ('recipe = {}\nprotocol = "p"', "Expected corpus, fold, seed"),
    ):
        (run / "config.toml").write_text(text)
        with pytest.raises(ConfigError, match=f"Expected a run at .*{reason}"):
            records()


@pytest.mark.usefixtures("workspace")
def test_missing_and_damaged_predictions_are_refused_with_advice(plant_run, results):
    run = plant_run("one")
    (run / "checkpoint" / "atlas.parquet").write_bytes(b"no parquet")
    (results / "mine.predictions.parquet").unlink()
    found = records()
    for name in ("runs/one", "results/thesis/mine"):
        with pytest.raises(ConfigError, match="Copy that file again, or make the result again"):
            predictions(found[name])


@pytest.mark.usefixtures("workspace")
def test_a_run_of_a_recipe_that_this_release_does_not_know_is_listed_without_settings(plant_run):
    plant_run("old", settings={"wavelets": 3})
    record = records()["runs/old"]
    assert (record.recipe, record.settings, record.state) == ("tiny", {}, "finished")


@pytest.mark.usefixtures("workspace")
def test_seeds_of_a_system_stand_together_beside_another_system(plant_run, tmp_path):
    for seed in (0, 1):
        plant_run(f"wide-{seed}", seed=seed)
        plant_run(f"narrow-{seed}", seed=seed, settings={"dropout": 0.4})
        plant_run(f"other-{seed}", seed=seed, recipe="other")
    found = records()
    assert system_key(found["runs/wide-0"]) == system_key(found["runs/wide-1"]) != system_key(found["runs/narrow-0"])
    chosen = [found[f"runs/{name}-{seed}"] for name in ("wide", "narrow", "other") for seed in (1, 0)]
    systems = systems_of(chosen)
    assert [system.name for system in systems] == ["tiny (dropout=0.1)", "tiny (dropout=0.4)", "other"]
    assert [record.name for record in systems[0].records] == ["runs/wide-0", "runs/wide-1"]
    assert differing_settings([found["runs/wide-0"], found["runs/wide-1"]]) == {}
    assert differing_settings([found["runs/wide-0"], found["runs/narrow-1"]]) == {"dropout": [0.1, 0.4]}
    unequal = systems_of(chosen[:3])
    assert [(system.name, system.seeds) for system in unequal] == [("tiny (dropout=0.1)", (0, 1)), ("narrow-1", (1,))]
    rename_run(tmp_path / "workspace/runs/narrow-1", "Much dropout")
    assert [system.name for system in systems_of(chosen[:3])] == ["tiny (dropout=0.1)", "Much dropout"]
    rename_run(tmp_path / "workspace/runs/wide-1", "Much dropout")
    twice = systems_of([found["runs/wide-1"], found["runs/narrow-1"]])
    assert [system.name for system in twice] == [
        "Much dropout, seed 1 (runs/wide-1)",
        "Much dropout, seed 1 (runs/narrow-1)",
    ]


def test_predictions_of_several_utterances_in_one_file_keep_where_they_begin(results):
    table = pd.read_parquet(results / "mine.predictions.parquet")
    table.insert(2, "start", np.arange(len(table), dtype=float))
    table.to_parquet(results / "mine.predictions.parquet")
    assert "start" in predictions(records()["results/thesis/mine"]).columns
