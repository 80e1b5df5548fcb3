"""How the chosen runs learned: one figure of each epoch."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.plots.curves import LOSS, METRICS, curves_figure
from ui import state
from ui.components import charts, page_top
from ui.components.text import plain

if TYPE_CHECKING:
    from ser_core.experiments.records import ExperimentRecord

RIGHT = "development_uar"  # what a newcomer sees
NAMES = {
    LOSS: "loss",
    RIGHT: "UA, head",
    "development_wa": "WA, head",
    "development_uar_angle": "UA, nearest direction",
}


def draw_curves(records: "Sequence[ExperimentRecord]", titles: Mapping[str, str]) -> None:
    """Draw how those learned that are runs, by epoch; ``titles`` holds what each record is called, by its name."""
    histories = {titles[record.name]: record.history for record in records if record.history}
    if not histories:
        return
    st.header("How they learned")
    metric = _choose_metric() if page_top.experts() else RIGHT
    shown = {name: rows for name, rows in histories.items() if any(getattr(row, metric) is not None for row in rows)}
    if not shown:
        st.caption("None of these runs kept that figure: a recipe that trains on the development speakers has none.")
        return
    charts.draw(curves_figure(shown, metric), key="compared curves", alt=f"{METRICS[metric]} of each epoch, by run.")
    caption = "A line breaks where a stage of training ends."
    if metric == LOSS:
        caption += " Losses of different objectives have different units: compare their course, not their height."
    else:
        caption += " On development speakers, who are not those of the test."
    without = [titles[record.name] for record in records if titles[record.name] not in shown]
    if without:
        caption += f" No curve: {plain(', '.join(without))}."
    st.caption(caption)


def _choose_metric() -> str:
    metrics = list(METRICS)
    metric = st.radio(
        "Figure", metrics, key=state.prepared("curve", metrics, RIGHT), format_func=NAMES.__getitem__, horizontal=True
    )
    state.remember("curve", metric)
    return metric
