"""What a voice changes, clip by clip: the verdict, and the angle to every emotion before and after."""

from collections.abc import Sequence

import streamlit as st

from ser_core.inference.own_voice import Change, heard_as_spoken
from ser_core.plots.voice_change import change_figure
from ui.components import charts
from ui.components.text import plain

PER_LINE = 2
DRAWN = 10


def draw_changes(changes: Sequence[Change]) -> None:
    """Draw the sum, and a figure for each clip.

    Args:
        changes: one per clip.
    """
    st.subheader("Before and after")
    right = heard_as_spoken(changes)
    if right.of:
        before, after = st.columns(2)
        before.metric("Heard as spoken, before", f"{right.before} of {right.of}", border=True)
        after.metric("Heard as spoken, after", f"{right.after} of {right.of}", border=True)
        st.caption(
            "Each clip is judged by the voice that the other clips make, so that none is judged by itself. "
            "A handful of clips shows what happens to them, not how often the next one will be right."
        )
    alone = len(changes) - right.of
    if alone:
        st.warning(
            f"{alone} of {len(changes)} clips {'is' if alone == 1 else 'are'} judged by a voice that "
            f"{'it' if alone == 1 else 'they'} made, since no other clip could: that flatters. Give more clips."
        )
    reach = max(
        max(*change.before.angles_degrees.values(), *change.after.angles_degrees.values()) for change in changes
    )
    for first in range(0, min(len(changes), DRAWN), PER_LINE):
        shown = changes[first : min(first + PER_LINE, DRAWN)]
        for column, (number, change) in zip(st.columns(PER_LINE), enumerate(shown, first), strict=False):
            with column.container(border=True):
                _draw(change, number, reach)
    if len(changes) > DRAWN:
        st.caption(f"The first {DRAWN} of {len(changes)} clips are drawn.")
    st.caption(
        "Hollow: the angle as the model was trained. Filled: for this voice. 0° is the emotion's direction itself; "
        "bold is the emotion in which the clip was spoken."
    )


def _draw(change: Change, number: int, reach: float) -> None:
    before, after, spoken = change.before, change.after, change.clip.emotion
    heard = f"heard as **{before.verdict}**, then as **{after.verdict}**"
    if before.verdict == after.verdict:
        heard = f"heard as **{after.verdict}** before and after"
    own = "" if change.held_out else " (judged by the voice that it made)"
    st.markdown(f"{plain(change.clip.name)}: spoken as **{spoken}**, {heard}{own}.")
    moved = [
        f"{label} {angle:.0f}, {after.angles_degrees[label]:.0f}" for label, angle in before.angles_degrees.items()
    ]
    charts.draw(
        change_figure(before.angles_degrees, after.angles_degrees, spoken=spoken, reach=reach),
        key=f"change|{number}",
        alt=f"Angle to each emotion before and after, in degrees: {'; '.join(moved)}.",
        buttons=False,
    )
