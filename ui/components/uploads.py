"""Uploaded recordings, kept while the visitor looks at other pages."""

from typing import Any

import streamlit as st

from ui import cache, state
from ui.components import decoder, players
from ui.components.stored import draw_stored
from ui.sound import SoundReference

FORMATS = ("wav", "flac", "ogg", "oga", "opus", "mp3", "aiff", "aif", "au", "caf", "w64")
# Of phones, browsers and messengers: the visitor's browser decodes what the server cannot.
UPLOADED = (
    *FORMATS, "m4a", "mp4", "webm", "weba", "aac", "3gp", "3g2", "mov", "mka", "amr", "wma", "snd", "vox", "raw",
)  # fmt: skip


def current_upload(file: Any, place: str, *, name: str) -> SoundReference | None:
    """Return the present or the previous upload of a widget.

    Args:
        file: what the widget holds now.
        place: which widget it is; its ``on_change`` calls :func:`clear_upload`.
        name: what to call the recording.
    """
    kept: SoundReference | None = state.recall(f"brought by {place}")
    if file is not None and (kept is None or state.recall(f"file brought by {place}") != file.file_id):
        content = file.getvalue()
        kept = SoundReference(key=cache.digest(content), name=name, content=content)
        set_upload(kept, place)
        state.remember(f"file brought by {place}", file.file_id)
    if kept is None:
        return None
    read = decoder.readable(kept, lambda decoded: set_upload(decoded, place))
    draw_stored(read or kept, lambda: delete_upload(place), key=place)
    return read


def widget_key(place: str) -> str:
    """Return the key of an upload widget; it changes when the widget is reset."""
    return state.key_of(_widget(place))


def delete_upload(place: str) -> None:
    """Delete the upload, the content of its widget, and all results from it."""
    clear_upload(place)
    state.remember(f"uploads at {place}", 1 + state.recall(f"uploads at {place}", 0))
    cache.forget_sounds()
    players.forget()


def draw_uploader(label: str, place: str, *, help: str) -> SoundReference | None:  # noqa: A002 - as Streamlit calls it
    """Draw an uploader for large files, and return the upload.

    Streamlit copies a file whenever the widget that took it is drawn. So the file is taken from where it lies, once,
    and the widget starts again.

    Args:
        label: of the uploader.
        place: which uploader it is.
        help: beside the label.
    """
    st.file_uploader(label, type=list(UPLOADED), help=help, key=widget_key(place), on_change=_take, args=(place,))
    return current_upload(None, place, name="")


def _widget(place: str) -> str:
    return f"upload {state.recall(f'uploads at {place}', 0)} at {place}"


def taken(place: str, name: str | None = None) -> SoundReference | None:
    """Take what a widget holds, in its callback; the widget starts again.

    Args:
        place: which widget it is.
        name: what to call the recording; the name of its file without it.
    """
    file = state.widget_value(_widget(place))
    if file is None:
        return None
    content = file.getvalue()  # the very bytes that Streamlit holds
    state.remember(f"uploads at {place}", 1 + state.recall(f"uploads at {place}", 0))
    return SoundReference(key=cache.digest(content), name=name or file.name, content=content)


def _take(place: str) -> None:
    sound = taken(place)
    if sound is not None:
        set_upload(sound, place)


def set_upload(sound: SoundReference, place: str) -> None:
    """Set the recording of a widget."""
    state.remember(f"brought by {place}", sound)


def clear_upload(place: str) -> None:
    """Forget the upload."""
    state.remember(f"brought by {place}", None)
