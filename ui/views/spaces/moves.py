"""Choice of the measure of movement."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from ser_core.embeddings.comparing import NEIGHBOURS
from ser_core.types import FloatArray, IntArray
from ui import cache, state
from ui.components import progress
from ui.components.numbers import NumberField
from ui.views.spaces.pair import SpacePair

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

BY_NEIGHBOURS, BY_ANGLE = "changed neighbours", "angle"
MOST_NEIGHBOURS = 200  # a number for each of them is kept, for each utterance
MEASURE, MEASURES = "measure of moves", (BY_NEIGHBOURS, BY_ANGLE)


@dataclass(frozen=True)
class Movement:
    """Movement of each utterance.

    Attributes:
        changed: share of its nearest others that are not its nearest in the second space, shape ``(M,)``.
        neighbours: how many nearest others were looked at.
        turned: by which angle it has turned, in degrees, shape ``(M,)``; ``None`` for different models.
        order: row numbers, what has moved most first.
    """

    changed: FloatArray
    neighbours: int
    turned: FloatArray | None
    order: IntArray


def choose_moves(pair: SpacePair, page: "DeltaGenerator") -> Movement:
    """Draw the choice of a measure and of the size of a neighbourhood; how far the comparison is stands on the page.

    Raises:
        InputError: if the number of neighbours is out of range.
    """
    most = max(1, min(MOST_NEIGHBOURS, len(pair) - 2))
    field = NumberField(
        "Neighbours of an utterance", 1, most, help="How many nearest others, by angle in the full space."
    )
    count = int(field.checked(field.draw(neighbours_of(pair), min(NEIGHBOURS, most))))
    place = page.empty()
    show = progress.counter("Comparing neighbourhoods", place)
    changed = cache.neighbours_changed(pair.key, count, pair.matched, show)
    place.empty()
    turned = cache.rotation(pair.key, pair.matched) if pair.sides.of_one_run else None
    measure = BY_NEIGHBOURS
    if turned is not None:
        measure = st.radio(
            "Moved most by",
            MEASURES,
            key=state.prepared(MEASURE, MEASURES),
            horizontal=True,
            help="The angle left after the whole second space was turned onto the first (orthogonal Procrustes).",
        )
        state.remember(MEASURE, measure)
    first, second = (changed, turned) if measure == BY_NEIGHBOURS else (turned, changed)
    keys = [-values for values in (second, first) if values is not None]
    return Movement(changed, count, turned, np.lexsort(keys))


def neighbours_of(pair: SpacePair) -> str:
    """Name the choice of how many nearest others are looked at."""
    return f"neighbours, of {len(pair)}"
