"""Choice of the recording on the pages Listen and Long recordings, for links from other pages."""

import streamlit as st

from ui import state
from ui.components import uploads
from ui.sound import SoundReference

SOURCE = "listen source"
RECORD, UPLOAD, DEMO = "Record", "Upload a file", "Demo clip"


LONG_SOURCE, LONG_PLACE = "source of long recordings", "long recording"
LONG_UPLOAD = "Upload a file"


def follow_over_time(sound: SoundReference) -> None:
    """Open the page Long recordings with a recording, as if it had been uploaded there."""
    uploads.set_upload(sound, LONG_PLACE)
    state.choose(LONG_SOURCE, LONG_UPLOAD)
    st.switch_page("pages/long_recordings.py")


def listen_to(sound: SoundReference, way: str = UPLOAD) -> None:
    """Open the page Listen with a recording, as if it had been uploaded (or recorded, ``way``) there."""
    uploads.set_upload(sound, way)
    state.choose(SOURCE, way)
    st.switch_page("pages/listen.py")
