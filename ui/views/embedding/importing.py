"""Import of a file of vectors: its first rows, which columns are what, and then its map."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from ser_core.embeddings import library
from ser_core.embeddings.column_mapping import ColumnMapping
from ser_core.embeddings.column_roles import label_in
from ser_core.embeddings.opening import open_space
from ser_core.embeddings.preview import FilePreview, preview
from ser_core.errors import UnusableVectorsError
from ui import state
from ui.components import tables
from ui.components.text import plain
from ui.components.vectors import CHOICE, IMPORTING, OPENED
from ui.errors import shown_to_visitor

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

ROLES = {"name": "Name of each row", "label": "Label", "speaker": "Speaker"}
_NONE = ""
_FORMS = (
    "**A table** (parquet, CSV, TSV) with one column per dimension (`f0, f1, …`, `dim_0 …`, `0, 1, …`) or with a "
    "column of lists; **an array** (NPY, NPZ) with one row per utterance and, beside it, a table in the same order. "
    "Vectors of any size: emotion2vec, wav2vec 2.0, x-vectors, eGeMAPS. Columns such as `id`, `utt` or `path` are "
    "proposed as names, `emotion`, `emo` or `label` as the label, `speaker`, `spk` or `actor` as speakers; others can "
    "be chosen."
)


def draw_import(*, first: bool) -> None:
    """Draw the fields for the files and, once they are there, their first rows and the roles of their columns.

    Args:
        first: whether no file is kept yet; otherwise the import can be left.
    """
    with st.container(border=True):
        st.header("Open vectors from elsewhere", anchor=False)
        st.markdown(_FORMS)
        left, right = st.columns(2)
        # Of any type: a refusal gives its reason, and for files of PyTorch and safetensors the line that converts them.
        vectors = left.file_uploader("Vectors: .parquet, .npy, .npz, .csv or .tsv")
        metadata = right.file_uploader("Table beside an array or .tsv (optional)", type=["csv", "tsv", "parquet"])
        if not first and st.button("Back to the map"):
            state.remember(IMPORTING, False)
            st.rerun()
        if vectors is not None:
            with shown_to_visitor():
                _map_columns(vectors, metadata)


def _map_columns(vectors: "UploadedFile", metadata: "UploadedFile | None") -> None:
    """Draw the first rows, the fields for the roles, and the button that opens the file.

    Raises:
        EmbeddingError: if the files are not what was expected.
        StorageError: if the space cannot be kept.
    """
    with st.spinner("Reading…"):
        found = _preview(vectors.file_id, "" if metadata is None else metadata.file_id, vectors, metadata)
    st.markdown(f"**{found.rows:,} vectors**" + (f" of {found.size} numbers" if found.size else ""))
    if found.first:
        shown = [dict(zip(found.columns, row, strict=True)) for row in found.first]
        tables.show(shown, hide_index=True)
        st.caption(f"The first {len(found.first)} rows, without the vectors.")
    mapping = _choose_roles(found, f"{vectors.file_id} {'' if metadata is None else metadata.file_id}")
    leave_out = st.checkbox("Leave out rows that cannot be used: no finite numbers, no length, a name twice")
    if st.button("Open", type="primary"):
        with st.spinner("Reading…"):
            path = _in_files(vectors, metadata, lambda one, other: _kept(vectors.name, one, other, mapping, leave_out))
        state.choose(CHOICE, path.stem)
        state.remember(IMPORTING, False)
        state.remember(OPENED, f"{vectors.name} is kept as {path.stem}.")
        st.rerun()


def _choose_roles(found: FilePreview, file: str) -> ColumnMapping:
    """Draw which columns are the vector, the name, the label and the speaker."""
    where = st.columns(4)
    vector: tuple[str, ...] = ()
    if found.vectors:
        numbers = range(len(found.vectors))
        number = where[0].selectbox(
            "Vector", numbers, key=f"vector of {file}", format_func=lambda one: found.vectors[one].title
        )
        vector = found.vectors[number].columns if len(found.vectors) > 1 else ()
    else:
        where[0].selectbox("Vector", [f"the array: {found.size} numbers"], disabled=True)
    chosen: dict[str, str | None] = {}
    for place, (role, title) in zip(where[1:], ROLES.items(), strict=True):
        options = (_NONE, *found.columns)
        value = place.selectbox(
            title,
            options,
            index=options.index(getattr(found.roles, role) or _NONE),
            key=f"{role} of {file}",
            format_func=lambda one: one or "none",
        )
        chosen[role] = value or None
    return ColumnMapping(vector, **chosen, canonical=_choose_names(found, chosen["label"], file))


def _choose_names(found: FilePreview, label: str | None, file: str) -> bool:
    """Draw the switch between the names of emotions as they are written and ours, where they differ."""
    renamed = found.renames.get(label or "", ())
    if not renamed:
        return False
    return st.checkbox(
        f"Use this app's names of emotions: {plain(', '.join(f'{old} → {new}' for old, new in renamed))}",
        key=f"canonical of {file} by {label}",
        help="With them, emotions have the colours and the order that they have everywhere here, and can be compared "
        "with a model's. Without, every name stays as it is written in the file.",
    )


@st.cache_resource(max_entries=2, show_spinner=False)
def _preview(key: str, beside: str, _vectors: "UploadedFile", _metadata: "UploadedFile | None") -> FilePreview:
    found: FilePreview = _in_files(_vectors, _metadata, preview)
    return found


def _kept(name: str, vectors: Path, metadata: Path | None, mapping: ColumnMapping, leave_out: bool) -> Path:
    """Open files and keep the space.

    Raises:
        EmbeddingError: if they are not what was expected.
        StorageError: if it cannot be kept.
    """
    try:
        space = open_space(vectors, metadata, leave_out=leave_out, mapping=mapping)
    except UnusableVectorsError as error:
        advice = "Tick “Leave out rows that cannot be used” and press Open again to go on without them."
        raise UnusableVectorsError(f"{error} {advice}", error.count) from error
    return library.save_space(space, name, label_in(space, mapping))


def _in_files(vectors: "UploadedFile", metadata: "UploadedFile | None", use: Callable[[Path, Path | None], Any]) -> Any:
    """Write uploads into a folder that lasts as long as they are used."""
    with tempfile.TemporaryDirectory() as folder:
        first = _written(vectors, Path(folder) / "vectors")
        return use(first, None if metadata is None else _written(metadata, Path(folder) / "metadata"))


def _written(upload: Any, folder: Path) -> Path:
    folder.mkdir()
    path = folder / f"{library.safe_name(upload.name)}{Path(upload.name).suffix.lower()}"
    path.write_bytes(upload.getbuffer())
    return path
