"""Two spaces compares models, files and epochs, says how to get what is not there yet, and survives damage."""

import numpy as np
import pandas as pd
import pytest

from ser_core.embeddings import Space, library
from ser_core.embeddings.snapshots import save_snapshot
from tests.pages.test_embedding_space import texts
from ui.components.point_map import MapMessage


@pytest.fixture
def told():
    rows = range(30)
    return pd.DataFrame(
        {
            "file": [f"{row}.wav" for row in rows],
            "speaker": ["a", "b", "c"] * 10,
            "emotion": ["sad", "calm"] * 15,
            "split": ["train"] * 10 + ["development"] * 20,
        }
    )


@pytest.fixture
def kept_run(workspace, told, random):
    """Return a stopped run with four snapshots."""
    run = workspace / "runs" / "one"
    run.mkdir(parents=True)
    (run / "config.toml").write_text("")
    vectors = random.normal(size=(30, 6)) + 0.5
    for epoch in range(4):
        save_snapshot(run, told, vectors, epoch=epoch, stage="softmax" if epoch < 3 else "triplet", corpus="c")
        vectors = vectors + 0.4 * np.eye(6)[[1, 2] * 15]
    return run


def choose(app, label, value):
    boxes = [*app.selectbox, *app.radio, *app.select_slider, *app.get("button_group")]
    return next(one for one in boxes if one.label == label).set_value(value).run()


def of_epochs(opened):
    return choose(opened("two_spaces"), "Compare", "Epochs of one run")


def of_models(opened):
    return choose(opened("two_spaces"), "Compare", "Two models or files")


def chosen_spaces(app):
    return [one.value for one in app.selectbox if one.label in ("First space", "Second space")]


def press(app, label):
    return next(one for one in app.button if one.label == label).click().run()


def metrics(app):
    return {one.label: one.value for one in app.metric}


def fine(app):
    return not app.exception and not app.error


def test_with_an_empty_workspace_the_shipped_run_is_shown_and_it_is_said_how_to_get_another(opened, linked_maps):
    app = opened("two_spaces")
    assert fine(app)
    assert [one["title"] for one in linked_maps.sent if one["glides"]] == [
        "PCA in 2 dimensions of the test utterances, epoch 16, triplet."
    ]
    assert [(one.label, one.value) for one in app.select_slider] == [
        ("Epoch", 16), ("First epoch", 0), ("Second epoch", 16),
    ]  # fmt: skip
    assert "72 utterances are compared" in texts(app.caption), "all of the two voices that were never heard"
    assert "Watch a space form: epochs 0 to 16" in texts(app.markdown)
    assert "two that it never heard" in texts(app.caption)
    assert "No run of yours has kept its space yet" in texts(app.markdown)
    assert "--snapshots 1" in texts(app.code)


def test_a_pressed_point_of_the_shipped_run_is_heard(opened, monkeypatch):
    sent = {}
    monkeypatch.setattr(
        "ui.components.point_map.draw",
        lambda made, *, key: MapMessage(clicked=3 if key.startswith("epochs of") else None),
    )
    monkeypatch.setattr("ui.components.point_map.press", lambda *, space, pressed: sent.update({space: pressed}))
    assert fine(opened("two_spaces"))
    [pressed] = [one for space, one in sent.items() if space.startswith("epochs|")]
    assert pressed.id == 3
    assert "/media/" in pressed.sounds[3]


def test_a_press_compares_what_was_before_a_stage_with_what_came_out(opened):
    app = opened("two_spaces")
    for button, expected in (
        ("Before and after triplet", [12, 16]),
        ("Before and after softmax", [0, 12]),
        ("The whole run", [0, 16]),
    ):
        app = press(app, button)
        assert fine(app)
        assert [one.value for one in app.select_slider if one.label.endswith(" epoch")] == expected


def test_the_runs_of_the_workspace_come_before_the_shipped_one(opened, kept_run):
    app = opened("two_spaces")
    run = next(one for one in app.selectbox if one.label == "Run")
    assert (run.options, run.value) == (["one", "Watch a space form"], "one")
    assert "No run of yours" not in texts(app.markdown)
    app = choose(app, "Run", "Watch a space form")
    assert fine(app)
    assert app.select_slider[0].value == 16


@pytest.mark.usefixtures("no_models")
def test_without_a_model_or_file_the_two_networks_of_the_lesson_are_compared(opened):
    app = of_models(opened)
    assert fine(app)
    assert not app.info
    assert chosen_spaces(app) == ["lesson quick", "lesson quick-softmax-continued"]
    assert "72 utterances are compared" in texts(app.caption)
    assert 0.9 < float(metrics(app)["CKA of the full spaces"]) < 1, "they began from the same weights"


def test_spaces_without_common_utterances_are_refused_with_advice(opened):
    app = of_models(opened)
    app = choose(app, "First space", "ravdess-residual")
    app = choose(app, "Second space", "demo-residual")
    assert not app.exception
    assert "Expected at least 3 utterances that all spaces have in common" in texts(app.error)
    assert "embed the same recordings with both models" in texts(app.error)


def test_two_models_open_on_two_that_ship_and_know_the_same_voices(opened, linked_maps):
    app = of_models(opened)
    assert fine(app)
    assert not app.info
    assert not app.warning
    assert chosen_spaces(app) == ["demo-residual", "lesson quick"]
    assert "72 utterances are compared" in texts(app.caption), "all of the two voices that neither learned from"
    assert 0.3 < float(metrics(app)["CKA of the full spaces"]) < 0.9
    first, second = linked_maps.sent[-2:]
    assert first["title"] != second["title"]


def test_a_space_beside_itself_is_told_to_be_one(opened):
    app = choose(of_models(opened), "Second space", "demo-residual")
    assert fine(app)
    assert "Both are the same space" in texts(app.info)
    assert metrics(app) == {
        "CKA of the full spaces": "1.00", "Disparity of the maps": "0.00", "Of 10 neighbours the same": "100\xa0%"
    }  # fmt: skip
    assert "on average +0.0°" in texts(app.caption)
    assert "Utterances that moved most" in texts(app.header)
    assert app.dataframe[0].value["neighbours_changed"].max() == 0


def test_files_of_different_dimensions_are_compared(opened, workspace, told, random):
    for name, size in (("one", 4), ("two", 7)):
        library.save_space(Space(told.drop(columns="split"), random.normal(size=(30, size)).astype(np.float32)), name)
    app = choose(of_models(opened), "First space", "file one")
    app = choose(app, "Second space", "file two")
    assert fine(app)
    assert "30 utterances are compared; file one: 30, 4 dimensions; file two: 30, 7 dimensions" in texts(app.caption)
    assert "turned_degrees" not in app.dataframe[0].value
    assert app.dataframe[0].value["neighbours_changed"].is_monotonic_decreasing


def keep_two_files(told, random, *, labels):
    """Keep two files of vectors of the same recordings, of which only the first tells a style; returns its vectors."""
    vectors = random.normal(size=(30, 5)) + 3 * np.eye(5)[[0, 1, 2] * 10]
    rows = told.drop(columns="split")
    first = rows.assign(style=["read", "free", "sung"] * 10)
    if not labels:
        first, rows = first.drop(columns="emotion"), rows.drop(columns="emotion")
    library.save_space(Space(first, vectors.astype(np.float32)), "one", "style" if labels else "")
    library.save_space(Space(rows, random.normal(size=(30, 4)).astype(np.float32)), "two")
    return vectors


def with_two_files(opened):
    return choose(choose(of_models(opened), "First space", "file one"), "Second space", "file two")


def angle_between_means(vectors, labels, one, other):
    units = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    first, second = (units[np.array(labels) == label].mean(axis=0) for label in (one, other))
    return np.degrees(np.arccos(first @ second / np.linalg.norm(first) / np.linalg.norm(second)))


def test_the_label_of_a_file_gives_the_classes_also_of_one_that_does_not_tell_it(opened, told, random, linked_maps):
    vectors = keep_two_files(told, random, labels=True)
    app = with_two_files(opened)
    assert fine(app)
    classes = next(one for one in app.selectbox if one.label == "Classes by")
    assert (classes.options[0], classes.value) == ("emotion", "style")
    moved = next(one.value for one in app.dataframe if "neighbours_changed" in one.value)
    styles = dict(zip(told["file"], ["read", "free", "sung"] * 10, strict=True))
    assert moved["style"].tolist() == [styles[name] for name in moved["file"]]
    assert "Classes by style." in texts(app.caption)
    expected = angle_between_means(vectors, ["read", "free", "sung"] * 10, "read", "sung")
    assert f"read and sung: {expected:.0f}° →" in texts(app.markdown)
    assert linked_maps.sent[-1]["columns"][0]["name"] == "style"
    app = choose(app, "Classes by", "speaker")
    assert fine(app)
    assert "a and b:" in texts(app.markdown)
    assert linked_maps.sent[-1]["columns"][0]["name"] == "speaker"


def test_without_a_label_the_column_of_the_classes_is_asked_for_where_the_angles_stand(opened, told, random):
    keep_two_files(told, random, labels=False)
    app = with_two_files(opened)
    assert fine(app)
    assert "No label" in texts(app.markdown)
    app = choose(app, "Label", "style")
    assert fine(app)
    assert "free and read:" in texts(app.markdown) or "read and free:" in texts(app.markdown)


def test_epochs_of_a_run_are_on_sliders_and_compared_on_development_utterances(opened, kept_run):
    app = of_epochs(opened)
    assert fine(app)
    assert [(one.label, one.value) for one in app.select_slider] == [
        ("Epoch", 3), ("First epoch", 0), ("Second epoch", 3),
    ]  # fmt: skip
    assert app.dataframe[-1].value["stage"].tolist() == ["before training", "softmax", "softmax", "triplet"]
    assert "20 development utterances" in texts(app.caption)
    assert "20 utterances are compared; epoch 0, before training: 30" in texts(app.caption)
    assert 0 < float(metrics(app)["CKA of the full spaces"]) < 1
    app = choose(app, "Moved most by", "angle")
    assert fine(app)
    assert app.dataframe[0].value["turned_degrees"].is_monotonic_decreasing
    app = choose(app, "Lines from the first map", "those that moved most")
    assert fine(app)
    app = choose(app, "First epoch", 3)
    assert metrics(app)["CKA of the full spaces"] == "1.00"
    assert app.toggle[0].set_value(True).run() is not None
    assert "it has been told where they belong" in texts(app.warning)


def test_the_animation_is_stepped_through_and_played_from_the_start(opened, kept_run, monkeypatch):
    monkeypatch.setattr("ui.views.spaces.epoch_maps.SECONDS", 1000)

    def shown(app):
        return app.select_slider[0].value

    app = press(of_epochs(opened), "◀ Back")
    assert fine(app)
    assert shown(app) == 2
    assert "Epoch 2, softmax" in texts(app.markdown)
    assert shown(press(app, "Step ▶")) == 3
    app = press(app, "Play")
    assert fine(app)
    assert shown(app) == 1  # it began at epoch 0, and the first look at the clock went on
    assert "Pause" in [one.label for one in app.button]
    app = press(app, "Pause")
    assert fine(app)
    assert "Play" in [one.label for one in app.button]


def test_damaged_snapshots_are_named_and_the_others_shown(opened, kept_run):
    paths = sorted((kept_run / "snapshots").iterdir())
    paths[1].write_bytes(b"damaged")
    content = bytearray(paths[2].read_bytes())
    content[4:600] = bytes(596)  # the end, which says what there is, stays
    paths[2].write_bytes(bytes(content))
    app = of_epochs(opened)
    assert fine(app)
    assert "epoch-00001.parquet is left out" in texts(app.warning).replace("*", "")
    assert "epoch-00002.parquet is left out" in texts(app.warning).replace("*", "")
    assert app.select_slider[0].value == 3
    app = choose(app, "First epoch", 2)
    assert not app.exception
    assert "epoch-00002.parquet" in texts(app.error)


def test_a_run_with_one_epoch_so_far_says_that_two_are_needed(opened, kept_run):
    for path in sorted((kept_run / "snapshots").iterdir())[1:]:
        path.unlink()
    app = of_epochs(opened)
    assert fine(app)
    assert "One epoch of this run can be seen so far; two are needed" in texts(app.info)


def test_a_number_of_neighbours_out_of_range_is_refused_with_the_range(opened, kept_run):
    app = of_epochs(opened)
    next(one for one in app.number_input if one.label == "Neighbours of an utterance").set_value(20.0).run()
    assert not app.exception
    assert "Expected a whole number from 1 to 18" in texts(app.error)


def test_what_is_selected_is_listed_and_gets_lines_and_what_is_heard_is_ringed(
    opened, kept_run, linked_maps, monkeypatch
):
    app = of_epochs(opened)
    assert "Utterances that moved most" in texts(app.header)
    assert linked_maps.marked[-1]["lined"] == ()
    app = choose(app, "Lines from the first map", "those that moved most")
    assert sorted(linked_maps.marked[-1]["lined"]) == list(range(20))
    app = choose(app, "Lines from the first map", "the selected")
    assert linked_maps.marked[-1]["lined"] is None
    linked_maps.selected = (4, 7)
    app = app.run()
    assert fine(app)
    assert "Selected utterances" in texts(app.header)
    assert sorted(app.dataframe[0].value["file"]) == ["14.wav", "17.wav"]
    monkeypatch.setattr("ui.state.selected_rows", lambda key: [0] if key.startswith("moved|") else [])
    heard = app.run().dataframe[0].value["file"].iloc[0]
    assert linked_maps.marked[-1]["ringed"] == [{"14.wav": 4, "17.wav": 7}[heard]]


def test_both_maps_share_frame_selection_and_zoom_and_one_of_them_tells_what_is_selected(opened, kept_run, linked_maps):
    of_epochs(opened)
    first, second = linked_maps.sent[-2:]
    for name in ("space", "view", "reach"):
        assert first[name] == second[name]
    assert (first["silent"], second["silent"]) == (False, True)
    assert (first["origins"] is None, second["origins"] is None) == (True, False)
    assert first["title"] == "PCA in 2 dimensions of epoch 0, before training, the first space."
    assert second["title"] == "PCA in 2 dimensions of epoch 3, triplet, the second space."


def test_another_epoch_of_the_same_utterances_keeps_selection_and_colour_but_not_zoom(opened, kept_run, linked_maps):
    app = of_epochs(opened)
    before = linked_maps.sent[-1]
    choose(app, "First epoch", 1)
    after = linked_maps.sent[-1]
    assert after["space"] == before["space"]
    assert after["view"] != before["view"]
    app.toggle[0].set_value(True).run()
    assert linked_maps.sent[-1]["space"] != before["space"], "training utterances are others"


@pytest.fixture
def simple_figures(monkeypatch):
    """Note what the simple maps draw."""
    from ser_core.plots.two_spaces import framed_map_figure as real

    drawn = []

    def figure(points, table, limits, **look):
        drawn.append({"limits": limits, **look})
        return real(points, table, limits, **look)

    monkeypatch.setattr("ui.views.spaces.simple_maps.framed_map_figure", figure)
    return drawn


def test_on_simple_maps_what_is_selected_on_one_is_marked_on_both_and_listed(
    opened, kept_run, simple_figures, monkeypatch
):
    app = opened("two_spaces")
    app.query_params["map"] = "simple"
    app = choose(app, "Compare", "Epochs of one run")
    assert fine(app)
    assert "The simple map: this browser has no WebGL2, or this map was asked for." in texts(app.info)
    monkeypatch.setattr("ui.state.selected_points", lambda key: [[4], [7]] if key.startswith("second map") else [])
    app = choose(app, "Lines from the first map", "the selected")
    assert fine(app)
    first, second = simple_figures[-2:]
    assert first["chosen"] == second["chosen"] == [4, 7]
    assert first["lines"] is None
    assert [len(ends) for ends in second["lines"]] == [2, 2]
    assert "Selected utterances" in texts(app.header)
    assert sorted(app.dataframe[0].value["file"]) == ["14.wav", "17.wav"]
    monkeypatch.setattr("ui.state.selected_points", lambda key: [])
    assert "Selected utterances" in texts(app.run().header)
    assert "Selected utterances" not in texts(press(app, "Clear the selection (2)").header)


def test_a_browser_that_cannot_draw_gets_the_simple_maps(opened, kept_run, monkeypatch):
    monkeypatch.setattr("ui.components.point_map.draw", lambda made, *, key: MapMessage(missing=True))
    app = of_epochs(opened)
    assert fine(app)
    assert "The simple map: this browser has no WebGL2" in texts(app.info)


def test_train_offers_snapshots_says_their_size_and_passes_them_on(opened, monkeypatch, tmp_path):
    started = []
    monkeypatch.setattr(
        "ser_core.training.jobs.start_run", lambda **chosen: (started.append(chosen), tmp_path / "one")[1]
    )
    app = opened("train")
    next(one for one in app.number_input if one.label == "Epochs between two snapshots").set_value(2.0).run()
    assert fine(app)
    assert "Snapshots: at most" in texts(app.caption)
    assert "--snapshots 2" in texts(app.code)
    press(app, "Start training")
    assert started[0]["snapshots"] == 2


def test_train_leads_to_the_epochs_of_the_run(opened, kept_run):
    app = press(opened("train"), "Compare two of its epochs →")
    assert not app.exception
    assert "Two epochs" in texts(app.header)
    assert app.select_slider[0].label == "Epoch"


def test_where_a_run_has_kept_its_space_the_page_opens_on_it_without_a_choice(opened, kept_run, linked_maps):
    app = opened("two_spaces")
    assert fine(app)
    epochs = [one for one in linked_maps.sent if one["glides"]]
    assert [one["title"] for one in epochs] == ["PCA in 2 dimensions of the development utterances, epoch 3, triplet."]
    assert app.select_slider[0].value == 3


def test_the_maps_of_the_epochs_follow_each_other_in_one_frame_with_the_same_points(opened, kept_run, linked_maps):
    app = opened("two_spaces")
    press(app, "◀ Back")
    before, after = [one for one in linked_maps.sent if one["glides"]][-2:]
    for name in ("space", "view", "reach", "count", "room"):
        assert before[name] == after[name], name
    assert before["digest"] != after["digest"]
