"""The angles between classes: measured once, how sure they are, how they are spread, and as files."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from ser_core.geometry.angles import class_angle_matrix
from ser_core.geometry.spread import WithinSpread, within_spreads
from ser_core.plots.matrix import angle_matrix_figure
from ser_core.types import FloatArray
from ui import state
from ui.components import charts, folded, page_top
from ui.errors import shown_to_visitor
from ui.views.embedding.exports import choose_picture, draw_exports
from ui.views.embedding.histograms import draw_histograms
from ui.views.embedding.intervals import AngleIntervals, choose_resampling, draw_intervals
from ui.views.embedding.split import SplitUtterances

INTERVALS = "intervals of the angles"


@dataclass(frozen=True)
class MeasuredAngles:
    """The angles of a split.

    Attributes:
        split: whose they are.
        matrix: degrees, shape ``(K, K)``; the mean angle within a class on the diagonal.
        spreads: within each class.
    """

    split: SplitUtterances
    matrix: FloatArray
    spreads: Sequence[WithinSpread]

    @property
    def intervals(self) -> AngleIntervals | None:
        """Intervals of the angles, once :func:`draw_angles` has found them: resampling may take longer than a map."""
        key, found = state.recall(INTERVALS, ("", None))
        return found if key == self.split.key else None


def measure(split: SplitUtterances) -> MeasuredAngles:
    """Measure the angles.

    Raises:
        InputError: if vectors and directions do not fit, or a class has no direction.
    """
    matrix = class_angle_matrix(split.embeddings, split.rows["emotion"], split.directions, split.labels)
    return MeasuredAngles(
        split, matrix, within_spreads(split.embeddings, split.rows["emotion"], split.directions, split.labels)
    )


def draw_angles(measured: MeasuredAngles) -> None:
    """Draw the angles' spread within and between classes, their intervals for experts, and the files."""
    split, matrix, spreads = measured.split, measured.matrix, measured.spreads
    st.header("Angles between the classes")
    experts, intervals = page_top.experts(), None
    titles = ["Within and between", *(["Intervals"] if experts else []), "Take away"]
    spread, *between, files = folded.tabs("what of the angles", titles)
    for sure in between:
        with sure, shown_to_visitor():
            intervals = choose_resampling(split)
            draw_intervals(split, matrix, intervals, seen=bool(sure.open))
    state.remember(INTERVALS, (split.key, intervals))
    with files:
        picture = choose_picture(split)
        if files.open:
            charts.draw(
                angle_matrix_figure(
                    matrix,
                    split.labels,
                    deviations=np.array([one.deviation for one in spreads]),
                    intervals=None if intervals is None else intervals.bounds,
                ),
                key=f"{split.key}|to save",
                alt="The angles as a figure to save.",
                picture=picture,
            )
        draw_exports(split, matrix, intervals, picture.name)
    with spread:
        draw_histograms(split, spreads, picture, seen=bool(spread.open))
