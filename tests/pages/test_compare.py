"""Compare shows side by side what may be compared, refuses the rest with the reason, and has advice for all."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import streamlit

from ser_core.checkpoints.folder import write_digests
from ser_core.experiments.places import KEPT_RESULTS
from ser_core.experiments.sweep import shipped_sweeps
from ser_core.inference import Atlas
from tests.pages.shown import texts

RUNS, SWEEPS, PAPERS = "Runs and results", "Sweeps", "Papers"


def subheaders(app) -> list[str]:
    return [one.value for one in app.subheader]


def with_two_test_speakers(run: Path) -> None:
    """Call the development speaker of a run a test speaker too: of one alone no interval can be drawn."""
    atlas = run / "checkpoint" / "atlas.parquet"
    table = pd.read_parquet(atlas)
    table.assign(split=table["split"].replace("development", "test")).to_parquet(atlas, index=False)
    write_digests(run / "checkpoint")


def forget_reliability(checkpoint: Path) -> None:
    """Make a card one of an earlier release, which did not measure what probabilities and ranges are worth."""
    card = json.loads((checkpoint / "card.json").read_text(encoding="utf-8"))
    del card["reliability"]
    (checkpoint / "card.json").write_text(json.dumps(card), encoding="utf-8")
    write_digests(checkpoint)


@pytest.fixture
def section(opened):
    def open_section(name: str):
        app = opened("compare")
        return app if name == RUNS else app.button_group[0].set_value(name).run()

    return open_section


@pytest.fixture
def side_by_side(section):
    def choose(*names: str):
        app = section(RUNS)
        return next(one for one in app.multiselect if one.label == "Side by side").set_value(list(names)).run()

    return choose


# ------------------------------------------------------------------------------------------------ runs
def test_an_empty_workspace_shows_the_kept_results_and_how_to_make_a_run(section):
    app = section(RUNS)
    assert not app.exception
    assert not app.error
    assert "No run yet" in texts(app.info)
    assert "python -m ser_core train --corpus demo" in texts(app.code)
    table = app.dataframe[0].value
    assert "kept result" in set(table["kind"])
    kept = json.loads((KEPT_RESULTS / "ravdess-emobox-residual-triplet.json").read_text(encoding="utf-8"))
    shown = table.loc[table["name"] == "kept/ravdess-emobox-residual-triplet", "UA"].item()
    assert shown == pytest.approx(100 * kept["uar_mean"], abs=0.01)
    assert "Choose two or more rows" in texts(app.info)


def test_two_runs_of_one_split_are_shown_with_everything(plant_run, side_by_side):
    one = plant_run("one")
    plant_run("two", recipe="other")
    app = side_by_side("runs/one", "runs/two")
    assert not app.exception
    assert not app.error
    assert subheaders(app) == [
        "Learning curves", "Scores of every back end", "Is one better?", "Confusion matrices and their difference",
        "What probabilities and “none of these” are worth", "Angle matrices",
    ]  # fmt: skip
    assert "fold 1, seed 0; test speakers were not heard in training" in texts(app.markdown)
    assert "runs/two** minus **runs/one" in texts(app.markdown)
    assert "One run says little" in texts(app.caption)
    assert "All of their settings are the same" in texts(app.caption)
    figures = next(one.value for one in app.dataframe if "judges" in one.value.columns)
    assert len(figures) == 8
    assert set(figures["back end"]) == {"head", "angle", "svm", "knn"}
    worth = next(one.value for one in app.dataframe if "calibration error" in one.value.columns)
    card = json.loads((one / "checkpoint" / "card.json").read_text(encoding="utf-8"))
    assert worth["calibration error"].tolist() == pytest.approx([100 * card["reliability"]["ece"]] * 2)
    assert worth["none of these"].tolist() == pytest.approx([100 * card["reliability"]["rejected"]] * 2)
    assert len(app.get("plotly_chart")) == 9


def test_runs_of_an_earlier_release_are_compared_without_what_their_cards_do_not_tell(plant_run, side_by_side):
    for name in ("one", "two"):
        forget_reliability(plant_run(name) / "checkpoint")
    app = side_by_side("runs/one", "runs/two")
    assert not app.exception
    assert not app.error
    assert "Not measured: they are of a release that did not" in texts(app.caption)
    assert len(app.get("plotly_chart")) == 7


def test_runs_of_unlike_splits_are_refused_with_every_reason_and_nothing_is_drawn(plant_run, side_by_side):
    plant_run("one")
    plant_run("two", protocol="random-70-30", fold=2)
    app = side_by_side("runs/one", "runs/two")
    assert not app.exception
    assert "protocol (held-out-speakers and random-70-30); folds (1 and 2)" in texts(app.error)
    assert "the same `--protocol`" in texts(app.error)
    assert not app.subheader
    assert not app.get("plotly_chart")


def test_three_seeds_of_two_systems_give_a_difference_with_its_interval(plant_run, side_by_side):
    names = []
    for seed in range(3):
        for system, dropout in (("narrow", 0.1), ("wide", 0.3)):
            run = plant_run(f"{system}-{seed}", seed=seed, settings={"dropout": dropout})
            with_two_test_speakers(run)
            names.append(f"runs/{system}-{seed}")
    app = side_by_side(*names)
    assert not app.exception
    assert not app.error
    table = next(one.value for one in app.dataframe if "difference" in one.value.columns)
    assert table["score"].tolist() == ["UA", "WA"]
    differing = next(one.value for one in app.dataframe if "setting" in one.value.columns)
    assert differing["setting"].tolist() == ["dropout"]
    assert table["difference"].tolist() == [0.0, 0.0]  # the same predictions under two names
    assert "zero lies inside" in texts(app.markdown)
    assert "tiny (dropout=0.3)** minus **tiny (dropout=0.1)" in texts(app.markdown)
    assert "a ring one seed" in texts(app.caption)


def test_what_is_damaged_is_told_and_leaves_the_rest(plant_run, side_by_side):
    plant_run("one")
    plant_run("two")
    atlas = plant_run("hollow") / "checkpoint" / "atlas.parquet"
    atlas.write_bytes(b"no parquet")
    (plant_run("broken") / "config.toml").write_text("corpus = [")
    plant_run("half", ended=False)
    app = side_by_side("runs/one", "runs/two", "runs/hollow", "runs/half")
    assert not app.exception
    assert not app.error
    assert "runs/broken" in texts(app.warning)
    assert "Make it again" in texts(app.warning)
    assert "Expected the predictions of runs/hollow" in texts(app.caption)
    assert "runs/half is stopped" in texts(app.caption)
    assert "runs/hollow" in texts(app.warning)  # its angles
    assert len(subheaders(app)) == 6


def test_filters_hide_rows_and_keep_what_is_chosen(plant_run, side_by_side):
    plant_run("one")
    plant_run("two", ended=False)
    app = side_by_side("runs/one", "runs/two")
    next(one for one in app.multiselect if one.label == "State").set_value(["stopped"]).run()
    assert list(app.dataframe[0].value["name"]) == ["runs/two"]
    assert "the filter hides" in texts(app.caption)
    assert next(one for one in app.multiselect if one.label == "Side by side").value == ["runs/one", "runs/two"]
    next(one for one in app.multiselect if one.label == "Seed").set_value(["0"]).run()
    app.switch_page("pages/home.py").run()
    app.switch_page("pages/compare.py").run()
    assert not app.exception
    assert list(app.dataframe[0].value["name"]) == ["runs/two"]
    assert "Learning curves" in subheaders(app)


# ------------------------------------------------------------------------------------------------ papers
def test_every_paper_is_read_with_the_sweeps_that_repeat_it(section):
    app = section(PAPERS)
    assert not app.exception
    assert [one.value.split(":")[0] for one in app.subheader] == [
        "Dai et al. (2019)", "Lian et al. (2018)", "Kumar et al. (2020)",
    ]  # fmt: skip
    named = {name for table in app.dataframe for name in table.value["sweep"]}
    assert named <= set(shipped_sweeps())
    assert {"dai-settings", "lian-systems", "kumar-ablation"} <= named
    assert "Axes and gaps of a map have no unit" in texts(app.markdown)


class Opened:
    """An expander that a visitor has opened."""

    open = True

    def __init__(self, name: str, label: str) -> None:
        self.container = streamlit.expander(label)

    def __enter__(self):
        return self.container.__enter__()

    def __exit__(self, *error: object) -> None:
        self.container.__exit__(*error)


@pytest.fixture
def expanded(monkeypatch):
    monkeypatch.setattr("ui.components.folded.expander", Opened)


@pytest.mark.usefixtures("expanded")
def test_the_matrix_that_a_paper_prints_stands_beside_that_of_its_recipe_alone(plant_run, side_by_side):
    plant_run("one", recipe="dai-2019-mel")
    plant_run("two")
    app = side_by_side("runs/one", "runs/two")
    assert not app.exception
    assert not app.error
    assert "table 1-(b): Dai et al. (2019) on IEMOCAP" in texts(app.markdown)
    assert len(app.get("plotly_chart")) == 9 + 2


def test_no_printed_matrix_is_offered_for_recipes_that_have_none(plant_run, side_by_side):
    plant_run("one")
    plant_run("two")
    labels = [one.label for one in side_by_side("runs/one", "runs/two").expander]
    assert "Confusion matrices: the paper's beside these" not in labels
    assert "Separation of the emotions, in training and in test speech" in labels


@pytest.mark.usefixtures("expanded")
def test_separation_is_measured_by_its_definitions_on_training_and_on_test_speech(plant_run, side_by_side):
    run = plant_run("one")
    plant_run("two")
    app = side_by_side("runs/one", "runs/two")
    assert not app.exception
    assert not app.error
    table = next(one.value for one in app.dataframe if "silhouette" in one.value.columns)
    assert table["speech"].tolist() == ["training", "test"] * 2
    atlas = Atlas.load(run / "checkpoint")
    for number, part in enumerate(("train", "test")):
        rows = np.flatnonzero(atlas.column("split") == part)
        units = atlas.embeddings[rows] / np.linalg.norm(atlas.embeddings[rows], axis=1, keepdims=True)
        cosines = units @ units.T - 2 * np.eye(len(rows))
        emotions = atlas.column("emotion")[rows]
        right = emotions[cosines.argmax(axis=1)] == emotions
        assert table["utterances"][number] == len(rows)
        assert table["nearest of the same emotion"][number] == pytest.approx(100 * right.mean())
    assert "Training speech flatters every model" in texts(app.caption)


# ------------------------------------------------------------------------------------------------ sweeps
def write_sweep(workspace: Path, *keys: str, finished: bool = True) -> None:
    folder = workspace / "sweeps" / "mine"
    folder.mkdir(parents=True)
    axes = [{"name": key.rsplit(".", 1)[-1], "key": key, "values": [1, 2]} for key in keys]
    points = [
        {"values": dict.fromkeys(keys, value), "seed": seed, "uar_mean": 0.1 * value + 0.01 * seed, "wa_mean": 0.5}
        for value in (1, 2)
        for seed in (0, 1)
    ]
    content = {
        "version": 1, "sweep": "mine", "recipe": "quick", "protocol": "held-out-speakers", "axes": axes,
        "seeds": [0, 1], "folds": [], "corpus": "demo", "overrides": [], "points": points if finished else [],
    }  # fmt: skip
    (folder / "sweep.json").write_text(json.dumps(content))


def test_without_a_sweep_the_page_gives_a_command(section):
    app = section(SWEEPS)
    assert not app.exception
    assert "No sweep yet" in texts(app.info)
    assert "sweep dai-lambda --corpus demo" in texts(app.code)


@pytest.mark.parametrize(
    ("keys", "charts"), [(("dropout",), 1), (("encoder", "encoder_options.layers"), 1), (tuple("abc"), 0)]
)
def test_a_sweep_of_one_or_two_settings_is_drawn_and_all_its_points_listed(section, tmp_path, keys, charts):
    write_sweep(tmp_path / "workspace", *keys)
    app = section(SWEEPS)
    assert not app.exception
    assert not app.error
    assert len(app.get("plotly_chart")) == charts
    assert app.dataframe[0].value["UA"].tolist() == pytest.approx([10.5, 20.5])
    assert "that score flatters it" in texts(app.caption)
    if len(keys) == 2:
        next(one for one in app.radio if one.label == "Drawn as").set_value("heat map").run()
        assert not app.exception
        assert "Mean UA over the seeds" in texts(app.caption)


def test_a_sweep_that_has_just_begun_and_a_damaged_one_say_so(section, tmp_path):
    write_sweep(tmp_path / "workspace", "dropout", finished=False)
    app = section(SWEEPS)
    assert not app.exception
    assert "No point of it is complete yet" in texts(app.info)
    (tmp_path / "workspace" / "sweeps" / "mine" / "sweep.json").write_text("{")
    app.run()
    assert not app.exception
    assert "Expected a sweep at" in texts(app.error)
