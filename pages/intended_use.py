"""Intended use: what the app is for, what it is not for, and the law that limits it."""

import streamlit as st

from ui import frame
from ui.components import page_top
from ui.views import intended

frame.require(__file__)
page_top.draw("Intended use")
st.markdown(intended.TEXT)
