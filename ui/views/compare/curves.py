"""Learning curves of the chosen runs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.plots.curves import LOSS, METRICS, curves_figure
from ui import state
from ui.components import charts
from ui.components.text import plain

if TYPE_CHECKING:
    from ser_core.experiments.records import ExperimentRecord

NAMES = {
    "train_loss": "loss",
    "development_uar": "UA, head",
    "development_wa": "WA, head",
    "development_uar_angle": "UA, nearest direction",
}


def draw_curves(records: "Sequence[ExperimentRecord]") -> None:
    """Draw the figure that is chosen, epoch by epoch."""
    st.subheader("Learning curves")
    histories = {record.name: record.history for record in records if record.history}
    if not histories:
        st.caption("Results of an evaluation keep no curves; runs do. Choose runs to see how they learned.")
        return
    metrics = list(METRICS)
    metric = st.radio(
        "Figure", metrics, key=state.prepared("curve", metrics, "development_uar"), format_func=NAMES.__getitem__,
        horizontal=True,
    )  # fmt: skip
    state.remember("curve", metric)
    shown = {name: rows for name, rows in histories.items() if any(getattr(row, metric) is not None for row in rows)}
    if not shown:
        st.caption("None of these runs kept that figure: a recipe that trains on the development speakers has none.")
        return
    charts.draw(curves_figure(shown, metric), key="compared curves", alt=f"{METRICS[metric]} of each epoch, by run.")
    caption = "A line breaks where a stage of training ends."
    if metric == LOSS:
        caption += " Losses of different objectives have different units: compare their course, not their height."
    else:
        caption += " Development speakers, who are not those of the scores below."
    without = [record.name for record in records if record.name not in shown]
    if without:
        caption += f" No curve: {plain(', '.join(without))}."
    st.caption(caption)
