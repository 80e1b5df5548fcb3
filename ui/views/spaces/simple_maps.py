"""The maps for browsers without WebGL2: two Plotly charts of a sample with a shared selection."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from ser_core.plots.map_look import MapLook, region_seen
from ser_core.plots.point_map import colour_columns, frame_of, with_judgements
from ser_core.plots.two_spaces import framed_map_figure, limits_of
from ui import cache
from ui.components import charts, marks, simple_map
from ui.components.text import plain
from ui.views.spaces.moved import heard_rows
from ui.views.spaces.moves import Movement
from ui.views.spaces.pair import SpacePair


def draw_simple_maps(
    pair: SpacePair, moves: Movement, lined: Sequence[int] | None, look: MapLook | None, label: str
) -> tuple[int, ...]:
    """Draw the points, at most some thousands of them.

    Args:
        pair: what the maps show.
        moves: how far each utterance has moved.
        lined: row numbers of those that have a line; ``None`` for those that are selected or heard.
        look: what a view that came back shows; its search is not to be seen here.
        label: the column that colours them until another one is chosen; empty for the usual one.

    Returns:
        Row numbers of the selected utterances.

    Raises:
        InputError: if all utterances of a space lie at one point.
    """
    drawn = simple_map.drawn_rows(len(pair), look)
    simple_map.announce(len(drawn), len(pair), look)
    name = f"marked on the maps of {pair.key}"
    simple_map.take(look, name)
    table = with_judgements(pair.rows.iloc[drawn].reset_index(drop=True))
    colour, mouse = simple_map.choose_look(colour_columns(table, label), *st.columns(2))
    reference, points, _ = cache.aligned_maps(pair.key, pair.matched)
    both = [f"{which} map|{pair.key}" for which in ("first", "second")]
    selected = marks.marked(name, both, drawn.tolist())
    rings = list(dict.fromkeys([*selected, *heard_rows(pair, moves, selected)]))
    ends = rings if lined is None else list(lined)
    limits = limits_of((reference, points))
    if look is not None and look.camera is not None and look.view == pair.key:
        limits = region_seen(look.camera, *frame_of(np.concatenate([reference, points])))
    drawings = (
        (pair.sides.first, reference, None),
        (pair.sides.second, points, (reference[ends], points[ends])),
    )
    for column, chart, (side, placed, lines) in zip(st.columns(2), both, drawings, strict=True):
        with column:
            st.markdown(f"**{plain(side.name)}**")
            figure = framed_map_figure(
                placed[drawn],
                table,
                limits,
                colour_by=colour,
                chosen=np.flatnonzero(np.isin(drawn, rings)).tolist(),
                hidden=dict(look.hidden).get(colour, ()) if look else (),
                lines=lines,
            )
            figure.update_layout(dragmode=mouse)
            if look is not None:
                figure.update_layout(uirevision=f"{figure.layout.uirevision}|{look.token}")
            charts.draw_to_select(
                figure,
                key=marks.chart_key(name, chart),
                alt=f"PCA in 2 dimensions of {side.name}, coloured by {colour}; {len(rings)} utterances are marked.",
                modes=("points", "lasso", "box"),
            )
    simple_map.draw_clearing(name, selected)
    return selected
