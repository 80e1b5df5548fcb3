"""Export of the track."""

import json
from pathlib import PurePath
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.embeddings.library import safe_name
from ser_core.tracks.exports import audacity_labels, minutes_csv, record, windows_csv
from ser_core.tracks.textgrid import textgrid

if TYPE_CHECKING:
    from ser_core.tracks import Track


def draw_downloads(track: "Track") -> None:
    """Draw the downloads; each file is made when it is asked for."""
    st.header("Take it elsewhere")
    name = safe_name(f"{PurePath(track.name).stem}-track")
    files = (
        ("Windows, CSV", f"{name}.csv", "text/csv", lambda: windows_csv(track)),
        ("Minutes, CSV", f"{name}.minutes.csv", "text/csv", lambda: minutes_csv(track)),
        ("Labels for Audacity", f"{name}.txt", "text/plain", lambda: audacity_labels(track)),
        ("TextGrid for Praat", f"{name}.TextGrid", "text/plain", lambda: textgrid(track)),
        ("Everything, JSON", f"{name}.json", "application/json",
         lambda: json.dumps(record(track), indent=2, allow_nan=False)),
    )  # fmt: skip
    with st.container(horizontal=True):
        for label, file, kind, made in files:
            st.download_button(label, made, file_name=file, mime=kind, key=f"download|{label}", on_click="ignore")
    st.caption("The same files are written by `python -m ser_core track FILE --checkpoint NAME --out FILE`.")
