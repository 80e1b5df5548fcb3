"""Violations of the triangle inequality, as a table and a picture."""

import streamlit as st

from ser_core.geometry.audit import Audit
from ser_core.plots.audit import detour_figure
from ui import cache, state
from ui.components import charts, tables
from ui.components.text import plain

SHOWN = 200
CONFIG = {
    "excess_degrees": st.column_config.NumberColumn("too much (°)", format="%.2f"),
    "direct": st.column_config.NumberColumn("a – b (°)", format="%.2f"),
    "first": st.column_config.NumberColumn("a – via (°)", format="%.2f"),
    "second": st.column_config.NumberColumn("via – b (°)", format="%.2f"),
}


def draw_triples(found: Audit) -> None:
    """Draw the triples by their excess, and the chosen one as angles on paper."""
    if not found.violations:
        return
    st.header("Violations of the triangle inequality")
    labels, degrees = found.table.labels, found.table.degrees
    place = {label: number for number, label in enumerate(labels)}
    rows = [
        {
            "a": one.a,
            "b": one.b,
            "via": one.via,
            "excess_degrees": one.excess_degrees,
            "direct": degrees[place[one.a], place[one.b]],
            "first": degrees[place[one.a], place[one.via]],
            "second": degrees[place[one.via], place[one.b]],
        }
        for one in found.violations[:SHOWN]
    ]
    table, picture = st.columns([3, 2])
    with table:
        key = f"audit triples {cache.digest(degrees.tobytes())}"
        tables.show(
            rows,
            hide_index=True,
            column_config=CONFIG,
            key=key,
            on_select="rerun",
            selection_mode="single-row",
            height=min(320, 36 * len(rows) + 40),
        )
        text = "Choose a row to see it drawn."
        if found.violations_total > SHOWN:
            text = f"The {SHOWN} largest of {found.violations_total}; the JSON has up to 10 000. {text}"
        st.caption(text)
    chosen = next((row for row in state.selected_rows(key) if row < len(rows)), 0)
    row, one = rows[chosen], found.violations[chosen]
    with picture:
        charts.draw(
            detour_figure((one.a, one.b, one.via), direct=row["direct"], first=row["first"], second=row["second"]),
            key="audit triple",
            alt=f"From {one.a} to {one.b} by way of {one.via}: the sum of both angles is less than the angle between "
            f"{one.a} and {one.b}.",
            buttons=False,
        )
        st.caption(
            f"Both angles one after the other, in one plane: further from {plain(one.a)} than the full line, "
            f"{plain(one.b)} cannot be. The dashed line is where the table puts it."
        )
