"""Scores of every back end on the test utterances."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.plots.bars import bars_figure
from ui import state
from ui.components import charts, tables
from ui.components.scores import BACK_ENDS

if TYPE_CHECKING:
    from ser_core.experiments.reading import BackEndScore
    from ser_core.experiments.systems import System

COLUMNS = {name: st.column_config.NumberColumn(f"{name} (%)", format="%.1f") for name in ("UA", "± UA", "WA", "± WA")}
METRICS = {"UA": "uar", "WA": "wa"}


def draw_scores(systems: "Sequence[System]") -> None:
    """Draw bars of every back end, and the table of all figures."""
    st.header("Scores of every back end")
    if not any(record.scores for system in systems for record in system.records):
        st.caption("None of these runs has ended; scores of the test utterances are there when one has.")
        return
    metric = st.radio("Score", list(METRICS), key=state.prepared("score", list(METRICS)), horizontal=True)
    state.remember("score", metric)
    scores = {
        system.name: {
            back_end: [getattr(record.scores[back_end], METRICS[metric])
                       for record in system.records if back_end in record.scores]
            for back_end in BACK_ENDS
        }
        for system in systems
    }  # fmt: skip
    charts.draw(
        bars_figure(scores, y_title=f"test {metric} (%)"),
        key="compared scores",
        alt=f"{metric} on the test utterances, one bar for each system and back end.",
    )
    rows = [
        {"system": system.name, "seed": record.basis.seed, "back end": back_end,
         "judges": "yes" if back_end == record.back_end else "", **_figures(score)}
        for system in systems for record in system.records for back_end, score in record.scores.items()
    ]  # fmt: skip
    with st.expander("All figures"):
        tables.show(rows, hide_index=True, column_config=COLUMNS)
    listed = ", ".join(f"{name}: {text}" for name, text in BACK_ENDS.items())
    several = any(len(system.records) > 1 for system in systems)
    st.caption(
        f"{listed}. SVM and neighbours are fitted on the training embeddings. ±: standard deviation over folds."
        + (" A bar is the mean over the seeds, a point one seed." if several else "")
    )


def _figures(score: "BackEndScore") -> dict[str, float | None]:
    values = {"UA": score.uar, "± UA": score.uar_std, "WA": score.wa, "± WA": score.wa_std}
    return {name: None if value is None else 100 * value for name, value in values.items()}
