"""Tabs and expanders that draw their content only while they are open.

A hidden chart costs the browser as much as a visible one; with many classes it stops answering.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ui import state

if TYPE_CHECKING:
    from streamlit.elements.lib.mutable_expander_container import ExpanderContainer
    from streamlit.elements.lib.mutable_tab_container import TabContainer


def tabs(name: str, titles: Sequence[str]) -> "Sequence[TabContainer]":
    """Draw tabs; the page runs again when another one is opened, and ``.open`` of each says whether it is seen.

    Args:
        name: under which the open one is remembered.
        titles: of the tabs.
    """
    key = state.prepared(name, titles)
    found = st.tabs(list(titles), key=key, on_change="rerun")
    state.remember(name, next(title for title, tab in zip(titles, found, strict=True) if tab.open))
    return found


def expander(name: str, label: str) -> "ExpanderContainer":
    """Draw an expander that is closed at first; the page runs again when it is opened, which its ``.open`` says.

    Args:
        name: unique on the page.
        label: what it says.
    """
    return st.expander(label, key=state.key_of(name), on_change="rerun")
