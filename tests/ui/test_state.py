"""What a visitor chose is what every page shows, whatever Streamlit keeps of its widgets."""

import pytest
import streamlit as st

from ui import state

NAME = "model"
OPTIONS = ("demo", "ravdess")


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    kept: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", kept)
    return kept


def test_on_another_page_a_widget_starts_from_what_is_remembered(session):
    state.enter_page("listen")
    key = state.prepared(NAME, OPTIONS)
    session[key] = "ravdess"  # the visitor
    state.remember(NAME, "ravdess")
    state.enter_page("embedding_space")
    assert key not in session  # what is written again reaches the widget, what was left there does not
    assert session[state.prepared(NAME, OPTIONS)] == "ravdess"


def test_on_the_same_page_a_widget_keeps_what_the_visitor_did(session):
    state.enter_page("listen")
    key = state.prepared(NAME, OPTIONS)
    session[key] = "ravdess"
    state.enter_page("listen")
    assert session[state.prepared(NAME, OPTIONS)] == "ravdess"


def test_what_is_chosen_from_elsewhere_is_what_the_widget_shows_next(session):
    state.enter_page("train")
    session[state.prepared(NAME, OPTIONS)] = "demo"
    state.choose(NAME, "ravdess")
    assert session[state.prepared(NAME, OPTIONS)] == "ravdess"


def test_what_is_no_option_any_more_gives_way_to_the_first(session):
    state.remember(NAME, "deleted")
    assert session[state.prepared(NAME, OPTIONS)] == "demo"
    assert session[state.prepared("other", OPTIONS, "ravdess")] == "ravdess"


def test_a_fragment_knows_that_a_widget_of_its_page_was_changed_though_the_page_was_not_drawn(session):
    key = state.prepared(NAME, OPTIONS)
    session["another page's"] = 1
    before = state.shown()
    state.remember(NAME, "demo")
    session["another page's"] = 2
    assert not state.changed_since(before)
    session[state.prepared("drawn by the fragment itself", OPTIONS)] = "ravdess"
    assert not state.changed_since(before)
    session[key] = "ravdess"  # the visitor
    assert state.changed_since(before)
