"""A folder in, a CSV out: many recordings judged at once."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from ser_core.errors import AudioError
from ser_core.inference.many import FileJudgement, NamedSound, judge_each, judgements_csv, sounds_of
from ui import cache, state
from ui.components import folded, tables
from ui.components.percent import percent
from ui.components.text import plain
from ui.components.uploads import UPLOADED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ser_core.checkpoints import Entry

TITLE = "A folder in, a table out"
REFUSALS_SHOWN = 5  # of a large archive the others would bury the table
_JUDGED = "judged files"


def draw_folder(entry: "Entry", voice: "Path | None" = None) -> None:
    """Draw the part of the page that takes many files; it is drawn only while it is open.

    Args:
        entry: the model.
        voice: file of the voice for which it judges, if any.
    """
    part = folded.expander("many files", TITLE)
    if not part.open:
        return
    with part:
        st.markdown("Several recordings, archives or a whole folder at once. Each gets a row: its answer, or why none.")
        files, folder = st.columns(2)
        uploads = files.file_uploader(
            "Recordings, or ZIP archives of them",
            accept_multiple_files=True,
            help="In each file one voice. What cannot be read is named, and the others go on.",
            key=state.key_of("many files to judge"),
        )
        uploads += folder.file_uploader(
            "A whole folder",
            type=[*UPLOADED, "zip"],
            accept_multiple_files="directory",
            help="With the folders in it. Files of other kinds are left out.",
            key=state.key_of("folder to judge"),
        )
        if not uploads:
            return
        reader = cache.reader(entry.path, voice)
        judged = _judged(uploads, f"{entry.path}|{cache.version(entry.path)}|{voice}", entry, voice)
        _draw_table(judged)
        st.download_button(
            "Download the table (CSV)",
            judgements_csv(judged, reader.labels, arousal=entry.card.arousal_task is not None),
            file_name="judged.csv",
            mime="text/csv",
            on_click="ignore",
        )


def _judged(uploads: "Sequence[Any]", model: str, entry: "Entry", voice: "Path | None") -> list[FileJudgement]:
    """Judge uploads with a bar of progress, once for each set of files and model."""
    asked = (model, tuple(one.file_id for one in uploads))
    known: tuple[Any, list[FileJudgement]] | None = state.recall(_JUDGED)
    if known is not None and known[0] == asked:
        return known[1]
    sounds: list[NamedSound] = []
    judged: list[FileJudgement] = []
    for one in uploads:
        try:
            sounds += sounds_of(one.name, one.getvalue())
        except AudioError as error:
            judged.append(FileJudgement(one.name, None, str(error)))
    bar = st.progress(0.0, "Listening…")
    for number, found in enumerate(judge_each(cache.reader(entry.path, voice), sounds), start=1):
        judged.append(found)
        bar.progress(number / len(sounds), f"{number} of {len(sounds)}: {plain(found.name)}")
    bar.empty()
    state.remember(_JUDGED, (asked, judged))
    return judged


def _draw_table(judged: "Sequence[FileJudgement]") -> None:
    refused = [one for one in judged if one.reading is None]
    st.markdown(f"**{len(judged) - len(refused)} of {len(judged)} files were judged.**")
    for one in refused[:REFUSALS_SHOWN]:
        st.warning(f"{plain(one.name)}: {plain(one.refusal)}")
    if len(refused) > REFUSALS_SHOWN:
        st.warning(f"{len(refused) - REFUSALS_SHOWN} more were refused. The table (CSV) gives the reason for each.")
    rows = [_row(one) for one in judged if one.reading is not None]
    if rows:
        tables.show(rows, hide_index=True)


def _row(one: FileJudgement) -> dict[str, Any]:
    reading = one.reading
    if reading is None or not reading.speech:
        return {"file": one.name, "answer": "" if reading is None else reading.verdict, "sure": None, "angle (°)": None}
    return {
        "file": one.name,
        "answer": reading.verdict,
        "sure": percent(reading.probabilities[reading.emotion], digits=0),
        "angle (°)": round(reading.angles_degrees[reading.emotion], 1),
    }
