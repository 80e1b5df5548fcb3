"""Choice of a table of angles: a model, a paper, pasted text or a file."""

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
SOURCES = (OURS, *PRINTED, PASTE, UPLOAD)
SOURCE = "audit source"
EXAMPLE = next(iter(PRINTED))
DEGREES, COSINES = "degrees", "cosines"
FORM_OF_TABLE = ",neutral,happy,sad\nneutral,,60.34,89.78\nhappy,,,25.75\nsad,,,"
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
        told: what it is, in a few plain words.
        origin: where its angles come from, in a sentence.
        key: the same for the same table.
        table: the angles.
        doubt: why its figures may not be what they are said to be, if so.
    """

    name: str
    told: str
    origin: str
    key: str
    table: AngleTable
    doubt: str = ""


def choose_table() -> ChosenTable | None:
    """Draw the choice of a table: at first the angles of the newest model that was made here, or of one that ships.

    Returns:
        The table; ``None`` while nothing was brought.

    Raises:
        InputError: if what was brought is no table of angles.
    """
    source = st.radio("Table", SOURCES, key=state.prepared(SOURCE, SOURCES))
    state.remember(SOURCE, source)
    if source in PRINTED:
        printed = PRINTED_ANGLES[PRINTED[source]]
        origin = f"Angles between emotions on {printed.corpus}, in degrees, as printed in {printed.place}."
        return ChosenTable(PRINTED[source], source, origin, source, angle_table(printed.labels, printed.angles))
    if source == OURS:
        return _of_model()
    unit = st.radio("Its figures are", (DEGREES, COSINES), key=state.prepared("audit unit", (DEGREES, COSINES)),
                    horizontal=True)  # fmt: skip
    state.remember("audit unit", unit)
    content = _pasted() if source == PASTE else _uploaded()
    if content is None:
        return None
    table = read_angle_table(content, cosines=unit == COSINES)
    doubt = "No angle is larger than 3.2°. Are these cosines, or radians? Then choose cosines, or convert them."
    small = unit == DEGREES and table.degrees.max() <= 3.2
    return ChosenTable(
        "table", "your table", "", f"{unit}|{cache.digest(content)}", table, doubt=doubt if small else ""
    )


def say_what_to_bring() -> None:
    """Say on the page what is missing: a model, or a table that stands among the settings."""
    if state.recall(SOURCE) == OURS:
        checkpoint_choice.say_where_to_find_one()
    else:
        st.markdown(f"Bring a table of angles under *Settings*: whether it can exist is seen here. {FORM}")


def draw_example() -> None:
    """Draw the button that opens the printed table which cannot exist, and the way back from any other table."""
    if state.recall(SOURCE) == OURS:
        st.button(f"See an impossible one: {EXAMPLE}", on_click=state.choose, args=(SOURCE, EXAMPLE))
    else:
        st.button("Back to the model's angles", on_click=state.choose, args=(SOURCE, OURS))


def _of_model() -> ChosenTable | None:
    entry = checkpoint_choice.render(own=True)
    if entry is None:
        return None
    labels, matrix = cache.angle_matrix(entry.path)
    return ChosenTable(
        entry.name.replace("/", "-"),
        f"{checkpoint_choice.title(entry)} · angles between its emotions",
        "The angles between the model's directions of emotions, from the training utterances. They are measured "
        "between vectors, so they can exist: change one below to see what breaks.",
        f"{entry.path}|{cache.version(entry.path)}",
        angle_table(labels, matrix),
    )


def _pasted() -> bytes | None:
    text = st.text_area(
        "Table of angles", key=state.prepared_value("audit text", ""), height=200, placeholder=FORM_OF_TABLE, help=FORM
    )
    state.remember("audit text", text)
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
    if kept is None:
        return None
    st.caption(f"Read: {plain(kept[0])}.")
    return kept[1]
