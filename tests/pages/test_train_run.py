"""Train shows a run: its scores, its name, what its answers are worth, and that it is stopping."""

import json
import shutil
import time
import tomllib

import filelock
import numpy as np
import pandas
import pytest
import tomli_w

from ser_core.embeddings.snapshots import save_snapshot
from ser_core.training.run_names import run_title
from tests.pages.shown import box, texts
from ui.state import key_of


@pytest.fixture
def finished(tiny_run, tmp_path):
    """Lay out two finished runs of one recipe."""
    names = ("20260101-101010-tiny", "20260102-101010-tiny")
    for name in names:
        shutil.copytree(tiny_run, tmp_path / "workspace" / "runs" / name)
    return names


def with_scores(app):
    """Open what stands behind the press on the scores."""
    assert not [one for one in app.dataframe if "back end" in one.value.columns], "closed, nothing of it is drawn"
    app.session_state[key_of("scores of the run")] = True
    return app.run()


def test_a_finished_run_shows_the_scores_of_every_back_end(opened, finished):
    app = with_scores(opened("train"))
    scores = next(one.value for one in app.dataframe if "back end" in one.value.columns)
    assert set(scores["split"]) == {"development", "test"}
    assert set(scores["back end"]) == {"head", "angle", "svm", "knn"}
    assert "judged by the nearest direction" in texts(app.caption)
    assert "10 training utterances of each emotion" in texts(app.caption)


def for_experts(app):
    return next(one for one in app.toggle if one.label == "For experts").set_value(True).run()


def test_a_run_tells_experts_how_many_of_its_triplets_were_active_unless_its_miner_leaves_no_other(
    opened, finished, tmp_path
):
    run = tmp_path / "workspace" / "runs" / finished[-1]
    events = [json.loads(line) for line in (run / "events.jsonl").read_text().splitlines()]
    last = [event for event in events if event["kind"] == "epoch"][-1]
    told = f"{100 * last['active_fraction']:.0f}\xa0% of the triplets of epoch {last['epoch']} were active"
    clipped = (
        f"In {100 * last['clipped_fraction']:.0f}\xa0% of the steps of epoch {last['epoch']} the gradient was longer"
    )
    assert told not in texts(for_experts(opened("train")).caption)  # the miner is batch-hard
    config = tomllib.loads((run / "config.toml").read_text(encoding="utf-8"))
    config["recipe"]["stages"][1]["options"] = {"miner": "semi-hard"}
    (run / "config.toml").write_text(tomli_w.dumps(config), encoding="utf-8")
    app = opened("train")
    assert told not in texts(app.caption)
    assert clipped not in texts(app.caption)
    for_experts(app)
    assert told in texts(app.caption)
    assert clipped in texts(app.caption)


def test_every_term_of_the_loss_of_a_run_has_a_picture_of_its_own(opened, finished, tmp_path):
    app = opened("train")
    drawn = [json.loads(one.proto.spec) for one in app.get("plotly_chart")]
    losses = [one for one in drawn if any("stage" in note["text"] for note in one["layout"].get("annotations", ()))]
    names = [[trace["name"] for trace in one["data"]] for one in losses]
    assert names == [["Softmax"], ["Triplet loss"], ["Softmax of the head"]]


def test_a_finished_run_says_what_was_learned_against_guessing_and_against_its_first_stage(opened, finished, tmp_path):
    run = tmp_path / "workspace" / "runs" / finished[-1]
    events = [json.loads(line) for line in (run / "events.jsonl").read_text().splitlines()]
    epochs = [event for event in events if event["kind"] == "epoch"]
    first = [event for event in epochs if event["stage"] == "softmax"][-1]
    words = texts(opened("train").markdown)
    now, before = (100 * event["development_uar_angle"] for event in (epochs[-1], first))
    assert f"**{now:.0f}\xa0% right on voices it does not learn from.** Guessing: 33\xa0%." in words
    assert f"At the end of stage softmax: {before:.0f}\xa0%." in words


def test_a_figure_of_an_epoch_that_is_not_the_one_in_bold_says_why(opened, finished, tmp_path, random):
    why = "The figure in bold above is UA by the nearest direction, too, with the direction of up to 1,000 clips"
    app = opened("train")
    assert why not in texts(app.caption), "without snapshots both are the same figure"
    run = tmp_path / "workspace" / "runs" / box(app, "Run").value
    told = pandas.read_parquet(run / "checkpoint" / "atlas.parquet")[["file", "speaker", "emotion", "split"]]
    vectors = random.normal(size=(len(told), 4))
    save_snapshot(run, told, vectors, epoch=2, stage="triplet", corpus="tiny")
    app = opened("train")
    training = told["split"] == "train"
    classes = sorted(set(told["emotion"]))
    directions = np.stack([(units(vectors)[training & (told["emotion"] == name)]).sum(axis=0) for name in classes])
    heard = np.array(classes)[(units(vectors) @ units(directions).T).argmax(axis=1)]
    others = told[~training].assign(right=(heard == told["emotion"])[~training])
    recall = 100 * others.groupby("emotion")["right"].mean().mean()
    assert f"**{recall:.0f}\xa0% right on voices it does not learn from.**" in texts(app.markdown)
    assert f"{why} that are learned from; here, to save time, it is that of 10 clips of each emotion" in texts(
        app.caption
    )
    matrix = next(one for one in app.caption if "the colour is the share" in one.value)
    assert "judged by the nearest direction of 10 clips of each emotion" in matrix.value


def units(vectors):
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_a_name_given_to_a_run_is_shown_wherever_it_or_its_model_is_chosen(opened, finished, tmp_path):
    app = opened("train")
    named = box(app, "Run").value
    other = next(name for name in finished if name != named)
    field = next(one for one in app.text_input if one.label == "Name of this run")
    assert field.value == named
    field.set_value("Wide margin").run()
    assert not app.exception
    assert set(box(app, "Run").options) == {"Wide margin", other}
    assert run_title(tmp_path / "workspace" / "runs" / named) == "Wide margin"
    app.switch_page("pages/listen.py").run()
    assert any(option.startswith("Wide margin · ") for option in box(app, "Model").options)
    app.switch_page("pages/compare.py").run()
    assert "Wide margin" in next(one for one in app.multiselect if one.label == "Side by side").options
    app.switch_page("pages/train.py").run()
    next(one for one in app.text_input if one.label == "Name of this run").set_value("x" * 61).run()
    assert "at most 60 letters" in texts(app.error)
    assert set(box(app, "Run").options) == {"Wide margin", other}


def test_a_finished_run_shows_what_its_probabilities_and_its_ranges_are_worth(opened, finished):
    app = with_scores(opened("train"))
    assert "Measured on 9 utterances by 1 person whom this model had not heard" in texts(app.markdown)
    assert "Expected calibration error" in texts(app.markdown)
    ranges = next(one.value for one in app.dataframe if "inside its range" in one.value.columns)
    assert ranges["spoken as"].tolist() == ["neutral", "sad", "angry"]
    assert "Reliability diagram" in texts(app.caption)


def test_the_model_of_the_run_that_is_looked_at_is_opened_every_time(opened, finished):
    app = opened("train")
    for name in (*finished, finished[0]):
        box(app, "Run").set_value(name).run()
        next(one for one in app.button if one.label.startswith("Listen with")).click().run()
        assert not app.exception
        assert [one.value for one in app.title] == ["Listen"]
        assert box(app, "Model").value == f"runs/{name}"
        app.switch_page("pages/train.py").run()


def test_until_a_run_has_stopped_the_page_says_that_it_is_stopping(opened, tmp_path):
    run = tmp_path / "workspace" / "runs" / "one"
    run.mkdir(parents=True)
    (run / "config.toml").write_text("")
    started = {"total_epochs": 4, "labels": [], "corpus": "c", "recipe": "r", "protocol": "p"}
    (run / "events.jsonl").write_text(json.dumps({"kind": "started", "time": time.time(), **started}) + "\n")
    with filelock.FileLock(run / "lock"):
        app = opened("train")
        next(one for one in app.button if one.label == "Stop").click().run()
        for _ in range(2):
            assert "Stopping after this batch" in texts(app.markdown)
            assert not [one for one in app.button if one.label == "Stop"]
            app.run()
