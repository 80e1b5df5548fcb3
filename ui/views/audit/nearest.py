"""The nearest table that could exist, and how far it is from the given one."""

import streamlit as st

from ser_core.geometry.audit import Audit
from ser_core.plots.audit import audited_figure, change_figure
from ui.components import charts, folded

NEAREST = "nearest possible table"


def draw_nearest(found: Audit) -> None:
    """Draw the nearest possible angles and the change, once asked for; nothing where the given ones are possible."""
    if not found.nearest.rounds:
        return
    box = folded.expander(NEAREST, "The nearest table that could exist")
    if not box.open:
        return
    labels = found.table.labels
    with box:
        nearest, change = st.columns(2)
        with nearest:
            st.header("Nearest possible")
            charts.draw(
                audited_figure(found.nearest_degrees, labels),
                key="audit nearest",
                alt="The angles of the nearest matrix that could exist, in degrees.",
                buttons=False,
            )
            st.caption(f"Degrees. Found after {found.nearest.rounds} steps of Newton's method.")
        with change:
            st.header("Change")
            charts.draw(
                change_figure(found.change_degrees, labels),
                key="audit change",
                alt="By how many degrees the nearest possible angles differ from the given ones.",
                buttons=False,
            )
            st.caption("Degrees, nearest possible minus given: orange is smaller, purple larger.")
