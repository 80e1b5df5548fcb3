"""Detection of visitors who left: the session ends, and its memory is freed.

Streamlit (1.67) keeps the session of a closed page for two minutes, in case the page comes back after a broken
connection. What is left then is dropped only when another page closes, which can be never. Here every session is
closed at the end of that time.
"""

import asyncio
import threading
from collections.abc import Callable

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ser_core.types import Seconds
from ui import garbage

GRACE: Seconds = 100.0  # between a closed page and the end; below the two minutes after which Streamlit drops a session

_timers: dict[str, asyncio.TimerHandle] = {}
_acts: dict[str, dict[str, Callable[[], None]]] = {}


def note_presence() -> None:
    """Note that this visitor is here, so that leaving is noticed; to be called in every run."""
    context = get_script_run_ctx()
    if context is not None:
        _presence(context.session_id)


def when_gone(name: str, act: Callable[[], None]) -> None:
    """Do something when this visitor's session has ended.

    Args:
        name: of what is done; a later one of the same name takes its place.
        act: called in a thread of its own.
    """
    context = get_script_run_ctx()
    if context is not None:
        _acts.setdefault(context.session_id, {})[name] = act


def _page_closed(session: str) -> None:
    """Streamlit calls this on its event loop when the page's connection ends."""
    try:
        _wait(asyncio.get_running_loop(), session)
    except RuntimeError:
        return  # there is no loop: the cache was cleared, and nobody has left


@st.cache_resource(scope="session", show_spinner=False, on_release=_page_closed)
def _presence(session: str) -> str:
    return session


def _wait(loop: asyncio.AbstractEventLoop, session: str) -> None:
    former = _timers.pop(session, None)
    if former is not None:
        former.cancel()
    _timers[session] = loop.call_later(GRACE, _end, loop, session)


def _end(loop: asyncio.AbstractEventLoop, session: str) -> None:
    server = runtime.get_instance()
    if server.is_active_session(session):  # the page came back, and may leave again without a run in between
        _wait(loop, session)
        return
    del _timers[session]
    # Streamlit's loop goes on to hold the last session that it served, until it serves another one: it is emptied.
    info = server._session_mgr.get_session_info(session)
    server.close_session(session)
    if info is not None:
        info.session.session_state.clear()
        info.session._fragment_storage.clear()
    threading.Thread(target=_give_back, args=(session,), name="visitor left", daemon=True).start()


def _give_back(session: str) -> None:
    for act in _acts.pop(session, {}).values():
        act()
    garbage.collect_all()
