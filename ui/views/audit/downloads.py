"""Downloads of an audit: nearest matrix and findings."""

import json

import streamlit as st

from ser_core.geometry.audit import Audit
from ser_core.geometry.table_writing import matrix_csv, matrix_latex


def draw_downloads(found: Audit, name: str) -> None:
    """Draw the buttons.

    Args:
        found: the findings.
        name: of the table, for the names of the files.
    """
    st.header("Take away")
    labels, nearest = found.table.labels, found.nearest_degrees
    csv, latex, findings, _ = st.columns([1, 1, 1, 2])
    csv.download_button(
        "Nearest matrix as CSV",
        matrix_csv(labels, nearest),
        f"{name}-nearest.csv",
        "text/csv",
        on_click="ignore",
        width="stretch",
    )
    latex.download_button(
        "Nearest matrix as LaTeX",
        matrix_latex(labels, nearest, decimals=2),
        f"{name}-nearest.tex",
        "application/x-tex",
        on_click="ignore",
        width="stretch",
    )
    findings.download_button(
        "All findings as JSON",
        json.dumps(found.record(), indent=2, allow_nan=False),
        f"{name}-audit.json",
        "application/json",
        on_click="ignore",
        width="stretch",
    )
    st.caption("In degrees. The JSON is what `python -m ser_core audit FILE --json` prints.")
