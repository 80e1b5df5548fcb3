"""How well each of the chosen models separates emotions, in speech that it has learned from and in test speech."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from ser_core.errors import InputError
from ser_core.types import FloatArray
from ui import cache
from ui.components import folded, glossary, tables

if TYPE_CHECKING:
    from ser_core.experiments.records import ExperimentRecord

PARTS = {"train": "training", "test": "test"}
COLUMNS = {
    "nearest of the same emotion": st.column_config.NumberColumn(format="%.1f %%"),
    "silhouette": st.column_config.NumberColumn(format="%.2f"),
    "within / between": st.column_config.NumberColumn(format="%.2f"),
}


def draw_separation(records: "Sequence[ExperimentRecord]", titles: Mapping[str, str]) -> None:
    """Draw a table with two rows per model: measures of separation on training and on test utterances.

    Args:
        records: the runs and results.
        titles: what each is called, by its name.

    Raises:
        CheckpointError: if the known utterances of a model are damaged.
    """
    opened = folded.expander("separation", "Separation of the emotions, in training and in test speech")
    with opened:
        if not opened.open:
            return
        named = [(titles[record.name], record) for record in records]
        rows = [row for name, one in named if one.checkpoint for row in _rows(name, one, one.checkpoint)]
        if not rows:
            st.caption("Results of an evaluation keep no vectors: choose runs.")
            return
        tables.show(rows, hide_index=True, column_config=COLUMNS)
        glossary.caption(
            "Measured in the whole [[embedding]], each part by itself. Nearest of the same emotion: share of "
            "utterances whose nearest neighbour by angle has their emotion. [[Silhouette]]: from -1 (in the wrong "
            "place) over 0 (emotions overlap) to 1 (far apart). [[Within / between|within]]: mean squared distance of "
            "the utterances to their emotion's mean, divided by that of these means to the mean of all; without unit, "
            "smaller is tighter. Training speech flatters every model: its emotions were given in training."
        )


def _rows(name: str, record: "ExperimentRecord", checkpoint: Path) -> list[dict[str, Any]]:
    atlas, labels = cache.atlas(checkpoint), record.basis.labels
    rows = []
    for part, speech in PARTS.items():
        chosen = ((atlas.frame["split"] == part) & atlas.frame["emotion"].isin(list(labels))).to_numpy()
        key = f"{checkpoint}|{cache.version(checkpoint)}|{part}"
        emotions = atlas.frame.loc[chosen, "emotion"].astype(str).tolist()
        measured = _separation(key, atlas.embeddings[chosen], emotions, labels)
        figures = dict(zip(COLUMNS, measured, strict=True))
        rows.append({"name": name, "speech": speech, "utterances": len(emotions), **figures})
    return rows


@st.cache_data(max_entries=64, show_spinner=False)
def _separation(
    key: str, _embeddings: FloatArray, _emotions: list[str], _labels: tuple[str, ...]
) -> tuple[float | None, float | None, float | None]:
    from ser_core.geometry.separation import class_spread, neighbour_purity, silhouette

    try:
        return (
            100 * neighbour_purity(_embeddings, _emotions, _labels),
            silhouette(_embeddings, _emotions, _labels),
            class_spread(_embeddings, _emotions, _labels).ratio,
        )
    except InputError:  # too few utterances, or of one emotion
        return None, None, None
