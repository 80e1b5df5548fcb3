"""The app. Start it with ``streamlit run app.py``."""

from ui import frame, garbage

try:
    frame.open_page().run()
finally:
    garbage.spare_libraries()
