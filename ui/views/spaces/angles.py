"""Changes of the angles between directions of two spaces."""

import numpy as np
import streamlit as st

from ser_core.embeddings.comparing import angles_changed
from ser_core.plots.two_spaces import angle_change_figure
from ser_core.written_numbers import fixed
from ui.components import charts
from ui.components.class_column import ask_for_class_column
from ui.components.text import plain
from ui.views.spaces.classes import class_columns, classed, classes_of
from ui.views.spaces.pair import SpacePair
from ui.views.spaces.side import SpaceSides

NAMED = 3
MOST_CLASSES = 30  # drawn


def draw_angles(sides: SpaceSides, pair: SpacePair | None, label: str) -> None:
    """Draw the change of each angle.

    Args:
        sides: both spaces.
        pair: their common utterances, if there are some.
        label: the column whose values are the classes; empty while none is chosen.

    Raises:
        SerError: if the spaces share fewer than two classes, or one has no direction.
    """
    st.header("Angles between the classes")
    if not label:
        ask_for_class_column(classes_of(sides), class_columns(sides, pair), sides.name)
        return
    found = angles_changed(*classed(sides, label))
    drawing, told = st.columns([3, 2])
    with drawing:
        charts.draw(
            angle_change_figure(found.largest(MOST_CLASSES)),
            key=f"angles|{sides.first.key}|{sides.second.key}|{label}",
            alt="By how many degrees the angle between each two classes is larger in the second space.",
            buttons=False,
        )
    with told:
        first, second = np.triu_indices(len(found.labels), 1)
        order = np.argsort(-np.abs(found.change[first, second]), kind="stable")[:NAMED]
        st.markdown("**The largest changes**")
        st.markdown(
            "\n".join(
                f"- {plain(found.labels[one])} and {plain(found.labels[other])}: {found.first[one, other]:.0f}° → "
                f"{found.second[one, other]:.0f}° ({fixed(found.change[one, other], 0, signed=True)}°)"
                for one, other in zip(first[order], second[order], strict=True)
            )
        )
        if len(found.labels) > MOST_CLASSES:
            st.caption(f"Drawn: the {MOST_CLASSES} of {len(found.labels)} classes whose angles have changed most.")
        mean = found.change[first, second].mean()
        st.caption(
            f"Classes by {plain(label.replace('_', ' '))}. Second minus first, in degrees; on average "
            f"{fixed(mean, 1, signed=True)}°. Each space has its own directions: "
            "the normalised means of its training utterances, where it has any, of all its utterances otherwise."
        )
