"""What is selected on one of two maps is so on the other, in the table and in the lines between them."""

import pytest

from tests.pages.shown import texts
from tests.pages.two_spaces import choose, fine, of_epochs, press
from ui.components.point_map import MapMessage


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
