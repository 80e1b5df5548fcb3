"""The utterances that both spaces have."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.embeddings.comparing import MatchedSpaces, match
from ser_core.embeddings.space import TRAINING, WHOLE
from ser_core.inference import Atlas
from ui import state
from ui.components.text import plain
from ui.views.spaces.side import SpaceSides

if TYPE_CHECKING:
    import pandas

SWITCH = "training utterances of two spaces"
_JUDGED = ("predicted", "probability_", "angle_")  # by one of the two models


@dataclass(frozen=True)
class SpacePair:
    """Two spaces of the same utterances.

    Attributes:
        key: changes with either of them and with the utterances looked at.
        sides: both, whole.
        matched: both, row by row.
        rows: metadata of the utterances, shape ``(M,)``.
    """

    key: str
    sides: SpaceSides
    matched: MatchedSpaces
    rows: "pandas.DataFrame"

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def sound(self) -> Atlas:
        """The utterances with every folder in which the sound of either space may lie."""
        first, second = self.sides.first.atlas, self.sides.second.atlas
        roots = tuple(dict.fromkeys([*first.roots, *second.roots]))
        return Atlas(self.matched.first.frame, self.matched.first.embeddings, roots)


def choose_rows(sides: SpaceSides) -> SpacePair:
    """Draw the switch for training utterances, and say how many utterances match.

    Raises:
        EmbeddingError: if fewer than three do.
    """
    first, second = sides.first.atlas, sides.second.atlas
    training = False
    if any((space.column("split") == TRAINING).any() for space in (first, second)):
        training = st.toggle("Training utterances too", key=state.prepared_value(SWITCH, False))
        state.remember(SWITCH, training)
    found = match(first, second, (sides.first.name, sides.second.name), training=training)
    st.caption(
        plain(
            f"{len(found.first)} utterances are compared; {sides.first.name}: {len(first)}, {first.size} dimensions; "
            f"{sides.second.name}: {len(second)}, {second.size} dimensions."
        )
    )
    for note in dict.fromkeys([*first.notes, *second.notes]):
        st.caption(plain(note))
    key = f"{sides.first.key}||{sides.second.key}||{training}"
    return SpacePair(key, sides, found, _metadata(found))


def without_judgements(rows: "pandas.DataFrame") -> "pandas.DataFrame":
    """Leave out the columns in which one model says what it thinks of the utterances."""
    return rows[[name for name in rows.columns if not str(name).startswith(_JUDGED)]]


def _metadata(found: MatchedSpaces) -> "pandas.DataFrame":
    """Take what either space tells of the utterances, but not what one model thinks of them."""
    first, second = found.first.frame, found.second.frame
    others = second[[name for name in second.columns if name not in first.columns]]
    rows = without_judgements(first.join(others))
    return rows if "split" in rows.columns else rows.assign(split=WHOLE)
