"""Upload a long recording, take one from the workspace or the demo; say how it is divided."""

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.errors import InputError
from ser_core.paths import below, is_file, is_text
from ser_core.workspace import recordings_directory
from ui import cache, state
from ui.components.listening import LONG_PLACE, LONG_SOURCE, LONG_UPLOAD
from ui.components.numbers import NumberField
from ui.components.stored import UNTIL
from ui.components.text import plain
from ui.components.uploads import FORMATS, draw_uploader
from ui.sound import SoundReference, sound_on_disk

if TYPE_CHECKING:
    from ser_core.tracks import TrackSettings

WORKSPACE, DEMO = "From the workspace", "Demo conversation"
MOST_FILES = 1000

WINDOW = NumberField(
    "Window (s)", 0.5, 60, whole=False, step=0.5,
    help="How much speech the model hears at once: about as much as the utterances it was trained on.",
)  # fmt: skip
HOP = NumberField(
    "Hop (s)", 0.2, 60, whole=False, step=0.5, help="From one window to the next, at most; half a window."
)
PAUSE = NumberField(
    "Pause (s)", 0.2, 10, whole=False, step=0.1,
    help="A shorter one belongs to the speech around it, a longer one is silence.",
)  # fmt: skip


def choose_recording() -> SoundReference | None:
    """Draw the three ways to choose a recording.

    Returns:
        What was chosen, or ``None`` while nothing is there.

    Raises:
        AudioError, CorpusError: if the demo cannot be put together.
    """
    name, ways = LONG_SOURCE, (LONG_UPLOAD, WORKSPACE, DEMO)
    way = st.radio("Recording", ways, key=state.prepared(name, ways), horizontal=True, label_visibility="collapsed")
    state.remember(name, way)
    if way == LONG_UPLOAD:
        return _uploaded()
    return _in_workspace() if way == WORKSPACE else _demo()


def choose_settings() -> "TrackSettings | None":
    """Draw how the recording is divided into windows.

    Raises:
        InputError: if a number is missing or out of range.
    """
    from ser_core.tracks import TrackSettings

    usual = TrackSettings()
    st.markdown("**Windows: how the recording is divided**")
    fields = (
        (WINDOW, "track window", usual.window_seconds),
        (HOP, "track hop", usual.hop_seconds),
        (PAUSE, "track pause", usual.pause_seconds),
    )
    typed = [
        (field, field.draw(name, default, where=column))
        for column, (field, name, default) in zip(st.columns(3), fields, strict=True)
    ]
    st.caption(
        "Windows lie over the speech alone. A moment has the answer of the window whose middle is nearest; "
        "neighbouring moments with the same answer are one segment."
    )
    return TrackSettings(*(field.checked(value) for field, value in typed))


def _uploaded() -> SoundReference | None:
    sound = draw_uploader(
        "A recording of up to three hours",
        LONG_PLACE,
        help=(
            "WAV, FLAC, OGG, MP3 or AIFF; any sample rate and number of channels. "
            "What phones and browsers record (M4A, WebM): up to ten minutes."
        ),
    )
    if sound is None:
        st.caption(
            f"An upload is stored in the memory of the computer that runs the app, not on its disk, {UNTIL}. An hour "
            "of 44.1 kHz stereo WAV is 635 MB. Large files are better put into the workspace."
        )
    return sound


def _in_workspace() -> SoundReference | None:
    folder = recordings_directory()
    files = _recordings_in(folder)
    if not files:
        st.markdown(
            f"**No recording in the workspace.** Put WAV, FLAC, OGG, MP3 or AIFF files into {plain(str(folder))}; "
            "they are read from there, without an upload."
        )
        return None
    name = "recording in the workspace"
    chosen = st.selectbox("File", files, key=state.prepared(name, files))
    state.remember(name, chosen)
    path = folder / chosen
    if not path.is_file():
        raise InputError(f"Expected a recording at {path}; it is gone. Choose another one.")
    st.caption(f"It is read from {plain(str(path))}, where it stays; delete it there.")
    return sound_on_disk(path, name=chosen)


def _recordings_in(folder: Path) -> list[str]:
    found = (
        path.relative_to(folder).as_posix()
        for path in below(folder)
        if path.suffix.lower().removeprefix(".") in FORMATS and is_text(path) and is_file(path)
    )
    return sorted(found)[:MOST_FILES]


def _demo() -> SoundReference:
    st.caption("Three minutes of artificial voices that speak in turn, made by a program. No person spoke these words.")
    content = cache.demo_conversation()
    return SoundReference(key="demo conversation", name="demo conversation.flac", content=content, artificial=True)
