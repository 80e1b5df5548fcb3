"""Files of vectors: opened, saved in the workspace, chosen again, deleted."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from ser_core.embeddings import library
from ser_core.embeddings.opening import open_space
from ser_core.embeddings.space import TRAINING
from ser_core.errors import SerError, UnusableVectorsError
from ui import cache, state
from ui.components.sound_folder import atlas_of, draw_sound_folder
from ui.components.text import plain
from ui.components.vectors import CHOICE
from ui.errors import shown_to_visitor
from ui.views.embedding.utterances import KnownUtterances, choose_rows

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator
    from streamlit.runtime.uploaded_file_manager import UploadedFile

OPENED = "opened just now"
# Those of PyTorch and safetensors are refused with the line that converts them.
TYPES = ("parquet", "npy", "npz", "csv", "tsv", "pt", "pth", "safetensors")
FORMS = (
    "- **Parquet** with a name and a vector in each row (`file`, `embedding`), as `embed` writes it; also from Hugging "
    "Face.\n"
    "- **Parquet, CSV or TSV** with one column per dimension, like eGeMAPS or `f0, f1, …`.\n"
    "- **NPY or NPZ**, an array with one row per utterance, and beside it a table in the same order.\n"
    "- **TSV** of TensorBoard's projector: `vectors.tsv` and `metadata.tsv`; a table of one column has no header.\n\n"
    "Columns that this page uses: `file`, `emotion`, `speaker`, `gender`, `sentence`, `intensity`, `split`, "
    "`recording`. Any size of vector will do: emotion2vec, wav2vec 2.0, x-vectors."
)


def choose_opened(chosen: "DeltaGenerator", shown: "DeltaGenerator") -> KnownUtterances | None:
    """Draw the choice of a saved file, and the field to open another one.

    Args:
        chosen: where the choice is drawn.
        shown: where it is said what is shown.

    Returns:
        The utterances looked at; ``None`` while no file is kept.

    Raises:
        EmbeddingError: if the chosen file is damaged.
    """
    with chosen:
        names = {path.stem: path for path in library.saved_spaces()}
        if names:
            key = state.prepared(CHOICE, list(names))
            name = st.selectbox("File", list(names), key=key)
            state.remember(CHOICE, name)
        _open_another(first=not names)
        if not names:
            return None
        path = names[name]
        _offer_to_delete(path)
    with shown:
        space = cache.space(path)
        atlas = atlas_of(path, space)
        known = choose_rows(path, name, atlas)
        st.caption(f"{space.size} dimension{'s' if space.size > 1 else ''}. {plain(' '.join(space.notes))}")
        if space.classes and TRAINING not in set(space.column("split")):
            st.caption(
                "No row is marked as training: the emotions' directions come from these very utterances, which makes "
                "the angles within emotions smaller."
            )
        draw_sound_folder(path, atlas)
    return known


def _open_another(*, first: bool) -> None:
    told = state.recall(OPENED)
    if told:
        st.success(plain(told))
        state.remember(OPENED, None)
    with st.expander("Open a file", expanded=first):
        st.markdown(FORMS)
        with st.form("open vectors", border=False):
            vectors = st.file_uploader("Vectors: .parquet, .npy, .npz, .csv or .tsv", type=list(TYPES))
            metadata = st.file_uploader("Table beside an array or .tsv (optional)", type=["csv", "tsv", "parquet"])
            leave_out = st.checkbox("Leave out rows that cannot be used: no finite numbers, no length, a name twice")
            pressed = st.form_submit_button("Open", type="primary")
        if not pressed:
            return
        if vectors is None:
            st.info("Choose a file of vectors first.")
            return
        with shown_to_visitor(), st.spinner("Reading…"):
            path = _kept(vectors, metadata, leave_out=leave_out)
            state.choose(CHOICE, path.stem)
            state.remember(OPENED, f"{vectors.name} is kept as {path.stem}.")
            st.rerun()


def _kept(vectors: "UploadedFile", metadata: "UploadedFile | None", *, leave_out: bool) -> Path:
    """Open an upload and keep it.

    Raises:
        EmbeddingError: if it is not what was expected.
        StorageError: if it cannot be kept.
    """
    with tempfile.TemporaryDirectory() as folder:
        first = _written(vectors, Path(folder) / "vectors")
        second = None if metadata is None else _written(metadata, Path(folder) / "metadata")
        try:
            space = open_space(first, second, leave_out=leave_out)
        except UnusableVectorsError as error:
            advice = "Tick “Leave out rows that cannot be used” and press Open again to go on without them."
            raise UnusableVectorsError(f"{error} {advice}", error.count) from error
    return library.save_space(space, vectors.name)


def _written(upload: Any, folder: Path) -> Path:
    folder.mkdir()
    path = folder / f"{library.safe_name(upload.name)}{Path(upload.name).suffix.lower()}"
    path.write_bytes(upload.getbuffer())
    return path


def _offer_to_delete(path: Path) -> None:
    with st.popover("Delete this file"):
        st.markdown(f"Deletes **{plain(path.stem)}** from the workspace. The file that it was read from stays.")
        if st.button("Delete", key=f"delete|{path.stem}"):
            try:
                library.delete(path)
            except SerError as error:
                st.error(plain(str(error)))
                return
            state.remember(OPENED, f"{path.stem} is deleted.")
            st.rerun()
