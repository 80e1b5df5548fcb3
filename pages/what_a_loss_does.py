"""Lesson: what a loss does to points of four emotions, step by step, in the browser."""

import streamlit as st

from ui import frame
from ui.components import loss_playground, page_top

frame.require(__file__)
page_top.draw("What a loss does", "Lesson 1 · Who pulls and who pushes a point, and when does it stop?")
loss_playground.draw(st.query_params.get("state", ""), key="what a loss does")
