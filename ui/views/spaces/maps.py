"""Both maps side by side, in one frame: what is selected in one is marked in the other."""

from collections.abc import Sequence

import streamlit as st

from ser_core.plots.two_spaces import framed_map_figure, limits_of
from ui import cache, state
from ui.components import charts, marks
from ui.components.text import plain
from ui.views.spaces.moves import Moves
from ui.views.spaces.pair import Pair

CLICK, LASSO = "picks one point", "draws a lasso"
NO_LINES, MOST_MOVED, SELECTED = "none", "those that moved most", "the selected"
LINES = 30  # of those that moved most
COLOUR, DRAWN_LINES = "map colour", "lines"  # names of the choices
KINDS = (NO_LINES, MOST_MOVED, SELECTED)
_NOT_COLOURS = {"file", "start", "end", "recording"}
_FIRST = ("emotion", "speaker", "gender", "split", "sentence", "intensity", "corpus")


def draw_maps(pair: Pair, moves: Moves, heard: Sequence[int]) -> None:
    """Draw the maps.

    Args:
        pair: what they show.
        moves: how far each utterance has moved.
        heard: row numbers that are chosen in the table.

    Raises:
        InputError: if all utterances of a space lie at one point.
    """
    colour, mouse, lines = _choose_look(pair)
    reference, points, _ = cache.aligned_maps(pair.key, pair.matched)
    marked = marked_in(pair)
    rings = list(dict.fromkeys([*marked, *heard]))
    moved: list[int] = {NO_LINES: [], MOST_MOVED: moves.order[:LINES].tolist(), SELECTED: rings}[lines]
    limits = limits_of((reference, points))
    none: list[int] = []
    drawn = ((pair.sides.first, reference, none), (pair.sides.second, points, moved))
    for column, map_name, (side, placed, from_first) in zip(st.columns(2), _charts(pair), drawn, strict=True):
        with column:
            st.markdown(f"**{plain(side.name)}**")
            figure = framed_map_figure(
                placed, pair.rows, limits, colour_by=colour, chosen=rings, origins=reference, moved=from_first
            )
            figure.update_layout(dragmode="lasso" if mouse == LASSO else "pan")
            charts.draw_to_select(
                figure,
                key=marks.chart_key(_name(pair), map_name),
                alt=f"PCA in 2 dimensions of {side.name}, coloured by {colour}; {len(rings)} utterances are marked.",
                modes=("points", "lasso", "box"),
            )
    st.caption(
        "PCA in 2 dimensions of the unit vectors; the second map is laid onto the first, and is drawn the smaller the "
        "less alike they are: that is where it fits best. Lines in the second map begin where an utterance lies on the "
        "first. A map shows a part of a space: CKA, neighbours and the table below are of the full ones."
    )
    if marked:
        st.button(f"Clear the selection ({len(marked)})", on_click=mark, args=(pair, ()))


def marked_in(pair: Pair) -> list[int]:
    """Return the row numbers that were selected last, on either map."""
    return list(marks.marked(_name(pair), _charts(pair), range(len(pair))))


def mark(pair: Pair, rows: Sequence[int]) -> None:
    """Select utterances from elsewhere, and only those; to be called before the maps are drawn."""
    marks.mark(_name(pair), rows)


def colours_of(pair: Pair) -> list[str]:
    """Name the columns that can colour the points, what is most often looked at first."""
    columns = [name for name in pair.rows.columns if name not in _NOT_COLOURS and pair.rows[name].nunique() > 0]
    columns.sort(key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST))
    return columns


def _name(pair: Pair) -> str:
    return f"marked on the maps of {pair.key}"


def _charts(pair: Pair) -> list[str]:
    return [f"{which} map|{pair.key}" for which in ("first", "second")]


def _choose_look(pair: Pair) -> tuple[str, str, str]:
    columns = colours_of(pair)
    left, middle, right = st.columns(3)
    colour: str = left.selectbox("Colour", columns, key=state.prepared(COLOUR, columns, "emotion"))
    mouse: str = middle.radio("The mouse", (CLICK, LASSO), key=state.prepared("mouse", (CLICK, LASSO)), horizontal=True)
    key = state.prepared(DRAWN_LINES, KINDS)
    lines: str = right.radio("Lines from the first map", KINDS, key=key, horizontal=True)
    for name, value in ((COLOUR, colour), ("mouse", mouse), (DRAWN_LINES, lines)):
        state.remember(name, value)
    return colour, mouse, lines
