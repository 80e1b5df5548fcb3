"""Tables of utterances, with players if the audio is on disk."""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from ser_core.embeddings.space import CLASS, NAME, WHOLE, class_name
from ser_core.plots.style import short
from ui import cache, state
from ui.components import players, tables
from ui.components.text import plain
from ui.sound import SoundReference, sound_on_disk

if TYPE_CHECKING:
    import pandas

    from ser_core.inference import Atlas

MEASURED = ("neighbours_changed", "turned_degrees", "angle_degrees")
HEARD = (CLASS, "predicted", "speaker")
SAID = ("sentence", "text", "intensity", "gender", "split", NAME)
COLUMNS = (*MEASURED, *HEARD, *SAID)
# What stands for what a file does not tell, so that pages can read it of every row.
NOT_GIVEN: Mapping[str, str] = {"split": WHOLE, "speaker": "not given"}
MOST_TOLD, LONGEST_TOLD = 8, 60  # further columns told of one utterance, and letters of each
LOOKED_UP = 20  # rows whose audio is sought: a corpus is here, or it is not
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
    rows: "pandas.DataFrame",
    *,
    key: str,
    label: str = CLASS,
    further: Sequence[str] = (),
    selectable: bool = False,
    several: bool = False,
    height: int | None = None,
) -> list[int]:
    """Draw utterances as a table, without columns of which nothing was given.

    Args:
        rows: from an atlas.
        key: unique on the page.
        label: the column whose values are the classes; it stands first.
        further: columns that are shown besides the usual ones.
        selectable: let rows be chosen.
        several: more than one of them.
        height: in pixels; as many rows as fit by default.

    Returns:
        The chosen row numbers.
    """
    told = [name for name in columns_of(rows, (*MEASURED, label, *HEARD, *further, *SAID)) if _is_given(rows, name)]
    shown = rows[told]
    shared: dict[str, Any] = {"hide_index": True, "column_config": CONFIG, "key": key}
    if height is not None:
        shared["height"] = height
    if selectable:
        tables.show(shown, on_select="rerun", selection_mode="multi-row" if several else "single-row", **shared)
        return [row for row in state.selected_rows(key) if row < len(rows)]
    tables.show(shown, **shared)
    return []


def columns_of(rows: "pandas.DataFrame", wanted: Sequence[str]) -> list[str]:
    """Return those of the wanted columns that a table has, in this order, each once."""
    return [column for column in dict.fromkeys(wanted) if column in rows.columns]


def _is_given(rows: "pandas.DataFrame", column: str) -> bool:
    return column not in NOT_GIVEN or bool((rows[column] != NOT_GIVEN[column]).any())


def sound_of(row: "pandas.Series[Any]", atlas: "Atlas") -> SoundReference | None:
    """Return a reference to an utterance's audio; ``None`` if it is not on this disk."""
    path = atlas.audio_path(row)
    if path is None:
        return None
    emotion = row.get(CLASS)
    return sound_on_disk(
        path,
        name=str(row["file"]),
        start=_seconds(row, "start"),
        end=_seconds(row, "end"),
        truth=emotion if isinstance(emotion, str) else None,
    )


def can_be_heard(rows: "pandas.DataFrame", atlas: "Atlas") -> bool:
    """Tell whether the audio of one of the first rows is on this disk, before a page offers to play them."""
    return any(sound_of(row, atlas) is not None for _, row in rows.head(LOOKED_UP).iterrows())


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


def description(row: "pandas.Series[Any]", label: str = CLASS) -> str:
    """Describe an utterance in one line, which begins with its class, a value of the column ``label``."""
    emotion, speaker = row.get(CLASS), row.get("speaker")
    parts = [f"**{plain(_written(row.get(label)) or str(row[NAME]))}**"]
    if label != CLASS and isinstance(emotion, str):
        parts.append(plain(emotion))
    if label != "speaker" and isinstance(speaker, str) and speaker != NOT_GIVEN["speaker"]:
        parts.append(f"speaker {plain(speaker)}")
    for column in ("text", "sentence"):
        value = row.get(column)
        if isinstance(value, str) and value:
            parts.append(f"“{plain(value)}”")
            break
    if isinstance(row.get("split"), str) and row["split"] != WHOLE:
        parts.append(plain(str(row["split"])))
    return ", ".join(parts)


def further_told(row: "pandas.Series[Any]", columns: Sequence[str]) -> str:
    """Tell the values of further columns in one line, each behind the name of its column; empty if it has none."""
    values = [(name, _written(row.get(name))) for name in columns]
    told = [f"{_brief(name)} **{_brief(value)}**" for name, value in values if value]
    more = f" · and {len(told) - MOST_TOLD} more" if len(told) > MOST_TOLD else ""
    return " · ".join(told[:MOST_TOLD]) + more


def _brief(text: str) -> str:
    return plain(short(text, LONGEST_TOLD))


def _written(value: Any) -> str:
    import pandas

    return "" if pandas.isna(value) else class_name(value)


def _seconds(row: "pandas.Series[Any]", column: str) -> float | None:
    value = row.get(column)
    return None if not isinstance(value, float) or math.isnan(value) else float(value)
