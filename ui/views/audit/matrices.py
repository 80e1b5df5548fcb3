"""Heat maps of the table, the nearest possible one, and the change."""

import streamlit as st

from ser_core.geometry.audit import Audit
from ser_core.plots.audit import MARKED, audited_figure, change_figure
from ui.components import charts


def draw_matrices(found: Audit) -> None:
    """Draw the given angles with the broken pairs framed; the nearest possible ones and the change, if they differ."""
    st.header("The angles")
    labels = found.table.labels
    given, nearest, change = st.columns(3)
    with given:
        st.subheader("As given")
        charts.draw(
            audited_figure(found.table.degrees, labels, excess=found.excess),
            key="audit given",
            alt="The given angles in degrees; pairs that violate the triangle inequality are marked.",
            buttons=False,
        )
        broken = int((found.excess > 0).sum()) // 2
        text = "Degrees."
        if broken:
            text += f" Marked: {broken} pairs that violate the triangle inequality." if broken > 1 else (
                " Marked: the pair that violates the triangle inequality."
            )  # fmt: skip
            text += " So many marks would hide the table: it is drawn without." if 2 * broken > MARKED else ""
        st.caption(text)
    if not found.nearest.rounds:
        with nearest:
            st.subheader("Nearest possible")
            st.markdown("The table is its own nearest possible one: nothing has to change.")
        return
    with nearest:
        st.subheader("Nearest possible")
        charts.draw(
            audited_figure(found.nearest_degrees, labels),
            key="audit nearest",
            alt="The angles of the nearest matrix that could exist, in degrees.",
            buttons=False,
        )
        st.caption(f"Degrees. Found after {found.nearest.rounds} steps of Newton's method.")
    with change:
        st.subheader("Change")
        charts.draw(
            change_figure(found.change_degrees, labels),
            key="audit change",
            alt="By how many degrees the nearest possible angles differ from the given ones.",
            buttons=False,
        )
        st.caption("Degrees, nearest possible minus given: orange is smaller, purple larger.")
