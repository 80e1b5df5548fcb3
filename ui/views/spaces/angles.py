"""Changes of the angles between directions of two spaces."""

import numpy as np
import streamlit as st

from ser_core.embeddings.comparing import angles_changed
from ser_core.plots.two_spaces import angle_change_figure
from ui.components import charts
from ui.components.text import plain
from ui.views.spaces.sides import SpaceSides

NAMED = 3
MOST_CLASSES = 30  # drawn


def draw_angles(sides: SpaceSides) -> None:
    """Draw the change of each angle.

    Raises:
        SerError: if the spaces share fewer than two emotions, or one has no direction.
    """
    st.header("Angles between the emotions")
    found = angles_changed(sides.first.atlas, sides.second.atlas)
    drawing, told = st.columns([3, 2])
    with drawing:
        charts.draw(
            angle_change_figure(found.largest(MOST_CLASSES)),
            key=f"angles|{sides.first.key}|{sides.second.key}",
            alt="By how many degrees the angle between each two emotions is larger in the second space.",
            buttons=False,
        )
    with told:
        first, second = np.triu_indices(len(found.labels), 1)
        order = np.argsort(-np.abs(found.change[first, second]), kind="stable")[:NAMED]
        st.markdown("**The largest changes**")
        st.markdown(
            "\n".join(
                f"- {plain(found.labels[one])} and {plain(found.labels[other])}: {found.first[one, other]:.0f}° → "
                f"{found.second[one, other]:.0f}° ({found.change[one, other]:+.0f}°)"
                for one, other in zip(first[order], second[order], strict=True)
            )
        )
        if len(found.labels) > MOST_CLASSES:
            st.caption(f"Drawn: the {MOST_CLASSES} of {len(found.labels)} classes whose angles have changed most.")
        mean = found.change[first, second].mean()
        st.caption(
            f"Second minus first, in degrees; on average {mean:+.1f}°. Each space has its own directions: the "
            "normalised means of its training utterances, where it has any, of all its utterances otherwise."
        )
