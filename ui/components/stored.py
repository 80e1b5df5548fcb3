"""Note on the storage of a recording, with a button that deletes it."""

from collections.abc import Callable

import streamlit as st

from ui.components.text import plain
from ui.sound import SoundReference
from ui.visitors import GRACE

# benchmarks/memory_given_back.py measures it.
UNTIL = f"until you delete it, or about {round(GRACE / 60)} minutes after you close the page"


def draw_stored(sound: SoundReference, delete: Callable[[], None], *, key: str) -> None:
    """Draw where an uploaded recording is stored, with a button that deletes it.

    Args:
        sound: the recording.
        delete: lets go of it; called before the page is drawn again.
        key: another one for each place.
    """
    name = plain(sound.name)
    if sound.path is not None:
        st.caption(f"{name} is read from {plain(str(sound.path))}, where it stays.")
        return
    told, away = st.columns([4, 1], vertical_alignment="center")
    told.caption(f"{name} is stored in the memory of the computer that runs the app, not on its disk, {UNTIL}.")
    away.button("Delete", key=f"delete brought|{key}", on_click=delete, help="Lets go of the recording at once.")
