"""Choice of a table of angles: a paper, a model, pasted text or a file."""

from dataclasses import dataclass

import streamlit as st

from ser_core.geometry.angle_table import AngleTable, angle_table
from ser_core.geometry.published import PRINTED_ANGLES
from ser_core.geometry.table_reading import read_angle_table
from ui import cache, state
from ui.components import checkpoint_choice
from ui.components.text import plain

PRINTED = {printed.title: name for name, printed in PRINTED_ANGLES.items()}
OURS, PASTE, UPLOAD = "One of our models", "Paste a table", "Upload a file"
SOURCES = (*PRINTED, OURS, PASTE, UPLOAD)
DEGREES, COSINES = "degrees", "cosines"
EXAMPLE = ",neutral,happy,sad\nneutral,,60.34,89.78\nhappy,,,25.75\nsad,,,"
FORM = (
    "Labels in the first row and the first column; between them commas, semicolons or tabs, as a spreadsheet copies or "
    "saves them; blanks, as a PDF is copied; or a table in Markdown or LaTeX. The whole table, or one half of it; the "
    "diagonal is ignored. Where commas do not separate columns, 60,34 is read as 60.34."
)


@dataclass(frozen=True)
class ChosenTable:
    """Chosen table with its name.

    Attributes:
        name: for files made from it.
        key: the same for the same table.
        table: the angles.
    """

    name: str
    key: str
    table: AngleTable


def choose_table() -> ChosenTable | None:
    """Draw the choice of a table.

    Returns:
        The table; ``None`` while nothing was brought.

    Raises:
        InputError: if what was brought is no table of angles.
    """
    source = st.radio("Table", SOURCES, key=state.prepared("audit source", SOURCES), horizontal=True)
    state.remember("audit source", source)
    if source in PRINTED:
        printed = PRINTED_ANGLES[PRINTED[source]]
        st.caption(f"Angles between emotions on {printed.corpus}, in degrees, as printed in {printed.place}.")
        return ChosenTable(PRINTED[source], source, angle_table(printed.labels, printed.angles))
    if source == OURS:
        return _of_model()
    unit = st.radio("Its figures are", (DEGREES, COSINES), key=state.prepared("audit unit", (DEGREES, COSINES)),
                    horizontal=True)  # fmt: skip
    state.remember("audit unit", unit)
    content = _pasted() if source == PASTE else _uploaded()
    if content is None:
        return None
    table = read_angle_table(content, cosines=unit == COSINES)
    if unit == DEGREES and table.degrees.max() <= 3.2:
        st.caption("No angle is larger than 3.2°. Are these cosines, or radians? Then choose cosines, or convert them.")
    return ChosenTable("table", f"{unit}|{cache.digest(content)}", table)


def _of_model() -> ChosenTable | None:
    model, _ = st.columns(2)
    with model:
        entry = checkpoint_choice.render()
    if entry is None:
        return None
    labels, matrix = cache.angle_matrix(entry.path)
    st.caption(
        "The angles between its emotions' directions, from the training utterances. They are measured between vectors, "
        "so they can exist; change a cell below to see what breaks."
    )
    name = entry.name.replace("/", "-")
    return ChosenTable(name, f"{entry.path}|{cache.version(entry.path)}", angle_table(labels, matrix))


def _pasted() -> bytes | None:
    text = st.text_area(
        "Table of angles", key=state.prepared_value("audit text", ""), height=200, placeholder=EXAMPLE, help=FORM
    )
    state.remember("audit text", text)
    st.caption(FORM)
    return text.encode("utf-8", "replace") if text else None


def _uploaded() -> bytes | None:
    upload = st.file_uploader(
        "A table of angles",
        type=["csv", "tsv", "txt", "json"],
        help="CSV as below, or the JSON that `python -m ser_core angles` writes.",
        on_change=state.remember,
        args=("audit file", None),
    )
    if upload is not None:
        state.remember("audit file", (upload.name, upload.getvalue()))
    kept: tuple[str, bytes] | None = state.recall("audit file")
    st.caption(FORM if kept is None else f"Read: {plain(kept[0])}.")
    return None if kept is None else kept[1]
