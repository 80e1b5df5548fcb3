"""The angles between emotions, and the utterances behind each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from ser_core.geometry.angles import angles_to, class_angle_matrix
from ser_core.geometry.neighbours import nearest
from ser_core.plots.matrix import angle_matrix_figure
from ser_core.types import FloatArray
from ui import cache, state
from ui.components import charts, utterances
from ui.components.text import plain
from ui.views.embedding.known import Known

if TYPE_CHECKING:
    import pandas

    from ser_core.inference import Atlas

PAIRS = 8
PREFERRED = ("test", "development")


@dataclass(frozen=True)
class Split:
    """The utterances of one split that belong to the model's emotions."""

    name: str
    key: str
    atlas: "Atlas"
    rows: "pandas.DataFrame"
    embeddings: FloatArray


def draw_matrix(known: Known) -> None:
    """Draw the clickable matrix beside the pairs of the chosen cell.

    Raises:
        InputError: if vectors and directions do not fit.
    """
    st.header("Angles between emotions")
    labels, directions = cache.directions(known.checkpoint)
    split = _split(known, _choose_split(known), labels)
    matrix = class_angle_matrix(split.embeddings, split.rows["emotion"], directions, labels)
    points = state.selected_points(split.key)
    cell = (str(points[0][0]), str(points[0][1])) if points else None
    left, right = st.columns([2, 3])
    with left:
        charts.draw_to_select(
            angle_matrix_figure(matrix, labels),
            key=split.key,
            alt="Matrix of the angles between the emotions' directions, in degrees.",
            buttons=False,
        )
        st.caption(
            f"Degrees. Off the diagonal: the angle between two emotions' directions, which come from the training "
            f"speakers. On the diagonal: the mean angle of the {plain(split.name)} utterances to their own direction."
        )
    with right:
        if cell is None:
            st.markdown("Press a cell to see and hear the utterances behind it.")
        elif cell[0] == cell[1]:
            _draw_spread(split, cell[0], directions[labels.index(cell[0])])
        else:
            _draw_pairs(split, cell)


def _choose_split(known: Known) -> str:
    splits = list(dict.fromkeys(known.rows["split"]))
    splits.sort(key=lambda split: PREFERRED.index(split) if split in PREFERRED else len(PREFERRED))
    if len(splits) == 1:
        return str(splits[0])
    split: str = st.radio("Split of the diagonal", splits, key=state.prepared("matrix split", splits), horizontal=True)
    state.remember("matrix split", split)
    return split


def _split(known: Known, name: str, labels: Sequence[str]) -> Split:
    chosen = (known.rows["split"] == name).to_numpy() & known.rows["emotion"].isin(list(labels)).to_numpy()
    rows = known.rows.loc[chosen].reset_index(drop=True)
    return Split(name, f"matrix|{known.key}|{name}", known.atlas, rows, known.embeddings[chosen])


def _draw_spread(split: Split, label: str, direction: FloatArray) -> None:
    inside = (split.rows["emotion"] == label).to_numpy()
    if not inside.any():
        st.markdown(f"No utterance of {label} in this split.")
        return
    angles = angles_to(split.embeddings[inside], direction[None, :])[:, 0]
    order = np.argsort(-angles)
    table = split.rows.loc[inside].iloc[order].reset_index(drop=True)
    table = table.assign(angle_degrees=angles[order])
    st.markdown(f"**{label}**: its utterances, those furthest from its direction first. Choose one to hear it.")
    for row in utterances.table(table, key=f"{split.key}|{label}", selectable=True, height=320):
        utterances.hear(table.iloc[row], split.atlas)


def _draw_pairs(split: Split, cell: tuple[str, str]) -> None:
    first, second = ((split.rows["emotion"] == label).to_numpy() for label in cell)
    if not first.any() or not second.any():
        st.markdown(f"This split has no utterances of {cell[0] if not first.any() else cell[1]}.")
        return
    partners, angles = nearest(split.embeddings[first], split.embeddings[second], 1)
    order = np.argsort(angles[:, 0])[:PAIRS]
    ones, others = split.rows.loc[first].iloc[order], split.rows.loc[second].iloc[partners[order, 0]]
    st.markdown(f"**{cell[0]}** and **{cell[1]}**: the pairs of utterances that lie closest. Choose one to hear both.")
    table = {
        "angle_degrees": angles[order, 0],
        cell[0]: [name_of(row) for _, row in ones.iterrows()],
        cell[1]: [name_of(row) for _, row in others.iterrows()],
    }
    key = f"{split.key}|{cell[0]}|{cell[1]}"
    st.dataframe(
        table,
        hide_index=True,
        column_config=utterances.CONFIG,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
    )
    for number in state.selected_rows(key):
        for row in (ones.iloc[number], others.iloc[number]):
            st.markdown(utterances.told(row))
            utterances.hear(row, split.atlas)


def name_of(row: "pandas.Series[Any]") -> str:
    """Name an utterance in a table of pairs, each take of a sentence differently."""
    said = row.get("text")
    speaker, take = str(row["speaker"]), Path(str(row["file"])).stem
    parts = [take] if take.startswith(speaker) else [speaker, take]
    return ", ".join([*parts, said] if isinstance(said, str) and said else parts)
