"""The map itself: colour by any column, click or lasso."""

import streamlit as st

from ser_core.plots.embedding_map import embedding_map_figure
from ser_core.types import FloatArray
from ui import state
from ui.components import charts
from ui.components.projections import Request
from ui.views.embedding.known import Known

CLICK, LASSO = "picks one point", "draws a lasso"
FIRST = ("emotion", "predicted", "speaker", "gender", "split", "sentence", "intensity", "corpus")
NOT_COLOURS = {"embedding", "file", "start", "end", "recording"}


def draw_map(known: Known, request: Request, points: FloatArray) -> list[int]:
    """Draw the points.

    Returns:
        Row numbers of the selected utterances; in three dimensions always all of them, since a solid map
        cannot be clicked: its utterances are chosen in the table.
    """
    solid = request.dimensions == 3
    columns = [name for name in known.rows.columns if name not in NOT_COLOURS and known.rows[name].nunique() > 0]
    columns.sort(key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
    left, right = st.columns(2)
    colour = left.selectbox("Colour", columns, key=state.prepared("map colour", columns, "emotion"))
    state.remember("map colour", colour)
    mouse = CLICK
    if not solid:
        mouse = right.radio("The mouse", (CLICK, LASSO), key=state.prepared("mouse", (CLICK, LASSO)), horizontal=True)
        state.remember("mouse", mouse)
    key = f"map|{known.key}|{request.caption}"
    table_choice = state.selected_rows(table_key(known)) if solid else []
    figure = embedding_map_figure(points, known.rows, colour_by=colour, chosen=table_choice)
    if solid:
        charts.draw(figure, key=key, alt=f"{request.caption} of the utterances, coloured by {colour}.")
    else:
        figure.update_layout(dragmode="lasso" if mouse == LASSO else "pan")
        charts.draw_to_select(
            figure,
            key=key,
            alt=f"{request.caption} of the utterances, coloured by {colour}.",
            modes=("points", "lasso", "box"),
        )
    st.caption(
        f"{request.caption}. Axes and gaps of a map have no unit: read neighbourhoods, not distances. "
        "Press a name in the legend to hide it, twice to see it alone."
    )
    if solid:
        return list(range(len(known.rows)))
    return [row for row in dict.fromkeys(int(data[0]) for data in state.selected_points(key)) if row < len(known.rows)]


def table_key(known: Known) -> str:
    """Return the key of the table under the map."""
    return f"selection|{known.key}"
