"""Export of the angles: tables, and figures as images."""

import re
from typing import Literal

import numpy as np
import streamlit as st

from ser_core.geometry.table_writing import matrix_csv, matrix_latex, pairs_csv
from ser_core.types import FloatArray
from ui import state
from ui.components import charts, page_top
from ui.views.embedding.intervals import AngleIntervals
from ui.views.embedding.split import SplitUtterances

FORMATS: tuple[Literal["svg", "png"], ...] = ("svg", "png")


def choose_picture(split: SplitUtterances) -> charts.ImageExport:
    """Draw the choice of the form in which figures are saved; returns it with a name for files."""
    form = st.radio(
        "The camera above a figure saves",
        FORMATS,
        key=state.prepared("picture format", FORMATS),
        format_func=str.upper,
        horizontal=True,
    )
    state.remember("picture format", form)
    st.caption("Your browser makes the picture itself; no network is needed.")
    known = split.known
    folder = known.checkpoint.parent if known.checkpoint.name == "checkpoint" else known.checkpoint
    name = re.sub(r"\W+", "-", f"angles-{folder.name}-{split.name}-{split.source}").strip("-")
    return charts.ImageExport(name, form)


def draw_exports(split: SplitUtterances, matrix: FloatArray, intervals: AngleIntervals | None, name: str) -> None:
    """Draw the buttons for the matrix, those with intervals for experts, and the way to its audit.

    Args:
        split: whose angles.
        matrix: degrees, shape ``(K, K)``.
        intervals: of the angles, where they are known.
        name: of the files.
    """
    bounds = np.full((*matrix.shape, 2), np.nan) if intervals is None else intervals.bounds
    csv, pairs, latex = st.columns(3)
    csv.download_button(
        "Matrix as CSV", matrix_csv(split.labels, matrix), f"{name}.csv", "text/csv", on_click="ignore", width="stretch"
    )
    if page_top.experts():
        pairs.download_button(
            "Angles and intervals as CSV",
            pairs_csv(split.labels, matrix, bounds),
            f"{name}-intervals.csv",
            "text/csv",
            on_click="ignore",
            width="stretch",
        )
        latex.download_button(
            "Matrix and intervals as LaTeX",
            matrix_latex(split.labels, matrix, intervals=bounds),
            f"{name}.tex",
            "application/x-tex",
            on_click="ignore",
            width="stretch",
        )
    st.page_link("pages/geometry_audit.py", label=":primary[**Audit a table of angles →**]")
