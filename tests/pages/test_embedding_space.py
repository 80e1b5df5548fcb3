"""Embedding space shows held-out speech first, and training speech with a remark."""

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
