"""What is pressed in a popover while a run's answer is on its way to the browser stays pressed."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app_in_browser import REPOSITORY, running_app, settle
from tests.browser.conftest import visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, WebSocketRoute

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect

PAGE = """
import sys
sys.path.insert(0, {repository!r})
import streamlit as st
from streamlit.runtime.state import SessionState
from ui import unseen_fields
if SessionState.register_widget is unseen_fields._register:
    unseen_fields.keep()
runs = st.session_state["runs"] = st.session_state.get("runs", 0) + 1
if runs == 1:
    st.session_state["way"] = "the second"
st.button("Go")
with st.popover("Settings"):
    way = st.radio("Way", ["the first", "the second", "the third"], key="way")
st.write(f"Run {{runs}} worked with {{way}}.")
"""


class SlowLine:
    """The line from the server to a page; while held, what the server says waits."""

    def __init__(self) -> None:
        self.waiting: list[tuple[WebSocketRoute, str | bytes]] = []
        self.held = False

    def join(self, page: "WebSocketRoute") -> None:
        server = page.connect_to_server()
        server.on_message(lambda said: self.waiting.append((page, said)) if self.held else page.send(said))

    def let_go(self) -> None:
        self.held = False
        for page, said in self.waiting:
            page.send(said)


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    script = tmp_path / "page.py"
    script.write_text(PAGE.format(repository=str(REPOSITORY)), encoding="utf-8")
    with running_app(tmp_path / "workspace", tmp_path / "log", script=script) as address:
        yield address


def test_a_press_is_not_taken_back_by_the_answer_of_a_run_before_it(chromium: "Browser", address: str) -> None:
    line = SlowLine()
    with visitor(chromium, address) as (page, _):
        page.route_web_socket("**/_stcore/stream", line.join)
        page.goto(address)
        expect(page.get_by_text("Run 1 worked with the second.")).to_be_visible()
        line.held = True
        page.get_by_role("button", name="Go").click()  # a run that knows the radio's value, which the browser does not
        page.wait_for_timeout(1000)
        page.get_by_test_id("stPopoverButton").click()
        expect(page.get_by_role("radio", name="the second")).to_be_checked()
        page.get_by_text("the third", exact=True).click()
        line.let_go()
        expect(page.get_by_text("worked with the third.")).to_be_visible()
        settle(page)
        expect(page.get_by_role("radio", name="the third")).to_be_checked()
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Go").click()  # the browser reports what it shows
        expect(page.get_by_text("Run 4 worked with the third.")).to_be_visible()
