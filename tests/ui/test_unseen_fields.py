"""A field that the browser has not drawn yet gets its value from every run, and no run takes a press back."""

import pytest
from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.state import SessionState
from streamlit.testing.v1 import AppTest

from ui import unseen_fields

PAGE = """
import streamlit as st
if "choice" not in st.session_state:
    st.session_state.update(
        choice="second", way="second", none=None, some=["b", "c"], pills=["c"], one="b", step="b", steps=("b", "c"),
        size=7, sizes=(3, 7), tick=True, number=5, empty=None, words="mine", plain="first",
    )
if st.session_state.pop("again", False):
    st.session_state.update(choice="first", size=2)
with st.popover("Settings"):
    st.selectbox("Model", ["first", "second"], key="choice")
    st.radio("Way", ["first", "second"], key="way")
    st.selectbox("None", ["first", "second"], key="none")
    st.multiselect("Some", ["a", "b", "c"], key="some")
    st.pills("Pills", ["a", "b", "c"], selection_mode="multi", key="pills")
    st.segmented_control("One", ["a", "b", "c"], key="one")
    st.select_slider("Step", ["a", "b", "c"], key="step")
    st.select_slider("Steps", ["a", "b", "c"], key="steps")
    st.slider("Size", 1, 9, key="size")
    st.slider("Sizes", 1, 9, key="sizes")
    st.checkbox("Tick", key="tick")
    st.number_input("Number", 1, 9, key="number")
    st.number_input("Empty", 1, 9, key="empty")
    st.text_input("Words", key="words")
    st.selectbox("Plain", ["first", "second"], key="plain")
"""
DEFAULTS = {
    "choice": 1, "way": 1, "none": None, "some": [1, 2], "pills": [2], "one": [1], "step": [1], "steps": [1, 2],
    "size": [7], "sizes": [3, 7], "tick": True, "number": 5, "empty": None, "words": "mine", "plain": 0,
}  # fmt: skip


@pytest.fixture
def page(monkeypatch):
    monkeypatch.setattr(SessionState, "register_widget", unseen_fields._register)
    monkeypatch.setattr(DeltaGenerator, "_enqueue", unseen_fields._enqueue)
    return AppTest.from_string(PAGE)


def sent(page, key):
    """Return the message of a field: its default as the browser reads it, and whether it sets a value."""
    (proto,) = {id(e): e.proto for e in page.main.children[0].children.values() if e.key == key}.values()
    if isinstance(proto.default, (int, float, str)):
        has = proto.DESCRIPTOR.fields_by_name["default"].has_presence
        return (proto.default if not has or proto.HasField("default") else None), proto.set_value
    return list(proto.default), proto.set_value


def test_streamlit_names_a_value_that_was_set_only_in_the_run_that_set_it(page):
    assert page.run().selectbox(key="choice").proto.set_value
    proto = page._run(WidgetStates()).selectbox(key="choice").proto
    assert (proto.set_value, proto.default) == (False, 0), "the mend is no longer needed"


@pytest.mark.parametrize("key", DEFAULTS)
def test_every_run_gives_a_value_that_the_browser_has_not_reported_as_the_default(page, key):
    unseen_fields.keep()
    page.run()
    for _ in range(3):
        page._run(WidgetStates())  # the browser has drawn no field of the closed popover
        assert sent(page, key) == (DEFAULTS[key], False)


def test_a_run_leaves_a_field_alone_that_the_browser_reports(page):
    unseen_fields.keep()
    page.run()
    page.selectbox(key="choice").select("first")
    page.slider(key="size").set_value(3)
    page.run()
    assert not page.selectbox(key="choice").proto.set_value
    assert not page.slider(key="size").proto.set_value
    assert (page.session_state["choice"], page.session_state["size"]) == ("first", 3)


def test_a_value_that_the_app_sets_is_named_whatever_the_browser_has_drawn(page):
    unseen_fields.keep()
    page.run()
    page._run(WidgetStates())
    page.session_state["again"] = True
    page._run(WidgetStates())
    choice, size = page.selectbox(key="choice").proto, page.slider(key="size").proto
    assert (choice.set_value, choice.raw_value) == (True, "first")
    assert (size.set_value, list(size.value)) == (True, [2])
