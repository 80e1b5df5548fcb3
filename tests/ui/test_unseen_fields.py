"""A field that the browser has not drawn yet is told its value by every run, not only by the one that set it."""

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.state import SessionState
from streamlit.testing.v1 import AppTest

from ui import unseen_fields

PAGE = """
import streamlit as st
if "choice" not in st.session_state:
    st.session_state["choice"], st.session_state["size"] = "second", 7
with st.popover("Settings"):
    st.selectbox("Model", ["first", "second"], key="choice")
    st.slider("Size", 1, 9, key="size")
    st.selectbox("Plain", ["first", "second"], key="plain")
"""


@pytest.fixture
def page(monkeypatch):
    monkeypatch.setattr(SessionState, "register_widget", unseen_fields._register)
    return AppTest.from_string(PAGE)


def test_streamlit_names_a_value_that_was_set_only_in_the_run_that_set_it(page):
    assert page.run().selectbox(key="choice").proto.set_value
    assert not page._run(WidgetStates()).selectbox(key="choice").proto.set_value, "the mend is no longer needed"


def test_every_run_names_a_value_that_the_browser_has_not_reported(page):
    unseen_fields.keep()
    page.run()
    for _ in range(3):
        page._run(WidgetStates())  # the browser has drawn no field of the closed popover
        choice, size = page.selectbox(key="choice").proto, page.slider(key="size").proto
        assert (choice.set_value, choice.raw_value) == (True, "second")
        assert (size.set_value, list(size.value)) == (True, [7])
        assert not page.selectbox(key="plain").proto.set_value, "its default, which the browser draws by itself"


def test_a_run_leaves_a_field_alone_that_the_browser_reports(page):
    unseen_fields.keep()
    page.run()
    page.selectbox(key="choice").select("first")
    page.slider(key="size").set_value(3)
    page.run()
    assert not page.selectbox(key="choice").proto.set_value
    assert not page.slider(key="size").proto.set_value
    assert (page.session_state["choice"], page.session_state["size"]) == ("first", 3)
