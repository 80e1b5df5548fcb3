"""Utterances behind a cell of the matrix: the nearest and farthest of one or two classes."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from ser_core.embeddings.space import CLASS
from ser_core.geometry.angles import angles_to
from ser_core.geometry.neighbours import farthest, nearest
from ser_core.geometry.spread import WithinSpread
from ui import state
from ui.components import tables, utterances
from ui.components.angle_matrix import Cell
from ui.components.percent import percent
from ui.components.text import plain
from ui.components.utterances import NOT_GIVEN
from ui.views.embedding.angles import MeasuredAngles
from ui.views.embedding.cell import BEHIND
from ui.views.embedding.split import SplitUtterances

if TYPE_CHECKING:
    import pandas

PAIRS = 8
NEAREST, FARTHEST = "nearest", "farthest"
SAME_DEGREES = 0.01  # a vector and its copy in another table differ by their rounding


def draw_cell(measured: MeasuredAngles, cell: Cell) -> list[int]:
    """Draw the utterances behind a cell.

    Args:
        measured: the angles, and whose they are.
        cell: the labels of its row and column.

    Returns:
        Row numbers, among those of the split, of the utterances that are heard.
    """
    split = measured.split
    row, column = (list(split.labels).index(label) for label in cell)
    surely = "" if measured.intervals is None else _surely(measured.intervals.bounds[row, column].tolist())
    st.header("Behind the pressed cell", anchor=BEHIND)
    options = (NEAREST, FARTHEST)
    if row == column:
        _draw_figures(cell[0], measured.spreads[row], surely)
        if split.source == "medoid":
            _draw_medoid(split, cell[0], row)
        options = (FARTHEST, NEAREST)
    else:
        angle = float(angles_to(split.directions[row], split.directions[column])[0, 0])
        st.markdown(f"**{plain(cell[0])}** and **{plain(cell[1])}**: {angle:.1f}° between their directions{surely}.")
    name = "end of a class" if row == column else "end of two classes"
    end = st.radio("Utterances", options, key=state.prepared(name, options), horizontal=True)
    state.remember(name, end)
    return _draw_spread(split, cell[0], row, end) if row == column else _draw_pairs(split, cell, end)


def _surely(bounds: Sequence[float]) -> str:
    return f" (95 %: {bounds[0]:.1f}° to {bounds[1]:.1f}°)" if np.isfinite(bounds).all() else ""


def _draw_figures(label: str, spread: WithinSpread, surely: str) -> None:
    if not spread.count:
        return
    text = f"**{plain(label)}**: {spread.count} utterances lie {spread.mean:.1f}°{surely} from its direction on average"
    if spread.count > 1:
        text += (
            f", standard deviation {spread.deviation:.1f}°, median {spread.median:.1f}°, nine tenths of them between "
            f"{spread.low:.1f}° and {spread.high:.1f}°"
        )
    st.markdown(f"{text}. {percent(spread.nearer, digits=0)} lie nearer to it than to any other direction.")


def _draw_medoid(split: SplitUtterances, label: str, number: int) -> None:
    rows = split.atlas.frame
    chosen = np.flatnonzero(split.learned & (split.atlas.column("emotion") == label))
    if not len(chosen):
        return
    found, angle = nearest(split.directions[number], split.atlas.embeddings[chosen], 1)
    if angle[0, 0] < SAME_DEGREES:
        row = rows.iloc[chosen[found[0, 0]]]
        st.markdown(f"Its direction is this utterance: {utterances.description(row)}.")
        utterances.draw_player(row, split.atlas)


def _draw_spread(split: SplitUtterances, label: str, number: int, end: str) -> list[int]:
    inside = (split.rows["emotion"] == label).to_numpy()
    if not inside.any():
        st.markdown(f"No utterance of {plain(label)} in this split.")
        return []
    angles = angles_to(split.embeddings[inside], split.directions[number])[:, 0]
    order = np.argsort(-angles if end == FARTHEST else angles, kind="stable")
    table = _with_their_label(split).loc[inside].iloc[order].reset_index(drop=True)
    table = table.assign(angle_degrees=angles[order])
    to_do = "hear it" if utterances.can_be_heard(table, split.atlas) else "see it ringed on the map"
    away = "from" if end == FARTHEST else "to"
    st.markdown(f"Those {end} {away} its direction come first. Choose one to {to_do}.")
    heard = utterances.table(
        table,
        key=f"{split.key}|{label}|{end}",
        label=split.known.label,
        further=split.known.further,
        selectable=True,
        height=320,
    )
    for row in heard:
        utterances.draw_player(table.iloc[row], split.atlas)
    return np.flatnonzero(inside)[order[heard]].tolist() if heard else []


def _with_their_label(split: SplitUtterances) -> "pandas.DataFrame":
    """Return the rows of a split; their classes stand in the column ``emotion`` only where they are emotions."""
    return split.rows if split.known.label == CLASS else split.rows.drop(columns=CLASS)


def _draw_pairs(split: SplitUtterances, cell: tuple[str, str], end: str) -> list[int]:
    first, second = ((split.rows["emotion"] == label).to_numpy() for label in cell)
    if not first.any() or not second.any():
        st.markdown(f"This split has no utterances of {plain(cell[0] if not first.any() else cell[1])}.")
        return []
    partners, angles = (nearest if end == NEAREST else farthest)(split.embeddings[first], split.embeddings[second], 1)
    order = np.argsort(angles[:, 0] if end == NEAREST else -angles[:, 0], kind="stable")[:PAIRS]
    rows = _with_their_label(split)
    ones, others = rows.loc[first].iloc[order], rows.loc[second].iloc[partners[order, 0]]
    st.markdown(
        f"The pairs of {plain(split.spoken)} that lie {'closest' if end == NEAREST else 'farthest apart'}. "
        f"Choose one to {'hear both' if utterances.can_be_heard(ones, split.atlas) else 'see both ringed on the map'}."
    )
    table = {
        "angle_degrees": angles[order, 0],
        "one": [name_of(row) for _, row in ones.iterrows()],
        "other": [name_of(row) for _, row in others.iterrows()],
    }
    key = f"{split.key}|{cell[0]}|{cell[1]}|{end}"
    # A class may have the name of a column: the columns have names of their own.
    called = {"one": st.column_config.TextColumn(cell[0]), "other": st.column_config.TextColumn(cell[1])}
    tables.show(
        table,
        hide_index=True,
        column_config={**utterances.CONFIG, **called},
        key=key,
        on_select="rerun",
        selection_mode="single-row",
    )
    heard = []
    for number in state.selected_rows(key):
        for row in (ones.iloc[number], others.iloc[number]):
            st.markdown(utterances.description(row, split.known.label))
            utterances.draw_player(row, split.atlas)
        heard += [int(ones.index[number]), int(others.index[number])]
    return heard


def name_of(row: "pandas.Series[Any]") -> str:
    """Name an utterance in a table of pairs, each take of a sentence differently."""
    said = row.get("text")
    speaker, take = str(row["speaker"]), Path(str(row["file"])).stem
    parts = [take] if speaker == NOT_GIVEN["speaker"] or take.startswith(speaker) else [speaker, take]
    return ", ".join([*parts, said] if isinstance(said, str) and said else parts)
