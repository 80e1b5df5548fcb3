"""Tables of utterances, with players if the audio is on disk."""

import dataclasses
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from ser_core.embeddings.space import WHOLE
from ui import cache, state
from ui.components import players, tables
from ui.components.text import plain
from ui.sound import SoundReference, sound_on_disk

if TYPE_CHECKING:
    import pandas

    from ser_core.inference import Atlas

COLUMNS = (
    "neighbours_changed", "turned_degrees", "angle_degrees", "emotion", "predicted", "speaker", "sentence", "text",
    "intensity", "gender", "split", "file",
)  # fmt: skip
CONFIG = {
    "neighbours_changed": st.column_config.NumberColumn("neighbours changed", format="%.0f %%"),
    "turned_degrees": st.column_config.NumberColumn("turned (°)", format="%.1f"),
    "angle_degrees": st.column_config.NumberColumn("angle (°)", format="%.1f"),
    "predicted": st.column_config.TextColumn("heard as"),
}


def known_to(checkpoint: Path) -> "Atlas":
    """Load a model's known utterances; their sound is also sought in the folders that were opened in this session.

    Raises:
        CheckpointError: if the table of known utterances is missing or damaged.
    """
    atlas = cache.atlas(checkpoint)
    corpora = atlas.frame["corpus"].dropna().unique() if "corpus" in atlas.frame.columns else ()
    return dataclasses.replace(atlas, roots=(*atlas.roots, *state.folders_of(map(str, corpora))))


def table(
    rows: "pandas.DataFrame", *, key: str, selectable: bool = False, several: bool = False, height: int | None = None
) -> list[int]:
    """Draw utterances as a table.

    Args:
        rows: from an atlas.
        key: unique on the page.
        selectable: let rows be chosen.
        several: more than one of them.
        height: in pixels; as many rows as fit by default.

    Returns:
        The chosen row numbers.
    """
    shown = rows[columns_of(rows, COLUMNS)]
    shared: dict[str, Any] = {"hide_index": True, "column_config": CONFIG, "key": key}
    if height is not None:
        shared["height"] = height
    if selectable:
        tables.show(shown, on_select="rerun", selection_mode="multi-row" if several else "single-row", **shared)
        return [row for row in state.selected_rows(key) if row < len(rows)]
    tables.show(shown, **shared)
    return []


def columns_of(rows: "pandas.DataFrame", wanted: Sequence[str]) -> list[str]:
    """Return those of the wanted columns that a table has, in this order."""
    return [column for column in wanted if column in rows.columns]


def sound_of(row: "pandas.Series[Any]", atlas: "Atlas") -> SoundReference | None:
    """Return a reference to an utterance's audio; ``None`` if it is not on this disk."""
    path = atlas.audio_path(row)
    if path is None:
        return None
    emotion = row.get("emotion")
    return sound_on_disk(
        path,
        name=str(row["file"]),
        start=_seconds(row, "start"),
        end=_seconds(row, "end"),
        truth=emotion if isinstance(emotion, str) else None,
    )


def is_itself(row: "pandas.Series[Any]", sound: SoundReference, atlas: "Atlas") -> bool:
    """Return whether an utterance is the same part of the same file as the recording."""
    known = sound_of(row, atlas)
    if known is None or known.path is None or (known.start, known.end) != (sound.start, sound.end):
        return False
    if sound.path is not None:
        return sound.path.exists() and known.path.samefile(sound.path)
    content = sound.content or b""
    return known.path.stat().st_size == len(content) and cache.digest(known.path.read_bytes()) == cache.digest(content)


def draw_player(row: "pandas.Series[Any]", atlas: "Atlas") -> None:
    """Draw the player of one utterance, or a note that its audio is missing."""
    sound = sound_of(row, atlas)
    if sound is None:
        st.caption(
            f"The audio of {plain(str(row['file']))} was not found: only its vector ships. "
            "To hear it, open the folder of its corpus once on the page Train or, for vectors from elsewhere, name the "
            "folder of the recordings beside their file."
        )
    else:
        players.play(sound)


def description(row: "pandas.Series[Any]") -> str:
    """Describe an utterance in one line."""
    emotion, speaker = row.get("emotion"), row.get("speaker")
    parts = [f"**{plain(emotion if isinstance(emotion, str) else str(row['file']))}**"]
    if isinstance(speaker, str):
        parts.append(f"speaker {plain(speaker)}")
    for column in ("text", "sentence"):
        value = row.get(column)
        if isinstance(value, str) and value:
            parts.append(f"“{plain(value)}”")
            break
    if isinstance(row.get("split"), str) and row["split"] != WHOLE:
        parts.append(plain(str(row["split"])))
    return ", ".join(parts)


def _seconds(row: "pandas.Series[Any]", column: str) -> float | None:
    value = row.get(column)
    return None if not isinstance(value, float) or math.isnan(value) else float(value)
