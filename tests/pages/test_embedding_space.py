"""Embedding space shows held-out speech first, and training speech with a remark."""

from concurrent.futures import Future

import numpy as np
import pytest

from ser_core.inference import Atlas
from tests.pages.shown import texts
from ui.components.point_map import MapMessage

pytestmark = pytest.mark.usefixtures("for_experts")


def test_the_map_is_there_at_once_with_its_split_named(opened):
    app = opened("embedding_space")
    assert not app.exception
    assert not app.error
    assert "PCA in 2 dimensions" in texts(app.caption)
    assert "no unit" in texts(app.caption)
    assert "test" in texts(app.caption)
    assert not app.toggle[0].value


def test_training_utterances_come_with_a_remark(opened):
    app = opened("embedding_space")
    app.toggle[0].set_value(True).run()
    assert not app.exception
    assert "flatters every model" in texts(app.warning)


def radio(app, label):
    return next(one for one in app.radio if one.label == label)


def within(app):
    tables = [one.value for one in app.dataframe if "mean (°)" in one.value]
    return tables[0]["mean (°)"].tolist()


def test_intervals_by_speaker_are_there_with_how_they_were_found(opened):
    app = opened("embedding_space")
    assert "from 1000 draws of the speakers with replacement" in texts(app.caption)
    assert "of training, which moves the directions" in texts(app.caption)
    assert "speakers, intervals are rough" in texts(app.caption)


@pytest.mark.parametrize(
    ("source", "told", "drawn"),
    [
        ("medoid", "the smallest mean angle to the others", "which moves the directions"),
        ("head", "the weights of the softmax layer", "no sample of speakers"),
    ],
)
def test_directions_can_be_medoids_or_the_weights_of_the_head(opened, source, told, drawn):
    app = opened("embedding_space")
    before = within(app)
    radio(app, "Directions by").set_value(source).run()
    assert not app.exception
    assert not app.error
    assert told in texts(app.caption)
    assert drawn in texts(app.caption)
    assert within(app) != before


def test_every_split_has_a_diagonal_and_intervals_of_its_own(opened):
    app = opened("embedding_space")
    app.toggle[0].set_value(True).run()
    means = []
    for split in ("test", "development", "train"):
        radio(app, "Split of the diagonal").set_value(split).run()
        assert not app.exception
        means.append(within(app))
    assert "for directions and diagonal alike" in texts(app.caption)
    assert means[0] != means[1] != means[2]


def test_the_angles_can_be_taken_away_as_tables(opened):
    app = opened("embedding_space")
    labels = [one.proto.label for one in app.get("download_button")]
    assert {"Matrix as CSV", "Angles and intervals as CSV", "Matrix and intervals as LaTeX"} < set(labels)


def test_a_number_of_draws_out_of_range_is_refused_and_the_angles_stay(opened):
    app = opened("embedding_space")
    next(one for one in app.number_input if one.label == "Draws").set_value(5.0).run()
    assert not app.exception
    assert "Expected a whole number from 100 to 10000" in texts(app.error)
    assert "PCA in 2 dimensions" in texts(app.caption)
    assert "Off the diagonal" in texts(app.caption)


def test_while_intervals_are_computed_the_angles_are_shown(opened, monkeypatch):
    never: Future[None] = Future()
    monkeypatch.setattr("ui.cache.angle_intervals", lambda key, compute: never)
    monkeypatch.setattr("ui.views.embedding.intervals.PATIENCE", 0.01)
    app = opened("embedding_space")
    assert not app.exception
    assert not app.error
    assert "Off the diagonal" in texts(app.caption)
    assert "95 % intervals" not in texts(app.caption)


def test_umap_waits_until_it_is_asked_for(opened):
    app = opened("embedding_space")
    next(one for one in app.radio if one.label == "Map").set_value("UMAP").run()
    assert not app.exception
    assert "press Compute" in texts(app.info)
    assert "PCA in 2 dimensions" in texts(app.caption)


def test_a_parameter_that_is_out_of_range_is_refused_with_the_range(opened):
    app = opened("embedding_space")
    next(one for one in app.radio if one.label == "Map").set_value("t-SNE").run()
    next(one for one in app.number_input if one.label == "Perplexity").set_value(5000.0)
    next(one for one in app.button if one.label == "Compute").click().run()
    assert not app.exception
    assert "Expected a whole number from 1 to" in texts(app.error)
    assert "got 5000" in texts(app.error)
    assert "PCA in 2 dimensions" in texts(app.caption)


def test_the_model_chosen_on_another_page_is_shown_here_and_still_there_on_the_way_back(opened):
    app = opened("listen")

    def model():
        return next(one for one in app.selectbox if one.label == "Model")

    first = model().value
    chosen = model().select_index(1 - model().index).run() and model().value
    assert chosen != first
    for page in ("embedding_space", "listen"):
        app.switch_page(f"pages/{page}.py").run()
        assert model().value == chosen, page


@pytest.mark.usefixtures("no_models")
def test_without_a_model_the_page_says_how_to_make_one(opened):
    app = opened("embedding_space")
    assert not app.exception
    assert "No model yet" in texts(app.markdown)


@pytest.fixture
def answered(opened, monkeypatch):
    """Open the page as if the browser had answered so."""

    def open_with(answer: MapMessage):
        monkeypatch.setattr("ui.components.point_map.draw", lambda made, *, key: answer)
        return opened("embedding_space")

    return open_with


def test_a_pressed_point_is_told_with_its_nearest_by_angle_in_the_whole_space(answered):
    app = answered(MapMessage(selected=(5,), clicked=5))
    assert not app.exception
    model = next(one for one in app.selectbox if one.label == "Model").value
    atlas = Atlas.load(model)
    kept = (atlas.frame["split"] != "train").to_numpy()
    rows, vectors = atlas.frame[kept].reset_index(drop=True), atlas.embeddings[kept].astype(float)
    angles = {}
    for number, vector in enumerate(vectors):
        cosine = vector @ vectors[5] / np.linalg.norm(vector) / np.linalg.norm(vectors[5])
        angles[number] = np.degrees(np.arccos(min(1.0, cosine)))
    nearest = sorted(set(angles) - {5}, key=angles.__getitem__)[:8]
    shown = next(one.value for one in app.dataframe if "angle_degrees" in one.value)
    assert shown["file"].tolist() == rows["file"][nearest].tolist()
    np.testing.assert_allclose(shown["angle_degrees"], [angles[number] for number in nearest], atol=1e-3)
    assert rows["file"][5] in texts(app.caption)


def test_several_selected_utterances_stand_in_a_table_and_ids_that_do_not_exist_are_told(answered):
    app = answered(MapMessage(selected=(4, 2), unknown=3))
    assert not app.exception
    assert "**2** utterances" in texts(app.markdown)
    assert "3 of the selected points are not on this map" in texts(app.caption)


def test_a_browser_that_cannot_draw_gets_the_simple_map_from_then_on(answered):
    app = answered(MapMessage(missing=True))
    assert not app.exception
    assert "The simple map" in texts(app.info)
    assert "no unit" in texts(app.caption)
    next(one for one in app.radio if one.label == "Dimensions").set_value(3).run()
    assert "the third dimension is not drawn" in texts(app.info)
    next(one for one in app.selectbox if one.label == "Colour").set_value("heard").run()
    assert not app.exception


def test_the_simple_map_can_be_asked_for_in_the_address(opened):
    app = opened("embedding_space")
    app.query_params["map"] = "simple"
    app.run()
    assert "The simple map" in texts(app.info)


def test_a_pressed_point_is_sent_with_its_neighbours_and_where_their_sound_is(answered, monkeypatch):
    sent = []
    monkeypatch.setattr("ui.components.point_map.press", lambda *, space, pressed: sent.append(pressed))
    app = answered(MapMessage(selected=(5,), clicked=5))
    table = next(one.value for one in app.dataframe if "angle_degrees" in one.value)
    rows = Atlas.load("demo-residual").frame.query("split != 'train'")["file"].tolist()
    point = sent[-1]
    assert point.id == 5
    assert [rows[number] for number in point.neighbours] == table["file"].tolist()
    np.testing.assert_allclose(point.degrees, table["angle_degrees"])
    assert set(point.sounds) == {5, *point.neighbours}, "the clips of the demo corpus ship"
    assert all("/media/" in address for address in point.sounds.values())


def test_where_nothing_is_pressed_no_neighbours_are_sent(answered, monkeypatch):
    sent = []
    monkeypatch.setattr("ui.components.point_map.press", lambda *, space, pressed: sent.append(pressed))
    answered(MapMessage(selected=(4, 2)))
    assert sent == [None]
