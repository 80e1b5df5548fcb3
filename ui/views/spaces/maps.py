"""Both maps side by side, with shared selection, colour, filters and zoom."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from ser_core.embeddings.matching import names
from ser_core.plots.map_look import MapLook
from ser_core.plots.point_map import PointMap, point_map
from ui import cache
from ui.components import glossary, simple_map
from ui.components import point_map as component
from ui.components.text import plain
from ui.views.spaces.moves import Movement
from ui.views.spaces.pair import SpacePair
from ui.views.spaces.simple_maps import draw_simple_maps


@dataclass(frozen=True)
class PairSelection:
    """Selection on the maps.

    Attributes:
        rows: row numbers of the selected utterances.
        clicked: row number of the one that was pressed last, if any.
        kept: how the maps look, if the visitor asked just now to keep that.
    """

    rows: tuple[int, ...] = ()
    clicked: int | None = None
    kept: Mapping[str, Any] | None = None


def draw_maps(pair: SpacePair, moves: Movement, lined: Sequence[int] | None, label: str) -> PairSelection:
    """Draw the maps.

    Args:
        pair: what they show.
        moves: how far each utterance has moved.
        lined: row numbers of those that have a line; see :func:`ui.views.spaces.lines.lined_rows`. The simple maps draw
            them; on the others they are marked.
        label: the column that colours them until another one is chosen; empty for the usual one.

    Raises:
        InputError: if all utterances of a space lie at one point.
    """
    space = space_of(pair)
    look = component.look_for(space)
    if simple_map.is_wanted():
        chosen = PairSelection(draw_simple_maps(pair, moves, lined, look, label), kept=simple_map.draw_keeping())
    else:
        both = _made(pair.key, look.token if look else "", label, pair, space, look)
        answers = []
        sides = (("first", pair.sides.first), ("second", pair.sides.second))
        for column, (which, side), made in zip(st.columns(2), sides, both, strict=True):
            with column:
                st.markdown(f"**{plain(side.name)}**")
                answers.append(component.draw(made, key=f"{which} of {space}"))
        first, second = answers
        if first.missing or second.missing:
            simple_map.fall_back()
        if first.unknown:
            st.caption(f"{first.unknown} of the selected points are not on these maps and were left out.")
        chosen = PairSelection(first.selected, first.clicked, first.kept or second.kept)
    glossary.caption(
        "[[PCA]] in 2 dimensions of the unit [[vectors|embedding]]; the second map is laid onto the first, and is "
        "drawn the smaller the less alike they are: that is where it fits best. Lines in the second map begin where "
        "an utterance lies on the first. A map shows a part of a space: [[CKA]], [[neighbours]] and the table below "
        "are of the full ones."
    )
    if not pair.matched.held_out:
        st.warning(
            "Among these are utterances that a model has learned from: it has been told where they belong, and spaces "
            "look more alike than they are."
        )
    return chosen


def space_of(pair: SpacePair) -> str:
    """Name the utterances: maps of the same ones share selection, filters and colour, whatever made their vectors."""
    return f"two maps|{_digest(pair.key, pair)}"


@st.cache_data(max_entries=64, show_spinner=False)
def _digest(key: str, _pair: SpacePair) -> str:
    return hashlib.blake2b("\n".join(names(_pair.matched.first)).encode(), digest_size=12).hexdigest()


@st.cache_resource(max_entries=4, show_spinner=False)
def _made(
    key: str, token: str, label: str, _pair: SpacePair, _space: str, _look: MapLook | None
) -> tuple[PointMap, PointMap]:
    reference, points, _ = cache.aligned_maps(_pair.key, _pair.matched)
    framed = np.concatenate([reference, points])
    shared: dict[str, Any] = {"space": _space, "view": key, "look": _look, "framed": framed, "colour": label}
    named = "PCA in 2 dimensions of {}, the {} space.".format
    first, second = _pair.sides.first.name, _pair.sides.second.name
    return (
        point_map(reference, _pair.rows, title=named(first, "first"), **shared),
        point_map(points, _pair.rows, title=named(second, "second"), origins=reference, silent=True, **shared),
    )
