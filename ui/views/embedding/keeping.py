"""The view that is looked at now: kept under a name, as a link, as a file."""

import streamlit as st

from ser_core.embeddings import view_library
from ser_core.embeddings.library import safe_name
from ser_core.embeddings.matching import names
from ser_core.embeddings.view import FILE, MODEL, View, read_view
from ser_core.embeddings.view_text import LONGEST_LINK, link, view_json
from ui import state
from ui.components.projections import Request
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.views.embedding.known import Known
from ui.views.embedding.map import Chosen
from ui.views.embedding.restoring import tell
from ui.views.embedding.split import DIRECTIONS, SPLIT
from ui.views.embedding.views import CHOICE

TAKEN = "view that was taken"


def draw_keeping(known: Known, request: Request, chosen: Chosen) -> None:
    """Draw what can be done with the view, once the visitor has asked for that beside the map."""
    if chosen.kept is not None:
        state.remember(TAKEN, (known.key, *_taken(known, request, chosen)))
    key, view, notes = state.recall(TAKEN, ("", None, ()))
    if key != known.key or view is None:
        return
    with st.container(border=True):
        st.markdown(f"**This view:** {plain(_in_words(view))}")
        for note in notes:
            st.warning(plain(note))
        _draw_name(view)
        _draw_link(view)
        with st.container(horizontal=True):
            st.download_button(
                "View as JSON",
                lambda: view_json(view),
                file_name=f"view-{safe_name(view.space)}.json",
                mime="application/json",
                key="download|view",
                on_click="ignore",
                help="Open it again under Views, here or on another computer.",
            )
            st.button("Close", key="close the view", on_click=_forget)


def _taken(known: Known, request: Request, chosen: Chosen) -> tuple[View, tuple[str, ...]]:
    called = names(known.space)
    split = state.recall(SPLIT)
    return read_view(
        {
            FILE if known.from_file else MODEL: known.name,
            "training": known.training,
            "split": split if split in set(known.rows["split"]) else "",
            "directions": state.recall(DIRECTIONS, ""),
            "method": request.method,
            "dimensions": request.dimensions,
            "sphere": request.sphere,
            "settings": dict(request.settings),
            **(chosen.kept or {}),
            "selected": [called[row] for row in chosen.rows],
            "pressed": "" if chosen.clicked is None else called[chosen.clicked],
        }
    )


def _in_words(view: View) -> str:
    parts = [view.space, view.request.caption]
    if view.training:
        parts.append("with training utterances")
    if view.colour:
        parts.append(f"coloured by {view.colour.replace('_', ' ')}")
    if view.search:
        parts.append(f"found: “{view.search}”")
    parts += [f"hidden {column}: {', '.join(values)}" for column, values in view.hidden]
    if view.selected:
        parts.append(f"{len(view.selected)} selected")
    return "; ".join(parts) + "."


def _draw_name(view: View) -> None:
    with st.form("keep view", border=False):
        name = st.text_input("Name", max_chars=view_library.LONGEST_NAME, placeholder="what you see in it")
        if not st.form_submit_button("Keep under this name", type="primary"):
            return
    with shown_to_visitor():
        path = view_library.keep(view, name)
        state.choose(CHOICE, path.stem)
        tell(f"“{' '.join(name.split())}” is kept under Views.", ())
        _forget()
        st.rerun()


def _draw_link(view: View) -> None:
    made = link(view)
    st.markdown("As a link:")
    st.code(f"{st.context.url or ''}?{made.query}", language=None, wrap_lines=True)
    if made.left_out:
        st.info(
            f"A link of more than {LONGEST_LINK} letters is often cut off, so this one leaves out the "
            f"{made.left_out} selected utterances. A name or JSON keeps them."
        )
    if view.kind == FILE:
        st.caption("Whoever opens the link needs the same file of vectors under the same name.")


def _forget() -> None:
    state.remember(TAKEN, ("", None, ()))
