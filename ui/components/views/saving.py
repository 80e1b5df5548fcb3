"""Saving of the present view: under a name, as a link, as a file."""

from dataclasses import dataclass
from typing import Generic

import streamlit as st

from ser_core.embeddings import view_library
from ser_core.embeddings.view_text import LONGEST_LINK, V
from ui import state
from ui.components import into_view
from ui.components.text import plain
from ui.components.views.notice import set_notice
from ui.components.views.page_views import PageViews
from ui.errors import shown_to_visitor

_OPENED = "captured-view"  # key of the container
_PRESSES = "how often a view was taken"  # on any page


@dataclass(frozen=True)
class _Captured(Generic[V]):
    """A view that was captured.

    Attributes:
        key: of what is looked at.
        view: as it was seen.
        notes: what could not be taken.
        press: which capture of this visit it was, from 1.
    """

    key: str
    view: V
    notes: tuple[str, ...]
    press: int


def capture_view(views: PageViews[V], key: str, view: V, notes: tuple[str, ...]) -> None:
    """Capture the present view for saving.

    Args:
        views: the page's views.
        key: of what is looked at; the view is offered as long as that is.
        view: as it is seen now.
        notes: what could not be taken.
    """
    press = state.recall(_PRESSES, 0) + 1
    state.remember(_PRESSES, press)
    state.remember(_name(views), _Captured(key, view, notes, press))


def draw_captured(views: PageViews[V], key: str, caption: str = "") -> None:
    """Draw the options for the captured view, if any; a press that has just captured it scrolls to them.

    Args:
        views: the page's views.
        key: of what is looked at.
        caption: what whoever opens its link needs to have.
    """
    captured: _Captured[V] | None = state.recall(_name(views))
    if captured is None or captured.key != key:
        return
    view = captured.view
    with st.container(border=True, key=_OPENED):
        st.markdown(f"**This view:** {plain(views.in_words(view))}")
        for note in captured.notes:
            st.warning(plain(note))
        _draw_name(views, view)
        _draw_link(views, view)
        if caption:
            st.caption(caption)
        with st.container(horizontal=True):
            st.download_button(
                "View as JSON",
                lambda: views.form.json(view),
                file_name=f"{views.file(view)}.json",
                mime="application/json",
                key="download|view",
                on_click="ignore",
                help="Open it again under Views, here or on another computer.",
            )
            st.button("Close", key="close the view", on_click=_forget, args=(views,))
        into_view.draw(_OPENED, captured.press)


def _draw_name(views: PageViews[V], view: V) -> None:
    with st.form("keep view", border=False):
        name = st.text_input("Name", max_chars=view_library.LONGEST_NAME, placeholder="what you see in it")
        if not st.form_submit_button("Keep under this name", type="primary"):
            return
    with shown_to_visitor():
        path = view_library.save_view(view, name, views.form)
        state.choose(views.choice, path.stem)
        set_notice(views.page, f"“{' '.join(name.split())}” is kept under Views.")
        _forget(views)
        st.rerun()


def _draw_link(views: PageViews[V], view: V) -> None:
    made = views.form.link(view)
    st.markdown("As a link:")
    st.code(f"{st.context.url or ''}?{made.query}", language=None, wrap_lines=True)
    if made.left_out:
        st.info(
            f"A link of more than {LONGEST_LINK} letters is often cut off, so this one leaves out the "
            f"{made.left_out} selected utterances. A name or JSON keeps them."
        )


def _forget(views: PageViews[V]) -> None:
    state.remember(_name(views), None)


def _name(views: PageViews[V]) -> str:
    return f"view of {views.page} that was taken"
