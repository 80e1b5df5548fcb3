"""Embedding space without the details for experts: nothing to set about the angles, and what was restored holds."""

from ser_core.embeddings.view import View
from ser_core.embeddings.view_text import OF_ONE
from tests.pages.shown import texts
from tests.pages.test_embedding_space_views import at

CHOICES = {"Split of the diagonal", "Directions by", "Draws", "Seed of the draws"}
FILES = {"Angles and intervals as CSV", "Matrix and intervals as LaTeX"}


def labels(app):
    return {one.label for one in (*app.radio, *app.number_input)}


def files(app):
    return {one.proto.label for one in app.get("download_button")}


def test_split_directions_and_intervals_are_set_only_by_experts(opened):
    app = opened("embedding_space")
    assert not app.exception
    assert not CHOICES & labels(app)
    assert "95 % intervals" not in texts(app.caption)
    assert "Matrix as CSV" in files(app)
    assert not FILES & files(app)
    next(one for one in app.toggle if one.label == "For experts").set_value(True).run()
    assert CHOICES - {"Split of the diagonal"} <= labels(app)
    assert files(app) >= FILES


def test_what_a_link_sets_holds_also_where_its_choice_is_not_drawn(opened):
    link = OF_ONE.link(View(space="demo-residual", split="development", directions="medoid"))
    app = at(opened("embedding_space"), link.query)
    assert not app.exception
    assert not app.warning
    assert not CHOICES & labels(app)
    assert "development utterances to their own direction" in texts(app.caption)
    assert "the smallest mean angle to the others" in texts(app.caption)
    next(one for one in app.toggle if one.label == "For experts").set_value(True).run()
    now = {one.label: one.value for one in app.radio}
    assert (now["Split of the diagonal"], now["Directions by"]) == ("development", "medoid")


def test_sound_is_promised_only_where_it_ships(opened):
    artificial = texts(opened("embedding_space").markdown)
    people = texts(at(opened("embedding_space"), OF_ONE.link(View(space="ravdess-residual")).query).markdown)
    assert "Press a cell to see and hear" in artificial
    assert "around several, to see and hear them" in artificial
    assert "Press a cell to see the" in people
    assert "around several, to see them" in people
