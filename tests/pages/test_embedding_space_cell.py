"""A cell of the angle matrix is chosen by name too, and stays chosen."""

import pytest

from tests.pages.shown import texts
from ui.components.angle_matrix import checked

pytestmark = pytest.mark.usefixtures("for_experts")


def named(elements, label):
    return next(one for one in elements if one.label == label)


@pytest.fixture
def app(opened):
    app = opened("embedding_space")
    named(app.selectbox, "Angle of").set_value("sad").run()
    return app


def test_a_cell_is_opened_without_a_mouse(app):
    assert "Press a cell to see and hear" in texts(app.markdown)
    named(app.selectbox, "and").set_value("angry").run()
    assert not app.exception
    assert "**sad** and **angry**" in texts(app.markdown)
    named(app.selectbox, "and").set_value("sad").run()
    assert "**sad**: " in texts(app.markdown)
    assert "from its direction on average" in texts(app.markdown)


def test_a_cell_outlives_another_split_and_a_look_at_another_page(app):
    named(app.selectbox, "and").set_value("angry").run()
    named(app.radio, "Split of the diagonal").set_value("development").run()
    assert "**sad** and **angry**" in texts(app.markdown)
    app.switch_page("pages/home.py").run()
    app.switch_page("pages/embedding_space.py").run()
    assert not app.exception
    assert "**sad** and **angry**" in texts(app.markdown)


def test_the_cell_that_is_chosen_is_marked_in_the_matrix(app, monkeypatch):
    marked = []
    monkeypatch.setattr("ui.components.angle_matrix.draw", lambda *given, chosen, **more: marked.append(chosen))
    named(app.selectbox, "and").set_value("angry").run()
    assert marked[-1] == ("sad", "angry")


def test_both_classes_of_the_chosen_cell_are_ringed_on_the_map_of_the_same_space(app, monkeypatch):
    marks, matrices = [], []
    monkeypatch.setattr("ui.components.point_map.mark", lambda **given: marks.append(given))
    monkeypatch.setattr("ui.components.angle_matrix.draw", lambda *given, **more: matrices.append(more))
    named(app.selectbox, "and").set_value("angry").run()
    assert marks[-1]["classes"] == ("emotion", ("sad", "angry"))
    assert (matrices[-1]["space"], matrices[-1]["column"]) == (marks[-1]["space"], "emotion")
    named(app.selectbox, "and").set_value("").run()
    assert marks[-1]["classes"] is None


@pytest.mark.parametrize(
    ("answer", "row", "column"),
    [({"cell": ["happy", "sad"]}, "happy", "sad"), ({"cell": None}, "", "")],
    ids=["a cell", "the chosen cell once more"],
)
def test_a_press_sets_both_fields_and_another_one_on_it_empties_them(app, monkeypatch, answer, row, column):
    named(app.selectbox, "and").set_value("angry").run()
    monkeypatch.setattr("ui.state.component_value", lambda key, name: answer)
    app.run()
    assert not app.exception
    kept = [app.session_state[f"remembered: {name} of the cell"] for name in ("row", "column")]
    assert kept == [row, column], "what both fields start from when they are drawn next"


@pytest.mark.parametrize("answer", [7, "sad", {}, {"cell": 3}, {"cell": ["sad"]}, {"cell": ["sad", "x"]}, None])
def test_hostile_answers_of_the_matrix_leave_the_choice_as_it_is(answer):
    assert checked(answer, ["sad", "calm"], ("sad", "calm")) == ("sad", "calm")
