"""Choice of the column whose values are the classes of both spaces."""

from collections.abc import Sequence

from ser_core.embeddings import Space
from ser_core.embeddings.comparing import classed_alike
from ser_core.embeddings.space import CLASS
from ser_core.inference import Atlas
from ui.components.class_column import NO_LABEL, choose_class_column
from ui.views.spaces.pair import SpacePair, without_judgements
from ui.views.spaces.side import SpaceSides


def choose_classes(sides: SpaceSides, pair: SpacePair | None) -> str:
    """Draw the choice; returns the column, empty if there is none or none is chosen yet."""
    columns = class_columns(sides, pair)
    return choose_class_column(classes_of(sides), columns, usual_column(sides, columns), "of the angles and the maps")


def class_columns(sides: SpaceSides, pair: SpacePair | None) -> tuple[str, ...]:
    """Return the columns that can give the classes: of either space where utterances match, else those of both."""
    if pair is not None:
        return Space(pair.rows, pair.matched.first.embeddings).labels
    first, second = (_told(side.atlas).labels for side in (sides.first, sides.second))
    return tuple(column for column in first if column in second)


def usual_column(sides: SpaceSides, columns: Sequence[str]) -> str:
    """Return the column that gives the classes without a choice: the label of a space, or the emotions; else empty."""
    wanted = (sides.first.label, sides.second.label, CLASS)
    return next((column for column in wanted if column in columns), NO_LABEL)


def classes_of(sides: SpaceSides) -> str:
    """Name the choice of the column."""
    return f"classes of {sides.name} by"


def classed(sides: SpaceSides, column: str) -> tuple[Space, Space]:
    """Return both spaces, whole, with the values of the column as their classes; see :func:`classed_alike`.

    Raises:
        EmbeddingError: if only one has the column, and too few utterances are in both.
    """
    return classed_alike(sides.first.atlas, sides.second.atlas, column, (sides.first.name, sides.second.name))


def _told(atlas: Atlas) -> Space:
    return Space(without_judgements(atlas.frame), atlas.embeddings)
