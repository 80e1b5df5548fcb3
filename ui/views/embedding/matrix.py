"""The matrix of the angles between classes, beside the map: a pressed cell rings both classes on it."""

import streamlit as st

from ui.components import angle_matrix, glossary, utterances
from ui.components.angle_matrix import Cell
from ui.components.text import plain
from ui.views.embedding.angles import MeasuredAngles
from ui.views.embedding.cell import BEHIND, choose, chosen_cell
from ui.views.embedding.map import space_of
from ui.views.embedding.utterances import KnownUtterances


def draw_matrix(known: KnownUtterances, measured: MeasuredAngles) -> Cell | None:
    """Draw the matrix; returns the cell that is looked at, if one is."""
    split = measured.split
    key = f"angle matrix|{split.key}"
    before = chosen_cell(split.labels)
    cell = angle_matrix.pressed(key, split.labels, before)
    if cell != before:
        choose(cell)
    intervals = measured.intervals
    angle_matrix.draw(
        measured.matrix,
        split.labels,
        key=key,
        title="Matrix of the angles between the classes' directions, in degrees.",
        space=space_of(known),
        column=split.known.label,
        chosen=cell,
        bounds=None if intervals is None else intervals.bounds,
    )
    if cell is None:
        heard = utterances.can_be_heard(known.rows, known.atlas)
        glossary.draw(f"Press a cell to see{' and hear' if heard else ''} the [[utterances|utterance]] behind it.")
    else:
        st.markdown(f"[The utterances behind this cell ↓](#{BEHIND})")
    with st.expander("What the numbers are"):
        glossary.caption(
            "Degrees. Off the diagonal: the [[angle]] between two [[directions|direction]]; a direction is "
            f"{split.explanation}. On the diagonal: the mean angle of the {plain(split.spoken)} to their own direction."
        )
    return cell
