"""Reliability of the chosen runs and results."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from ui.components import tables
from ui.components.reliability import ABOVE_AND_BELOW, draw_diagram
from ui.components.text import plain

if TYPE_CHECKING:
    from ser_core.experiments.records import ExperimentRecord

COLUMNS = {
    name: st.column_config.NumberColumn(f"{name} (%)", format="%.1f")
    for name in ("calibration error", "none of these", "inside own 90 % range", "right of the others", "right of all")
}
_BESIDE = 3  # diagrams in one row


def draw_reliability(records: "Sequence[ExperimentRecord]", titles: Mapping[str, str]) -> None:
    """Draw calibration error, rejections and coverage on the test utterances, and a reliability diagram each.

    Args:
        records: the runs and results.
        titles: what each is called, by its name.
    """
    st.header("What probabilities and “none of these” are worth")
    known = [(record, record.reliability) for record in records if record.reliability is not None]
    if not known:
        st.caption(
            "Not measured: they are of a release that did not, or have not ended. Train or evaluate them again to have "
            "it measured on the test utterances."
        )
        return
    tables.show([_row(record, titles) for record in records], hide_index=True, column_config=COLUMNS)
    for first in range(0, len(known), _BESIDE):
        columns = st.columns(_BESIDE)
        for column, (record, found) in zip(columns, known[first : first + _BESIDE], strict=False):
            with column:
                st.markdown(f"**{plain(titles[record.name])}**, {found.utterances} test utterances")
                draw_diagram(found, key=f"reliability of {record.name}")
    st.caption(
        f"Of test utterances, which chose nothing of a model; of an evaluation those of all folds. {ABOVE_AND_BELOW} "
        "None of these: outside every emotion's range. A range is set to hold 90 % of its emotion's development speech."
    )


def _row(record: "ExperimentRecord", titles: Mapping[str, str]) -> dict[str, Any]:
    found = record.reliability
    figures = (
        (None,) * len(COLUMNS) if found is None else (found.ece, found.rejected, found.covered, found.wa_kept, found.wa)
    )
    shares = {name: None if value is None else 100 * value for name, value in zip(COLUMNS, figures, strict=True)}
    return {"name": titles[record.name], **shares}
