"""A view of two spaces is kept, shared and brought back; whatever a link holds, the page says what it left out."""

from urllib.parse import parse_qs, urlsplit

import numpy as np
import pandas as pd
import pytest

from ser_core.embeddings import Space, library, view_library
from ser_core.embeddings.pair_view import PairView
from ser_core.embeddings.snapshots import keep_snapshot
from ser_core.embeddings.view import View
from ser_core.embeddings.view_text import OF_ONE, OF_TWO
from tests.pages.test_embedding_space import texts
from tests.pages.test_embedding_space_views import at, named

TOLD = pd.DataFrame(
    {"file": [f"{row}.wav" for row in range(30)], "speaker": ["a", "b", "c"] * 10, "emotion": ["sad", "calm"] * 15}
)


@pytest.fixture
def files(workspace, random):
    for name, size in (("one", 4), ("two", 7)):
        library.keep(Space(TOLD, random.normal(size=(30, size)).astype(np.float32)), name)


@pytest.fixture
def run(workspace, random):
    folder = workspace / "runs" / "one"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text("")
    vectors = random.normal(size=(30, 6)) + 0.5
    for epoch in range(3):
        keep_snapshot(folder, TOLD.assign(split="development"), vectors, epoch=epoch, stage="softmax", corpus="c")
        vectors = vectors + 0.4 * np.eye(6)[[1, 2] * 15]
    return folder


TWO = PairView(
    first="file one", second="file two", neighbours=4, colour="speaker", lines="the selected",
    selected=("7.wav", "12.wav"),
)  # fmt: skip
EPOCHS = PairView(run="one", first_epoch=1, second_epoch=2, epoch=1, measure="angle", neighbours=3, colour="speaker")


def shown(app):
    widgets = [*app.selectbox, *app.radio, *app.select_slider, *app.number_input]
    return {one.label: one.value for one in widgets}


@pytest.mark.usefixtures("files")
def test_a_link_brings_two_files_back_with_everything_set_and_the_same_link_is_made_of_them(opened):
    app = at(opened("two_spaces"), OF_TWO.link(TWO).query)
    assert not app.exception
    assert "The view of the link is shown." in texts(app.markdown)
    now = shown(app)
    assert (now["First space"], now["Second space"]) == ("file one", "file two")
    assert (now["Neighbours of an utterance"], now["Colour"]) == (4, "speaker")
    assert now["Lines from the first map"] == "the selected"
    assert sorted(app.dataframe[0].value["file"]) == ["12.wav", "7.wav"]
    named(app.button, "Keep view").click().run()
    view, notes = OF_TWO.read_query(parse_qs(urlsplit(app.code[0].value).query))
    assert (view, notes) == (TWO, ())


@pytest.mark.usefixtures("run")
def test_a_link_brings_epochs_of_a_run_back(opened):
    app = at(opened("two_spaces"), OF_TWO.link(EPOCHS).query)
    assert not app.exception
    assert not app.warning
    now = shown(app)
    assert (now["First epoch"], now["Second epoch"], now["Epoch"]) == (1, 2, 1)
    assert (now["Moved most by"], now["Neighbours of an utterance"], now["Colour"]) == ("angle", 3, "speaker")


@pytest.mark.usefixtures("files")
def test_a_view_is_kept_shown_and_deleted_and_not_among_those_of_one_space(opened):
    app = at(opened("two_spaces"), OF_TWO.link(TWO).query)
    named(app.button, "Keep view").click().run()
    named(app.text_input, "Name").set_value("both")
    named(app.button, "Keep under this name").click().run()
    assert not app.exception
    assert not app.error
    assert "“both” is kept under Views." in texts(app.markdown)
    [path] = view_library.kept(OF_TWO)
    assert view_library.load(path, OF_TWO) == ("both", TWO, ())
    assert view_library.kept(OF_ONE) == []
    named(app.selectbox, "Colour").set_value("emotion").run()
    named(app.button, "Clear the selection (2)").click().run()
    named(app.button, "Show it").click().run()
    assert not app.exception
    assert shown(app)["Colour"] == "speaker"
    assert "Selected utterances" in texts(app.subheader)
    named(app.button, "Delete it").click().run()
    assert "“both” is deleted." in texts(app.markdown)
    assert view_library.kept(OF_TWO) == []


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("first=../../etc/passwd&second=<script>", "There is no model or file '../../etc/passwd' here"),
        ("run=../one&first_epoch=2", "There is no run '../one' here that has kept its space"),
        ("run=one&first=two", "Expected two spaces or a run, not both"),
        ("first=file one&second=file two&colour=mood", "Expected a column among emotion, speaker"),
        ("first=file one&second=file two&selected=gone.wav", "1 of 1 selected utterances are not among those compared"),
        ("first=file one&neighbours=many", "Expected a whole number of neighbours; got 'many'"),
        ("first=file one&first_epoch=1e999", "a whole number for first epoch"),
        ("model=demo-residual", "only what a view holds; got 'model'"),
    ],
)
def test_a_link_with_anything_in_it_leaves_the_page_alive(opened, query, told):
    app = at(opened("two_spaces"), query)
    assert not app.exception
    assert told in texts(app.warning)


def test_a_view_of_one_space_is_refused_with_its_kind(opened):
    app = opened("two_spaces")
    content = OF_ONE.json(View(space="demo")).encode()
    named(app.get("file_uploader"), "A view as JSON").set_value(("view.json", content, "application/json"))
    named(app.button, "Show this file").click().run()
    assert not app.exception
    assert "“view of two embedding spaces”; got a view of an embedding space" in texts(app.error)
