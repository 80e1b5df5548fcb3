"""A cell of the angle matrix is chosen by name too, and stays chosen."""

import pytest

from tests.pages.shown import texts


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
    from ser_core.plots.matrix import angle_matrix_figure as real

    marked = []

    def figure(*given, chosen=None, **more):
        marked.append(chosen)
        return real(*given, chosen=chosen, **more)

    monkeypatch.setattr("ui.views.embedding.matrix.angle_matrix_figure", figure)
    named(app.selectbox, "and").set_value("angry").run()
    assert marked[-1] == ("sad", "angry")


def test_a_press_sets_both_fields_and_a_press_beside_all_cells_empties_them(monkeypatch):
    from ui.views.embedding import cell

    for points, row, column in (([["happy", "sad"]], "happy", "sad"), ([], "", "")):
        monkeypatch.setattr("ui.state.selected_points", lambda key, points=points: points)
        chosen = {}
        monkeypatch.setattr("ui.state.choose", chosen.__setitem__)
        cell.select_pressed("matrix")
        assert chosen == {cell.ROW: row, cell.COLUMN: column}
