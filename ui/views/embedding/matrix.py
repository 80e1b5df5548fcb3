"""The angles between emotions: the matrix, what is behind each cell, how sure it is, and how it is spread."""

import numpy as np
import streamlit as st

from ser_core.geometry.angles import class_angle_matrix
from ser_core.geometry.spread import within_spreads
from ser_core.plots.matrix import angle_matrix_figure
from ui.components import charts, folded
from ui.components.text import plain
from ui.errors import shown_to_visitor
from ui.views.embedding.cell import choose_cell, redraw_matrix, select_pressed, start_of
from ui.views.embedding.exports import choose_picture, draw_exports
from ui.views.embedding.histograms import draw_histograms
from ui.views.embedding.intervals import choose_resampling, draw_intervals
from ui.views.embedding.pairs import draw_cell
from ui.views.embedding.split import choose_split
from ui.views.embedding.utterances import KnownUtterances


def draw_matrix(known: KnownUtterances) -> tuple[int, ...]:
    """Draw the clickable matrix beside the utterances of the chosen cell; below it intervals, histograms and files.

    Returns:
        Row numbers of the utterances that are heard there.

    Raises:
        InputError: if vectors and directions do not fit, or a class has no direction.
    """
    st.header("Angles between emotions")
    split = choose_split(known)
    labels = split.labels
    matrix = class_angle_matrix(split.embeddings, split.rows["emotion"], split.directions, labels)
    spreads = within_spreads(split.embeddings, split.rows["emotion"], split.directions, labels)
    cells, sure, spread, files = folded.tabs(
        "what of the angles", ["Matrix", "Intervals", "Within and between", "Take away"]
    )
    # What is chosen in the later tabs is seen in the matrix.
    intervals = None
    with sure, shown_to_visitor():
        intervals = choose_resampling(split)
        draw_intervals(split, matrix, intervals, seen=bool(sure.open))
    with files:
        picture = choose_picture(split, known)
        draw_exports(split, matrix, intervals, picture.name)
    left, right = cells.columns([2, 3])
    with right:
        cell = choose_cell(labels)
    with left:
        # With intervals, which may come later, the figure is another one.
        key, start = start_of(f"{split.key}|{intervals is not None}", cell)
        if cells.open:
            charts.draw_to_select(
                angle_matrix_figure(
                    matrix,
                    labels,
                    deviations=np.array([one.deviation for one in spreads]),
                    intervals=None if intervals is None else intervals.bounds,
                    chosen=start,
                ),
                key=key,
                alt="Matrix of the angles between the emotions' directions, in degrees.",
                picture=picture,
                on_select=lambda: select_pressed(key),
            )
        else:
            redraw_matrix()  # the browser forgets what was pressed in a figure that it no longer shows
        st.caption(
            "Degrees. Off the diagonal: the angle between two emotions' directions; a direction is "
            f"{split.explanation}. On the diagonal: the mean angle of the {plain(split.spoken)} to their "
            "own direction."
        )
    with right:
        heard = draw_cell(split, cell, spreads, intervals)
    with spread:
        draw_histograms(split, spreads, picture, seen=bool(spread.open))
    return tuple(int(split.numbers[row]) for row in heard)
