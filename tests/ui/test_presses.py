"""A press reaches the page whatever else happens in its moment; run by Streamlit's own script threads."""

import asyncio
import threading
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.state import SafeSessionState, SessionState

from ui import presses

PAGE = """
import streamlit as st
if st.button("Show it"):
    st.session_state["shown"] = True
"""
SECONDS = 30.0


@pytest.fixture
def runner(tmp_path, monkeypatch):
    """Return what makes runs of a page with a button, all in one session."""
    monkeypatch.setattr(Runtime, "_instance", MagicMock())
    # Streamlit remembers for the whole process that an app with a folder of pages ran before, as in other tests.
    monkeypatch.setattr(PagesManager, "uses_pages_directory", False)
    page = tmp_path / "page.py"
    page.write_text(PAGE, encoding="utf-8")
    session, fragments, pages = SessionState(), MemoryFragmentStorage(), PagesManager(str(page))
    loop = asyncio.new_event_loop()

    def make(data: RerunData) -> ScriptRunner:
        return ScriptRunner(
            session_id="anna",
            main_script_path=str(page),
            session_state=session,
            uploaded_file_mgr=MagicMock(),
            script_cache=ScriptCache(),
            initial_rerun_data=data,
            user_info={},
            fragment_storage=fragments,
            pages_manager=pages,
            event_loop=loop,
        )

    yield session, make
    loop.close()


def run(runner: ScriptRunner) -> None:
    runner.start()
    runner._script_thread.join(SECONDS)


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "left to Streamlit"])
def test_a_run_that_ends_does_not_take_back_the_press_that_began_the_next_one(runner, kept, monkeypatch):
    monkeypatch.setattr(SafeSessionState, "on_script_finished", presses._finish)
    monkeypatch.setattr(AppSession, "request_rerun", presses._request)
    if kept:
        presses.keep()
    session, make = runner
    run(make(RerunData()))
    [button] = session._new_widget_state.states
    states = ClientState().widget_states
    states.widgets.add(id=button, trigger_value=True)
    former, following = make(RerunData()), make(RerunData(widget_states=states))
    told, ended = threading.Event(), threading.Event()
    finish, tell = ScriptRunner._on_script_finished, SessionState.on_script_will_rerun

    def finish_late(self, *args) -> None:
        if self is former:  # it has drawn everything; now the press arrives, as Streamlit takes it
            former.request_stop()
            following.start()
            assert told.wait(SECONDS)
        finish(self, *args)
        if self is former:
            ended.set()

    def tell_and_wait(self, *args, **named) -> None:
        tell(self, *args, **named)
        if threading.current_thread() is following._script_thread:
            told.set()
            assert ended.wait(SECONDS)

    monkeypatch.setattr(ScriptRunner, "_on_script_finished", finish_late)
    monkeypatch.setattr(SessionState, "on_script_will_rerun", tell_and_wait)
    run(former)
    following._script_thread.join(SECONDS)
    assert ("shown" in session) is kept


@pytest.mark.parametrize(("pressed", "run"), [("page", ""), ("map", "maps"), ("nothing", "maps")])
def test_a_press_on_the_page_that_travels_with_a_choice_on_a_map_runs_the_page(pressed, run, monkeypatch):
    asked = []
    monkeypatch.setattr(presses, "_request", lambda session, state: asked.append(state.fragment_id))
    places = {"page": SimpleNamespace(fragment_id=None), "map": SimpleNamespace(fragment_id="maps")}
    session = MagicMock()
    session.session_state._new_widget_state.widget_metadata = places
    message = ClientState(fragment_id="maps")
    message.widget_states.widgets.add(id="page", trigger_value=pressed == "page")
    message.widget_states.widgets.add(id="map", json_trigger_value='["kept"]' if pressed == "map" else "")
    message.widget_states.widgets.add(id="gone", trigger_value=True)
    presses._request_with_presses(session, message)
    assert asked == [run]
