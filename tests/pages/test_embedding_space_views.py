"""A view is kept, shared and brought back; whatever a link or a file holds, the page says what it left out."""

from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from ser_core.embeddings import view_library
from ser_core.embeddings.map_view import Camera
from ser_core.embeddings.view import View
from ser_core.embeddings.view_text import OF_ONE
from ser_core.inference import Atlas
from tests.pages.shown import texts
from ui.components.point_map import MapMessage

pytestmark = pytest.mark.usefixtures("for_experts")

MODEL = "demo-residual"
FILES = Atlas.load(MODEL).frame.query("split != 'train'")["file"].tolist()


def named(elements, label):
    return next(one for one in elements if one.label == label)


@pytest.fixture
def drawn(monkeypatch):
    """Let the browser answer what is in the list, and note the maps it was sent and what was marked on them."""
    answers, sent, marks = [MapMessage()], [], []

    def draw(made, *, key):
        sent.append(made)
        return answers[0]

    monkeypatch.setattr("ui.components.point_map.draw", draw)
    monkeypatch.setattr("ui.components.point_map.mark", lambda **given: marks.append(given))
    return answers, sent, marks


@pytest.fixture
def looks(monkeypatch):
    """Note the looks that the map was asked to show."""
    from ui.views.embedding import map as module

    found = []
    real = module.point_map
    monkeypatch.setattr(
        module, "point_map", lambda *given, look=None, **more: found.append(look) or real(*given, look=look, **more)
    )
    return found


def at(app, query: str):
    for name, values in parse_qs(query).items():
        app.query_params[name] = values
    return app.run()


FULL = View(
    space=MODEL,
    training=True,
    split="development",
    directions="medoid",
    row="sad",
    column="angry",
    method="PCA",
    dimensions=3,
    sphere=True,
    colour="speaker",
    search="sad",
    hidden=(("emotion", ("angry",)),),
    camera=Camera(zoom=2.0),
    selected=(FILES[3], FILES[1]),
    pressed=FILES[1],
)


def test_a_link_brings_everything_back(opened, looks):
    app = at(opened("embedding_space"), OF_ONE.link(FULL).query)
    assert not app.exception
    assert not app.error
    assert not app.warning or "Left out" not in texts(app.warning)
    assert "The view of the link is shown." in texts(app.markdown)
    assert app.toggle[0].value
    assert named(app.radio, "Split of the diagonal").value == "development"
    assert named(app.radio, "Directions by").value == "medoid"
    assert (named(app.selectbox, "Angle of").value, named(app.selectbox, "and").value) == ("sad", "angry")
    assert "**sad** and **angry**" in texts(app.markdown)
    assert "PCA on the unit sphere" in texts(app.caption)
    look = looks[-1]
    rows = Atlas.load(MODEL).frame["file"].tolist()  # with training utterances
    assert [rows[number] for number in look.selected] == list(FULL.selected)
    assert rows[look.clicked] == FULL.pressed
    assert (look.colour, look.search, look.hidden, look.camera) == ("speaker", "sad", FULL.hidden, FULL.camera)


def test_what_a_visitor_changes_after_a_link_stays_changed(opened):
    app = at(opened("embedding_space"), "model=demo-residual&directions=medoid")
    named(app.radio, "Directions by").set_value("head").run()
    assert named(app.radio, "Directions by").value == "head"
    named(app.button, "Close").click().run()
    assert "The view of the link" not in texts(app.markdown)


STRANGE = {
    "model=../../etc/passwd&row=furious&colour=speaker&selected=gone.wav&hide.emotion=furious&hide.mood=x&directions=up"
    "&zoom=a": [
        "There is no model '../../etc/passwd' here",
        "Expected a row of the matrix among",
        "1 of 1 selected utterances cannot be found among those shown: 'gone.wav'",
        "do not occur here: 'furious'",
        "Expected a column of this space among",
        "Expected a source of directions among mean, medoid, head; got 'up'",
        "Expected a zoom",
    ],
    "file=<script>alert(1)</script>&colour=speaker&pressed=gone.wav&split=tset&method=UMAP&neighbours=100000&seed=x": [
        "There is no file '<script>",
        "is not among those shown: 'gone.wav'",
        "Expected a split among",
        "got 100000",
        "a number for seed; got 'x'",
    ],
    "nonsense=1": ["only what a view holds; got 'nonsense'"],
    "search=" + "x" * 30_000: ["at most 20000 letters in a link"],
}


@pytest.mark.parametrize(("query", "told"), STRANGE.items(), ids=["no model", "no file", "no view", "too long"])
def test_a_link_with_anything_in_it_leaves_the_page_alive(opened, drawn, monkeypatch, query, told):
    monkeypatch.setattr("ui.views.embedding.projection.computed", _done)
    app = at(opened("embedding_space"), query)
    assert not app.exception
    assert not app.error
    for text in told:
        assert text in texts(app.warning)
    assert drawn[1], "the map is drawn"
    assert ("The view of the link is shown." in texts(app.markdown)) == ("colour=speaker" in query)


def _done(key, request, embeddings):
    class Job:
        key = "a job"

        def done(self):
            return True

        def result(self):
            return embeddings[:, : request.dimensions]

    return Job()


def test_a_view_is_taken_as_it_is_seen_and_told_as_a_link(opened, drawn):
    look = {"colour": "speaker", "search": "", "hidden": {"emotion": ["sad"]}, "camera": {"zoom": 2}, "x": "y"}
    drawn[0][0] = MapMessage(selected=(2, 5), clicked=5, kept=look)
    app = opened("embedding_space")
    named(app.selectbox, "Angle of").set_value("happy").run()
    named(app.selectbox, "and").set_value("happy").run()
    assert not app.exception
    assert "only what a view holds; got 'x'" in texts(app.warning)
    assert "angle of happy and happy; coloured by speaker; hidden emotion: sad; 2 selected." in texts(app.markdown)
    view, notes = OF_ONE.read_query(parse_qs(urlsplit(app.code[0].value).query))
    assert notes == ()
    assert (view.space, view.split, view.directions) == (MODEL, "test", "mean")
    assert (view.row, view.column) == ("happy", "happy")
    assert (view.selected, view.pressed) == ((FILES[2], FILES[5]), FILES[5])
    assert (view.colour, view.hidden, view.camera) == ("speaker", (("emotion", ("sad",)),), Camera(zoom=2))


def test_a_selection_too_long_for_a_link_is_said_and_kept_under_a_name(opened, drawn):
    drawn[0][0] = MapMessage(selected=tuple(range(100)), kept={})
    app = opened("embedding_space")
    assert "leaves out the 100 selected utterances" in texts(app.info)
    drawn[0][0] = MapMessage(selected=tuple(range(100)))
    named(app.text_input, "Name").set_value("a hundred")
    named(app.button, "Keep under this name").click().run()
    assert not app.exception
    assert "“a hundred” is kept under Views." in texts(app.markdown)
    [path] = view_library.saved_views(OF_ONE)
    assert view_library.load(path, OF_ONE)[1].selected == tuple(FILES[:100])


def test_a_name_that_is_taken_is_refused_beside_the_field(opened, drawn):
    drawn[0][0] = MapMessage(kept={})
    app = opened("embedding_space")
    view_library.save_view(View(), "mine", OF_ONE)
    drawn[0][0] = MapMessage()
    named(app.text_input, "Name").set_value("mine")
    named(app.button, "Keep under this name").click().run()
    assert "no other view has; got 'mine'" in texts(app.error)
    assert len(view_library.saved_views(OF_ONE)) == 1


def test_a_kept_view_is_shown_renamed_and_deleted(opened, looks):
    app = opened("embedding_space")
    view_library.save_view(FULL, "from the side", OF_ONE)
    app.run()
    named(app.button, "Show it").click().run()
    assert not app.exception
    assert "“from the side” is shown." in texts(app.markdown)
    assert looks[-1].colour == "speaker"
    assert app.toggle[0].value
    named(app.text_input, "New name").set_value("from above")
    named(app.button, "Rename it").click().run()
    assert "is called “from above” now" in texts(app.markdown)
    named(app.button, "Delete it").click().run()
    assert "“from above” is deleted." in texts(app.markdown)
    assert not view_library.saved_views(OF_ONE)


def test_a_damaged_view_can_only_be_deleted(opened):
    app = opened("embedding_space")
    view_library.save_view(View(), "mine", OF_ONE).write_text("{")
    app.run()
    assert not app.exception
    assert "Expected a view as JSON" in texts(app.error)
    assert "Rename it" not in [one.label for one in app.button]
    named(app.button, "Delete it").click().run()
    assert not view_library.saved_views(OF_ONE)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (OF_ONE.json(FULL, "sent").encode(), "“sent” is shown."),
        (b"\xff\xfe\x00", "Expected a view as JSON"),
    ],
)
def test_a_view_comes_back_from_json_or_says_why_not(opened, content, told):
    app = opened("embedding_space")
    named(app.get("file_uploader"), "A view as JSON").set_value(("view.json", content, "application/json"))
    named(app.button, "Show this file").click().run()
    assert not app.exception
    assert told in texts([*app.markdown, *app.error, *app.warning])
    assert "no unit" in texts(app.caption)


def test_the_utterance_that_is_heard_from_a_table_is_ringed(opened, drawn, monkeypatch):
    drawn[0][0] = MapMessage(selected=(4, 2))
    monkeypatch.setattr("ui.state.selected_rows", lambda key: [1] if key.startswith("selection|") else [])
    opened("embedding_space")
    assert drawn[2][-1]["ringed"] == [2]


def test_utterances_behind_a_cell_are_ringed_where_the_map_has_them(opened, drawn, monkeypatch):
    monkeypatch.setattr("ui.state.selected_rows", lambda key: [0] if key.startswith("matrix|") else [])
    app = opened("embedding_space")
    for label in ("Angle of", "and"):
        named(app.selectbox, label).set_value("angry").run()
    farthest = next(one.value for one in app.dataframe if "angle_degrees" in one.value)["file"].iloc[0]
    assert [FILES[row] for row in drawn[2][-1]["ringed"]] == [farthest]


def test_the_simple_map_shows_selection_filter_and_zoom_of_a_link_and_keeps_them(opened, monkeypatch):
    from ser_core.plots.embedding_map import embedding_map_figure as real

    figures = []

    def figure(*given, **more):
        figures.append(real(*given, **more))
        return figures[-1]

    monkeypatch.setattr("ui.views.embedding.simple_map.embedding_map_figure", figure)
    view = View(space=MODEL, colour="emotion", hidden=(("emotion", ("angry",)),), camera=Camera((0.5, 0, 0), 4.0),
                selected=(FILES[3], FILES[1]))  # fmt: skip
    app = at(opened("embedding_space"), f"map=simple&{OF_ONE.link(view).query}")
    assert not app.exception
    assert "**2** utterances" in texts(app.markdown)
    drawn = figures[-1]
    numbers = [one for trace in drawn.data for one in np.array(trace.customdata)[list(trace.selectedpoints)].ravel()]
    assert sorted(numbers) == [1, 3]
    assert {trace.name for trace in drawn.data if trace.visible == "legendonly"} == {"angry"}
    low, high = drawn.layout.xaxis.range
    xs = np.concatenate([trace.x for trace in drawn.data])
    ys = np.concatenate([trace.y for trace in drawn.data])
    reach = max(np.ptp(xs), np.ptp(ys)) / 2
    assert high - low == pytest.approx(reach / 2, rel=1e-3)
    assert (low + high) / 2 == pytest.approx((xs.min() + xs.max()) / 2 + reach / 2, rel=1e-2)
    named(app.button, "Keep view").click().run()
    kept, notes = OF_ONE.read_query(parse_qs(urlsplit(app.code[0].value).query))
    assert (kept.selected, kept.colour, notes) == ((FILES[3], FILES[1]), "emotion", ())
    named(app.button, "Clear the selection (2)").click().run()
    assert "Press a point, or draw a lasso" in texts(app.markdown)
