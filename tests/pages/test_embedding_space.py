"""Embedding space shows held-out speech first, and training speech with a remark."""

from concurrent.futures import Future

import pytest


def texts(elements) -> str:
    return " ".join(one.value.replace("\\", "") for one in elements)


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
    assert "95 % intervals: the middle of 1000 draws of the speakers" in texts(app.caption)
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
    assert "Expected a whole number from 2 to" in texts(app.error)
    assert "got 5000" in texts(app.error)
    assert "PCA in 2 dimensions" in texts(app.caption)


def test_the_model_chosen_on_another_page_is_shown_here_and_still_there_on_the_way_back(opened):
    app = opened("listen")

    def model():
        return next(one for one in app.selectbox if one.label == "Model")

    first = model().value
    chosen = model().select_index(1).run() and model().value
    assert chosen != first
    for page in ("embedding_space", "listen"):
        app.switch_page(f"pages/{page}.py").run()
        assert model().value == chosen, page


@pytest.mark.usefixtures("no_models")
def test_without_a_model_the_page_says_how_to_make_one(opened):
    app = opened("embedding_space")
    assert not app.exception
    assert "No model yet" in texts(app.markdown)
