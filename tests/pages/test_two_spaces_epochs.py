"""Two spaces shows the space of a run epoch by epoch, compares two of them, and survives damage."""

from tests.pages.shown import texts
from tests.pages.two_spaces import choose, fine, metrics, of_epochs, press
from ui.components.point_map import MapMessage


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
