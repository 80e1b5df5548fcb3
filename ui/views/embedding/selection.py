"""The utterances that were selected on the map: a table, and their sound."""

import streamlit as st

from ui.components import utterances
from ui.views.embedding.known import Known
from ui.views.embedding.map import table_key


def draw_selection(known: Known, selected: list[int]) -> None:
    """Draw the selected utterances.

    Args:
        known: what the map shows.
        selected: row numbers.
    """
    if not selected:
        st.markdown("Press a point, or draw a lasso around several, to see and hear them.")
        return
    rows = known.rows.iloc[selected].reset_index(drop=True)
    if len(rows) == 1:
        with st.container(border=True):
            st.markdown(utterances.told(rows.iloc[0]))
            utterances.hear(rows.iloc[0], known.atlas)
        utterances.table(rows, key=f"{table_key(known)}|one")
        return
    st.markdown(f"**{len(rows)}** utterances. Choose a row to hear it.")
    for number in utterances.table(rows, key=table_key(known), selectable=True, height=300):
        st.markdown(utterances.told(rows.iloc[number]))
        utterances.hear(rows.iloc[number], known.atlas)
