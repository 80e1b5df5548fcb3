"""A view of two spaces is kept, shared and brought back; whatever a link holds, the page says what it left out."""

from urllib.parse import parse_qs, urlsplit

import numpy as np
import pandas as pd
import pytest

from ser_core.embeddings import Space, library, view_library
from ser_core.embeddings.map_view import Camera
from ser_core.embeddings.pair_view import PairView
from ser_core.embeddings.snapshots import save_snapshot
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
        library.save_space(Space(TOLD, random.normal(size=(30, size)).astype(np.float32)), name)


@pytest.fixture
def run(workspace, random):
    folder = workspace / "runs" / "one"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text("")
    vectors = random.normal(size=(30, 6)) + 0.5
    for epoch in range(3):
        save_snapshot(folder, TOLD.assign(split="development"), vectors, epoch=epoch, stage="softmax", corpus="c")
        vectors = vectors + 0.4 * np.eye(6)[[1, 2] * 15]
    return folder


TWO = PairView(
    first="file one", second="file two", label="speaker", neighbours=4, colour="speaker", lines="the selected",
    search="wav", hidden=(("emotion", ("calm",)),), camera=Camera((0.25, -0.5, 0.0), 3.0), selected=("7.wav", "12.wav"),
)  # fmt: skip
LOOK = {"colour": "speaker", "search": "wav", "hidden": {"emotion": ["calm"]},
        "camera": {"centre": [0.25, -0.5, 0], "zoom": 3, "turn": [-0.6, 0.35]}}  # fmt: skip
EPOCHS = PairView(run="one", first_epoch=1, second_epoch=2, epoch=1, measure="angle", neighbours=3, colour="speaker")


def shown(app):
    widgets = [*app.selectbox, *app.radio, *app.select_slider, *app.number_input]
    return {one.label: one.value for one in widgets}


def keep(app, linked_maps):
    """Press “Keep view” at a map."""
    linked_maps.kept = LOOK
    app.run()
    linked_maps.kept = None


@pytest.mark.usefixtures("files")
def test_a_link_brings_two_files_back_with_everything_set_and_the_same_link_is_made_of_them(opened, linked_maps):
    app = at(opened("two_spaces"), OF_TWO.link(TWO).query)
    assert not app.exception
    assert not app.warning
    assert "The view of the link is shown." in texts(app.markdown)
    now = shown(app)
    assert (now["First space"], now["Second space"]) == ("file one", "file two")
    assert now["Neighbours of an utterance"] == 4
    assert now["Lines from the first map"] == "the selected"
    assert now["Classes by"] == "speaker"
    for sent in linked_maps.sent[-2:]:
        assert {name: sent["look"][name] for name in LOOK} == LOOK
        assert sent["look"]["view"] == sent["view"]
    assert sorted(app.dataframe[0].value["file"]) == ["12.wav", "7.wav"]
    keep(app, linked_maps)
    view, notes = OF_TWO.read_query(parse_qs(urlsplit(app.code[0].value).query))
    assert (view, notes) == (TWO, ())


@pytest.mark.usefixtures("run")
def test_a_link_brings_epochs_of_a_run_back(opened, linked_maps):
    app = at(opened("two_spaces"), OF_TWO.link(EPOCHS).query)
    assert not app.exception
    assert not app.warning
    now = shown(app)
    assert (now["First epoch"], now["Second epoch"], now["Epoch"]) == (1, 2, 1)
    assert (now["Moved most by"], now["Neighbours of an utterance"]) == ("angle", 3)
    assert linked_maps.sent[-1]["look"]["colour"] == "speaker"


@pytest.mark.usefixtures("files")
def test_a_view_is_kept_shown_and_deleted_and_not_among_those_of_one_space(opened, linked_maps):
    app = at(opened("two_spaces"), OF_TWO.link(TWO).query)
    keep(app, linked_maps)
    told = "found: “wav”; hidden emotion: calm; 2 selected."
    assert f"file one and file two; classes by speaker; 4 neighbours; coloured by speaker; {told}" in texts(
        app.markdown
    )
    named(app.text_input, "Name").set_value("both")
    named(app.button, "Keep under this name").click().run()
    assert not app.exception
    assert not app.error
    assert "“both” is kept under Views." in texts(app.markdown)
    [path] = view_library.saved_views(OF_TWO)
    assert view_library.load(path, OF_TWO) == ("both", TWO, ())
    assert view_library.saved_views(OF_ONE) == []
    linked_maps.selected = ()
    assert "Selected utterances" not in texts(app.run().header)
    linked_maps.selected, former = None, linked_maps.sent[-1]["look"]
    named(app.button, "Show it").click().run()
    assert not app.exception
    look = linked_maps.sent[-1]["look"]
    assert look == former | {"token": look["token"]}
    assert look["token"] != former["token"], "the browser takes it once more"
    assert "Selected utterances" in texts(app.header)
    named(app.button, "Delete it").click().run()
    assert "“both” is deleted." in texts(app.markdown)
    assert view_library.saved_views(OF_TWO) == []


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("first=../../etc/passwd&second=<script>", "There is no model or file '../../etc/passwd' here"),
        ("run=../one&first_epoch=2", "There is no run '../one' here that has kept its space"),
        ("run=one&first=two", "Expected two spaces or a run, not both"),
        (
            "first=file one&second=file two&colour=mood",
            "Expected a column of this space among emotion, speaker; got 'mood'",
        ),
        ("first=file one&second=file two&selected=gone.wav", "1 of 1 selected utterances cannot be found"),
        (
            "first=file one&second=file two&hide.mood=x",
            "Expected a column of this space among emotion, speaker; got 'mood'",
        ),
        ("first=file one&second=file two&zoom=1e9", "Expected a zoom from 0.5 to 2000; got 1000000000"),
        ("first=file one&second=file two&centre=7,0,0", "Expected three numbers from -1 to 1 for the middle"),
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


@pytest.mark.usefixtures("files")
def test_the_simple_maps_show_colour_selection_and_zoom_of_a_link_and_keep_the_first_two(opened, monkeypatch):
    from ser_core.plots.two_spaces import framed_map_figure as real

    drawn = []

    def figure(points, table, limits, **look):
        drawn.append(real(points, table, limits, **look))
        return drawn[-1]

    monkeypatch.setattr("ui.views.spaces.simple_maps.framed_map_figure", figure)
    app = at(opened("two_spaces"), f"map=simple&{OF_TWO.link(TWO).query}")
    assert not app.exception
    assert sorted(app.dataframe[0].value["file"]) == ["12.wav", "7.wav"]
    both = drawn[-2:]
    points = np.concatenate([np.c_[one.x, one.y] for fig in both for one in fig.data if one.name in ("a", "b", "c")])
    low, high = points.min(axis=0), points.max(axis=0)
    reach, middle = max(high - low) / 2, (low + high) / 2
    for fig in both:
        for axis, centre in enumerate(TWO.camera.centre[:2]):
            ends = (fig.layout.xaxis, fig.layout.yaxis)[axis].range
            expected = middle[axis] + reach * (centre + np.array([-1, 1]) / TWO.camera.zoom)
            np.testing.assert_allclose(ends, expected, atol=1e-3)
    named(app.button, "Keep view").click().run()
    view, notes = OF_TWO.read_query(parse_qs(urlsplit(app.code[0].value).query))
    assert (view.colour, view.selected, view.camera, notes) == ("speaker", ("7.wav", "12.wav"), None, ())
    named(app.button, "Clear the selection (2)").click().run()
    assert "Selected utterances" not in texts(app.header)
