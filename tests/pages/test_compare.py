"""Compare shows side by side what may be compared, the rest as far as it goes, and says what is missing."""

import json
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import streamlit

from ser_core.checkpoints.folder import write_digests
from ser_core.experiments.places import KEPT_EXPERIMENTS, KEPT_RESULTS
from ser_core.inference import Atlas
from ser_core.training.run_names import rename_run
from tests.pages.shown import texts


def headers(app) -> list[str]:
    return [one.value for one in app.header]


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


def answer(run: Path, *, right: bool, but_each: int = 0) -> None:
    """Let a model be right, or wrong, about every utterance; or right, but wrong about each third one, or so."""
    path = run / "checkpoint" / "atlas.parquet"
    table = pd.read_parquet(path)
    other = {"neutral": "sad", "sad": "angry", "angry": "neutral"}
    numbers = np.arange(len(table))
    wrong = numbers % but_each == 0 if but_each else np.full(len(table), not right)
    told = table["emotion"].astype(str)
    table.assign(predicted=told.map(other).where(wrong, told)).to_parquet(path, index=False)
    write_digests(run / "checkpoint")


@pytest.fixture
def side_by_side(opened):
    def choose(*names: str):
        app = opened("compare")
        return next(one for one in app.multiselect if one.label == "Side by side").set_value(list(names)).run()

    return choose


# ------------------------------------------------------------------------------------------------ runs
def test_the_page_opens_on_the_example_that_ships_with_its_figures_in_one_sentence(opened):
    app = opened("compare")
    assert not app.exception
    assert not app.error
    assert len(app.get("plotly_chart")) == 4  # the bars, two matrices and their difference
    content = json.loads((KEPT_EXPERIMENTS / "lian-duration-ravdess.json").read_text(encoding="utf-8"))
    one, two = (
        np.mean([run["uar_mean"] for run in content["runs"] if run["point"] == f"duration_seconds={seconds}"])
        for seconds in ("1.0", "2.0")
    )
    told = texts(app.markdown)
    # One fold each: pooled, it is the same.
    assert f"**duration 2 s** is **better** than **duration 1 s** by **{100 * (two - one):.1f}" in told
    assert f"({100 * two:.1f}\xa0% against {100 * one:.1f}\xa0%), and that is more than chance." in told
    assert "This example ships with the app" in told
    assert "Nobody in the test was heard in training" in texts(app.caption)
    assert not app.dataframe  # tables are for experts
    assert not app.code  # nothing to be copied into a terminal


def test_without_two_of_them_one_sentence_and_one_button_lead_on(side_by_side):
    app = side_by_side()
    assert "Two or more are needed to compare" in texts(app.markdown)
    assert not app.get("plotly_chart")
    (button,) = [one for one in app.button if one.label]
    button.click().run()
    assert not app.exception
    assert "and that is more than chance" in texts(app.markdown)


def test_where_nothing_ships_and_no_run_has_ended_the_button_leads_to_train(opened, monkeypatch):
    monkeypatch.setattr("ser_core.experiments.places.KEPT_RESULTS", Path("/nowhere"))
    monkeypatch.setattr("ser_core.experiments.places.KEPT_EXPERIMENTS", Path("/nowhere"))
    app = opened("compare")
    assert not app.exception
    assert "Two models are needed to compare" in texts(app.markdown)
    assert [link.proto.label for link in app.get("page_link")] == [":primary[**Train a model →**]"]


def test_two_runs_of_ones_own_stand_in_the_place_of_the_example_under_their_names(plant_run, opened, tmp_path):
    for name, title in (("20260101-one", "Little dropout"), ("20260102-two", "Much dropout")):
        rename_run(plant_run(name, settings={"dropout": 0.1 if "one" in name else 0.4}), title)
    plant_run("half", ended=False)
    app = opened("compare")
    assert not app.exception
    told = texts(app.markdown)
    assert "Little dropout · Much dropout" in told or "Much dropout · Little dropout" in told
    assert "are right equally often" in told  # the same predictions under two names
    assert "2026010" not in told
    assert "This example" not in told
    options = next(one for one in app.multiselect if one.label == "Side by side").options
    assert {"Little dropout", "Much dropout", "half"} <= set(options)


def test_two_runs_of_one_split_are_shown_with_what_a_newcomer_reads(plant_run, side_by_side):
    plant_run("one")
    plant_run("two", recipe="other")
    app = side_by_side("runs/one", "runs/two")
    assert not app.exception
    assert not app.error
    assert headers(app) == ["Which emotions", "How they learned", "Angles between the emotions"]
    assert "**two** minus **one**" in texts(app.markdown)
    assert len(app.get("plotly_chart")) == 1 + 3 + 1 + 2
    assert not app.dataframe
    words = texts(app.markdown) + texts(app.caption)
    assert "protocol" not in words
    assert "seed" not in words


@pytest.mark.usefixtures("for_experts")
def test_two_runs_of_one_split_are_shown_to_experts_with_everything(plant_run, side_by_side):
    one = plant_run("one")
    plant_run("two", recipe="other")
    app = side_by_side("runs/one", "runs/two")
    assert not app.exception
    assert not app.error
    assert headers(app) == [
        "Which emotions", "How they learned", "Angles between the emotions", "What was measured", "Is one better?",
        "Scores of every back end", "What probabilities and “none of these” are worth", "All runs and results",
    ]  # fmt: skip
    assert "**one**: tiny, protocol held-out-speakers, fold 1, seed 0" in texts(app.markdown)
    assert "All of their settings are the same" in texts(app.caption)
    figures = next(one.value for one in app.dataframe if "judges" in one.value.columns)
    assert len(figures) == 8
    assert set(figures["back end"]) == {"head", "angle", "svm", "knn"}
    worth = next(one.value for one in app.dataframe if "calibration error" in one.value.columns)
    card = json.loads((one / "checkpoint" / "card.json").read_text(encoding="utf-8"))
    assert worth["name"].tolist() == ["one", "two"]
    assert worth["calibration error"].tolist() == pytest.approx([100 * card["reliability"]["ece"]] * 2)
    assert worth["none of these"].tolist() == pytest.approx([100 * card["reliability"]["rejected"]] * 2)
    assert len(app.get("plotly_chart")) == 10
    listed = next(one.value for one in app.dataframe if "place" in one.value.columns)
    assert "kept result" in set(listed["kind"])
    kept = json.loads((KEPT_RESULTS / "ravdess-emobox-residual-triplet.json").read_text(encoding="utf-8"))
    shown = listed.loc[listed["place"] == "kept/ravdess-emobox-residual-triplet", "UA"].item()
    assert shown == pytest.approx(100 * kept["uar_mean"], abs=0.01)


@pytest.mark.usefixtures("for_experts")
def test_runs_of_an_earlier_release_are_compared_without_what_their_cards_do_not_tell(plant_run, side_by_side):
    for name in ("one", "two"):
        forget_reliability(plant_run(name) / "checkpoint")
    app = side_by_side("runs/one", "runs/two")
    assert not app.exception
    assert not app.error
    assert "Not measured: they are of a release that did not" in texts(app.caption)
    assert len(app.get("plotly_chart")) == 8


def test_runs_of_unlike_splits_are_shown_as_far_as_they_go_with_one_sentence_instead_of_an_error(
    plant_run, side_by_side
):
    plant_run("one")
    plant_run("two", protocol="random-70-30", fold=2)
    app = side_by_side("runs/one", "runs/two")
    assert not app.exception
    assert not app.error
    assert (
        "The recordings were divided in another way for one than for two: only the 9 recordings that both were tested "
        "on are compared. Since they also learned from other recordings, this compares the models, not the methods."
    ) in texts(app.markdown)
    assert "--protocol" not in texts(app.caption)
    assert len(app.get("plotly_chart")) == 1 + 3 + 1 + 2


@pytest.mark.usefixtures("for_experts")
def test_experts_read_every_reason_why_two_are_not_compared_in_full_and_what_to_do(plant_run, side_by_side):
    plant_run("one")
    plant_run("two", protocol="random-70-30", fold=2)
    app = side_by_side("runs/one", "runs/two")
    assert "protocol (held-out-speakers and random-70-30); folds (1 and 2)" in texts(app.caption)
    assert "the same `--protocol`" in texts(app.caption)
    assert "An interval needs the same 3 seeds or more of each; there are 1" in texts(app.caption)
    choice = next(one for one in app.multiselect if one.label == "Side by side")
    choice.set_value(["runs/one", "kept/ravdess-emobox-residual-triplet"]).run()
    assert not app.exception
    assert "No two of them were tested on the same utterances" in texts(app.caption)


def test_of_another_corpus_each_keeps_its_own_score_and_no_difference_is_drawn(plant_run, side_by_side):
    plant_run("one")
    app = side_by_side("runs/one", "kept/ravdess-emobox-residual-triplet")
    assert not app.exception
    assert not app.error
    told = texts(app.markdown)
    assert "one was tested on tiny and ravdess-emobox-residual-triplet on ravdess" in told
    assert "tell nothing of which is better" in told
    assert "ahead" not in told
    assert "minus" not in told
    assert len(app.get("plotly_chart")) == 1 + 2 + 1 + 1  # bars, two matrices, one curve, one matrix of angles
    assert "Test speakers" not in told


def test_three_seeds_of_two_systems_say_in_words_whether_the_difference_is_more_than_chance(
    plant_run, side_by_side, tmp_path
):
    names = []
    for seed in range(3):
        for system, dropout in (("narrow", 0.1), ("wide", 0.3)):
            run = plant_run(f"{system}-{seed}", seed=seed, settings={"dropout": dropout})
            with_two_test_speakers(run)
            answer(run, right=True, but_each=0 if system == "wide" else 3)
            names.append(f"runs/{system}-{seed}")
    app = side_by_side(*names)
    assert not app.exception
    assert not app.error
    table = pd.read_parquet(tmp_path / "workspace/runs/narrow-0/checkpoint/atlas.parquet")
    tested = table[table["split"] == "test"]
    recalls = [(rows["predicted"] == emotion).mean() for emotion, rows in tested.groupby("emotion")]
    score, points = 100 * np.mean(recalls), 100 * (1 - np.mean(recalls))
    assert points > 1
    told = texts(app.markdown).split("**tiny (dropout=0.3)** is ")[1]
    assert f"by **{points:.1f} points** (100.0\xa0% against {score:.1f}\xa0%)" in told
    assert "95 %" not in told
    assert "chance" in told


@pytest.mark.usefixtures("for_experts")
def test_three_seeds_of_two_systems_give_experts_a_difference_with_its_interval(plant_run, side_by_side):
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
    assert table["compared with"].tolist() == ["tiny (dropout=0.1)"] * 2
    assert "are right equally often" in texts(app.markdown)
    assert "a point one seed" in texts(app.caption)


def test_one_training_each_cannot_tell_chance_and_a_button_trains_the_missing_ones(
    plant_run, side_by_side, tmp_path, monkeypatch
):
    answer(plant_run("one", settings={"dropout": 0.1}), right=True)
    answer(plant_run("two", settings={"dropout": 0.3}), right=False)
    asked = []

    def train(run: Path, *, seed: int) -> Path:
        asked.append((run.name, seed))
        return plant_run(f"{run.name}-again-{seed}", seed=seed, settings={"dropout": 0.1 if run.name == "one" else 0.3})

    monkeypatch.setattr("ser_core.training.more_seeds.start_run_again", train)
    app = side_by_side("runs/one", "runs/two")
    assert "**one** is ahead of **two** by **100.0 points**" in texts(app.markdown)
    assert "one training of each cannot tell" in texts(app.markdown)
    button = next(one for one in app.button if one.label == "Train 4 times more, to tell it from chance")
    button.click().run()
    for _ in range(200):
        if not app.get("progress") and len(asked) == 4:
            break
        time.sleep(0.1)
        app.run()
    assert not app.exception
    assert not app.error
    assert asked == [("one", 1), ("two", 1), ("one", 2), ("two", 2)]
    chosen = next(one for one in app.multiselect if one.label == "Side by side").value
    assert chosen[:2] == ["runs/one", "runs/two"]
    assert sorted(chosen[2:]) == [f"runs/{name}-again-{seed}" for name in ("one", "two") for seed in (1, 2)]
    assert not any("more, to tell it from chance" in one.label for one in app.button)


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
    assert "half has not answered any test recording yet" in texts(app.markdown)
    assert "**hollow**" in texts(app.warning)  # its angles
    assert len(headers(app)) == 3


@pytest.mark.usefixtures("for_experts")
def test_filters_hide_rows_and_keep_what_is_chosen(plant_run, side_by_side):
    plant_run("one")
    plant_run("two", ended=False)
    app = side_by_side("runs/one", "runs/two")

    def listed() -> list[str]:
        return list(next(one.value for one in app.dataframe if "place" in one.value.columns)["name"])

    next(one for one in app.multiselect if one.label == "State").set_value(["stopped"]).run()
    assert listed() == ["two"]
    assert "the filter hides" in texts(app.caption)
    assert next(one for one in app.multiselect if one.label == "Side by side").value == ["runs/one", "runs/two"]
    next(one for one in app.multiselect if one.label == "Seed").set_value(["0"]).run()
    app.switch_page("pages/home.py").run()
    app.switch_page("pages/compare.py").run()
    assert not app.exception
    assert listed() == ["two"]
    assert "How they learned" in headers(app)


# ------------------------------------------------------------------------------------------------ papers


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


@pytest.mark.usefixtures("expanded", "for_experts")
def test_the_matrix_that_a_paper_prints_stands_beside_that_of_its_recipe_alone(plant_run, side_by_side):
    plant_run("one", recipe="dai-2019-mel")
    plant_run("two")
    app = side_by_side("runs/one", "runs/two")
    assert not app.exception
    assert not app.error
    assert "table 1-(b): Dai et al. (2019) on IEMOCAP" in texts(app.markdown)
    assert len(app.get("plotly_chart")) == 10 + 2


@pytest.mark.usefixtures("for_experts")
def test_no_printed_matrix_is_offered_for_recipes_that_have_none(plant_run, side_by_side):
    plant_run("one")
    plant_run("two")
    labels = [one.label for one in side_by_side("runs/one", "runs/two").expander]
    assert "Confusion matrices: the paper's beside these" not in labels
    assert "Separation of the emotions, in training and in test speech" in labels


@pytest.mark.usefixtures("expanded", "for_experts")
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
