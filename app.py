"""The app. Start it with ``streamlit run app.py``."""

from ui import frame

frame.open_page().run()
