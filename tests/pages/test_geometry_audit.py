"""Geometry audit opens on the reader's own model, takes any other table, and survives what is none."""

import itertools
import json
import shutil

import numpy as np
import pytest

from ser_core.checkpoints import find
from ser_core.geometry.table_writing import matrix_csv
from tests.pages.shown import box, button, texts
from ui import cache
from ui.views.audit.cells import CELLS
from ui.views.audit.nearest import NEAREST
from ui.views.audit.violations import WAYS

IMPOSSIBLE = "No directions have these angles"
PASTE, UPLOAD, OURS = "Paste a table", "Upload a file", "One of our models"
KUMAR = "Kumar's Table 2"


def chosen(app, source):
    next(one for one in app.radio if one.label == "Table").set_value(source).run()
    return app


def kumar(app):
    """Press the one button that opens the example."""
    return button(app, f"See an impossible one: {KUMAR}").click().run()


def pasted(app, text, unit="degrees"):
    chosen(app, PASTE)
    next(one for one in app.radio if one.label == "Its figures are").set_value(unit)
    app.text_area[0].set_value(text).run()
    return app


def metric(app, label):
    return next(one for one in app.metric if one.label.startswith(label))


def unfolded(app, name):
    """Open a box whose content is drawn only then."""
    app.session_state[f"widget: {name}"] = True
    return app.run()


def drawn(app, beginning):
    """The pictures whose description for those who cannot see them begins so."""
    return [one for one in app.get("plotly_chart") if one.proto.alt.startswith(beginning)]


def test_it_opens_on_a_model_that_ships_with_its_table_and_the_verdict(opened):
    app = opened("geometry_audit")
    assert not app.exception
    assert "These angles can exist" in texts(app.success)
    assert "by way of a third is never shorter" in texts(app.success)
    assert box(app, "Model").value == "people"
    assert len(drawn(app, "The given angles in degrees")) == 1
    labels, degrees = cache.angle_matrix(find("people"))
    least = min(
        (min(around, 360 - around) - degrees[a, b], labels[a], labels[b], labels[c])
        for a, b, c in itertools.permutations(range(len(labels)), 3)
        for around in [degrees[a, c] + degrees[c, b]]
        if a < b
    )
    assert len(drawn(app, f"From {least[1]} to {least[2]} by way of {least[3]}: the way round is no less")) == 1


def test_a_model_that_was_made_here_goes_first_until_the_visitor_chooses_another(opened, tmp_path):
    shutil.copytree(find("demo-residual"), tmp_path / "workspace" / "runs" / "mine" / "checkpoint")
    app = opened("geometry_audit")
    assert not app.exception
    assert box(app, "Model").value == "runs/mine"
    box(app, "Model").set_value("ravdess-residual").run()
    app.switch_page("pages/home.py").run()
    app.switch_page("pages/geometry_audit.py").run()
    assert box(app, "Model").value == "ravdess-residual"


@pytest.mark.usefixtures("for_experts")
def test_one_press_opens_kumars_table_and_says_why_that_cannot_be_and_another_goes_back(opened):
    app = kumar(opened("geometry_audit"))
    assert not app.exception
    told = texts(app.warning)
    assert IMPOSSIBLE in told
    assert "From neutral to sad it is 89.78°" in told
    assert "25.75° = 86.09°" in told
    assert "the triangle inequality is violated" in told
    assert "The cosines have an eigenvalue of -0.334" in told
    assert metric(app, "Smallest eigenvalue").value == "-0.334"
    assert metric(app, "Triples").value == "1 of 168"
    assert metric(app, "Nearest").value == "2.56° on average"
    assert len(drawn(app, "From neutral to sad by way of happy: the way round is less than")) == 1
    row = unfolded(app, WAYS).dataframe[0].value.iloc[0]
    assert (row["a"], row["b"], row["via"], round(row["excess_degrees"], 2)) == ("neutral", "sad", "happy", 3.69)
    button(app, "Back to the model's angles").click().run()
    assert "These angles can exist" in texts(app.success)


def test_eigenvalues_and_counts_are_for_experts_and_the_nearest_table_one_press_away(opened):
    app = kumar(opened("geometry_audit"))
    assert IMPOSSIBLE in texts(app.warning)
    assert "eigenvalue" not in texts(app.warning)
    assert not app.metric
    assert drawn(app, "The angles of the nearest matrix") == []
    assert len(app.dataframe) == 0
    unfolded(app, NEAREST)
    assert len(drawn(app, "The angles of the nearest matrix")) == 1
    assert len(drawn(app, "By how many degrees")) == 1


def test_a_chosen_pair_is_drawn_with_what_it_has_to_spare(opened):
    app = kumar(opened("geometry_audit"))
    pairs = box(app, "Pair")
    assert pairs.options[0] == "neutral – sad, by way of happy"
    assert len(pairs.options) == 28
    pairs.set_value(27).run()
    assert not app.exception
    a, rest = pairs.options[27].split(" – ")
    b, via = rest.split(", by way of ")
    assert len(drawn(app, f"From {a} to {b} by way of {via}: the way round is no less than")) == 1
    assert drawn(app, "From neutral to sad by way of happy") == []


@pytest.mark.usefixtures("for_experts")
def test_kumars_table_for_iemocap_can_be_chosen_and_names_both_ways_over_excitement(opened):
    app = chosen(opened("geometry_audit"), "Kumar's Table 4")
    assert not app.exception
    assert "on IEMOCAP" in texts(app.caption)
    assert metric(app, "Smallest eigenvalue").value == "-0.36"
    rows = unfolded(app, WAYS).dataframe[0].value
    assert list(rows["via"]) == ["excitement", "excitement"]


def test_a_pasted_table_is_read_with_commas_semicolons_or_tabs(opened):
    app = opened("geometry_audit")
    for separator, point in ((",", "."), (";", ","), ("\t", ",")):
        text = ",a,b,c\na,0,60.5,89.5\nb,60.5,0,20.5\nc,89.5,20.5,0".replace(",", "|").replace(".", point)
        app = pasted(app, text.replace("|", separator))
        assert not app.exception
        assert IMPOSSIBLE in texts(app.warning)
        assert "From a to c it is 89.50°" in texts(app.warning)


def test_cosines_are_read_when_they_are_chosen(opened):
    app = pasted(opened("geometry_audit"), ",a,b,c\na,1,-0.9,-0.9\nb,,1,-0.9\nc,,,1", unit="cosines")
    assert "Three angles exceed a full circle: those between" in texts(app.warning)
    app = pasted(app, ",a,b\na,1,60\nb,60,1", unit="cosines")
    assert "If these are degrees, choose degrees" in texts(app.error)


def test_figures_that_rounding_explains_are_told_apart(opened):
    app = pasted(opened("geometry_audit"), ",a,b,c\na,0,20,41\nb,,0,20\nc,,,0")
    assert "These angles may exist" in texts(app.info)
    app = pasted(app, ",a,b,c\na,0,1,0.5\nb,,0,0.8\nc,,,0")
    assert "Are these cosines, or radians?" in texts(app.info)


def test_before_anything_is_pasted_the_form_is_told_and_nothing_is_wrong(opened):
    for source in (PASTE, UPLOAD):
        app = chosen(opened("geometry_audit"), source)
        assert not app.exception
        assert not app.error
        assert "Labels in the first row and the first column" in texts(app.markdown)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("   ", "Paste it, or choose a file"),
        (",a,b\na,0,1,2\nb,1,0", "Give each label one row and one column"),
        (",a,b\na,0,1\nb,2,0", "in both halves of the table; got 1 and 2"),
        (",a,b\na,0,nan\nb,,0", "Write a number there"),
        (",a,b\na,0,190\nb,,0", "angles from 0 to 180; got 190"),
        (",a,a\na,0,1\na,,0", "got a more than once"),
        (",a\na,0", "2 to 500 labels; got 1"),
        (",a,b\na,0,1\nc,,0", "got a, b above and a, c on the left"),
        ("<b>bold</b> [x](y)", "commas, semicolons, tabs or bars between the columns"),
    ],
)
def test_what_is_no_table_gets_advice_and_the_page_stays(opened, text, message):
    app = pasted(opened("geometry_audit"), text)
    assert not app.exception
    assert message in texts(app.error)
    assert IMPOSSIBLE in texts(pasted(app, ",a,b,c\na,0,1,9\nb,,0,1\nc,,,0").warning)


def test_uploads_are_read_remembered_and_refused_when_they_are_no_text(opened):
    app = chosen(opened("geometry_audit"), UPLOAD)
    angles = {"labels": ["sad", "calm"], "matrix_degrees": [[None, 60.0], [60.0, None]]}
    app.file_uploader[0].set_value(("angles.json", json.dumps(angles).encode(), "application/json")).run()
    assert not app.exception
    assert "These angles can exist" in texts(app.success)
    app.switch_page("pages/home.py").run()
    app.switch_page("pages/geometry_audit.py").run()
    assert "These angles can exist" in texts(app.success)
    app.file_uploader[0].set_value(("noise.csv", bytes(range(256)), "text/csv")).run()
    assert not app.exception
    assert "Save the table as CSV in UTF-8" in texts(app.error)


def test_a_large_table_is_shown_in_part_and_says_so(opened):
    angles = np.triu(np.random.default_rng(0).uniform(0, 180, size=(60, 60)).round(2), 1)
    app = pasted(opened("geometry_audit"), matrix_csv([f"label {n}" for n in range(60)], angles + angles.T, decimals=2))
    assert not app.exception
    assert IMPOSSIBLE in texts(app.warning)
    unfolded(unfolded(app, WAYS), CELLS)
    assert len(app.dataframe[0].value) == 200
    assert "The 200 largest of" in texts(app.caption)
    assert "more than 40 labels are not edited here" in texts(app.caption)


def test_a_choice_is_kept_from_page_to_page(opened):
    app = pasted(opened("geometry_audit"), ",a,b\na,0,61\nb,,0")
    app.switch_page("pages/home.py").run()
    app.switch_page("pages/geometry_audit.py").run()
    assert app.text_area[0].value == ",a,b\na,0,61\nb,,0"
    assert "These angles can exist" in texts(app.success)


@pytest.mark.usefixtures("no_models")
def test_without_a_model_the_page_says_how_to_make_one(opened):
    app = opened("geometry_audit")
    assert not app.exception
    assert "No model yet" in texts(app.markdown)
    assert IMPOSSIBLE in texts(kumar(app).warning)


@pytest.mark.usefixtures("for_experts")
def test_a_cell_out_of_range_is_refused_and_the_other_changes_stay(opened, monkeypatch):
    def typed(table, **_):
        table = table.copy()
        table.loc["neutral", "happy"], table.loc["neutral", "sad"] = 999, 80
        return table

    monkeypatch.setattr("streamlit.data_editor", typed)
    app = unfolded(kumar(opened("geometry_audit")), CELLS)
    assert not app.exception
    assert "for neutral and happy; got 999. Correct that cell" in texts(app.error)
    assert [one.value for one in app.info if "Changed" in one.value] == ["Changed here: neutral – sad 80°."]
    assert metric(app, "Triples").value == "0 of 168"
    app.session_state[f"widget: {CELLS}"] = False
    app.run()
    assert metric(app, "Triples").value == "0 of 168"  # also once the box is closed again
    button(app, "Undo the changes").click().run()
    assert metric(app, "Triples").value == "1 of 168"


def test_a_table_that_takes_long_shows_how_far_it_is_and_is_looked_at_once(opened, monkeypatch):
    from streamlit.delta_generator import DeltaGenerator

    drawn = []
    monkeypatch.setattr("ui.views.audit.finding.QUICK", 0)
    monkeypatch.setattr("ui.views.audit.finding.BETWEEN", 0)
    monkeypatch.setattr(DeltaGenerator, "progress", lambda self, value, text: drawn.append(text))
    app = pasted(opened("geometry_audit"), ",x,y,z\nx,0,20,77.123\ny,,0,20\nz,,,0")
    assert not app.exception
    assert "Looking at every triple." in drawn
    assert any(text.startswith("Searching for the nearest possible table, step ") for text in drawn)
    drawn.clear()
    app.run()
    assert not drawn


@pytest.mark.usefixtures("for_experts")
def test_a_download_does_not_run_the_page_again(opened):
    buttons = [*opened("geometry_audit").get("download_button"), *opened("embedding_space").get("download_button")]
    assert len(buttons) >= 9
    assert [one.proto.label for one in buttons if not one.proto.ignore_rerun] == []
