"""The matrix of the angles between classes, beside the map: each cell can be pressed."""

import numpy as np
import streamlit as st

from ser_core.plots.matrix import angle_matrix_figure
from ui.components import charts
from ui.components.text import plain
from ui.views.embedding.angles import MeasuredAngles
from ui.views.embedding.cell import Cell, select_pressed, start_of


def draw_matrix(measured: MeasuredAngles, cell: Cell | None) -> None:
    """Draw the matrix, with the chosen cell marked and told below it."""
    split = measured.split
    # With intervals, which may come later, the figure is another one.
    key, start = start_of(f"{split.key}|{measured.intervals is not None}", cell)
    charts.draw_to_select(
        angle_matrix_figure(
            measured.matrix,
            split.labels,
            deviations=np.array([one.deviation for one in measured.spreads]),
            intervals=None if measured.intervals is None else measured.intervals.bounds,
            chosen=start,
        ),
        key=key,
        alt="Matrix of the angles between the classes' directions, in degrees.",
        buttons=False,
        on_select=lambda: select_pressed(key),
    )
    if cell is None:
        st.markdown("Press a cell to see and hear the utterances behind it.")
    st.caption(
        "Degrees. Off the diagonal: the angle between two directions; a direction is "
        f"{split.explanation}. On the diagonal: the mean angle of the {plain(split.spoken)} to their own direction."
    )
