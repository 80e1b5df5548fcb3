"""The top of a page: its title, what is chosen in words, the settings behind a button, and the switch for experts.

One row, so that the picture below it begins at once; see docs/design.md.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ui import state
from ui.components.text import plain
from ui.frame import PROJECTOR

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

EXPERTS = "for experts"


@dataclass(frozen=True)
class PageTop:
    """What a page fills in its top row.

    Attributes:
        settings: where all of its form fields go: ``with top.settings: …``.
        chosen: the place of the line that says in words what is chosen.
    """

    settings: "DeltaGenerator"
    chosen: "DeltaGenerator"

    def tell(self, chosen: str) -> None:
        """Write the line that says in words what is chosen, once the settings are known; it replaces a former one."""
        self.chosen.markdown(plain(chosen), width="stretch")


def draw(title: str, chosen: str = "") -> PageTop:
    """Draw the row.

    Args:
        title: of the page.
        chosen: what is chosen, in a few plain words: "RAVDESS model · your microphone".
    """
    with st.container(horizontal=True, vertical_alignment="center", key="page-top"):
        st.title(title, anchor=False, width="content")
        line = st.container(key="page-top-chosen").empty()
        with st.popover("Settings", icon=":material/tune:", width="content"):
            settings = st.container()
            _switch("Large, for a projector", PROJECTOR)
        _switch("For experts", EXPERTS, help="Shows how it is computed, and with which uncertainty.")
    top = PageTop(settings, line)
    if chosen:
        top.tell(chosen)
    return top


def experts() -> bool:
    """Tell whether the visitor wants details for experts, on this page as on the others."""
    return bool(state.recall(EXPERTS, False))


def _switch(label: str, name: str, *, help: str | None = None) -> None:  # noqa: A002 - as Streamlit calls it
    key = state.prepared_value(name, False)
    # Kept before the page is drawn again: what stands above the switch needs it too.
    st.toggle(label, key=key, help=help, width="content", on_change=_keep, args=(name,))


def _keep(name: str) -> None:
    state.remember(name, state.widget_value(name))
