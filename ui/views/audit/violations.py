"""All triples that violate the triangle inequality, as a table."""

import streamlit as st

from ser_core.geometry.audit import LISTED, Audit
from ui.components import folded, tables

WAYS = "ways round that are too short"
SHOWN = 200
CONFIG = {
    "excess_degrees": st.column_config.NumberColumn("too much (°)", format="%.2f"),
    "direct": st.column_config.NumberColumn("a – b (°)", format="%.2f"),
    "first": st.column_config.NumberColumn("a – via (°)", format="%.2f"),
    "second": st.column_config.NumberColumn("via – b (°)", format="%.2f"),
}


def draw_violations(found: Audit) -> None:
    """Draw the triples by their excess; nothing where there are none."""
    if not found.violations:
        return
    box = folded.expander(WAYS, f"Every way round that is too short ({found.violations_total:,})")
    if not box.open:
        return
    with box:
        tables.show(_rows(found), hide_index=True, column_config=CONFIG, height="auto")
        if found.violations_total > SHOWN:
            st.caption(f"The {SHOWN} largest of {found.violations_total:,}; the JSON has up to {LISTED:,}.")


def _rows(found: Audit) -> list[dict[str, str | float]]:
    place = {label: number for number, label in enumerate(found.table.labels)}
    degrees = found.table.degrees
    return [
        {
            "a": one.a,
            "b": one.b,
            "via": one.via,
            "excess_degrees": one.excess_degrees,
            "direct": float(degrees[place[one.a], place[one.b]]),
            "first": float(degrees[place[one.a], place[one.via]]),
            "second": float(degrees[place[one.via], place[one.b]]),
        }
        for one in found.violations[:SHOWN]
    ]
