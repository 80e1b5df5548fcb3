"""Intended use: what the app is for, what it is not for, and the law that limits it."""

import streamlit as st

from ui import frame
from ui.views import intended

frame.require(__file__)
st.title("Intended use")
st.markdown(intended.TEXT)
