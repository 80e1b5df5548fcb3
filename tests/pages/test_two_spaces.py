"""Two spaces compares models and files, says how to get what is not there yet, and refuses what cannot be compared."""

import numpy as np
import pytest

from ser_core.embeddings import Space, library
from tests.pages.shown import texts
from tests.pages.two_spaces import choose, chosen_spaces, fine, metrics, of_models


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
