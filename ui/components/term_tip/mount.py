"""Mount of the box: one for the whole page."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from ui.components import in_browser

_BROWSER = Path(__file__).parent / "browser"


def draw() -> None:
    """Let the terms of the page that is drawn next explain themselves; it takes no room."""
    st.html(f"<style>{in_browser.styled(_BROWSER, ('term.css',))}</style>")
    _component()({}, "term-tip")


@functools.cache
def _component() -> Callable[[Any, str], Any]:
    return in_browser.component("term_tip", _BROWSER, markup="tip.html", styles=("tip.css",), values=())
