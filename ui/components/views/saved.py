"""Saved views: restore, rename, delete; and views from a link or JSON."""

from pathlib import Path
from typing import Any

import streamlit as st

from ser_core.embeddings import view_library
from ser_core.embeddings.view_text import MOST_BYTES, OF_ONE, OF_TWO, V
from ser_core.errors import SerError
from ui import cache, state
from ui.components.text import plain
from ui.components.views.notice import set_notice
from ui.components.views.page_views import PageViews
from ui.errors import shown_to_visitor

MOST_IN_ADDRESS = 20_000  # letters
_FORMS = {form.format: form for form in (OF_ONE, OF_TWO)}


def draw_saved_views(views: PageViews[V]) -> None:
    """Draw the saved views, and restore the requested one.

    To be called before any other part of the page is drawn, in the container where the views are to stand.
    """
    with shown_to_visitor():
        _follow_link(views)
    files = view_library.saved_views(views.form)
    with st.expander(f"Views ({len(files)})" if files else "Views"):
        st.caption(views.about)
        listed, brought = st.columns(2)
        with listed, shown_to_visitor():
            _draw_kept(views, files)
        with brought, shown_to_visitor():
            _draw_upload(views)


def _follow_link(views: PageViews[V]) -> None:
    query = {name: st.query_params.get_all(name) for name in st.query_params if name not in views.passed}
    asked = tuple(sorted((name, tuple(values)) for name, values in query.items()))
    if asked == state.recall(views.followed, ()):
        return
    state.remember(views.followed, asked)
    if not asked:
        return
    length = sum(len(name) + sum(map(len, values)) for name, values in asked)
    if length > MOST_IN_ADDRESS:
        set_notice(
            views.page,
            "The link was not followed.",
            (f"Expected at most {MOST_IN_ADDRESS} letters in a link; got {length}.",),
        )
        return
    view, notes = views.form.read_query(query)
    if view == views.form.empty and notes:
        set_notice(views.page, "The link holds no view.", notes)
    else:
        views.begin(view, "the view of the link", notes)


def _draw_kept(views: PageViews[V], files: list[Path]) -> None:
    if not files:
        st.markdown("None is kept yet.")
        return
    read = {path.stem: _read(str(path), cache.version(path), views.form.format) for path in files}
    key = state.prepared(views.choice, list(read))
    chosen = st.selectbox("Kept views", list(read), key=key, format_func=lambda stem: read[stem][0])
    state.remember(views.choice, chosen)
    name, view, notes = read[chosen]
    path = next(path for path in files if path.stem == chosen)
    if view is None:
        st.error(plain(" ".join(notes)))
    with st.container(horizontal=True):
        if view is not None:
            if st.button("Show it", type="primary"):
                st.query_params.from_dict(
                    {name: st.query_params[name] for name in st.query_params if name in views.passed}
                )
                state.remember(views.followed, ())
                views.begin(view, f"“{name}”", notes)
            _offer_to_rename(views, path, name)
        _offer_to_delete(views, path, name)


def _offer_to_rename(views: PageViews[V], path: Path, name: str) -> None:
    with st.popover("Rename"), st.form(f"rename|{path.stem}", border=False):
        other = st.text_input("New name", value=name, max_chars=view_library.LONGEST_NAME)
        if st.form_submit_button("Rename it"):
            with shown_to_visitor():
                view_library.rename(path, other, views.form)
                set_notice(views.page, f"“{name}” is called “{' '.join(other.split())}” now.")
                st.rerun()


def _offer_to_delete(views: PageViews[V], path: Path, name: str) -> None:
    with st.popover("Delete"):
        st.markdown(f"Deletes **{plain(name)}** from the workspace for good.")
        if st.button("Delete it", key=f"delete view|{path.stem}"):
            with shown_to_visitor():
                view_library.delete(path, views.form)
                set_notice(views.page, f"“{name}” is deleted.")
                st.rerun()


def _draw_upload(views: PageViews[V]) -> None:
    with st.form("open a view", border=False):
        upload = st.file_uploader("A view as JSON", type=["json"], max_upload_size=MOST_BYTES // 10**6)
        pressed = st.form_submit_button("Show this file")
    if not pressed:
        return
    if upload is None:
        st.info("Choose a file first.")
        return
    name, view, notes = views.form.read_json(upload.getvalue())
    views.begin(view, f"“{name[: view_library.LONGEST_NAME] or upload.name}”", notes)


@st.cache_data(max_entries=256, show_spinner=False)
def _read(path: str, version: int, kind: str) -> tuple[str, Any, tuple[str, ...]]:
    """Read a saved view, or the reason why it is damaged."""
    try:
        return view_library.load(Path(path), _FORMS[kind])
    except SerError as error:
        return Path(path).stem, None, (str(error),)
