"""The app. Start it with ``streamlit run app.py``."""

import streamlit as st
from starlette.middleware import Middleware

from ui import errors, frame, garbage, presses, server_start, unseen_fields
from ui.server.arrival import Arrival
from ui.server.component_files import ComponentFiles
from ui.server.guard import Guard
from ui.server.opening import opened

if __name__ == "__main__":  # the script that Streamlit runs for every visitor, whenever a page is drawn
    try:
        frame.open_page().run()
    finally:
        garbage.spare_libraries()
else:  # the server, which imports this file once
    app = st.App(
        __file__,
        middleware=[Middleware(Guard), Middleware(Arrival), Middleware(ComponentFiles)],
        lifespan=opened,
        on_script_error=errors.show_bug,
    )
    presses.keep()
    unseen_fields.keep()
    server_start.prepare()
