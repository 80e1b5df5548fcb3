"""The views that are kept: brought back, renamed, deleted; and views from a link or from JSON."""

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.embeddings import view_library
from ser_core.embeddings.view import View
from ser_core.embeddings.view_text import MOST_BYTES, read_query, read_view_json
from ser_core.errors import SerError
from ui import cache, state
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.views.embedding.map import PARAMETER
from ui.views.embedding.restoring import begin, tell

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

CHOICE, FOLLOWED = "kept view", "link that was followed"
MOST_IN_ADDRESS = 20_000  # letters


def draw_views() -> "DeltaGenerator":
    """Draw the views that are kept, and bring the one back that was asked for, here or by the address.

    Returns:
        Where it is said what became of it.
    """
    with shown_to_visitor():
        _follow_link()
    files = view_library.kept()
    with st.expander(f"Views ({len(files)})" if files else "Views"):
        st.caption(
            "A view is everything that is set on this page, down to zoom and selection. “Keep view” at the map keeps "
            "it under a name, as a link or as JSON."
        )
        listed, brought = st.columns(2)
        with listed, shown_to_visitor():
            _draw_kept(files)
        with brought, shown_to_visitor():
            _draw_upload()
    return st.container()


def _follow_link() -> None:
    query = {name: st.query_params.get_all(name) for name in st.query_params if name != PARAMETER}
    asked = tuple(sorted((name, tuple(values)) for name, values in query.items()))
    if asked == state.recall(FOLLOWED, ()):
        return
    state.remember(FOLLOWED, asked)
    if not asked:
        return
    length = sum(len(name) + sum(map(len, values)) for name, values in asked)
    if length > MOST_IN_ADDRESS:
        tell("The link was not followed.", (f"Expected at most {MOST_IN_ADDRESS} letters in a link; got {length}.",))
        return
    view, notes = read_query(query)
    if view == View() and notes:
        tell("The link holds no view.", notes)
    else:
        begin(view, "the view of the link", notes)


def _draw_kept(files: list[Path]) -> None:
    if not files:
        st.markdown("None is kept yet.")
        return
    read = {path.stem: _read(str(path), cache.version(path)) for path in files}
    key = state.prepared(CHOICE, list(read))
    chosen = st.selectbox("Kept views", list(read), key=key, format_func=lambda stem: read[stem][0])
    state.remember(CHOICE, chosen)
    name, view, notes = read[chosen]
    path = next(path for path in files if path.stem == chosen)
    if view is None:
        st.error(plain(" ".join(notes)))
    with st.container(horizontal=True):
        if view is not None:
            if st.button("Show it", type="primary"):
                st.query_params.from_dict(
                    {name: st.query_params[name] for name in st.query_params if name == PARAMETER}
                )
                state.remember(FOLLOWED, ())
                begin(view, f"“{name}”", notes)
            _offer_to_rename(path, name)
        _offer_to_delete(path, name)


def _offer_to_rename(path: Path, name: str) -> None:
    with st.popover("Rename"), st.form(f"rename|{path.stem}", border=False):
        other = st.text_input("New name", value=name, max_chars=view_library.LONGEST_NAME)
        if st.form_submit_button("Rename it"):
            with shown_to_visitor():
                view_library.rename(path, other)
                tell(f"“{name}” is called “{' '.join(other.split())}” now.", ())
                st.rerun()


def _offer_to_delete(path: Path, name: str) -> None:
    with st.popover("Delete"):
        st.markdown(f"Deletes **{plain(name)}** from the workspace for good.")
        if st.button("Delete it", key=f"delete view|{path.stem}"):
            with shown_to_visitor():
                view_library.delete(path)
                tell(f"“{name}” is deleted.", ())
                st.rerun()


def _draw_upload() -> None:
    with st.form("open a view", border=False):
        upload = st.file_uploader("A view as JSON", type=["json"], max_upload_size=MOST_BYTES // 10**6)
        pressed = st.form_submit_button("Show this file")
    if not pressed:
        return
    if upload is None:
        st.info("Choose a file first.")
        return
    name, view, notes = read_view_json(upload.getvalue())
    begin(view, f"“{name[: view_library.LONGEST_NAME] or upload.name}”", notes)


@st.cache_data(max_entries=256, show_spinner=False)
def _read(path: str, version: int) -> tuple[str, View | None, tuple[str, ...]]:
    """Read a kept view; of a damaged one the reason in place of the view."""
    try:
        return view_library.load(Path(path))
    except SerError as error:
        return Path(path).stem, None, (str(error),)
