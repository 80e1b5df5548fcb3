"""What a visitor sees when the app has a bug: in a page, in a fragment, in a widget's callback."""

import re

import pytest

pytestmark = pytest.mark.browser

SCRIPT = """
import sys
sys.path.insert(0, {repository!r})
import streamlit as st
from ui import errors

def fail():
    raise ZeroDivisionError("a secret of the server")

@st.fragment
def part():
    if st.button("in a fragment"):
        fail()

if __name__ == "__main__":
    st.title("Page")
    part()
    st.button("in a callback", on_click=fail)
    if st.button("in the page"):
        fail()
else:
    app = st.App(__file__, on_script_error=errors.show_bug)
"""


def test_a_bug_anywhere_is_told_without_links_to_search_engines(chromium, tmp_path):
    from app_in_browser import REPOSITORY, running_app, settle

    script, workspace, log = tmp_path / "script.py", tmp_path / "workspace", tmp_path / "app.log"
    script.write_text(SCRIPT.format(repository=str(REPOSITORY)), encoding="utf-8")
    with running_app(workspace, log, script=script) as address:
        page = chromium.new_page()
        for place in ("in the page", "in a fragment", "in a callback"):
            page.goto(address)
            settle(page)
            page.get_by_role("button", name=place).click()
            message = page.get_by_test_id("stAlert").filter(has_text="This is a bug in the app")
            message.wait_for()
            assert re.search(r"bugs/ZeroDivisionError-\w{8}\.txt", message.inner_text())
            assert page.get_by_test_id("stException").count() == 0
            assert page.locator("a[href*='google'], a[href*='chatgpt'], a[href*='openai']").count() == 0
            assert "secret" not in page.inner_text("body")
        page.close()
    assert len(list((workspace / "bugs").iterdir())) == 3
    assert log.read_text(encoding="utf-8").count("The traceback was written to") >= 3
