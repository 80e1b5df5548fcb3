"""Import of a foreign table: columns, names of emotions, folder of the recordings."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.corpora.manifest import COLUMNS, DROP
from ser_core.corpora.table_columns import REQUIRED, TableOptions
from ser_core.errors import CorpusError, SerError
from ser_core.labels import EMOTIONS
from ser_core.paths import safe_name
from ser_core.workspace import tables_directory
from ui import state
from ui.components import tables
from ui.components.corpora import choose_table
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.reach import require_reach

if TYPE_CHECKING:
    from ser_core.corpora.table_preview import TablePreview

NOT_THERE = "—"
LEAVE_OUT = "leave out"
MOST_EMOTIONS = 24  # that are asked for one by one
PER_LINE = 3
TITLES: Mapping[str, str] = {"file": "Recording", "speaker": "Speaker", "emotion": "Emotion"}


def bring_in(path: str, problem: CorpusError | None = None) -> None:
    """Draw the table's first rows and what can be said of it; keep the result as a table of our own.

    Args:
        path: of the table.
        problem: why it could not be opened as it is; None if it was.

    Raises:
        CorpusError: ``problem``, if the table cannot even be read.
    """
    from ser_core.corpora import open_table, write_manifest
    from ser_core.corpora.table_preview import preview

    seen = preview(Path(path))
    if problem is not None:
        st.info("This table is not in our form yet. Say below which column is which, and it is used at once.")
    with st.expander("Columns, emotions, folder", expanded=problem is not None), shown_to_visitor():
        tables.show([dict(zip(seen.header, row, strict=True)) for row in seen.rows], hide_index=True)
        st.caption(f"The first of {seen.count} rows.")
        columns = _columns(path, seen)
        emotions = _emotions(path, preview(Path(path), columns))
        root = _remembered_text(f"recordings of {path}", "Folder of the recordings", "found by itself")
        require_reach(root or path)
        options = TableOptions(columns, emotions, Path(root) if root else None)
        missing = [TITLES[name].lower() for name in REQUIRED if name not in columns]
        found = None
        if missing:
            st.warning(f"Choose the column of: {', '.join(missing)}.")
        else:
            try:
                found = open_table(Path(path), options)
                require_reach(found.root)
            except SerError as error:
                st.warning(plain(str(error)))
        if found is not None:
            counts = f"**{len(found.utterances)}** utterances, **{len(found.speakers)}** speakers"
            st.markdown(f"{counts}: {', '.join(found.labels)}.")
            st.markdown("\n".join(f"- {plain(note)}" for note in found.notes))
            if st.button("Use the table like this", type="primary"):
                target = tables_directory() / f"{safe_name(Path(path).stem, 'table')}.csv"
                target.parent.mkdir(parents=True, exist_ok=True)
                write_manifest(found, target)
                choose_table(target)
                st.rerun()


def _columns(path: str, seen: "TablePreview") -> dict[str, str]:
    """Draw which column is which: the required ones, then the others behind one press."""
    chosen: dict[str, str] = {}
    for place, (ours, column) in enumerate(zip(REQUIRED, st.columns(len(REQUIRED)), strict=True)):
        with column:
            chosen |= _column(path, seen, ours, TITLES[REQUIRED[place]])
    with st.popover("Other columns"):
        for ours in COLUMNS:
            if ours not in REQUIRED:
                chosen |= _column(path, seen, ours, ours)
    return chosen


def _column(path: str, seen: "TablePreview", ours: str, title: str) -> dict[str, str]:
    options = [NOT_THERE, *seen.header]
    name = f"column {ours} of {path}"
    key = state.prepared(name, options, seen.columns.get(ours, NOT_THERE))
    theirs = st.selectbox(title, options, key=key)
    state.remember(name, theirs)
    return {} if theirs == NOT_THERE else {ours: theirs}


def _emotions(path: str, seen: "TablePreview") -> dict[str, str]:
    """Draw what each emotion is that has another name here than with us."""
    if not seen.unknown_emotions:
        return {}
    if len(seen.unknown_emotions) > MOST_EMOTIONS:
        st.warning(
            f"Expected at most {MOST_EMOTIONS} unknown emotions; got {len(seen.unknown_emotions)}. "
            "Is this the column of emotions? If so, rename them in the table."
        )
        return {}
    options = [NOT_THERE, *EMOTIONS, LEAVE_OUT]
    chosen: dict[str, str] = {}
    columns = st.columns(PER_LINE)
    for place, (text, count) in enumerate(seen.unknown_emotions.items()):
        name = f"emotion {text} of {path}"
        with columns[place % PER_LINE]:
            ours = st.selectbox(f"“{plain(text)}” ({count}) is", options, key=state.prepared(name, options))
        state.remember(name, ours)
        if ours != NOT_THERE:
            chosen[text] = DROP if ours == LEAVE_OUT else ours
    return chosen


def _remembered_text(name: str, label: str, placeholder: str) -> str:
    text: str = st.text_input(label, key=state.prepared_value(name, ""), placeholder=placeholder).strip()
    state.remember(name, text)
    return text
