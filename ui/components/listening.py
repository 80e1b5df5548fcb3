"""Choice of the recording on the page Listen, for links from other pages."""

import streamlit as st

from ui import state
from ui.components import uploads
from ui.sound import SoundReference

SOURCE = "listen source"
RECORD, UPLOAD, DEMO = "Record", "Upload a file", "Demo clip"


def listen_to(sound: SoundReference, way: str = UPLOAD) -> None:
    """Open the page Listen with a recording, as if it had been uploaded (or recorded, ``way``) there."""
    uploads.set_upload(sound, way)
    state.choose(SOURCE, way)
    st.switch_page("pages/listen.py")
