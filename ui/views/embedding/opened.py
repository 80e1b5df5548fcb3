"""Files of vectors that are kept in the workspace: chosen, deleted."""

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.embeddings import library
from ser_core.embeddings.space import TRAINING
from ser_core.errors import SerError
from ui import cache, state
from ui.components.sound_folder import atlas_of, draw_sound_folder
from ui.components.text import plain
from ui.components.vectors import CHOICE, IMPORTING, OPENED
from ui.views.embedding.importing import draw_import
from ui.views.embedding.utterances import KnownUtterances, choose_rows

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def choose_opened(page: "DeltaGenerator") -> KnownUtterances | None:
    """Draw the choice of a kept file among the settings, and the import on the page while one is asked for.

    Args:
        page: where the import stands, in place of the map.

    Returns:
        The utterances looked at; ``None`` while a file is imported.

    Raises:
        EmbeddingError: if the chosen file is damaged.
    """
    told = state.recall(OPENED)
    if told:
        page.success(plain(told))
        state.remember(OPENED, None)
    paths = {path.stem: path for path in library.saved_spaces()}
    if not paths or state.recall(IMPORTING):
        with page:
            draw_import(first=not paths)
        return None
    name = st.selectbox("File", list(paths), key=state.prepared(CHOICE, list(paths)))
    state.remember(CHOICE, name)
    path = paths[name]
    st.button("Open another file", on_click=state.remember, args=(IMPORTING, True))
    _offer_to_delete(path)
    space = cache.space(path)
    atlas = atlas_of(path, space)
    known = choose_rows(path, name, atlas)
    st.caption(f"{space.size} dimension{'s' if space.size > 1 else ''}. {plain(' '.join(space.notes))}")
    if space.classes and TRAINING not in set(space.column("split")):
        st.caption(
            "No row is marked as training: the classes' directions come from these very utterances, which makes "
            "the angles within classes smaller."
        )
    draw_sound_folder(path, atlas)
    return known


def _offer_to_delete(path: Path) -> None:
    with st.expander("Delete this file"):
        st.markdown(f"Deletes **{plain(path.stem)}** from the workspace. The file that it was read from stays.")
        if st.button("Delete", key=f"delete|{path.stem}"):
            try:
                library.delete(path)
            except SerError as error:
                st.error(plain(str(error)))
                return
            state.remember(OPENED, f"{path.stem} is deleted.")
            st.rerun()
