"""The app. Start it with ``streamlit run app.py``."""

import os

# A thread of torch's that has nothing to do sleeps: one that waits awake keeps a core from the visitor's browser.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

from ui import frame, garbage

try:
    frame.open_page().run()
finally:
    garbage.spare_libraries()
