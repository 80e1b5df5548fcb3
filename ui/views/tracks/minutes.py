"""Summary of each minute."""

from typing import TYPE_CHECKING

import streamlit as st

from ser_core.plots.track import minutes_figure
from ui.components import charts, tables

if TYPE_CHECKING:
    from ser_core.tracks import Track


def draw_minutes(track: "Track") -> None:
    """Draw the speech and the emotions of each minute, as a picture and as a table."""
    st.header("Minute by minute")
    charts.draw(
        minutes_figure(track),
        key="minutes",
        alt=f"Seconds of speech in each of {len(track.speech_by_minute)} minutes, by emotion.",
    )
    with st.expander("As a table"):
        table = track.minute_table()
        shares = [column for column in table.columns if column.startswith("share_")]
        tables.show(
            table.assign(**{column: 100 * table[column] for column in shares}),
            hide_index=True,
            column_config={
                "start": None,
                "end": None,
                "speech_seconds": st.column_config.NumberColumn("speech (s)", format="%.1f"),
                **{
                    column: st.column_config.NumberColumn(
                        column.removeprefix("share_").replace("_", " "), format="%.0f %%"
                    )
                    for column in shares
                },
            },
        )
    st.caption("Speech with its short pauses. Shares are of the minute's speech, not of the minute.")
